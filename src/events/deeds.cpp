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

void deed_finder::find() {
    for (std::uint32_t s = 0; s < sentences_.size(); ++s)
        read_sentence(s);
    merge();
    write();
}

void deed_finder::read_sentence(std::uint32_t s) {
    const auto& read = sentences_[s];
    for (word_index i = read.dateline_end; i < read.tree.size(); ++i) {
        const auto tag = read.tree.word(i).tag;
        if (read.time_at[i] != 0)
            continue;
        if (read.tree.is_verb(i)) {
            if (!read_pro_deed(s, i))
                read_deed(s, i, true, words_.verb_frames(read.tree.key(i)));
        } else if ((tag == upos::noun || tag == upos::adj || tag == upos::other) && read.name_at[i] == 0) {
            // A ḥāl that says or threatens is the deed of its verb: متهمة أنقرة بـ…, محذرا من ….
            const auto* participle = words_.participle_cue(read.tree.key(i));
            const bool hal = participle != nullptr && !read.tree.form(i).starts_with("ال") &&
                             std::any_of(claim_readings_.begin(), claim_readings_.end(), [&](const auto& claim) {
                                 return claim.cue == place_in_text{s, i};
                             });
            if (hal)
                read_deed(s, i, true, words_.verb_frames(text::fold(participle->lemma)));
            else
                read_deed(s, i, false, nullptr);
        }
    }
}

deed_finder::arguments deed_finder::arguments_of(std::uint32_t s, word_index i, word_index carrier) const {
    const auto& tree = sentences_[s].tree;
    arguments out;
    const bool verb = tree.is_verb(i) || words_.participle_cue(tree.key(i)) != nullptr;
    const auto phrase = [&](word_index c) {
        const auto preposition = tree.preposition(c);
        if (words_.approximates(preposition)) // إصابة نحو عشرة: no phrase, the object itself
            return false;
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
        } else if (c > i && tree.word(c).tag != upos::adj) {
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
        out.object = pair.object;
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
        return (entry != nullptr && entry->toponym) || kind == entity_kind::place;
    if (name == "armed")
        return kind == entity_kind::armed_group;
    if (name == "media")
        return kind == entity_kind::media;
    if (name == "people")
        return kind == entity_kind::group || (role != nullptr && role->plural);
    if (name == "org")
        return entry != nullptr
                   ? !entry->toponym && kind != entity_kind::person
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
        for (word_index w = 0; w < tree.size() && !met; ++w)
            met = one.words.contains(tree.key(w)) || one.words.contains(std::string(tree.bare(w)));
    } else {
        for (const auto& [preposition, nominal] : args.phrases)
            met = met || (preposition == one.slot && fits(nominal));
    }
    return met != one.negated;
}

const frame* deed_finder::sense_of(std::uint32_t s, word_index i, const std::vector<const frame*>& senses,
                                   const arguments& args) const {
    const frame* best = nullptr;
    int best_score = -1;
    for (const auto* sense : senses) {
        const bool all = std::all_of(sense->when.begin(), sense->when.end(),
                                     [&](const auto& one) { return holds(one, s, i, args); });
        if (!all)
            continue;
        int score = 0;
        for (const auto& one : sense->when)
            score += one.negated ? 1 : 4; // a sense that asked for more and got it
        for (const auto& [preposition, what] : sense->prepositions)
            for (const auto& [given, nominal] : args.phrases)
                score += given == preposition ? 1 : 0;
        if (score > best_score) {
            best = sense;
            best_score = score;
        }
    }
    return best;
}

