#pragma once
// Who did what to whom: reads the frames of the lexicon over the trees of an article.
#include "events/claims.hpp"

#include <string_view>
#include <unordered_set>

namespace isnad::events {

/// An event with what the later stages need beside the record's fields.
struct deed {
    place_in_text trigger;
    const frame* sense = nullptr;
    word_index carrier = no_word; ///< the light verb that lends tense and subject: أجرى in أجرى محادثات
    isnad::event event;
    bool plain = true;   ///< its frame's conditions hold and no rule speaks against it
    bool joined = false; ///< another word tells of the same happening
    std::vector<std::string> evidence;
    std::string doubts; ///< for --explain: what speaks against it, in words
};

/// How an event under this effect is presented; occurred for none.
[[nodiscard]] event_status status_for(effect what);

class deed_finder {
public:
    deed_finder(std::string_view text, const std::vector<reading>& sentences, const lexicon& words,
                const knowledge::base& base, cast& who, const claim_finder& claims,
                const std::vector<claim_reading>& claim_readings, record& out);

    /// Fills record::events in text order; with `explain` record::passed_over and record::senses too.
    void find(bool keep_candidates, bool explain);

private:
    struct arguments {
        word_index subject = no_word, object = no_word, genitive = no_word, suffix = no_word;
        std::vector<std::pair<std::string, word_index>> phrases; ///< preposition → its nominal
    };

    void read_sentence(std::uint32_t s);
    [[nodiscard]] bool is_hal(std::uint32_t s, word_index i) const;
    [[nodiscard]] arguments arguments_of(std::uint32_t s, word_index i, word_index carrier) const;
    /// A sense of the trigger and the conditions of its frame that do not hold.
    struct sense_reading {
        const frame* sense = nullptr;
        std::vector<const condition*> unmet;
        int score = 0;
    };
    [[nodiscard]] sense_reading try_sense(const frame& sense, std::uint32_t s, word_index i,
                                          const arguments& args) const;
    [[nodiscard]] sense_reading sense_of(std::uint32_t s, word_index i, const std::vector<const frame*>& senses,
                                         const arguments& args) const;
    [[nodiscard]] bool filled(const condition& one, const arguments& args) const;
    [[nodiscard]] bool holds(const condition& one, std::uint32_t s, word_index i, const arguments& args) const;
    [[nodiscard]] bool of_class(std::uint32_t s, word_index i, const std::string& name) const;
    [[nodiscard]] word_index relative_carrier(std::uint32_t s, word_index noun, role& lends) const;
    [[nodiscard]] word_index carrier_of(std::uint32_t s, word_index noun, role& lends, effect& status) const;

    /// What the frame and the trigger's words say by themselves.
    void start(deed& made, bool with_suffix) const;
    bool read_pro_deed(std::uint32_t s, word_index i);
    bool read_deed(std::uint32_t s, word_index i, bool verb, const std::vector<const frame*>* senses);
    void fill_roles(deed& made, const arguments& args, bool verb, role lends_subject);
    [[nodiscard]] bool may_be_party(const deed& made, word_index w) const;
    std::vector<index> people(deed& made, word_index w) const;
    std::vector<index> people_inside(deed& made, word_index w) const;
    std::vector<index> owner_inside(deed& made, word_index w) const;
    void give(deed& made, role what, const std::vector<index>& who) const;
    std::vector<index> governor_agents(const deed& made) const;
    void read_theme(deed& made, const arguments& args, bool verb) const;
    void read_time(deed& made) const;
    void read_place(deed& made);
    void read_toll(deed& made, const arguments& args, bool verb) const;
    void read_contexts(deed& made) const;
    [[nodiscard]] event_status status_of(const deed& made, std::vector<std::string>& why) const;
    [[nodiscard]] std::optional<isnad::count> count_in(std::uint32_t s, const noun_phrase& np) const;
    [[nodiscard]] word_index counted_by(const syntax& tree, word_index i) const;
    [[nodiscard]] bool is_deed(place_in_text at) const;
    /// The rule by which the deed is no news of its own, "" for none.
    [[nodiscard]] std::string_view says_too_little(const deed& made) const;
    [[nodiscard]] std::string_view only_refers_back(const deed& made, const arguments& args) const;
    void weigh_sense(deed& made, const sense_reading& sense, std::size_t senses, const arguments& args) const;
    void weigh_word(deed& made, const arguments& args) const;
    void weigh_parties(deed& made) const;
    void weigh_company(std::vector<deed>& all) const;
    void judge();
    void merge();
    void set_aside(const deed& made, std::string fate);
    // For --explain, in explaining.cpp.
    void pass_over(place_in_text at, std::string_view why, std::string_view more = {});
    void note_senses(place_in_text at, const std::vector<const frame*>& senses, const arguments& args,
                     const frame* best);
    void note_barred(place_in_text at, std::string_view why);
    void note_without_senses(place_in_text at, bool verb);
    void note_doubts(deed& made, const sense_reading& sense, std::string_view refers, std::string_view little) const;
    void note_too_little(const deed& made);
    void sort_notes();
    void share_circumstances();
    void mode_by_content();
    void write();

    std::string_view text_;
    const std::vector<reading>& sentences_;
    const lexicon& words_;
    const knowledge::base& base_;
    cast& cast_;
    const claim_finder& claims_;
    const std::vector<claim_reading>& claim_readings_;
    record& out_;
    std::vector<deed> deeds_;
    bool keep_candidates_ = false, explain_ = false;
    std::unordered_set<std::string_view> present_; ///< keys and bare forms of the sentence being read
    const frame* last_sense_ = nullptr;            ///< of the deed spoken of last, reported or not
};

} // namespace isnad::events
