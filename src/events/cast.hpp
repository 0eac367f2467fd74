#pragma once
// The cast of an article: who is mentioned, which mentions are one and the same, and who a pronoun or a verb without
// subject stands for.
#include "events/lexicon.hpp"
#include "events/syntax.hpp"
#include "isnad/record.hpp"
#include "knowledge/base.hpp"
#include "time/grammar.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace isnad::events {

/// A sentence with everything read of it so far.
struct reading {
    syntax tree;
    std::vector<knowledge::match> names;
    std::vector<timex::expression> times;
    std::vector<index> time_ids;        ///< of `times`, in record::times
    std::vector<std::uint32_t> name_at; ///< per word: 1 + index into names, 0 for none
    std::vector<std::uint32_t> time_at; ///< per word: 1 + index into times, 0 for none
    word_index dateline_end = 0;        ///< words before this one say where the story was filed
};

/// A word of an article.
struct place_in_text {
    std::uint32_t sentence = 0;
    word_index word = 0;
    friend auto operator<=>(const place_in_text&, const place_in_text&) = default;
};

enum class gender : std::uint8_t { unknown, masculine, feminine };
enum class number : std::uint8_t { unknown, singular, dual, plural };

/// What a verb or pronoun asks of the one that it stands for.
struct agreement {
    gender sex = gender::unknown;
    number how_many = number::unknown;
    int person = 3;
};

/// A noun phrase as far as it names one thing: words [first, last], its head, and the word whose meaning counts
/// (جنود in ثلاثة جنود).
struct noun_phrase {
    word_index head = 0, core = 0, first = 0, last = 0;
};

/// Who the subject of a verb is.
struct subject_reading {
    std::vector<index> mentions;
    bool expressed = false; ///< has words of its own
    std::string rule;
};

class cast {
public:
    cast(std::string_view text, const std::vector<reading>& sentences, const lexicon& words,
         const knowledge::base& base, record& out);

    /// The noun phrase around `head`, which is a nominal word.
    [[nodiscard]] noun_phrase phrase(std::uint32_t sentence, word_index head) const;
    /// The mention of the noun phrase at `head`: made at the first asking, the same index after. nullopt when the
    /// phrase names nobody: no known name, no name, no noun for people or bodies; who speaks is `surely_a_party`.
    std::optional<index> mention(place_in_text head, bool surely_a_party = false);
    /// The same with every conjunct of the head.
    std::vector<index> mentions(place_in_text head, bool surely_a_party = false);
    /// A mention of a known toponym at `head`.
    std::optional<index> toponym(place_in_text head);
    /// A mention of the known name that begins at `first`, without the phrase around it: "حماس" in "قيادي في حماس".
    /// nullopt where one of the mentions `near` it is of the same one and around it.
    std::optional<index> name_alone(place_in_text first, const std::vector<index>& near);
    /// A mention of the place that a noun of place describes: "بلدة تل الزيتون", "محافظة درعا". nullopt without a name.
    std::optional<index> described_place(place_in_text head);
    /// A mention of the state that an adjective names: "التايلنديين" in "العمال التايلنديين".
    index state_of_adjective(place_in_text at, const knowledge::entry& state);
    /// A mention of whose office it is: "الأزهر" in "شيخ الأزهر". The office is named by whose it is.
    index owner_of_office(std::uint32_t sentence, const knowledge::match& office);
    /// The unexpressed subject of the verb at `verb`, known to be `whom`.
    index elided(place_in_text verb, index whom);
    /// The entity that a pronoun at `at` stands for: the latest that agrees and is not in `barred`.
    std::optional<index> pronoun(place_in_text at, std::optional<index> preferred);

    /// The latest entity before `at` that agrees: who a verb without subject carries over.
    [[nodiscard]] std::optional<index> antecedent(place_in_text at, const agreement& wanted) const;
    /// Victims of whom no word says more are civilians: أصيب العشرات.
    void civilian(index mention);
    /// Makes the entity of mention `which` the one that later sentences speak of.
    void promote(index which, place_in_text at);
    [[nodiscard]] bool agrees(index entity, const agreement& wanted) const;
    [[nodiscard]] agreement agreement_of(const syntax& tree, word_index i) const;

