#pragma once
// From parsed sentences to the record: who did what to whom, when, where, and who says so.
#include "base/result.hpp"
#include "events/lexicon.hpp"
#include "isnad/record.hpp"
#include "knowledge/base.hpp"
#include "nlp/sentence.hpp"
#include "time/grammar.hpp"

#include <string>
#include <utility>
#include <vector>

namespace isnad::events {

/// What a record holds beside what it holds in any case.
struct extras {
    bool every_mention = false; ///< mentions that no event, claim or place speaks of
    bool candidates = false;    ///< words that could tell of an event, with the evidence
    bool explain = false;       ///< passed_over and senses
};

/// Reads articles into records by the lexicon under DIR/events. Immutable after open; shared by all threads.
class reader {
public:
    /// Fails with errc::data (file and line) for a broken table.
    static result<reader> open(const std::string& data_dir);

    /// The record of one article, spans in bytes; engine and article fields other than `about` stay empty. `sentences`
    /// are those of about.text in order. Cost: linear in words, times the depth of the trees.
    [[nodiscard]] record read(const article& about, const std::vector<nlp::sentence>& sentences,
                              const knowledge::base& base, const timex::grammar& times, extras wanted = {}) const;

    [[nodiscard]] const lexicon& words() const noexcept { return words_; }

private:
    explicit reader(lexicon words) : words_(std::move(words)) {}
    lexicon words_;
};

} // namespace isnad::events
