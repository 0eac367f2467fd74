#include "events/deeds.hpp"

#include "text/fold.hpp"

#include <algorithm>
#include <set>

namespace isnad::events {

using nlp::upos;

deed_finder::deed_finder(std::string_view text, const std::vector<reading>& sentences, const lexicon& words,
                         const knowledge::base& base, cast& who, const claim_finder& claims,
                         const std::vector<claim_reading>& claim_readings, record& out)
    : text_(text), sentences_(sentences), words_(words), base_(base), cast_(who), claims_(claims),
      claim_readings_(claim_readings), out_(out) {}

void deed_finder::find(bool keep_candidates, bool explain) {
    keep_candidates_ = keep_candidates;
    explain_ = explain;
    for (std::uint32_t s = 0; s < sentences_.size(); ++s)
        read_sentence(s);
    merge();
    judge();
    write();
    if (explain_)
        sort_notes();
}

namespace {

/// Why word i cannot name a deed, whatever it means; "" where it can.
std::string_view barred(const reading& read, word_index i) {
    if (i < read.dateline_end)
        return "stands in the dateline";
    if (read.time_at[i] != 0)
        return "is part of a time expression";
    if (read.tree.is_verb(i))
        return {};
    const auto tag = read.tree.word(i).tag;
    if (tag != upos::noun && tag != upos::adj && tag != upos::other)
        return "is read as no verb, noun or adjective but ";
    return read.name_at[i] == 0 ? "" : "is part of a known name: ";
}

} // namespace

void deed_finder::read_sentence(std::uint32_t s) {
    const auto& read = sentences_[s];
    present_.clear();
    for (word_index i = 0; i < read.tree.size(); ++i) {
        present_.insert(read.tree.key(i));
        present_.insert(read.tree.bare(i));
    }
    for (word_index i = 0; i < read.tree.size(); ++i) {
        if (const auto why = barred(read, i); !why.empty()) {
            note_barred({s, i}, why);
        } else if (read.tree.is_verb(i)) {
            if (!read_pro_deed(s, i))
                read_deed(s, i, true, words_.verb_frames(read.tree.key(i)));
        } else {
            // A ḥāl that says or threatens is the deed of its verb: متهمة أنقرة بـ…, محذرا من ….
            const auto* participle = words_.participle_cue(read.tree.key(i));
            if (is_hal(s, i))
                read_deed(s, i, true, words_.verb_frames(text::fold(participle->lemma)));
            else
                read_deed(s, i, false, nullptr);
        }
    }
}

bool deed_finder::is_hal(std::uint32_t s, word_index i) const {
    const auto& tree = sentences_[s].tree;
    return !tree.is_verb(i) && words_.participle_cue(tree.key(i)) != nullptr && !tree.form(i).starts_with("ال") &&
           claims_.at_cue({s, i}).has_value();
}

deed_finder::arguments deed_finder::arguments_of(std::uint32_t s, word_index i, word_index carrier) const {
    const auto& tree = sentences_[s].tree;
    arguments out;
    const bool verb = tree.is_verb(i) || is_hal(s, i); // مذكرة looks like a participle and is none
    word_index about = no_word; // a number that is only nearly so: أوقفت الشرطة نحو عشرين طالبا
    const auto phrase = [&](word_index c) {
        const auto preposition = tree.preposition(c);
        if (words_.approximates(preposition)) { // إصابة نحو عشرة: no phrase, the object itself
            if (about == no_word && c > i)
                about = c;
            return false;
        }
        if (words_.approximates(preposition + ' ' + tree.form(c))) // على الأقل
            return true;
        if (!preposition.empty() && sentences_[s].time_at[c] == 0)
            out.phrases.emplace_back(preposition, c);
        return !preposition.empty();
    };
    for (const auto c : tree.children(i)) {
        if (!tree.is_nominal(c) && tree.word(c).tag != upos::det)
            continue;
        if (tree.relation(c, {"conj", "acl", "parataxis", "advcl", "ccomp"}) && !tree.is_pronoun_suffix(c))
            continue;
        if (sentences_[s].time_at[c] != 0 || phrase(c))
            continue;
        if (verb) {
            if (!tree.is_verb(i) && c > i && out.object == no_word)
                out.object = c; // of a participle
        } else if (tree.is_pronoun_suffix(c) && c == i + 1) {
            out.suffix = c;
        } else if (c > i && (tree.word(c).tag != upos::adj || tree.is_genitive_of(c, i))) {
            // The word right after a masdar is its genitive; a second bare nominal its object: زيارة الوزير موسكو.
            if (out.genitive == no_word && out.suffix == no_word && c <= i + 2)
                out.genitive = c;
            else if (out.object == no_word)
                out.object = c;
        } else if (c > i && tree.word(c).tag == upos::adj && base_.nisba(tree.form(c)) != nullptr &&
                   out.genitive == no_word) {
            out.genitive = c; // الغارات التركية: the nisba names the agent
        }
    }
    if (tree.is_verb(i)) {
        const auto pair = tree.verb_arguments(i);
        out.subject = pair.subject;
        out.object = pair.object != no_word ? pair.object : about;
    }
    // The parser often hangs a later phrase on an argument: look one level into arguments that are no deeds themselves.
    const auto adopt = [&](word_index argument) {
        if (argument == no_word)
            return;
        word_index end = argument; // a comma closes what belongs to the argument
        while (end < tree.size() && !(tree.is_punct(end) && !tree.is_quote(end)))
            ++end;
        for (const auto c : tree.children(argument))
            if (c > argument && c < end && tree.is_nominal(c) && !tree.relation(c, {"conj", "acl"}))
                phrase(c);
    };
    const auto arguments_so_far = out.phrases;
    adopt(out.subject);
    adopt(out.object);
    adopt(out.genitive);
    for (const auto& [preposition, nominal] : arguments_so_far)
        if (words_.noun_frames(tree.key(nominal)) == nullptr)
            adopt(nominal);
    if (carrier != no_word && carrier != i)
        for (const auto c : tree.children(carrier))
            if (c != i && tree.is_nominal(c) && !tree.relation(c, {"conj"}) && !tree.descends(i, c))
                phrase(c);
    return out;
}

bool deed_finder::of_class(std::uint32_t s, word_index i, const std::string& name) const {
    const auto& tree = sentences_[s].tree;
    if (words_.in_class(name, tree.key(i)) || words_.in_class(name, tree.bare(i)))
        return true;
    const auto np = cast_.phrase(s, i);
    const auto* role = base_.head(tree.key(np.core));
    const auto* entry =
        sentences_[s].name_at[np.core] == 0 ? nullptr : sentences_[s].names[sentences_[s].name_at[np.core] - 1].what;
    const auto kind = entry != nullptr ? entry->kind : role != nullptr ? role->kind : entity_kind::other;
    const bool named = tree.word(np.core).name.size() > 1;
    if (name == "person")
        return kind == entity_kind::person || tree.word(np.core).name.ends_with("PER");
    if (name == "country")
        return entry != nullptr && entry->id.starts_with("country/");
    if (name == "place")
        return (entry != nullptr && entry->toponym != 0) || kind == entity_kind::place;
    if (name == "armed")
        return kind == entity_kind::armed_group;
    if (name == "media")
        return kind == entity_kind::media;
    if (name == "people")
        return kind == entity_kind::group || (role != nullptr && role->plural != 0);
    if (name == "org")
        return entry != nullptr
                   ? entry->toponym == 0 && kind != entity_kind::person
                   : kind != entity_kind::other && kind != entity_kind::person && kind != entity_kind::place;
    if (name == "actor")
        return kind != entity_kind::other || named;
    if (name == "number")
        return tree.word(i).tag == upos::num || words_.number_word(tree.key(i)) != nullptr;
    return false;
}

bool deed_finder::holds(const condition& one, std::uint32_t s, word_index i, const arguments& args) const {
    const auto& tree = sentences_[s].tree;
    const auto fits = [&](word_index w) {
        if (w == no_word)
            return false;
        const auto core = cast_.phrase(s, w).core;
        for (const auto at : {w, core}) {
            if (one.words.contains(tree.key(at)) || one.words.contains(std::string(tree.bare(at))))
                return true;
            for (const auto& name : one.classes)
                if (of_class(s, at, name))
                    return true;
        }
        return false;
    };
    bool met = false;
    if (one.present_only) {
        met = std::any_of(args.phrases.begin(), args.phrases.end(),
                          [&](const auto& phrase) { return phrase.first == one.slot; });
    } else if (one.slot == "subj") {
        met = fits(args.subject);
    } else if (one.slot == "obj") {
        // a masdar's genitive is as good an object as a passive's subject
        met = fits(args.object) || (!tree.is_verb(i) && fits(args.genitive)) ||
              (tree.is_verb(i) ? tree.is_passive(i) && fits(args.subject) : fits(args.genitive));
    } else if (one.slot == "gen") {
        met = fits(args.genitive);
    } else if (one.slot == "amod") {
        for (const auto c : tree.children(i))
            met = met || (tree.word(c).tag == upos::adj && fits(c));
    } else if (one.slot == "any") {
        met =
            std::any_of(one.words.begin(), one.words.end(), [&](const auto& word) { return present_.contains(word); });
        for (const auto& name : one.classes)
            for (word_index w = 0; w < tree.size() && !met; ++w)
                met = words_.in_class(name, tree.key(w));
    } else {
        for (const auto& [preposition, nominal] : args.phrases)
            met = met || (preposition == one.slot && fits(nominal));
    }
    return met != one.negated;
}

bool deed_finder::filled(const condition& one, const arguments& args) const {
    if (one.slot == "subj")
        return args.subject != no_word;
    if (one.slot == "obj")
        return args.object != no_word || args.genitive != no_word;
    if (one.slot == "gen")
        return args.genitive != no_word;
    return std::any_of(args.phrases.begin(), args.phrases.end(),
                       [&](const auto& phrase) { return phrase.first == one.slot; });
}

deed_finder::sense_reading deed_finder::try_sense(const frame& sense, std::uint32_t s, word_index i,
                                                  const arguments& args) const {
    sense_reading out{&sense, {}, 0};
    for (const auto& one : sense.when) {
        const bool held = holds(one, s, i, args);
        if (!held)
            out.unmet.push_back(&one);
        out.score += held ? (one.negated ? 1 : 4) // a sense that asked for more and got it
                          : (one.negated ? -8 : -4);
    }
    for (const auto& [preposition, what] : sense.prepositions)
        for (const auto& [given, nominal] : args.phrases)
            out.score += given == preposition ? 1 : 0;
    return out;
}

deed_finder::sense_reading deed_finder::sense_of(std::uint32_t s, word_index i, const std::vector<const frame*>& senses,
                                                 const arguments& args) const {
    sense_reading best;
    for (const auto* sense : senses) {
        auto now = try_sense(*sense, s, i, args);
        // What holds in full goes before what holds in part.
        const bool better = best.sense == nullptr ||
                            (now.unmet.empty() != best.unmet.empty() ? now.unmet.empty() : now.score > best.score);
        if (better)
            best = std::move(now);
    }
    return best;
}

word_index deed_finder::relative_carrier(std::uint32_t s, word_index noun, role& lends) const {
    // غارات شنها الطيران, محادثات أجراها مع نظيره, اجتماع عقد في جنيف: the light verb stands behind its noun.
    const auto& tree = sentences_[s].tree;
    for (const auto c : tree.children(noun)) {
        if (c < noun || !tree.is_verb(c) || !tree.relation(c, {"acl"}))
            continue;
        const auto* senses = words_.light(tree.key(c));
        if (senses == nullptr)
            continue;
        const bool takes_up = c + 1 < tree.size() && tree.is_pronoun_suffix(c + 1);
        for (const auto& sense : *senses)
            if (sense.noun_at == "obj" && (takes_up || tree.is_passive(c))) {
                lends = tree.is_passive(c) ? role::none : sense.subject;
                return c;
            }
    }
    return no_word;
}

word_index deed_finder::carrier_of(std::uint32_t s, word_index noun, role& lends, effect& status) const {
    const auto& tree = sentences_[s].tree;
    word_index at = noun;
    while (tree.relation(at, {"conj"}) && tree.head(at) != no_word && !tree.is_verb(tree.head(at)))
        at = tree.head(at); // أجرى محادثات ومشاورات
    const auto up = counted_by(tree, at);
    while (tree.head(at) != no_word && tree.head(at) != up)
        at = tree.head(at); // the numeral has the noun's place in the clause
    if (up == no_word || up > at)
        return no_word;
    const auto* senses = words_.light(tree.key(up));
    if (senses == nullptr)
        return no_word;
    const auto preposition = tree.preposition(at);
    for (const auto& sense : *senses) {
        const bool bare = preposition.empty();
        const bool object =
            sense.noun_at == "obj" && bare &&
            (tree.relation(at, {"obj", "obl"}) || (tree.is_passive(up) && tree.relation(at, {"nsubj"})) ||
             (!tree.is_verb(up) && tree.relation(at, {"nmod"}))); // فرض عقوبات: the masdar's genitive
        const bool its_subject = sense.noun_at == "subj" && bare && tree.relation(at, {"nsubj", "obj"});
        if (object || its_subject || (!bare && preposition == sense.noun_at)) {
            lends = sense.noun_at == "subj" || tree.is_passive(up) ? role::none : sense.subject;
            status = sense.status;
            return up;
        }
    }
    return no_word;
}

void deed_finder::start(deed& made, bool with_suffix) const {
    const auto& tree = sentences_[made.trigger.sentence].tree;
    const auto i = made.trigger.word;
    auto& event = made.event;
    event.type = made.sense->type;
    event.mode = made.sense->mode;
    event.cameo = made.sense->cameo;
    event.frames.push_back(made.sense->id);
    if (made.carrier != no_word)
        event.carrier = tree.word(made.carrier).at;
    event.contexts = made.sense->contexts;
    event.trigger = tree.word(i).at;
    if (with_suffix && i + 1 < tree.size() && tree.is_pronoun_suffix(i + 1))
        event.trigger = cover(event.trigger, tree.word(i + 1).at);
    event.trigger_lemma = text::clean(tree.word(i).lemma);
}

bool deed_finder::read_pro_deed(std::uint32_t s, word_index i) {
    // لن تقدم على ذلك: the deed that was spoken of last, with its own doer and status.
    const auto& tree = sentences_[s].tree;
    if (last_sense_ == nullptr || !words_.in_class("pro_deed", tree.key(i)))
        return false;
    const bool refers = std::any_of(tree.children(i).begin(), tree.children(i).end(), [&](word_index c) {
        return c > i && c < i + 4 && tree.form(c) == "ذلك" && tree.relation(c, {"obj", "obl", "nmod"});
    });
    if (!refers)
        return false;
    deed made;
    made.trigger = {s, i};
    made.sense = last_sense_;
    auto& event = made.event;
    start(made, false);
    const auto subject = events::subject_of(sentences_, cast_, made.trigger);
    give(made, role::actor, subject.mentions);
    event.why.push_back("frame " + made.sense->id + " of the deed before, taken up by " + tree.word(i).form);
    event.why.push_back("actor: " + subject.rule);
    event.status = status_of(made, event.why);
    deeds_.push_back(std::move(made));
    return true;
}

bool deed_finder::read_deed(std::uint32_t s, word_index i, bool verb, const std::vector<const frame*>* senses) {
    const auto& tree = sentences_[s].tree;
    if (!verb)
        senses = words_.noun_frames(tree.key(i));
    if (senses == nullptr && !verb)
        senses = words_.noun_frames(tree.bare(i));
    if (senses == nullptr) {
        note_without_senses({s, i}, verb);
        return false;
    }
    deed made;
    made.trigger = {s, i};
    role lends = role::none;
    effect carried = effect::none;
    if (!verb)
        made.carrier = carrier_of(s, i, lends, carried);
    if (!verb && made.carrier == no_word)
        made.carrier = relative_carrier(s, i, lends);
    auto args = arguments_of(s, i, made.carrier);
    if (lends == role::actor) // شن النائب هجوما: the subject of the light verb is that of the deed
        args.subject = tree.verb_arguments(made.carrier).subject;
    const auto sense = sense_of(s, i, *senses, args);
    made.sense = sense.sense;
    made.plain = sense.unmet.empty();
    if (made.plain)
        last_sense_ = made.sense;
    note_senses(made.trigger, *senses, args, made.sense);
    weigh_sense(made, sense, senses->size(), args);
    const auto refers = only_refers_back(made, args);
    auto& event = made.event;
    start(made, true);
    event.why.push_back("frame " + made.sense->id + " on " + (verb ? "verb " : "noun ") + tree.word(i).form +
                        (made.carrier == no_word ? "" : ", carried by " + tree.word(made.carrier).form));
    fill_roles(made, args, verb, lends);
    read_theme(made, args, verb);
    read_toll(made, args, verb);
    event.status = status_of(made, event.why);
    if (event.status == event_status::occurred)
        event.status = status_for(carried);
    read_contexts(made);
    const auto little = refers.empty() ? says_too_little(made) : std::string_view();
    for (const auto rule : {refers, little})
        if (!rule.empty()) {
            made.plain = false;
            made.evidence.push_back("doubt=" + std::string(rule));
        }
    note_doubts(made, sense, refers, little);
    weigh_word(made, args);
    weigh_parties(made);
    deeds_.push_back(std::move(made));
    return true;
}

} // namespace isnad::events
