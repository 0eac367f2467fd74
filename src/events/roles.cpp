// Who is actor and who is recipient: the arguments of a trigger in the roles that its frame gives them.
#include "events/deeds.hpp"

#include <algorithm>

namespace isnad::events {

using nlp::upos;

void deed_finder::give(deed& made, role what, const std::vector<index>& who) const {
    auto* into = what == role::actor ? &made.event.actors : what == role::recipient ? &made.event.recipients : nullptr;
    if (into == nullptr)
        return;
    for (const auto m : who) {
        const auto* known = cast_.known(cast_.entity_of(m));
        if (known != nullptr && known->toponym != 0 && !known->id.starts_with("country/") && known->stands_for.empty())
            continue; // a town or a dam does nothing, and is where a thing happens rather than whom it happens to
        if (known == nullptr && out_.entities[cast_.entity_of(m)].kind == entity_kind::place)
            continue;
        const auto same = [&](index other) { return cast_.entity_of(other) == cast_.entity_of(m); };
        if (std::none_of(made.event.actors.begin(), made.event.actors.end(), same) &&
            std::none_of(made.event.recipients.begin(), made.event.recipients.end(), same))
            into->push_back(m);
    }
}

namespace {

/// Deeds that somebody suffers, whatever their frame calls the thing that they are done to.
bool hurts(event_type what) {
    switch (what) {
    case event_type::reject:
    case event_type::sanction:
    case event_type::coerce:
    case event_type::assault:
    case event_type::threaten:
    case event_type::accuse:
    case event_type::retreat:
    case event_type::aid:
        return true;
    default:
        return false;
    }
}

} // namespace

std::vector<index> deed_finder::governor_agents(const deed& made) const {
    // The word that governs the masdar supplies its agent: اتهم X بتنفيذ Y, طالب X بإرسال Y, نفى نية بيع Y, يعتزم زيارة
    // Y.
    const auto s = made.trigger.sentence;
    const auto& tree = sentences_[s].tree;
    if (tree.form(made.trigger.word).starts_with("ال") && !claims_.around(s, tree.word(made.trigger.word).at.begin))
        return {}; // أدان الهجوم: a deed of its own, not the governor's
    word_index at = made.trigger.word;
    bool through_deed = false;
    for (int steps = 0; steps < 4; ++steps) {
        const auto up = tree.head(at);
        if (up == no_word ||
            words_.serves("set apart", tree.preposition(at))) // خلال اقتحام الفندق: beside what is said
            return {};
        if (tree.relation(at, {"conj"}) && !tree.is_verb(up)) { // طالبه بالكف عن الخرق وسحب قواته
            at = up;
            continue;
        }
        if (const auto c = claims_.at_cue({s, up})) {
            const auto& asking = claim_readings_[*c];
            const auto how = out_.claims[*c].stance;
            const bool own =
                how == stance::promise || how == stance::warn ||
                (how == stance::announce && asking.what != nullptr && asking.what->on_content == effect::planned);
            if (asking.addressee && !own)
                return {*asking.addressee};
            if (asking.what != nullptr && !asking.what->addressee.empty() && !own)
                return {}; // asks or accuses somebody who is not named
            // وصف الهجوم بأنه مذبحة: who judges did nothing
            const bool others = how == stance::accuse || how == stance::ask || how == stance::believe;
            const bool tells =
                how == stance::state || how == stance::report || how == stance::announce || how == stance::confirm;
            if (tells && (through_deed || made.sense->outcome))
                return {}; // أعلن مصدر مقتل جنود في انفجار
            return asking.nominal_content && !others ? out_.claims[*c].sources : std::vector<index>{};
        }
        if (tree.is_verb(up)) {
            if (words_.scope(tree.key(up), scope_kind::verb) == nullptr ||
                !tree.relation(at, {"obj", "obl", "xcomp", "ccomp"}))
                return {};
            return events::subject_of(sentences_, cast_, {s, up}).mentions;
        }
        // Through a noun of intention or of a deed (نية بيع السلاح, الكف عن خرق السيادة) to what governs that.
        if (words_.scope(tree.key(up), scope_kind::noun) == nullptr && words_.noun_frames(tree.key(up)) == nullptr)
            return {};
        through_deed = through_deed || words_.noun_frames(tree.key(up)) != nullptr;
        at = up;
    }
    return {};
}

bool deed_finder::may_be_party(const deed& made, word_index w) const {
    // خرج المئات, اغتال مجهولون: who does or suffers a deed is somebody, whatever noun it is, unless that names a deed
    // or a thing.
    const auto s = made.trigger.sentence;
    const auto& tree = sentences_[s].tree;
    if (!made.sense->toll.empty())
        return true; // victims: أصيب العشرات
    if (w == no_word || tree.word(w).tag == upos::adj || sentences_[s].time_at[w] != 0)
        return false;
    const auto core = cast_.phrase(s, w).core;
    const auto thing = [&](std::string_view key) {
        return words_.noun_frames(key) != nullptr || words_.noun_cue(key) != nullptr || words_.in_class("thing", key) ||
               words_.in_class("weapon", key) || words_.in_class("money", key) || words_.in_class("place_noun", key) ||
               words_.in_class("area", key);
    };
    return !thing(tree.key(core)) && !thing(tree.bare(core));
}

std::vector<index> deed_finder::people(deed& made, word_index w) const {
    const auto s = made.trigger.sentence;
    const auto& tree = sentences_[s].tree;
    if (w == no_word)
        return {};
    if (tree.is_pronoun_suffix(w)) {
        // The suffix of a deed in an adverbial looks to the subject of its clause: خلال لقائه … أكد مولوتكوف.
        std::optional<index> preferred;
        const auto clause = tree.clause_verb(made.trigger.word);
        if (clause != no_word && clause != made.trigger.word) {
            const auto subject = events::subject_of(sentences_, cast_, {s, clause});
            if (!subject.mentions.empty())
                preferred = cast_.entity_of(subject.mentions.front());
        }
        const auto found = cast_.pronoun({s, w}, preferred);
        return found ? std::vector<index>{*found} : std::vector<index>{};
    }
    if (tree.word(w).tag == upos::adj && base_.nisba(tree.form(w)) != nullptr &&
        !tree.is_genitive_of(w, made.trigger.word)) {
        const auto found = cast_.mention({s, w});
        return found ? std::vector<index>{*found} : std::vector<index>{};
    }
    auto found = cast_.mentions({s, w}, may_be_party(made, w));
    if (made.sense->toll == "killed" || made.sense->toll == "wounded")
        for (const auto m : found)
            cast_.civilian(m);
    return found;
}

std::vector<index> deed_finder::owner_inside(deed& made, word_index w) const {
    // جهود قطر, الغارات الإسرائيلية, عضوية السودان: a thing that belongs to somebody stands for him.
    const auto s = made.trigger.sentence;
    const auto& tree = sentences_[s].tree;
    for (int depth = 0; depth < 3 && w != no_word && !tree.is_pronoun_suffix(w); ++depth) {
        word_index inner = no_word;
        for (const auto c : tree.children(w)) {
            if (c < w || !tree.is_nominal(c) || !tree.preposition(c).empty() || tree.relation(c, {"conj", "acl"}))
                continue;
            const bool nisba = tree.word(c).tag == upos::adj;
            if (nisba && base_.nisba(tree.form(c)) == nullptr)
                continue;
            if (inner == no_word || tree.word(inner).tag == upos::adj)
                inner = c;
        }
        if (inner == no_word)
            return {};
        if (tree.is_pronoun_suffix(inner) || tree.word(inner).tag == upos::adj)
            return people(made, inner);
        if (auto found = cast_.mentions({s, inner}); !found.empty())
            return found;
        w = inner;
    }
    return {};
}

std::vector<index> deed_finder::people_inside(deed& made, word_index w) const {
    const auto s = made.trigger.sentence;
    if (w == no_word || sentences_[s].tree.is_pronoun_suffix(w))
        return people(made, w);
    const bool party = may_be_party(made, w);
    auto named = cast_.mentions({s, w});
    if (!party) // إلى المنطقة: a thing that some earlier question had a mention made of
        std::erase_if(named, [&](index m) { return out_.entities[cast_.entity_of(m)].kind == entity_kind::other; });
    if (!named.empty())
        return named;
    if (auto found = owner_inside(made, w); !found.empty())
        return found;
    return party ? people(made, w) : std::vector<index>{};
}

void deed_finder::fill_roles(deed& made, const arguments& args, bool verb, role lends_subject) {
    const auto s = made.trigger.sentence;
    const auto& tree = sentences_[s].tree;
    const auto i = made.trigger.word;
    const auto& sense = *made.sense;
    const auto people = [&](word_index w) { return this->people(made, w); };
    auto object_role = sense.object;
    if (verb) {
        const bool transitive = sense.object != role::none || sense.subject == role::none;
        if (tree.is_passive(i) && transitive) {
            give(made, sense.object, people(args.subject != no_word ? args.subject : args.object));
        } else {
            const auto own = tree.verb_arguments(i).subject;
            auto subject = events::subject_of(sentences_, cast_, made.trigger, std::nullopt,
                                              sense.subject == role::actor && may_be_party(made, own));
            // والتقى زعيم الحركة: a meeting takes two. The one nominal behind the verb is whom he met, and who met is
            // the one that the text is about.
            const bool takes_two = (sense.symmetric || sense.visit) && sense.object == role::recipient;
            const bool alone = args.object == no_word && args.subject != no_word && args.subject > i &&
                               std::none_of(args.phrases.begin(), args.phrases.end(), [&](const auto& phrase) {
                                   return std::any_of(sense.prepositions.begin(), sense.prepositions.end(),
                                                      [&](const auto& p) { return p.first == phrase.first; });
                               });
            if (takes_two && alone && subject.mentions.size() == 1)
                if (const auto topic = cast_.antecedent(made.trigger, cast_.agreement_of(tree, i));
                    topic && *topic != cast_.entity_of(subject.mentions.front())) {
                    give(made, sense.subject, {cast_.elided(made.trigger, *topic)});
                    give(made, sense.object, subject.mentions);
                    subject = {{}, false, "carried over: the nominal behind the verb is the other party"};
                }
            // خرج المئات من أبناء القبيلة: whoever demonstrates by the hundred is people.
            if (subject.mentions.empty() && sense.type == event_type::protest && args.subject != no_word &&
                cast_.phrase(s, args.subject).core != args.subject)
                subject.mentions = cast_.mentions({s, args.subject}, true);
            give(made, sense.subject, subject.mentions);
            made.event.why.push_back("actor: " + subject.rule);
            give(made, sense.object,
                 sense.object == role::recipient ? people_inside(made, args.object) : people(args.object));
        }
    } else {
        const auto owner = args.suffix != no_word ? args.suffix : args.genitive;
        auto owner_role = sense.genitive;
        // زيارة أنقرة: the place visited, not who visits.
        if (sense.visit && owner != no_word && sentences_[s].name_at[owner] != 0 &&
            sentences_[s].names[sentences_[s].name_at[owner] - 1].what->toponym != 0)
            owner_role = role::recipient;
        const bool nisba = owner != no_word && tree.word(owner).tag == upos::adj && !tree.is_genitive_of(owner, i);
        if (nisba)
            owner_role = role::actor;
        // انتقاد تركيا للقرار: with a ل-phrase the genitive is the doer.
        const bool with_lam = std::any_of(args.phrases.begin(), args.phrases.end(), [&](const auto& phrase) {
            return phrase.first == "ل" && std::none_of(sense.prepositions.begin(), sense.prepositions.end(),
                                                       [](const auto& p) { return p.first == "ل"; });
        });
        if (with_lam && owner_role != role::actor && owner != no_word) {
            owner_role = role::actor;
            for (const auto& [preposition, nominal] : args.phrases)
                if (preposition == "ل" && tree.head(nominal) == i)
                    give(made, object_role == role::none ? sense.genitive : object_role, people(nominal));
        }
        // أعلن مصدر مقتل جنديين: who tells of an outcome did not bring it about.
        const bool teller = sense.outcome && made.carrier != no_word && claims_.at_cue({s, made.carrier}).has_value();
        if (lends_subject != role::none && made.carrier != no_word && !teller) {
            const auto subject = events::subject_of(sentences_, cast_, {s, made.carrier});
            give(made, lends_subject, subject.mentions);
            made.event.why.push_back("lent by the light verb: " + subject.rule);
        }
        // تسليم أوكرانيا منظومة دفاع: of two objects the first is who gets the other.
        if (owner != no_word && owner_role == role::theme && args.object != no_word && !nisba &&
            !tree.is_pronoun_suffix(owner))
            give(made, role::recipient, cast_.mentions({s, owner}));
        if (owner != no_word)
            give(made, owner_role, people(owner));
        if (args.object != no_word)
            give(made, object_role, people(args.object));
    }
    for (const auto& [preposition, nominal] : args.phrases) {
        if (preposition == "ل" && words_.noun_frames(tree.key(nominal)) != nullptr)
            continue; // زار الجزائر لبحث أمن الحدود: an aim, nobody's share
        for (const auto& [wanted, what] : sense.prepositions)
            if (preposition == wanted) {
                give(made, what, what == role::recipient ? people_inside(made, nominal) : people(nominal));
                break;
            }
        if (words_.serves("agent", preposition))
            give(made, role::actor, people(nominal));
    }
    if (!verb && made.event.actors.empty() && sense.symmetric && made.carrier == no_word) {
        // بحث الوزير، في اتصال هاتفي مع نظيره، …: the meeting that a clause happens in is its subject's.
        const auto clause = tree.clause_verb(i);
        if (clause != no_word && words_.serves("within", tree.preposition(i)))
            give(made, role::actor, events::subject_of(sentences_, cast_, {s, clause}).mentions);
    }
    if (!verb && made.event.actors.empty())
        if (const auto own = claims_.at_cue(made.trigger)) // للمطالبة بـ…: who demands, as the claim has it
            give(made, role::actor, out_.claims[*own].sources);
    // دعا المواطنين إلى مقاطعة الانتخابات: a light verb that asks lends nothing itself.
    const bool unlent = made.carrier == no_word || (lends_subject == role::none && claims_.at_cue({s, made.carrier}));
    if (!verb && made.event.actors.empty() && unlent && args.suffix == no_word) {
        const auto agents = governor_agents(made);
        give(made, role::actor, agents);
        if (!agents.empty())
            made.event.why.push_back("actor: understood from the word that governs it");
    }
    // صادروا هواتف الطلاب, علقت عضوية السودان: who suffers it is whose the thing is.
    if (made.event.recipients.empty() && hurts(sense.type)) {
        const auto thing =
            verb ? (tree.is_passive(i) && args.object == no_word ? args.subject : args.object) : args.genitive;
        if ((verb ? sense.object : sense.genitive) == role::theme && thing != no_word)
            give(made, role::recipient, owner_inside(made, thing));
        // حكم بسجن الوزير, سمح بدخول المراقبين: the deed behind the preposition is done to somebody.
        for (const auto& [preposition, nominal] : args.phrases)
            for (const auto& [wanted, what] : sense.prepositions)
                if (made.event.recipients.empty() && !sense.claims && preposition == wanted && what == role::theme &&
                    words_.noun_frames(tree.key(nominal)) != nullptr)
                    give(made, role::recipient, owner_inside(made, nominal));
    }
}

} // namespace isnad::events
