// Why a word that has senses made no event: kept for those who ask, and for nobody else.
#include "events/deeds.hpp"

#include "text/fold.hpp"

#include <algorithm>

namespace isnad::events {

void deed_finder::pass_over(place_in_text at, std::string_view why, std::string_view more) {
    if (!explain_)
        return;
    const auto& word = sentences_[at.sentence].tree.word(at.word);
    out_.passed_over.push_back({word.at, text::clean(word.lemma), std::string(why) + std::string(more)});
}

void deed_finder::note_barred(place_in_text at, std::string_view why) {
    const auto& read = sentences_[at.sentence];
    const auto& key = read.tree.key(at.word);
    if (!explain_ || (words_.noun_frames(key) == nullptr && words_.verb_frames(key) == nullptr))
        return;
    const auto name = read.name_at[at.word];
    if (name != 0 && why.ends_with(": "))
        return pass_over(at, why, read.names[name - 1].what->name.view());
    pass_over(at, why, why.ends_with(' ') ? nlp::name(read.tree.word(at.word).tag) : std::string_view{});
}

void deed_finder::note_without_senses(place_in_text at, bool verb) {
    if (!explain_)
        return;
    const auto& key = sentences_[at.sentence].tree.key(at.word);
    if (verb && words_.noun_frames(key) != nullptr)
        pass_over(at, "is read as a verb, and has senses only as a noun");
    else if (!verb && words_.verb_frames(key) != nullptr)
        pass_over(at, "is read as a noun, and has senses only as a verb");
}

void deed_finder::note_senses(place_in_text at, const std::vector<const frame*>& senses, const arguments& args,
                              const frame* best) {
    if (!explain_)
        return;
    for (const auto* sense : senses) {
        const auto tried = try_sense(*sense, at.sentence, at.word, args);
        sense_tried out{sentences_[at.sentence].tree.word(at.word).at, sense->id, {}, tried.score, sense == best};
        for (const auto& one : sense->when)
            out.conditions.push_back(
                {one.text, std::find(tried.unmet.begin(), tried.unmet.end(), &one) == tried.unmet.end()});
        out_.senses.push_back(std::move(out));
    }
}

void deed_finder::note_doubts(deed& made, const sense_reading& sense, std::string_view refers,
                              std::string_view little) const {
    if (!explain_)
        return;
    for (const auto* one : sense.unmet)
        made.doubts +=
            (made.doubts.empty() ? "no sense holds; the nearest, " + sense.sense->id + ", fails " : " ") + one->text;
    const auto add = [&](std::string_view label, std::string_view rule) {
        if (!rule.empty())
            made.doubts += (made.doubts.empty() ? "" : "; ") + std::string(label) + std::string(rule);
    };
    add("refers back: ", refers);
    add("says too little: ", little);
}

void deed_finder::note_too_little(const deed& made) {
    if (!explain_)
        return;
    const auto percent = [](double share) { return std::to_string(static_cast<int>(100 * share)); };
    pass_over(made.trigger,
              "too little speaks for it, " + percent(made.event.confidence) + " % of " +
                  percent(words_.least_confidence()) + " %" + (made.doubts.empty() ? "" : ": "),
              made.doubts);
}

void deed_finder::sort_notes() {
    const auto before = [](const auto& a, const auto& b) { return a.at < b.at; };
    std::stable_sort(out_.passed_over.begin(), out_.passed_over.end(), before);
    std::stable_sort(out_.senses.begin(), out_.senses.end(), before);
}

} // namespace isnad::events
