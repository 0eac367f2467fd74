// isnad lexicon why: all that the lexicon has under a word, and what becomes of it in a sentence.
#include "events/describe.hpp"
#include "isnad/parser.hpp"
#include "lexicon.hpp"
#include "record/names.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace cli {
namespace {

using isnad::events::known_row;
using keys_t = std::set<std::string>;

bool means_something(isnad::nlp::upos tag) {
    using isnad::nlp::upos;
    return tag == upos::noun || tag == upos::verb || tag == upos::adj || tag == upos::propn || tag == upos::other;
}

std::string without_article(std::string key) {
    constexpr std::string_view article = "ال";
    return key.starts_with(article) && key.size() > 2 * article.size() ? key.substr(article.size()) : key;
}

/// The word as it is spelled, without its article, and the lemmas that the model gives it.
keys_t keys_of(const isnad::parser& parser, const std::string& word) {
    keys_t out{isnad::text::fold(word), without_article(isnad::text::fold(word))};
    const auto sentences = parser.parse(word, {.parse = false, .ner = false});
    if (!sentences || word.find(' ') != std::string::npos)
        return out;
    for (const auto& sentence : *sentences)
        for (const auto& one : sentence.words)
            if (means_something(one.tag))
                out.insert({one.key, without_article(isnad::text::fold(one.form))});
    return out;
}

std::string text_of(const known_row& row) {
    std::string out = fmt::format("{}  {}{}{}\n", row.where.substr(row.where.rfind('/') + 1), row.as,
                                  row.id.empty() ? "" : "  ", row.id);
    const auto line = [&](std::string_view label, std::string_view value) {
        if (!value.empty())
            out += fmt::format("      {:<9} {}\n", label, value);
    };
    line(row.table, row.what);
    line("arguments", row.slots);
    for (std::size_t i = 0; i < row.conditions.size(); ++i)
        line(i == 0 ? "only if" : "and", isnad::events::in_words(row.conditions[i]));
    for (const auto& example : row.examples)
        line("example", example);
    return out;
}

/// A sentence as it was read, seen from the words that are asked for.
class seen {
public:
    seen(const isnad::document& read, const keys_t& keys, const std::vector<known_row>& rows)
        : read_(read), keys_(keys) {
        for (const auto& row : rows)
            if (!row.id.empty())
                frames_.insert(row.id);
    }

    /// "" when the word is not there.
    std::string all() {
        for (const auto& sentence : read_.sentences)
            for (const auto& word : sentence.words)
                if (asked_for(word))
                    show(word);
        return std::move(out_);
    }

private:
    [[nodiscard]] bool asked_for(const isnad::nlp::word& word) const {
        if (keys_.contains(word.key) || keys_.contains(without_article(isnad::text::fold(word.form))))
            return true;
        // a verb whose lemma the events layer corrected
        return std::any_of(read_.what.senses.begin(), read_.what.senses.end(),
                           [&](const auto& one) { return one.at == word.at && frames_.contains(one.frame); });
    }

    void show(const isnad::nlp::word& word) {
        out_ += fmt::format("\n{}  {} {}\n", word.at.of(read_.text), isnad::nlp::name(word.tag), word.key);
        senses(word.at);
        bool told_something = false;
        for (const auto& event : read_.what.events)
            if (event.trigger.begin == word.at.begin || event.carrier == word.at) {
                line("event", told(event));
                told_something = true;
            }
        for (const auto& claim : read_.what.claims)
            if (claim.cue && claim.cue->begin == word.at.begin) {
                line("claim", fmt::format("{}, cue {}", isnad::name(claim.stance), claim.cue_lemma));
                told_something = true;
            }
        for (const auto& one : read_.what.passed_over)
            if (one.at == word.at) {
                line("no event", one.why);
                told_something = true;
            }
        if (!told_something)
            line("nothing", "no sense and no cue was looked for here");
    }

    static bool holds(const isnad::sense_tried& sense) {
        return std::all_of(sense.conditions.begin(), sense.conditions.end(), [](const auto& one) { return one.held; });
    }

    void senses(isnad::span at) {
        for (const auto& sense : read_.what.senses) {
            if (sense.at != at)
                continue;
            out_ += fmt::format("    {} {:<20} {}\n", sense.won ? "▸" : " ", sense.frame,
                                sense.won       ? fmt::format("won with {}", sense.score)
                                : !holds(sense) ? "fails"
                                                : fmt::format("holds with {}", sense.score));
            for (const auto& one : sense.conditions)
                out_ += fmt::format("        {} {}\n", one.held ? "✓" : "✗", isnad::events::in_words(one.condition));
        }
    }

    void line(std::string_view label, std::string_view value) { out_ += fmt::format("    → {:<9} {}\n", label, value); }

    const isnad::document& read_;
    const keys_t& keys_;
    std::set<std::string> frames_;
    std::string out_;
};

/// The sentence part of the answer, or why there is none.
isnad::result<std::string> in_sentence(const lexicon_options& options, const keys_t& keys,
                                       const std::vector<known_row>& rows) {
    const auto engine = open_explaining(options);
    if (!engine)
        return engine.failure();
    const auto read = engine->read(
        {.id = "sentence", .url = {}, .outlet = {}, .title = {}, .published = {}, .text = options.sentence});
    if (!read)
        return read.failure();
    auto out = seen(*read, keys, rows).all();
    if (out.empty())
        return isnad::error{isnad::errc::usage, "the sentence does not have \"" + options.word + "\"", "",
                            "give a sentence with a form of the word"};
    return out;
}

} // namespace

int explain_word(const lexicon_options& options) {
    const auto folder = data_folder(options);
    if (!folder) {
        complain(folder.failure());
        return failed;
    }
    const auto parser = open_parser(options.home, options.model);
    if (!parser) {
        complain(parser.failure());
        return failed;
    }
    const auto keys = keys_of(*parser, options.word);
    const auto rows = isnad::events::rows_of(*folder, {keys.begin(), keys.end()});
    if (!rows) {
        complain(rows.failure());
        return failed;
    }
    std::string out;
    for (const auto& row : *rows)
        out += text_of(row);
    if (rows->empty())
        out += "the event lexicon has nothing under this word\n";
    if (!options.sentence.empty()) {
        auto more = in_sentence(options, keys, *rows);
        if (!more) {
            complain(more.failure());
            return failed;
        }
        out += *more;
    }
    return print(out, rows->empty() ? failed : success);
}

} // namespace cli
