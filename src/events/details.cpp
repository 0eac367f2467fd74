// What else is told of an event: its theme, time, place, toll and contexts.
#include "events/deeds.hpp"

#include <algorithm>
#include <set>

namespace isnad::events {

using nlp::upos;

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
        if (const auto c = claims_.at_cue(made.trigger)) {
            made.event.theme = out_.claims[*c].content;
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
        if ((tree.is_punct(w) && !tree.is_quote(w)) || sentences_[s].time_at[w] != 0) {
            last = w - 1;
            while (last > np.last && tree.word(last).tag == upos::adp)
                --last;
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
        const auto own = claims_.at_cue(made.trigger);
        const bool of_content = own && claim_readings_[*own].content_sentence == s &&
                                claim_readings_[*own].content_first <= read.times[t].first_word &&
                                read.times[t].first_word <= claim_readings_[*own].content_last;
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
        // A nearer deed of its own takes the time: زار … بعد لقاء الثلاثاء. Not the verb's own deed told again by its
        // object: تستضيف الدوحة قمة في 5 ديسمبر.
        if (score == 2 || score == 3)
            for (const auto& other : deeds_)
                if (other.trigger.sentence == s && other.trigger.word != made.trigger.word &&
                    other.trigger.word != made.carrier && governor != no_word &&
                    (other.sense->type != made.sense->type || tree.head(other.trigger.word) != made.trigger.word) &&
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
    // Of places that the tree gives the same standing the finest is where it happened: في عرسال شمال لبنان.
    const auto finer = [&](index a, index b) { return out_.places[a].precision < out_.places[b].precision; };
    const auto same_state = [&](index a, index b) {
        return out_.entities[out_.places[a].entity].country == out_.entities[out_.places[b].entity].country;
    };
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
        // What falls upon a town happens there, and nothing else does: إغلاق مضيق هرمز.
        const auto up = tree.head(w);
        if (score > 0 && up != no_word && up != made.trigger.word && up != at && up + 1 == w &&
            tree.preposition(w).empty() && words_.noun_frames(tree.key(up)) != nullptr)
            score = 0;
        const bool within = best && score > 0 && score == best_score && finer(p, *best) && same_state(p, *best);
        if (score > best_score || within) {
            best_score = score;
            best = p;
        }
    }
    if (!best)
        return;
    made.event.place = *best;
    if (const auto& rule = out_.places[*best].rule; !rule.empty())
        made.event.why.push_back("place: " + rule);
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