    /// What was read of this verb's subject before, so that claims and events have one answer.
    std::unordered_map<std::uint64_t, subject_reading>& subjects() { return subjects_; }

    [[nodiscard]] index entity_of(index mention) const { return out_.mentions[mention].entity; }
    /// The head noun's key of the mention's phrase ("مسؤول", "صحيفة"), "" for pronouns.
    [[nodiscard]] std::string_view head_key(index mention) const;
    [[nodiscard]] bool names_place(index entity) const;
    /// Some mention has the entity's name, not only its title.
    [[nodiscard]] bool called_by_name(index entity) const;
    /// Known base entry behind the entity, or nullptr.
    [[nodiscard]] const knowledge::entry* known(index entity) const;

private:
    struct dossier { ///< what is remembered of an entity beside the record
        const knowledge::entry* known = nullptr;
        std::vector<std::string> titles;     ///< head keys that it was called by: "وزير"
        std::vector<std::string> name_words; ///< folded words of its name
        gender sex = gender::unknown;
        number how_many = number::unknown;
        bool person_like = false;
        bool called_by_name = false;
    };

    std::vector<index> pair(place_in_text head);
    index new_entity(entity_kind kind, std::string name);
    index resolve(std::uint32_t sentence, const noun_phrase& phrase);
    /// بلاده, حكومتها: the state of the one that the suffix stands for; nullopt where the phrase has none or that is
    /// unknown.
    std::optional<index> state_of_owner(std::uint32_t sentence, const noun_phrase& phrase);
    index known_entity(const knowledge::entry& what);
    index add_mention(place_in_text head, span at, index entity, mention_kind kind);
    void name_figure(index entity, const std::vector<std::string>& words);
    void describe(index entity, std::uint32_t sentence, const noun_phrase& phrase);
    std::optional<index> by_name(const std::vector<std::string>& words) const;
    std::optional<index> called_before(std::uint32_t sentence, const noun_phrase& phrase) const;
    [[nodiscard]] const knowledge::match* name_of(std::uint32_t sentence, const noun_phrase& phrase) const;
    [[nodiscard]] std::vector<word_index> person_words(std::uint32_t sentence, const noun_phrase& phrase) const;
    [[nodiscard]] word_index joint_title_end(std::uint32_t sentence, const noun_phrase& phrase) const;
    /// Last word of a name behind a comma that belongs to the officer of np: الناطق باسم الجيش، العميد يحيى سريع.
    [[nodiscard]] word_index apposed_name_end(std::uint32_t sentence, const noun_phrase& np) const;
    [[nodiscard]] bool nameable(std::uint32_t sentence, const noun_phrase& phrase) const;
    /// The number behind a phrase that makes it approximate: 28 for ما in "ما لا يقل عن 28 جنديا"; else `head`.
    [[nodiscard]] word_index counted_after(const syntax& tree, word_index head) const;
    [[nodiscard]] word_index core_of(const syntax& tree, word_index head) const;
    [[nodiscard]] span span_of(std::uint32_t sentence, const noun_phrase& phrase) const;
    [[nodiscard]] std::string words_of(std::uint32_t sentence, const noun_phrase& phrase) const;

    std::string_view text_;
    const std::vector<reading>& sentences_;
    const lexicon& words_;
    const knowledge::base& base_;
    record& out_;
    std::optional<knowledge::day> published_;                 ///< the day whose offices count
    std::vector<dossier> figures_;                            ///< parallel to out_.entities
    std::vector<std::string> head_keys_;                      ///< parallel to out_.mentions
    std::unordered_map<std::string, index> by_id_, by_words_; ///< base id / folded phrase → entity
    std::set<std::pair<place_in_text, index>> spoken_of_;     ///< every mention: where, whom
    std::set<std::pair<place_in_text, index>> topics_;        ///< main subjects among them
    std::unordered_map<std::string, std::vector<index>> by_last_name_, by_title_; ///< entities so called, oldest first
    std::unordered_map<std::uint64_t, subject_reading> subjects_;
    std::unordered_map<std::uint64_t, std::vector<index>> pairs_;  ///< head word of a dual → its two mentions
    std::unordered_map<std::uint64_t, std::optional<index>> made_; ///< head word → mention
};

} // namespace isnad::events
