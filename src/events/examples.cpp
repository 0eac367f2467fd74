#include "events/examples.hpp"

#include "base/table.hpp"
#include "record/names.hpp"
#include "text/fold.hpp"

#include <algorithm>

namespace isnad::events {

namespace {

/// Where a table keeps what an example is held to.
struct layout {
    example_kind kind;
    const char* file;
    std::vector<const char*> words; ///< columns
    const char* reads;              ///< column, or nullptr
};

const std::vector<layout>& layouts() {
    static const std::vector<layout> all = {
        {example_kind::frame, "frames.tsv", {"verb", "masdar"}, nullptr},
        {example_kind::cue, "cues.tsv", {"verb", "noun", "participle"}, "stance"},
        {example_kind::light_verb, "light_verbs.tsv", {"verb"}, nullptr},
        {example_kind::prepositional_cue, "prep_cues.tsv", {"phrase"}, "stance"},
        {example_kind::scope, "scope.tsv", {"word"}, "effect"},
    };
    return all;
}

example row_of(const layout& as, const table& of, const table::row& at) {
    example out;
    out.kind = as.kind;
    out.where = at.where;
    out.row = of.cell(at, "id");
    for (const auto* column : as.words)
        for (const auto& word : of.list(at, column)) {
            if (out.row.empty())
                out.row = word;
            out.keys.push_back(text::fold(word));
        }
    if (as.kind == example_kind::frame)
        out.reads = std::string(of.cell(at, "type")) + "/" + std::string(of.cell(at, "mode"));
    if (as.reads != nullptr)
        out.reads = of.cell(at, as.reads);
    if (as.kind == example_kind::prepositional_cue && of.cell(at, "flags") == "verb")
        out.keys.clear(); // حسبما ذكرت: the claim is its verb's
    return out;
}

std::string closed(std::string_view sentence) {
    constexpr std::string_view marks[] = {".", "!", "؟", "»", "\"", "…", ")"};
    const bool ends = std::any_of(std::begin(marks), std::end(marks), [&](auto m) { return sentence.ends_with(m); });
    return std::string(sentence) + (ends ? "" : ".");
}

std::ptrdiff_t verbs_in(const std::vector<nlp::sentence>& sentences) {
    std::ptrdiff_t out = 0;
    for (const auto& sentence : sentences)
        out += std::count_if(sentence.words.begin(), sentence.words.end(),
                             [](const nlp::word& word) { return word.tag == nlp::upos::verb; });
    return out;
}

/// "بحسب الوزير", "كما قال الوزير": a source and nothing that it says.
bool says_nothing(const example& of, const std::vector<nlp::sentence>& sentences) {
    return verbs_in(sentences) <= (of.keys.empty() ? 1 : 0);
}

bool holds(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

/// The lemma key of the word that begins where the span does.
std::string key_at(span at, const std::vector<nlp::sentence>& sentences) {
    for (const auto& sentence : sentences)
        for (const auto& word : sentence.words)
            if (word.at.begin == at.begin && word.at.end == at.end)
                return word.key;
    return {};
}

bool shown(const example& of, const event& by, const std::vector<nlp::sentence>& sentences) {
    switch (of.kind) {
    case example_kind::frame:
        return holds(by.frames, of.row);
    case example_kind::light_verb:
        return by.carrier && holds(of.keys, key_at(*by.carrier, sentences));
    case example_kind::scope:
        return name(by.status) == (of.reads.empty() ? "occurred" : of.reads);
    default:
        return false;
    }
}

bool shown(const example& of, const claim& by) {
    return name(by.stance) == of.reads && (of.keys.empty() || holds(of.keys, text::fold(by.cue_lemma)));
}

bool told_alike(const example& of, const record& read) {
    const auto type = [](const event& by) { return std::string(name(by.type)) + "/" + by.mode; };
    if (of.kind == example_kind::frame)
        return std::any_of(read.events.begin(), read.events.end(),
                           [&](const auto& by) { return type(by) == of.reads; });
    return (of.kind == example_kind::cue || of.kind == example_kind::prepositional_cue) &&
           std::any_of(read.claims.begin(), read.claims.end(),
                       [&](const auto& by) { return name(by.stance) == of.reads; });
}

} // namespace

result<std::vector<example>> examples_of(const std::string& data_dir) {
    std::vector<example> out;
    for (const auto& as : layouts()) {
        const auto read = table::read(data_dir + "/events/" + as.file);
        if (!read)
            return read.failure();
        for (const auto& at : read->rows())
            for (const auto& sentence : read->list(at, "example")) {
                auto made = row_of(as, *read, at);
                made.counter = sentence.starts_with('!');
                made.sentence = closed(trim(std::string_view(sentence).substr(made.counter ? 1 : 0)));
                out.push_back(std::move(made));
            }
    }
    return out;
}

verdict judge(const example& of, const record& read, const std::vector<nlp::sentence>& sentences) {
    const bool claims = of.kind == example_kind::cue || of.kind == example_kind::prepositional_cue;
    const bool mute = of.kind == example_kind::scope               ? read.events.empty()
                      : of.kind == example_kind::prepositional_cue ? read.claims.empty() && says_nothing(of, sentences)
                                                                   : false;
    if (mute && !of.counter)
        return verdict::untold;
    const bool fires =
        claims ? std::any_of(read.claims.begin(), read.claims.end(), [&](const claim& by) { return shown(of, by); })
               : std::any_of(read.events.begin(), read.events.end(),
                             [&](const event& by) { return shown(of, by, sentences); });
    if (fires != of.counter)
        return verdict::passed;
    return !of.counter && told_alike(of, read) ? verdict::alike : verdict::failed;
}

} // namespace isnad::events
