#include "events/lexicon.hpp"

#include "base/table.hpp"
#include "base/utf8.hpp"
#include "record/names.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace isnad::events {

namespace {

std::string key_of(std::string_view lemma) {
    return text::fold(lemma);
}

std::optional<role> role_of(std::string_view name) {
    if (name.empty())
        return role::none;
    if (name == "actor")
        return role::actor;
    if (name == "recipient")
        return role::recipient;
    if (name == "theme")
        return role::theme;
    if (name == "place")
        return role::place;
    return std::nullopt;
}

std::optional<effect> effect_of(std::string_view name) {
    static const std::map<std::string_view, effect> names = {{"", effect::none},
                                                             {"occurred", effect::none},
                                                             {"planned", effect::planned},
                                                             {"demanded", effect::demanded},
                                                             {"possible", effect::possible},
                                                             {"conditional", effect::conditional},
                                                             {"negated", effect::negated},
                                                             {"denied", effect::denied}};
    const auto found = names.find(name);
    return found == names.end() ? std::nullopt : std::optional(found->second);
}

/// A phrase folded and without blanks.
std::string joined(std::string_view phrase) {
    std::string out;
    for (const auto& word : split(phrase, ' '))
        out += key_of(word);
    return out;
}

/// What phrases are kept under: their first letter.
std::string first_letter(std::string_view folded) {
    return folded.empty() ? std::string() : std::string(folded.substr(0, utf8::decode(folded, 0).size));
}

std::optional<condition> condition_of(std::string_view text) {
    condition out;
    out.text = text;
    if (text.starts_with('!')) {
        out.negated = true;
        text.remove_prefix(1);
    }
    if (text.starts_with("prep:")) {
        out.slot = key_of(text.substr(5));
        out.present_only = true;
        return out;
    }
    const auto equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0)
        return std::nullopt;
    static constexpr std::string_view slots[] = {"subj", "obj", "gen", "amod", "any"};
    const auto slot = text.substr(0, equals);
    const bool named = std::find(std::begin(slots), std::end(slots), slot) != std::end(slots);
    out.slot = named ? std::string(slot) : key_of(slot);
    for (const auto& value : split(text.substr(equals + 1), '|')) {
        if (value.starts_with('@'))
            out.classes.insert(value.substr(1));
        else
            out.words.insert(key_of(value));
    }
    if (out.words.empty() && out.classes.empty())
        return std::nullopt;
    return out;
}

} // namespace

/// Reads the tables one by one into a lexicon; the first broken row ends it.
struct lexicon_reader {
    lexicon& out;
    std::string folder;
    std::optional<error> failure;

    void fail(const table::row& row, std::string what, std::string remedy) {
        if (!failure)
            failure = error{errc::data, std::move(what), row.where, std::move(remedy)};
    }

    template <class Row>
    void each(const char* name, Row&& take) {
        if (failure)
            return;
        const auto read = table::read(folder + "/" + name);
        if (!read) {
            failure = read.failure();
            return;
        }
        for (const auto& row : read->rows()) {
            take(*read, row);
            if (failure)
                return;
        }
    }

    void read_frame(const table& of, const table::row& row) {
        auto made = std::make_unique<frame>();
        const auto type = event_type_of(of.cell(row, "type"));
        if (!type)
            return fail(row, "unknown event type \"" + std::string(of.cell(row, "type")) + "\"", "see ontology.tsv");
        made->id = of.cell(row, "id");
        made->type = *type;
        made->mode = of.cell(row, "mode");
        made->cameo = of.cell(row, "cameo");
        made->contexts = of.list(row, "contexts");
        const auto subject = role_of(of.cell(row, "subj"));
        const auto object = role_of(of.cell(row, "obj"));
        const auto genitive = role_of(of.cell(row, "gen"));
        if (!subject || !object || !genitive)
            return fail(row, "unknown role in subj, obj or gen", "use actor, recipient, theme, place or -");
        made->subject = *subject;
        made->object = *object;
        made->genitive = *genitive;
        for (const auto& pair : of.list(row, "preps")) {
            const auto equals = pair.find('=');
            const auto what = equals == std::string::npos ? std::nullopt : role_of(pair.substr(equals + 1));
            if (!what)
                return fail(row, "bad preposition \"" + pair + "\"", "write it as على=recipient");
            made->prepositions.emplace_back(key_of(pair.substr(0, equals)), *what);
        }
        for (const auto& text : split(of.cell(row, "when"), ' ')) {
            auto one = condition_of(text);
            if (!one)
                return fail(row, "bad condition \"" + text + "\"", "write it as obj=word|word, !any=word or prep:على");
            made->when.push_back(std::move(*one));
        }
        for (const auto& flag : split(of.cell(row, "flags"), ' ')) {
            made->symmetric |= flag == "sym";
            made->claims |= flag == "claim";
            made->outcome |= flag == "outcome";
            made->visit |= flag == "visit";
            if (flag.starts_with("toll:"))
                made->toll = flag.substr(5);
        }
        for (const auto& lemma : of.list(row, "verb"))
            out.verb_frames_[key_of(lemma)].push_back(made.get());
        for (const auto& lemma : of.list(row, "masdar"))
            out.noun_frames_[key_of(lemma)].push_back(made.get());
        out.frames_.push_back(std::move(made));
    }