word_index deed_finder::carrier_of(std::uint32_t s, word_index noun, role& lends, effect& status) const {
    const auto& tree = sentences_[s].tree;
    word_index at = noun;
    while (tree.relation(at, {"conj"}) && tree.head(at) != no_word && !tree.is_verb(tree.head(at)))
        at = tree.head(at); // أجرى محادثات ومشاورات
    const auto up = tree.head(at);
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
            (tree.relation(at, {"obj", "obl"}) || (tree.is_passive(up) && tree.relation(at, {"nsubj"})));
        const bool its_subject = sense.noun_at == "subj" && bare && tree.relation(at, {"nsubj", "obj"});
        if (object || its_subject || (!bare && preposition == sense.noun_at)) {
            lends = sense.noun_at == "subj" || tree.is_passive(up) ? role::none : sense.subject;
            status = sense.status;
            return up;
        }
    }
    return no_word;
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
    event.type = made.sense->type;
    event.mode = made.sense->mode;
    event.cameo = made.sense->cameo;
    event.contexts = made.sense->contexts;
    event.trigger = tree.word(i).at;
    event.trigger_lemma = text::clean(tree.word(i).lemma);
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
    if (senses == nullptr)
        return false;
    deed made;
    made.trigger = {s, i};
    role lends = role::none;
    effect carried = effect::none;
    if (!verb)
        made.carrier = carrier_of(s, i, lends, carried);
    const auto args = arguments_of(s, i, made.carrier);
    made.sense = sense_of(s, i, *senses, args);
    if (made.sense == nullptr)
        return false;
    last_sense_ = made.sense;
    if (only_refers_back(made, args))
        return false;
    auto& event = made.event;
    event.type = made.sense->type;
    event.mode = made.sense->mode;
    event.cameo = made.sense->cameo;
    event.contexts = made.sense->contexts;
    event.trigger = tree.word(i).at;
    if (i + 1 < tree.size() && tree.is_pronoun_suffix(i + 1))
        event.trigger = cover(event.trigger, tree.word(i + 1).at);
    event.trigger_lemma = text::clean(tree.word(i).lemma);
    event.why.push_back("frame " + made.sense->id + " on " + (verb ? "verb " : "noun ") + tree.word(i).form +
                        (made.carrier == no_word ? "" : ", carried by " + tree.word(made.carrier).form));
    fill_roles(made, args, verb, lends);
    read_theme(made, args, verb);
    read_toll(made, args, verb);
    event.status = status_of(made, event.why);
    if (carried != effect::none && event.status == event_status::occurred)
        event.status = carried == effect::planned ? event_status::planned : event_status::possible;
    read_contexts(made);
    if (says_too_little(made))
        return false;
    deeds_.push_back(std::move(made));
    return true;
}

void deed_finder::give(deed& made, role what, const std::vector<index>& who) const {
    auto* into = what == role::actor ? &made.event.actors : what == role::recipient ? &made.event.recipients : nullptr;
    if (into == nullptr)
        return;
    for (const auto m : who) {
        const auto same = [&](index other) { return cast_.entity_of(other) == cast_.entity_of(m); };
        if (std::none_of(made.event.actors.begin(), made.event.actors.end(), same) &&
            std::none_of(made.event.recipients.begin(), made.event.recipients.end(), same))
            into->push_back(m);
    }
}

std::vector<index> deed_finder::governor_agents(const deed& made) const {
    // The word that governs the masdar supplies its agent: اتهم X بتنفيذ Y, طالب X بإرسال Y, نفى نية بيع Y, يعتزم زيارة
    // Y.
    const auto s = made.trigger.sentence;
    const auto& tree = sentences_[s].tree;
    word_index at = made.trigger.word;
    for (int steps = 0; steps < 4; ++steps) {
        const auto up = tree.head(at);
        if (up == no_word)
            return {};
        for (std::size_t c = 0; c < claim_readings_.size(); ++c)
            if (claim_readings_[c].cue == place_in_text{s, up}) {
                if (claim_readings_[c].addressee)
                    return {*claim_readings_[c].addressee};
                if (claim_readings_[c].what != nullptr && !claim_readings_[c].what->addressee.empty())
                    return {}; // asks or accuses somebody who is not named
                if (claim_readings_[c].nominal_content)
                    return out_.claims[c].sources;
                return {};
            }
        if (tree.is_verb(up)) {
            if (words_.scope(tree.key(up), scope_kind::verb) == nullptr ||
                !tree.relation(at, {"obj", "obl", "xcomp", "ccomp"}))
                return {};
            return events::subject_of(sentences_, cast_, {s, up}).mentions;
        }
        // Through a noun of intention (نية بيع السلاح) to what governs that.
        if (words_.scope(tree.key(up), scope_kind::noun) == nullptr)
            return {};
        at = up;
    }
    return {};
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
    if (tree.word(w).tag == upos::adj && base_.nisba(tree.form(w)) != nullptr) {
        const auto found = cast_.mention({s, w});
        return found ? std::vector<index>{*found} : std::vector<index>{};
    }
    return cast_.mentions({s, w});
}

