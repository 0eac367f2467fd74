#include "events/claim_times.hpp"

namespace isnad::events {
namespace {

bool names_a_date(const time_expression& of) {
    return (of.type == time_type::date || of.type == time_type::time) && !of.first.empty();
}

/// The date beside the cue: after it and before what is claimed (قال الأحد إن), else shortly before it (وأمس قال), else
/// after a cue that follows its quotation (قال الوزير أمس).
std::optional<index> date_beside(const reading& read, const claim_reading& said, const isnad::claim& claim) {
    constexpr word_index reach_after = 10, reach_before = 5;
    std::optional<index> found;
    for (std::size_t t = 0; t < read.times.size(); ++t) {
        const auto& when = read.times[t];
        const word_index first = when.first_word, last = when.first_word + when.word_count;
        if (!names_a_date(when.what) || claim.content.contains(when.what.at))
            continue;
        if (first > said.cue.word) {
            const bool content_between = claim.content.begin > read.tree.word(said.cue.word).at.begin &&
                                         claim.content.begin < when.what.at.begin;
            if (!content_between && first - said.cue.word <= reach_after)
                return read.time_ids[t];
        } else if (last <= said.cue.word && said.cue.word - last <= reach_before) {
            found = read.time_ids[t]; // the nearest one, unless one follows
        }
    }
    return found;
}

/// Reads the quotation's expressions again, counted from `day`, and replaces those that were counted from the day of
/// publication.
void count_from(std::string_view text, const timex::grammar& times, const std::string& day, index said_at,
                const isnad::claim& claim, reading& read, record& out) {
    timex::discourse none;
    for (const auto& again : times.find(text, read.tree.parsed(), day, none)) {
        if (!again.what.from_published || !claim.content.contains(again.what.at))
            continue;
        for (std::size_t t = 0; t < read.times.size(); ++t) {
            auto& known = read.times[t].what;
            if (known.at != again.what.at || !known.from_published)
                continue;
            known = again.what;
            known.from_published = false;
            known.anchor = said_at;
            out.times[read.time_ids[t]] = known;
        }
    }
}

} // namespace

void date_claims(std::string_view text, const timex::grammar& times, const std::vector<claim_reading>& claims,
                 std::vector<reading>& sentences, record& out) {
    for (index c = 0; c < claims.size(); ++c) {
        const auto& said = claims[c];
        auto& claim = out.claims[c];
        if (said.cue.sentence >= sentences.size() || !claim.cue)
            continue;
        claim.time = date_beside(sentences[said.cue.sentence], said, claim);
        if (!claim.time || !claim.direct)
            continue;
        const time_expression when = out.times[*claim.time];
        if (when.first != when.last || out.about.published.starts_with(when.first))
            continue;
        for (auto s = said.content_sentence; s < sentences.size(); ++s) {
            if (sentences[s].tree.parsed().at.begin >= claim.content.end)
                break;
            count_from(text, times, when.first, *claim.time, claim, sentences[s], out);
        }
    }
}

} // namespace isnad::events