    void read_cue(const table& of, const table::row& row) {
        cue made;
        const auto what = stance_of(of.cell(row, "stance"));
        const auto on_content = effect_of(of.cell(row, "effect"));
        if (!what || !on_content)
            return fail(row, "unknown stance or effect", "see the stances of the record's contract");
        made.stance = *what;
        made.on_content = *on_content;
        for (const auto& slot : of.list(row, "comp"))
            made.complements.push_back(slot == "obj" || slot == "quote" ? slot : key_of(slot));
        const auto source = of.cell(row, "source");
        made.source = source.empty() || source == "subj" || source == "gen" ? "subj" : key_of(source);
        const auto addressee = of.cell(row, "addressee");
        made.addressee = addressee == "obj" ? "obj" : key_of(addressee);
        for (const auto& flag : split(of.cell(row, "flags"), ' ')) {
            made.weak |= flag == "weak";
            made.relay |= flag == "relay";
            made.continues |= flag == "continue";
            made.outlet_voice |= flag == "outlet";
            made.relative |= flag == "relative";
            made.hidden |= flag == "hidden";
            if (flag.starts_with("noun:"))
                for (const auto& noun : split(std::string_view(flag).substr(5), '|'))
                    made.nouns.insert(key_of(noun));
        }
        const auto put = [&](const char* column, auto& into) {
            for (const auto& lemma : of.list(row, column)) {
                made.lemma = lemma;
                into[key_of(lemma)].push_back(made);
            }
        };
        put("verb", out.verb_cues_);
        put("noun", out.noun_cues_);
        const auto verbs = of.list(row, "verb");
        for (const auto& participle : of.list(row, "participle")) {
            made.lemma = verbs.empty() ? participle : verbs.front();
            out.participle_cues_[key_of(participle)].push_back(made);
        }
    }

    void read_scope(const table& of, const table::row& row) {
        const auto what = effect_of(of.cell(row, "effect"));
        const auto kind = of.cell(row, "kind");
        if (!what)
            return fail(row, "unknown effect", "use a status of the record's contract");
        const std::string word(of.cell(row, "word"));
        scope_word made{scope_kind::phrase, *what, std::string(of.cell(row, "scope"))};
        if (kind == "phrase" || (word.find(' ') != std::string::npos)) {
            const auto phrase = joined(word);
            if (!phrase.empty())
                out.phrases_[first_letter(phrase)].push_back({phrase, made});
        } else if (kind == "particle") {
            made.kind = scope_kind::particle;
            out.particles_.emplace(key_of(word), made);
        } else if (kind == "verb") {
            made.kind = scope_kind::verb;
            out.scope_verbs_.emplace(key_of(word), made);
        } else if (kind == "noun") {
            made.kind = scope_kind::noun;
            out.scope_nouns_.emplace(key_of(word), made);
        } else {
            fail(row, "unknown kind \"" + std::string(kind) + "\"", "use particle, verb, noun or phrase");
        }
    }

    void read_number(const table& of, const table::row& row) {
        quantity made;
        const auto read = [&](std::string_view cell, std::int64_t& into) {
            return std::from_chars(cell.data(), cell.data() + cell.size(), into).ec == std::errc{};
        };
        if (!read(of.cell(row, "low"), made.low))
            return void(out.approximators_.insert(key_of(of.cell(row, "word")))); // نحو, أكثر من
        if (std::int64_t high = 0; read(of.cell(row, "high"), high))
            made.high = high;
        out.numbers_.emplace(key_of(of.cell(row, "word")), made);
    }