std::vector<index> deed_finder::people_inside(deed& made, word_index w) const {
    // أشاد بجهود قطر, رحب بدعوة الوزير: a thing that belongs to somebody stands for him.
    auto found = people(made, w);
    const auto& tree = sentences_[made.trigger.sentence].tree;
    for (int depth = 0; found.empty() && depth < 2 && w != no_word && !tree.is_pronoun_suffix(w); ++depth) {
        word_index inner = no_word;
        for (const auto c : tree.children(w))
            if (c > w && tree.is_nominal(c) && tree.preposition(c).empty() && !tree.relation(c, {"conj", "acl"}) &&
                tree.word(c).tag != upos::adj && inner == no_word)
                inner = c;
        w = inner;
        found = people(made, w);
    }
    return found;
}

void deed_finder::fill_roles(deed& made, const arguments& args, bool verb, role lends_subject) {
    const auto s = made.trigger.sentence;
    const auto& tree = sentences_[s].tree;
    const auto i = made.trigger.word;
    const auto& sense = *made.sense;
    const auto people = [&](word_index w) { return this->people(made, w); };
    auto object_role = sense.object;
    if (verb) {
        if (tree.is_passive(i)) {
            give(made, sense.object, people(args.subject != no_word ? args.subject : args.object));
        } else {
            auto subject = events::subject_of(sentences_, cast_, made.trigger);
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
            give(made, sense.subject, subject.mentions);
            made.event.why.push_back("actor: " + subject.rule);
            give(made, sense.object,
                 sense.object == role::recipient ? people_inside(made, args.object) : people(args.object));
        }
    } else {
        const auto owner = args.suffix != no_word ? args.suffix : args.genitive;
        auto owner_role = sense.genitive;
        const bool nisba = owner != no_word && tree.word(owner).tag == upos::adj;
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
        if (lends_subject != role::none && made.carrier != no_word) {
            const auto subject = events::subject_of(sentences_, cast_, {s, made.carrier});
            give(made, lends_subject, subject.mentions);
            made.event.why.push_back("lent by the light verb: " + subject.rule);
        }
        if (owner != no_word)
            give(made, owner_role, people(owner));
        if (args.object != no_word)
            give(made, object_role, people(args.object));
    }
    for (const auto& [preposition, nominal] : args.phrases) {
        for (const auto& [wanted, what] : sense.prepositions)
            if (preposition == wanted) {
                give(made, what, what == role::recipient ? people_inside(made, nominal) : people(nominal));
                break;
            }
        if (preposition == "من قبل" || preposition == "علي يد" || preposition == "علي ايدي" || preposition == "من جانب")
            give(made, role::actor, people(nominal));
    }
    if (!verb && made.event.actors.empty() && made.carrier == no_word && args.suffix == no_word) {
        const auto agents = governor_agents(made);
        give(made, role::actor, agents);
        if (!agents.empty())
            made.event.why.push_back("actor: understood from the word that governs it");
    }
}

