#pragma once
// The event lexicon: frames, cues, light verbs, scope words and the rest of data/events/, read once and looked up by
// lemma key (text::fold of a bare lemma).
#include "base/result.hpp"
#include "isnad/record.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace isnad::events {

/// What an argument of a trigger is for the event.
enum class role : std::uint8_t { none, actor, recipient, theme, place };

/// One restriction of a frame: "obj=رسالة|خطاب", "!amod=انتخابي", "prep:على", "any=مباراة", "على=@armed".
struct condition {
    std::string text; ///< as the table has it
    bool negated = false;
    std::string slot;                           ///< subj, obj, gen, amod, any, or a preposition key
    bool present_only = false;                  ///< "prep:على": the phrase must be there, whatever it holds
    std::set<std::string, std::less<>> words;   ///< lemma keys
    std::set<std::string, std::less<>> classes; ///< "person", "armed" …
};

/// One sense of a verb and of the nouns of its deed.
struct frame {
    std::string id;
    event_type type = event_type::consult;
    std::string mode, cameo;
    role subject = role::actor, object = role::none, genitive = role::none;
    std::vector<std::pair<std::string, role>> prepositions; ///< preposition key → role
    std::vector<std::string> contexts;
    std::vector<condition> when;
    std::string toll; ///< "killed", "wounded" …, or ""
    bool symmetric = false, claims = false, outcome = false, visit = false;
};

enum class effect : std::uint8_t { none, planned, demanded, possible, conditional, negated, denied };

/// A word or noun by which somebody says, thinks or demands something.
struct cue {
    isnad::stance stance = stance::state;
    std::vector<std::string> complements; ///< "ان", "obj", "ب" … in order of preference
    std::string source;                   ///< "subj", or the preposition of the source
    std::string addressee;                ///< "obj", a preposition, or ""
    effect on_content = effect::none;
    bool weak = false, relay = false, continues = false, outlet_voice = false;
    bool relative = false; ///< weak, but a claim of what its relative clause is about: ما تداولته المواقع
    bool hidden = false;   ///< a noun of news that nobody needs to own: أنباء عن هجوم
    std::set<std::string, std::less<>> nouns; ///< if any: heads the complement must have (حمّله *مسؤولية* …)
    std::string lemma;                        ///< as the table spells it: the record's cue_lemma
};

/// "بحسب", "وفقا ل", "على حد قول": a source in an adverbial. `joined` is folded and without blanks, so that it matches
/// words however their clitics were split (syntax::phrase_end).
struct prepositional_cue {
    std::string joined;
    isnad::stance stance = stance::state;
    std::string phrase;
    bool joins = false; ///< a speaker for the claim's source: على لسان ناطقها
};

/// "أجرى محادثات", "قام بزيارة", "تم اعتقال": a verb that lends its subject to the noun of the deed.
struct light_verb {
    std::string noun_at;        ///< "obj", "subj" or a preposition key
    role subject = role::actor; ///< what its subject is for the noun: تعرض ل makes it the recipient
    effect status = effect::none;
};

enum class scope_kind : std::uint8_t { particle, verb, noun, phrase };

/// A word that changes how the deed in its scope is presented: لن، اعتزم، نية، من المقرر.
struct scope_word {
    scope_kind kind = scope_kind::particle;
    effect what = effect::none;
    std::string where; ///< "verb", "comp" or "clause"
};

/// The mode of asking for, refusing or threatening an event: data/events/asked.tsv.
struct asked_mode {
    event_type asking = event_type::request, what = event_type::consult;
    std::string what_mode; ///< "" for any
    std::string mode, cameo;
};

struct quantity {
    std::int64_t low = 0;
    std::optional<std::int64_t> high;
};

class lexicon {
public:
    /// Reads DIR/events/*.tsv; errc::data with file and line for a broken row.
    static result<lexicon> open(const std::string& data_dir);

