#pragma once
// Who did what to whom: reads the frames of the lexicon over the trees of an article.
#include "events/claims.hpp"

namespace isnad::events {

/// An event with what the later stages need beside the record's fields.
struct deed {
    place_in_text trigger;
    const frame* sense = nullptr;
    word_index carrier = no_word; ///< the light verb that lends tense and subject: أجرى in أجرى محادثات
    isnad::event event;
};

/// The status that a word's effect gives an event.
event_status status_for(effect what);

class deed_finder {
public:
    deed_finder(std::string_view text, const std::vector<reading>& sentences, const lexicon& words,
                const knowledge::base& base, cast& who, const claim_finder& claims,
                const std::vector<claim_reading>& claim_readings, record& out);

    /// Fills record::events in text order.
    void find();

private:
    struct arguments {
        word_index subject = no_word, object = no_word, genitive = no_word, suffix = no_word;
        std::vector<std::pair<std::string, word_index>> phrases; ///< preposition → its nominal
    };

    void read_sentence(std::uint32_t s);
    [[nodiscard]] arguments arguments_of(std::uint32_t s, word_index i, word_index carrier) const;
    [[nodiscard]] const frame* sense_of(std::uint32_t s, word_index i, const std::vector<const frame*>& senses,
                                        const arguments& args) const;
    [[nodiscard]] bool holds(const condition& one, std::uint32_t s, word_index i, const arguments& args) const;
    [[nodiscard]] bool of_class(std::uint32_t s, word_index i, const std::string& name) const;
    [[nodiscard]] word_index carrier_of(std::uint32_t s, word_index noun, role& lends, effect& status) const;

    /// What the frame and the trigger's words say by themselves.
    void start(deed& made, bool with_suffix) const;
    bool read_pro_deed(std::uint32_t s, word_index i);
    bool read_deed(std::uint32_t s, word_index i, bool verb, const std::vector<const frame*>* senses);
    void fill_roles(deed& made, const arguments& args, bool verb, role lends_subject);
    std::vector<index> people(deed& made, word_index w) const;
    std::vector<index> people_inside(deed& made, word_index w) const;
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
    [[nodiscard]] bool says_too_little(const deed& made) const;
    [[nodiscard]] bool only_refers_back(const deed& made, const arguments& args) const;
    void merge();
    void share_circumstances();
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
    const frame* last_sense_ = nullptr; ///< of the deed spoken of last, reported or not
};

} // namespace isnad::events