void deed_finder::read_theme(deed& made, const arguments& args, bool verb) const {
    const auto s = made.trigger.sentence;
    const auto& tree = sentences_[s].tree;
    word_index at = no_word;
    const auto& sense = *made.sense;
    if (verb && sense.object == role::theme)
        at = tree.is_passive(made.trigger.word) ? args.subject : args.object;
    if (!verb && sense.genitive == role::theme)
        at = args.genitive;
    for (const auto& [preposition, nominal] : args.phrases)
        for (const auto& [wanted, what] : sense.prepositions)
            if (at == no_word && what == role::theme && preposition == wanted)
                at = nominal;
    if (sense.claims && at == no_word) // what is asked or charged is the content of the claim on the same word
        for (std::size_t c = 0; c < claim_readings_.size(); ++c)
            if (claim_readings_[c].cue == made.trigger) {
                made.event.theme = out_.claims[c].content;
                return;
            }
    if (at == no_word || tree.is_pronoun_suffix(at))
        return;
    const auto np = cast_.phrase(s, at);
    word_index last = np.last;
    for (const auto c : tree.children(at)) { // its conjuncts and complements, not the event's other arguments
        const auto preposition = tree.preposition(c);
        const bool other_role = std::any_of(sense.prepositions.begin(), sense.prepositions.end(), [&](const auto& p) {
            return p.first == preposition && p.second != role::theme;
        });
        if (other_role && c > np.last)
            break;
        if (c > at && tree.relation(c, {"nmod", "conj", "obl", "obj"}) && sentences_[s].time_at[c] == 0 &&
            tree.high(c) < last + 12)
            last = std::max(last, tree.high(c));
    }
    for (word_index w = np.last + 1; w <= last; ++w)
        if (tree.is_punct(w) && !tree.is_quote(w)) {
            last = w - 1;
            break;
        }
    made.event.theme = span{tree.word(np.first).at.begin, tree.word(last).at.end};
}

void deed_finder::read_time(deed& made) const {
    const auto s = made.trigger.sentence;
    const auto& read = sentences_[s];
    const auto& tree = read.tree;
    const auto at = made.carrier != no_word ? made.carrier : made.trigger.word;
    std::optional<std::size_t> best;
    int best_score = 0;
    for (std::size_t t = 0; t < read.times.size(); ++t) {
        const auto& what = read.times[t].what;
        if (what.type == time_type::duration || what.type == time_type::set)
            continue;
        // What is asked for tomorrow is asked today: a time inside the content is not the asking's.
        const bool of_content = std::any_of(claim_readings_.begin(), claim_readings_.end(), [&](const auto& claim) {
            return claim.cue == made.trigger && claim.content_sentence == s &&
                   claim.content_first <= read.times[t].first_word && read.times[t].first_word <= claim.content_last;
        });
        if (of_content)
            continue;
        word_index head = read.times[t].first_word; // the expression's topmost word
        while (tree.head(head) != no_word && read.time_at[tree.head(head)] == t + 1)
            head = tree.head(head);
        const auto governor = tree.head(head);
        const auto clause = governor == no_word ? no_word : tree.clause_verb(governor);
        int score = 0;
        if (governor == at || governor == made.trigger.word)
            score = 4;
        else if (governor != no_word && tree.descends(governor, made.trigger.word))
            score = 3;
        else if (tree.is_verb(at) && clause == at)
            score = 2;
        else if (governor != no_word && tree.head(made.trigger.word) == governor && !tree.is_verb(governor))
            score = 1;
        // A nearer deed of its own takes the time: زار … بعد لقاء الثلاثاء.
        if (score == 2 || score == 3)
            for (const auto& other : deeds_)
                if (other.trigger.sentence == s && other.trigger.word != made.trigger.word &&
                    other.trigger.word != made.carrier && governor != no_word &&
                    tree.descends(governor, other.trigger.word) && tree.descends(other.trigger.word, made.trigger.word))
                    score = 0;
        if (score > best_score) {
            best_score = score;
            best = t;
        }
    }
    if (best)
        made.event.time = read.time_ids[*best];
}

void deed_finder::read_place(deed& made) {
    const auto s = made.trigger.sentence;
    const auto& read = sentences_[s];
    const auto& tree = read.tree;
    const auto at = made.carrier != no_word ? made.carrier : made.trigger.word;
    std::optional<index> best;
    int best_score = 0;
    for (index p = 0; p < out_.places.size(); ++p) {
        const auto where = out_.places[p].at;
        word_index w = 0;
        if (!tree.parsed().at.contains(where))
            continue;
        while (w < tree.size() && tree.word(w).at.begin < where.begin)
            ++w;
        if (w >= tree.size())
            continue;
        int score = 0;
        if (tree.descends(w, made.trigger.word))
            score = 3;
        else if (tree.descends(w, at))
            score = 2;
        else if (const auto clause = tree.clause_verb(w);
                 clause != no_word && clause == tree.clause_verb(made.trigger.word))
            score = 1;
        if (score > best_score) {
            best_score = score;
            best = p;
        }
    }
    if (best)
        made.event.place = *best;
}

