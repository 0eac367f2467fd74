#pragma once
// Questions that the stages ask of a parsed sentence: children, subtrees, prepositions, noun phrases.
#include "nlp/sentence.hpp"

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace isnad::events {

using word_index = std::uint32_t;
inline constexpr word_index no_word = 0xFFFFFFFF;

/// A view of one sentence's tree; the sentence must outlive it. Built in linear time; tolerates cycles and heads out
/// of range (such words count as roots).
class syntax {
public:
    explicit syntax(const nlp::sentence& parsed);

    [[nodiscard]] const nlp::sentence& parsed() const { return *parsed_; }
    [[nodiscard]] word_index size() const { return static_cast<word_index>(parsed_->words.size()); }
    [[nodiscard]] const nlp::word& word(word_index i) const { return parsed_->words[i]; }
    /// The word's spelling folded for matching (text::fold of its form).
    [[nodiscard]] const std::string& form(word_index i) const { return folded_[i]; }
    /// The same without the article.
    [[nodiscard]] std::string_view bare(word_index i) const;
    /// The word's lemma key, as the language core has it or as mend() corrected it.
    [[nodiscard]] const std::string& key(word_index i) const { return keys_[i]; }
    /// Takes word i for a verb with this lemma key; `first_person` for one of a speaker's own: نرفض.
    void mend(word_index i, std::string key, bool first_person);
    /// Takes verb i for active or passive whatever the parser says.
    void mend_voice(word_index i, bool passive) { voice_[i] = passive ? 2 : 1; }
    /// Takes the nominal i for no verb's subject: دعت القائد إلى الحوار.
    void mend_object(word_index i) { no_subject_[i] = 1; }
    /// Takes the preposition before nominal i for a word that makes it approximate: تجمع نحو مئة متظاهر.
    void mend_case(word_index i) { approximate_[i] = 1; }
    [[nodiscard]] bool is_first_person(word_index i) const { return first_person_[i] != 0; }
    /// no_word for the root.
    [[nodiscard]] word_index head(word_index i) const { return heads_[i]; }
    [[nodiscard]] std::span<const word_index> children(word_index i) const {
        return {children_.data() + first_child_[i], children_.data() + first_child_[i + 1]};
    }
    /// First and last word of the subtree of i.
    [[nodiscard]] word_index low(word_index i) const { return low_[i]; }
    [[nodiscard]] word_index high(word_index i) const { return high_[i]; }
    [[nodiscard]] bool descends(word_index i, word_index ancestor) const;

    /// Relation without its subtype is one of `names` ("nsubj" holds for "nsubj:pass").
    [[nodiscard]] bool relation(word_index i, std::initializer_list<std::string_view> names) const;
    /// First child with one of the relations, or no_word.
    [[nodiscard]] word_index child(word_index i, std::initializer_list<std::string_view> names) const;
    /// The preposition before a nominal: "مع", "من قبل", "ب سبب" …; "" for none. Folded forms, blanks between words.
    [[nodiscard]] std::string preposition(word_index nominal) const;

    [[nodiscard]] bool is_verb(word_index i) const { return verb_[i] != 0; }
    [[nodiscard]] bool is_nominal(word_index i) const;
    [[nodiscard]] bool is_punct(word_index i) const { return word(i).tag == nlp::upos::punct; }
    /// A quotation mark of any kind.
    [[nodiscard]] bool is_quote(word_index i) const { return quote_[i] != 0; }
    [[nodiscard]] bool opens_quote(word_index i) const { return quote_[i] == 1; }
    [[nodiscard]] bool closes_quote(word_index i) const { return quote_[i] == 2; }
    [[nodiscard]] bool is_passive(word_index i) const;
    [[nodiscard]] bool is_perfect(word_index i) const;
    [[nodiscard]] bool is_imperfect(word_index i) const;
    [[nodiscard]] bool is_pronoun_suffix(word_index i) const;
    [[nodiscard]] bool is_definite(word_index i) const;
    /// A plural or dual whose ن is kept governs no genitive: in ناشطون الجيش the second is another argument of the
    /// verb.
    [[nodiscard]] bool keeps_nun(word_index i) const;
    /// قتل المدنيين: what is tagged as an adjective is the genitive of a noun that is less definite than it.
    [[nodiscard]] bool is_genitive_of(word_index adjective, word_index noun) const;
    /// A plural or dual in ين is no subject.
    [[nodiscard]] bool is_oblique(word_index i) const;
    /// The nearest finite verb at or above i, or no_word.
    [[nodiscard]] word_index clause_verb(word_index i) const;
    /// The word has an accusative/complement reading of "أن" family: "ان" after folding.
    [[nodiscard]] bool is_complementizer(word_index i) const;
    /// One past the last word of the phrase `joined` (folded, no blanks) that begins at word i, or no_word: "بحسب" is
    /// one word or two, as the segmenter had it.
    [[nodiscard]] word_index phrase_end(word_index i, std::string_view joined) const;
    struct pair_of_arguments {
        word_index subject = no_word, object = no_word;
    };
    /// Subject and object of a verb among its bare nominals. Arabic marks neither in unvocalised text: of two nominals
    /// behind the verb the first is the subject, whatever the parser called them; behind a suffix or a fronted subject
    /// the first is the object.
    [[nodiscard]] pair_of_arguments verb_arguments(word_index verb) const;
    /// The object that the parser hung on a subject with the article as if it were its genitive or adjective.
    [[nodiscard]] word_index object_hung_on(word_index subject) const;
    /// Words joined to i as conjuncts, i first, in order.
    [[nodiscard]] std::vector<word_index> conjuncts(word_index i) const;

private:
    const nlp::sentence* parsed_;
    std::vector<std::string> folded_, keys_;
    std::vector<std::uint8_t> verb_, first_person_, approximate_, no_subject_;
    std::vector<std::uint8_t> voice_; ///< 0 as the parser says, 1 active, 2 passive
    std::vector<word_index> heads_, first_child_, children_, low_, high_;
    std::vector<std::uint8_t> quote_; ///< 0 none, 1 opens, 2 closes
};

} // namespace isnad::events