    /// All senses under a lemma key, those with restrictions first; nullptr for none.
    [[nodiscard]] const std::vector<const frame*>* verb_frames(std::string_view key) const;
    [[nodiscard]] const std::vector<const frame*>* noun_frames(std::string_view key) const;
    /// The row that stands for a lemma: the first that takes any complement.
    [[nodiscard]] const cue* verb_cue(std::string_view key) const;
    [[nodiscard]] const cue* noun_cue(std::string_view key) const;
    /// All rows of a lemma, in the table's order: the first whose complement is there counts (عرض أنّ, عرض وساطته).
    [[nodiscard]] const std::vector<cue>* verb_cues(std::string_view key) const;
    [[nodiscard]] const std::vector<cue>* participle_cues(std::string_view key) const;
    /// By the participle's key, its feminine (متوعدة) or its full form with a weak last letter (نافيا, key نافي) too.
    [[nodiscard]] const cue* participle_cue(std::string_view key) const;
    [[nodiscard]] const std::vector<light_verb>* light(std::string_view key) const;
    [[nodiscard]] const scope_word* scope(std::string_view key, scope_kind kind) const;
    [[nodiscard]] std::optional<source_kind> kind_of_source(std::string_view key) const;
    [[nodiscard]] const quantity* number_word(std::string_view key) const;
    /// "نحو", "حوالي": says how exact the number behind it is.
    [[nodiscard]] bool approximates(std::string_view key) const;
    /// The value of a numeral in words ("سبعة", "مئة"), from data/time/numerals.tsv; nullptr for none.
    [[nodiscard]] const std::int64_t* cardinal(std::string_view key) const;
    /// Degrees clockwise from north of a direction's word ("شمالي"), kilometres of a unit's; by folded form, nullptr
    /// for none.
    [[nodiscard]] const double* direction(std::string_view folded) const;
    [[nodiscard]] const double* kilometres(std::string_view folded) const;
    /// Whether a preposition or particle (folded) serves this use: "locative", "agent" …,
    /// data/events/function_words.tsv.
    [[nodiscard]] bool serves(std::string_view use, std::string_view folded) const;
    [[nodiscard]] bool in_class(std::string_view name, std::string_view key) const;
    [[nodiscard]] const std::vector<std::string>* contexts_of(std::string_view key) const;

    /// The mode of an event of type `asking` that asks for, refuses or threatens one of type `what`; nullptr where the
    /// frame's own stands.
    [[nodiscard]] const asked_mode* mode_of_asking(event_type asking, event_type what,
                                                   std::string_view what_mode) const;
    /// The chance that a word with this evidence tells of an event: the logistic function of the sum of its weights,
    /// data/events/evidence.tsv. Evidence that the table lacks weighs nothing.
    [[nodiscard]] double confidence(const std::vector<std::string>& evidence) const;
    /// What is less likely than this is not reported.
    [[nodiscard]] double least_confidence() const { return least_confidence_; }

    /// Phrases that begin with the same letter as this word, longest first; nullptr for none.
    [[nodiscard]] const std::vector<prepositional_cue>* prepositional_cues(std::string_view first_word) const;
    struct phrase_scope {
        std::string joined; ///< as in prepositional_cue
        scope_word what;
    };
    [[nodiscard]] const std::vector<phrase_scope>* phrase_scopes(std::string_view first_word) const;

private:
    template <class T>
    using by_key = std::unordered_map<std::string, T>;
    by_key<std::vector<const frame*>> verb_frames_, noun_frames_;
    by_key<std::vector<cue>> verb_cues_, noun_cues_, participle_cues_;
    by_key<std::vector<light_verb>> light_;
    by_key<scope_word> particles_, scope_verbs_, scope_nouns_;
    by_key<source_kind> sources_;
    by_key<quantity> numbers_;
    by_key<std::int64_t> cardinals_;
    by_key<double> directions_, units_, evidence_;
    double least_confidence_ = 0.5;
    std::set<std::string, std::less<>> approximators_;
    by_key<std::set<std::string, std::less<>>> classes_, function_words_;
    by_key<std::vector<std::string>> contexts_;
    by_key<std::vector<prepositional_cue>> prepositional_;
    by_key<std::vector<phrase_scope>> phrases_;
    std::vector<asked_mode> asked_;
    std::vector<std::unique_ptr<frame>> frames_;
    friend struct lexicon_reader;
};

} // namespace isnad::events