    void read_all() {
        each("frames.tsv", [&](const auto& of, const auto& row) { read_frame(of, row); });
        each("cues.tsv", [&](const auto& of, const auto& row) { read_cue(of, row); });
        each("prep_cues.tsv", [&](const auto& of, const auto& row) {
            prepositional_cue made;
            const auto what = stance_of(of.cell(row, "stance"));
            made.phrase = of.cell(row, "phrase");
            if (of.cell(row, "flags") == "verb")
                return; // حسبما ذكرت: read at its verb
            made.joins = of.cell(row, "flags") == "joins";
            made.joined = joined(made.phrase);
            if (!what || made.joined.empty())
                return fail(row, "a source phrase needs words and a stance", "see the head of the table");
            made.stance = *what;
            out.prepositional_[first_letter(made.joined)].push_back(std::move(made));
        });
        each("light_verbs.tsv", [&](const auto& of, const auto& row) {
            light_verb made;
            const std::string at(of.cell(row, "noun_at"));
            made.noun_at = at == "obj" || at == "subj" ? at : key_of(at);
            const auto subject = role_of(of.cell(row, "subj"));
            if (!subject)
                return fail(row, "unknown role in subj", "use actor, recipient, place or -");
            made.subject = *subject;
            made.status = effect_of(of.cell(row, "status")).value_or(effect::none);
            for (const auto& lemma : of.list(row, "verb"))
                out.light_[key_of(lemma)].push_back(made);
        });
        each("scope.tsv", [&](const auto& of, const auto& row) { read_scope(of, row); });
        each("sources.tsv", [&](const auto& of, const auto& row) {
            const auto kind = source_kind_of(of.cell(row, "source_kind"));
            if (!kind)
                return fail(row, "unknown kind of source", "see the record's contract");
            for (const auto& lemma : of.list(row, "lemma"))
                out.sources_.emplace(key_of(lemma), *kind);
        });
        each("contexts.tsv", [&](const auto& of, const auto& row) {
            for (const auto& lemma : of.list(row, "lemmas"))
                out.contexts_[key_of(lemma)].emplace_back(of.cell(row, "context"));
        });
        each("classes.tsv", [&](const auto& of, const auto& row) {
            auto& words = out.classes_[std::string(of.cell(row, "class"))];
            for (const auto& lemma : of.list(row, "lemmas"))
                words.insert(key_of(lemma));
        });
        each("directions.tsv", [&](const auto& of, const auto& row) {
            const auto kind = of.cell(row, "kind");
            const auto cell = of.cell(row, "value");
            double value = 0;
            const auto [end, bad] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
            if (bad != std::errc{} || end != cell.data() + cell.size() || (kind != "direction" && kind != "unit"))
                return fail(row, "no direction and no unit", "kind direction or unit, and a number");
            for (const auto& word : of.list(row, "words"))
                (kind == "direction" ? out.directions_ : out.units_)[key_of(word)] = value;
        });
        each("asked.tsv", [&](const auto& of, const auto& row) {
            const auto asking = event_type_of(of.cell(row, "type")), what = event_type_of(of.cell(row, "of"));
            if (!asking || !what)
                return fail(row, "unknown event type", "see ontology.tsv");
            out.asked_.push_back({*asking, *what, std::string(of.cell(row, "of_mode")),
                                  std::string(of.cell(row, "mode")), std::string(of.cell(row, "cameo"))});
        });
        each("evidence.tsv", [&](const auto& of, const auto& row) {
            const auto cell = of.cell(row, "weight");
            double value = 0;
            const auto [end, bad] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
            if (bad != std::errc{} || end != cell.data() + cell.size())
                return fail(row, "no weight", "give a number");
            const std::string feature(of.cell(row, "feature"));
            if (feature == "least confidence")
                out.least_confidence_ = value;
            else
                out.evidence_[feature] = value;
        });
        each("function_words.tsv", [&](const auto& of, const auto& row) {
            auto& words = out.function_words_[std::string(of.cell(row, "use"))];
            for (const auto& word : of.list(row, "words"))
                words.insert(key_of(word));
        });
        each("counts.tsv", [&](const auto& of, const auto& row) { read_number(of, row); });
        each("../time/numerals.tsv", [&](const auto& of, const auto& row) {
            const auto cell = of.cell(row, "value");
            std::int64_t value = 0;
            if (of.cell(row, "kind") == "cardinal" &&
                std::from_chars(cell.data(), cell.data() + cell.size(), value).ec == std::errc{})
                out.cardinals_.emplace(key_of(of.cell(row, "form")), value);
        });
    }

    void order() {
        const auto narrow_first = [](auto& by_key) {
            for (auto& [key, senses] : by_key)
                std::stable_sort(senses.begin(), senses.end(),
                                 [](const frame* a, const frame* b) { return a->when.size() > b->when.size(); });
        };
        narrow_first(out.verb_frames_);
        narrow_first(out.noun_frames_);
        const auto long_first = [](auto& by_key) {
            for (auto& [key, phrases] : by_key)
                std::stable_sort(phrases.begin(), phrases.end(),
                                 [](const auto& a, const auto& b) { return a.joined.size() > b.joined.size(); });
        };
        long_first(out.prepositional_);
        long_first(out.phrases_);
    }
};

result<lexicon> lexicon::open(const std::string& data_dir) {
    lexicon out;
    lexicon_reader reader{out, data_dir + "/events", std::nullopt};
    reader.read_all();
    if (reader.failure)
        return *reader.failure;
    reader.order();
    return out;
}