std::optional<isnad::count> deed_finder::count_in(std::uint32_t s, const noun_phrase& np) const {
    const auto& tree = sentences_[s].tree;
    isnad::count out;
    std::int64_t total = 0, current = 0;
    bool numeral = false;
    for (word_index i = np.first; i <= np.last; ++i) {
        const auto& form = tree.form(i);
        const bool digits = !form.empty() && form.size() < 9 &&
                            std::all_of(form.begin(), form.end(), [](char c) { return c >= '0' && c <= '9'; });
        std::int64_t value = 0;
        if (digits)
            for (const char c : form)
                value = value * 10 + (c - '0');
        else if (const auto* word = words_.cardinal(tree.bare(i)); word != nullptr && (i != np.core || i == np.head))
            value = *word;
        else if (numeral && tree.word(i).tag == upos::cconj)
            continue;
        else if (numeral)
            break;
        else if (const auto* loose = words_.number_word(tree.key(i))) {
            out.low = loose->low;
            out.high = loose->high;
            out.at = tree.word(i).at;
            return out;
        } else
            continue;
        if (value >= 1000) { // ثلاثة آلاف وخمسمئة
            total += std::max<std::int64_t>(current, 1) * value;
            current = 0;
        } else if (value == 100 && current > 0 && current < 10) {
            current *= 100;
        } else {
            current += value;
        }
        out.at = numeral ? cover(*out.at, tree.word(i).at) : tree.word(i).at;
        numeral = true;
    }
    if (numeral) {
        out.low = total + current;
        out.high = out.low;
    } else {
        const auto& core = tree.word(np.core);
        const auto how_many = nlp::feature(core.feats, "Number");
        const auto* role = base_.head(core.key);
        if (how_many == "Dual")
            out.low = 2;
        else if (how_many == "Sing" && np.core == np.head && role != nullptr && role->kind == entity_kind::person)
            out.low = 1;
        else
            return std::nullopt;
        out.high = out.low;
        out.at = core.at;
    }
    // أكثر من 40, ما لا يقل عن 40: no upper bound.
    const word_index from = np.first > 4 ? np.first - 4 : 0;
    for (word_index i = from; i < np.last; ++i)
        if (tree.form(i) == "اكثر" || tree.form(i) == "يقل" || tree.form(i) == "يزيد")
            out.high.reset();
    return out;
}

void deed_finder::read_toll(deed& made, const arguments& args, bool verb) const {
    if (made.sense->toll.empty())
        return;
    const auto s = made.trigger.sentence;
    const auto& tree = sentences_[s].tree;
    const auto victims =
        verb ? (tree.is_passive(made.trigger.word) || args.object == no_word ? args.subject : args.object)
             : args.genitive;
    if (victims == no_word)
        return;
    const auto count = count_in(s, cast_.phrase(s, victims));
    if (!count)
        return;
    auto& toll = made.event.toll;
    const auto& kind = made.sense->toll;
    auto& into = kind == "killed"     ? toll.killed
                 : kind == "wounded"  ? toll.wounded
                 : kind == "arrested" ? toll.arrested
                 : kind == "missing"  ? toll.missing
                                      : toll.displaced;
    into = count;
}

void deed_finder::read_contexts(deed& made) const {
    const auto& tree = sentences_[made.trigger.sentence].tree;
    std::set<std::string> all(made.event.contexts.begin(), made.event.contexts.end());
    const auto from = made.trigger.word > 12 ? made.trigger.word - 12 : 0;
    for (word_index i = from; i < tree.size() && i < made.trigger.word + 16; ++i)
        if (const auto* topics = words_.contexts_of(tree.key(i)))
            all.insert(topics->begin(), topics->end());
    made.event.contexts.assign(all.begin(), all.end());
}

} // namespace isnad::events
