#pragma once
// Who says so: finds the acts of saying, thinking and demanding in an article, their sources, what is claimed, and how
// they nest.
#include "events/cast.hpp"

#include <map>

namespace isnad::events {

/// A claim with what the later stages need beside the record's fields.
struct claim_reading {
    place_in_text cue;                              ///< cue word; the noun after "بحسب" for adverbial sources
    const events::cue* what = nullptr;              ///< nullptr for adverbial and colon sources
    std::optional<index> subject;                   ///< entity that claims
    std::optional<index> addressee;                 ///< mention that is told or asked
    std::uint32_t content_sentence = 0;             ///< where the content begins
    word_index content_first = 0, content_last = 0; ///< its words in that sentence
    word_index content_head = no_word;              ///< the predicate or noun that heads the content, if the tree tells
    bool nominal_content = false;                   ///< "أكد وقوف روسيا": a masdar, no clause
    std::string rule;                               ///< for --explain
};

class claim_finder {
public:
    claim_finder(std::string_view text, const std::vector<reading>& sentences, const lexicon& words,
                 const knowledge::base& base, cast& who, record& out);

    /// Fills record::claims in text order and gives the readings beside them.
    std::vector<claim_reading> find();

    /// Index of the innermost claim whose content holds the byte `at` of sentence `s`; nullopt for the outlet's own
    /// voice.
    [[nodiscard]] std::optional<index> around(std::uint32_t s, std::uint32_t at) const;
    /// The claim whose cue is this word, if any.
    [[nodiscard]] std::optional<index> at_cue(place_in_text cue) const;

private:
    struct found_content {
        std::uint32_t sentence = 0;
        word_index first = 0, last = 0, head = no_word;
        bool direct = false, nominal = false;
        std::uint32_t end_byte = 0; ///< 0, or where a quotation that runs over sentences ends
        std::string rule;
    };

    void read_sentence(std::uint32_t s);
    /// By the first of a lemma's rows whose complement is there.
    void read_verb(std::uint32_t s, word_index i, const std::vector<cue>& rows, bool participle);
    bool read_verb(std::uint32_t s, word_index i, const cue& what, bool participle);
    void read_quoted(std::uint32_t s, word_index relay, const found_content& said);
    void read_noun(std::uint32_t s, word_index i, const cue& what);
    /// Words taken by the source phrase at i, 0 when there is none.
    word_index read_adverbial(std::uint32_t s, word_index i);
    void read_colon(std::uint32_t s);
    void read_untrue(std::uint32_t s, word_index i);
    std::optional<found_content> content(std::uint32_t s, word_index cue_word, const cue& what) const;
    std::optional<found_content> clause_content(std::uint32_t s, word_index cue_word) const;
    std::optional<found_content> quoted_content(std::uint32_t s, word_index cue_word) const;
    std::optional<found_content> relative_content(std::uint32_t s, word_index cue_word, const cue& what) const;
    std::optional<found_content> fronted_content(std::uint32_t s, word_index cue_word, const cue& what) const;
    /// One past a relative clause between commas or words that keep a name back, from i on; i for none.
    [[nodiscard]] word_index past_aside(std::uint32_t s, word_index i) const;
    [[nodiscard]] word_index content_noun(std::uint32_t s, word_index cue_word, const std::string& wanted,
                                          const cue& what) const;
    std::optional<found_content> nominal_content(std::uint32_t s, word_index cue_word, const std::string& slot,
                                                 const cue& what) const;
    std::optional<found_content> owned_content(std::uint32_t s, word_index noun) const;
    /// Where the clause begins that ends at word `end`: behind the last opener or conjunction after a comma.
    [[nodiscard]] word_index clause_start(std::uint32_t s, word_index end) const;
    [[nodiscard]] const syntax& tree_of(std::uint32_t s) const { return sentences_[s].tree; }
    [[nodiscard]] word_index content_end(std::uint32_t s, word_index first, word_index cue_word,
                                         bool nominal = false) const;
    [[nodiscard]] found_content quote_from(std::uint32_t s, word_index open) const;
    std::vector<index> subject_of(std::uint32_t s, word_index verb, bool& hidden);
    /// A passive form by the tagger's reading that has somebody who speaks for its subject: يتوقع مراقبون.
    [[nodiscard]] bool speaks_itself(std::uint32_t s, word_index verb, const cue& what) const;
    /// One past the words, from i on, that keep a source's name back (طلب عدم كشف هويته), or i when there are none.
    [[nodiscard]] word_index past_concealment(std::uint32_t s, word_index i) const;
    /// Whether the words behind a source up to `until` say that it is not named, or that it speaks in writing.
    [[nodiscard]] bool unnamed(std::uint32_t s, word_index from) const;
    [[nodiscard]] bool in_writing(std::uint32_t s, word_index from, word_index until) const;
    [[nodiscard]] source_kind kind_of(const std::vector<index>& sources, bool hidden) const;
    /// false when the content is empty, which makes no claim.
    bool add(claim_reading made, const std::vector<index>& sources, bool hidden, const found_content& content,
             std::optional<span> cue, const std::string& lemma, isnad::stance stance,
             std::optional<source_kind> kind = std::nullopt);
    void index_claims();
    void nest();

    std::string_view text_;
    const std::vector<reading>& sentences_;
    const lexicon& words_;
    const knowledge::base& base_;
    cast& cast_;
    record& out_;
    std::vector<claim_reading> readings_;
    std::map<place_in_text, index> by_cue_;         ///< cue word → claim
    std::vector<std::vector<index>> over_sentence_; ///< claims whose content reaches into each sentence
    std::optional<index> speaker_;                  ///< entity that spoke last
};

/// The subject of a verb: its own noun phrase, or the one that carries over from its clause or sentence. Shared by
/// claims and events so that both read one subject. `speaker` is who spoke last, for verbs that go on; `speaks` says
/// that the verb is one of saying, whose subject is a party whatever noun it is.
subject_reading subject_of(const std::vector<reading>& sentences, cast& who, place_in_text verb,
                           std::optional<index> speaker = std::nullopt, bool speaks = false);

} // namespace isnad::events