namespace {
template <class Map>
auto find_in(const Map& map, std::string_view key) -> const typename Map::mapped_type* {
    const auto found = map.find(std::string(key));
    return found == map.end() ? nullptr : &found->second;
}
} // namespace

const std::vector<const frame*>* lexicon::verb_frames(std::string_view key) const {
    return find_in(verb_frames_, key);
}
const std::vector<const frame*>* lexicon::noun_frames(std::string_view key) const {
    return find_in(noun_frames_, key);
}
namespace {
/// The row that stands for a lemma: the first that takes any complement.
const cue* plain(const std::vector<cue>& rows) {
    const auto open = std::find_if(rows.begin(), rows.end(), [](const cue& row) { return row.nouns.empty(); });
    return open == rows.end() ? &rows.front() : &*open;
}
} // namespace

const std::vector<cue>* lexicon::verb_cues(std::string_view key) const {
    return find_in(verb_cues_, key);
}
const cue* lexicon::verb_cue(std::string_view key) const {
    const auto* rows = verb_cues(key);
    return rows == nullptr ? nullptr : plain(*rows);
}
const cue* lexicon::noun_cue(std::string_view key) const {
    const auto* rows = find_in(noun_cues_, key);
    return rows == nullptr ? nullptr : plain(*rows);
}
const cue* lexicon::participle_cue(std::string_view key) const {
    const auto* rows = participle_cues(key);
    return rows == nullptr ? nullptr : plain(*rows);
}
const std::vector<cue>* lexicon::participle_cues(std::string_view key) const {
    if (const auto* found = find_in(participle_cues_, key))
        return found;
    for (const std::string_view ending : {"ه", "يه", "ي"})
        if (key.ends_with(ending) && key.size() > ending.size() + 4)
            if (const auto* found = find_in(participle_cues_, key.substr(0, key.size() - ending.size())))
                return found;
    return nullptr;
}
const std::vector<light_verb>* lexicon::light(std::string_view key) const {
    return find_in(light_, key);
}
const quantity* lexicon::number_word(std::string_view key) const {
    return find_in(numbers_, key);
}
bool lexicon::approximates(std::string_view key) const {
    return approximators_.contains(key);
}
const std::int64_t* lexicon::cardinal(std::string_view key) const {
    return find_in(cardinals_, key);
}
const std::vector<std::string>* lexicon::contexts_of(std::string_view key) const {
    return find_in(contexts_, key);
}
const std::vector<prepositional_cue>* lexicon::prepositional_cues(std::string_view first_word) const {
    return find_in(prepositional_, first_letter(first_word));
}
const std::vector<lexicon::phrase_scope>* lexicon::phrase_scopes(std::string_view first_word) const {
    return find_in(phrases_, first_letter(first_word));
}

const scope_word* lexicon::scope(std::string_view key, scope_kind kind) const {
    switch (kind) {
    case scope_kind::particle:
        return find_in(particles_, key);
    case scope_kind::verb:
        return find_in(scope_verbs_, key);
    case scope_kind::noun:
        return find_in(scope_nouns_, key);
    default:
        return nullptr;
    }
}

std::optional<source_kind> lexicon::kind_of_source(std::string_view key) const {
    const auto* found = find_in(sources_, key);
    return found == nullptr ? std::nullopt : std::optional(*found);
}

const asked_mode* lexicon::mode_of_asking(event_type asking, event_type what, std::string_view what_mode) const {
    const asked_mode* any = nullptr;
    for (const auto& row : asked_) {
        if (row.asking != asking || row.what != what)
            continue;
        if (!row.what_mode.empty() && row.what_mode == what_mode)
            return &row;
        if (row.what_mode.empty())
            any = &row;
    }
    return any;
}

double lexicon::confidence(const std::vector<std::string>& evidence) const {
    const auto weight = [&](const std::string& feature) {
        const auto* found = find_in(evidence_, feature);
        return found == nullptr ? 0.0 : *found;
    };
    double sum = weight("always");
    for (const auto& feature : evidence)
        sum += weight(feature);
    return 1 / (1 + std::exp(-sum));
}

const double* lexicon::direction(std::string_view folded) const {
    return find_in(directions_, folded);
}

const double* lexicon::kilometres(std::string_view folded) const {
    return find_in(units_, folded);
}

bool lexicon::serves(std::string_view use, std::string_view folded) const {
    const auto* words = find_in(function_words_, use);
    return words != nullptr && words->contains(folded);
}

bool lexicon::in_class(std::string_view name, std::string_view key) const {
    const auto* words = find_in(classes_, name);
    return words != nullptr && words->contains(key);
}

} // namespace isnad::events
