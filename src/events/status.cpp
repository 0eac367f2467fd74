// How an event is presented: by the words on its verb, by what governs it, and by the claim that it stands in.
#include "events/deeds.hpp"

#include <algorithm>

namespace isnad::events {

using nlp::upos;

event_status status_for(effect what) {
    switch (what) {
    case effect::planned:
        return event_status::planned;
    case effect::demanded:
        return event_status::demanded;
    case effect::possible:
        return event_status::possible;
    case effect::conditional:
        return event_status::conditional;
    case effect::negated:
        return event_status::negated;
    case effect::denied:
        return event_status::denied;
    default:
        return event_status::occurred;
    }
}

namespace {

/// A later, outer effect over an inner one: a refusal of what was planned is a refusal, a plan to negotiate a demand
/// stays what it is.
effect over(effect inner, effect outer) {
    if (inner == effect::none || outer == effect::denied)
        return outer == effect::none ? inner : outer;
    if (outer == effect::negated && (inner == effect::planned || inner == effect::possible))
        return outer;
    if (outer == effect::demanded && inner == effect::planned)
        return outer;
    if (outer == effect::conditional)
        return outer;
    return inner;
}

} // namespace

event_status deed_finder::status_of(const deed& made, std::vector<std::string>& why) const {
    const auto s = made.trigger.sentence;
    const auto& tree = sentences_[s].tree;
    const auto trigger = made.trigger.word;
    effect now = effect::none;
    const auto apply = [&](effect what, std::string_view word) {
        if (what == effect::none)
            return;
        now = over(now, what);
        why.push_back("status: " + std::string(word));
    };
    const auto own_claim = [&](word_index w) { // the event's word is the cue of a claim: its effect is on the content
        return w == trigger;
    };

    word_index limit = 0; // nothing left of the enclosing claim's content counts
    const auto around = claims_.around(s, tree.word(trigger).at.begin);
    if (around && claim_readings_[*around].content_sentence == s)
        limit = claim_readings_[*around].content_first;

    const auto particles = [&](word_index verb) {
        for (word_index back = 0; back < 4 && verb >= limit + back + 1; ++back) {
            const auto i = verb - back - 1;
            const auto& w = tree.word(i);
            const bool nearby = tree.head(i) == verb || w.tag == upos::aux || w.tag == upos::part;
            if (tree.is_punct(i) || (!nearby && tree.is_verb(i)))
                break;
            const auto* particle = words_.scope(tree.form(i), scope_kind::particle);
            if (particle == nullptr || !nearby)
                continue;
            if (tree.form(i) == "قد" && !tree.is_imperfect(verb))
                continue; // قد with the perfect asserts
            if (tree.form(i) == "ما" &&
                (!tree.is_perfect(verb) || (i > limit && tree.word(i - 1).tag != upos::cconj && !tree.is_quote(i - 1))))
                continue; // relative unless it opens the clause: …، ما أدى إلى مقتل ثلاثة
            apply(particle->what, tree.word(i).form);
        }
        for (const auto c : tree.children(verb))
            if (c < verb && (tree.form(c) == "س" || tree.form(c) == "سوف") && now == effect::none)
                apply(effect::planned, tree.word(c).form);
    };
    const auto conditions = [&](word_index i) {
        for (const auto c : tree.children(i))
            if (c < i && c >= limit && tree.relation(c, {"mark", "cc", "advmod"}))
                if (const auto* word = words_.scope(tree.form(c), scope_kind::particle);
                    word != nullptr && word->what == effect::conditional && tree.form(c) != "ان") // أنّ, not إنْ
                    apply(word->what, tree.word(c).form);
    };
    /// A phrase of the table ("من المقرر", "في حال") that ends right before word i or opens its clause.
    const auto phrases = [&](word_index i) {
        const word_index from = i > limit + 7 ? i - 7 : limit;
        for (word_index at = from; at < i; ++at) {
            const auto* list = words_.phrase_scopes(tree.form(at));
            if (list == nullptr)
                continue;
            for (const auto& phrase : *list) {
                const auto end = tree.phrase_end(at, phrase.joined);
                bool all = end != no_word && end <= i;
                for (word_index k = end; all && k < i; ++k) // nothing but أن and the subject between
                    all = !tree.is_verb(k) && !tree.is_punct(k);
                if (all) {
                    apply(phrase.what.what, "phrase " + tree.word(at).form);
                    return;
                }
            }
        }
    };

    const auto negated = [&](word_index verb) { // لم تنف
        const auto* particle = verb > 0 ? words_.scope(tree.form(verb - 1), scope_kind::particle) : nullptr;
        return particle != nullptr && particle->what == effect::negated;
    };

    word_index at = trigger;
    if (made.carrier != no_word) {
        at = made.carrier;
        phrases(trigger);
    }
    if (tree.is_verb(at))
        particles(at);
    phrases(at);
    conditions(at);
    const bool definite_deed =
        made.carrier == no_word && !tree.is_verb(trigger) && tree.form(trigger).starts_with("ال");
    // لبحث، للسيطرة: a masdar after ل is an aim, unless the ل marks what a noun or verb governs.
    if (!tree.is_verb(trigger) && made.carrier == no_word && trigger > limit) {
        const auto preposition = tree.preposition(trigger);
        const auto up = tree.head(trigger);
        const auto* governor = up == no_word ? nullptr : words_.verb_frames(tree.key(up)); // تصدت لعدوان: its own ل
        const bool governed_by_verb =
            governor != nullptr && std::any_of(governor->begin(), governor->end(), [](const frame* sense) {
                return std::any_of(sense->prepositions.begin(), sense->prepositions.end(),
                                   [](const auto& p) { return p.first == "ل"; });
            });
        if (preposition == "ل" && up != no_word && !definite_deed && !(governed_by_verb && tree.is_verb(up)) &&
            (tree.is_verb(up) || tree.relation(trigger, {"obl", "advcl"})))
            apply(effect::planned, "aim ل");
        for (word_index back = 1; back <= 2 && trigger >= limit + back; ++back)
            if (const auto* particle = words_.scope(tree.form(trigger - back), scope_kind::particle);
                particle != nullptr && particle->what == effect::negated &&
                (tree.form(trigger - back) == "عدم" || tree.form(trigger - back) == "دون"))
                apply(effect::negated, tree.word(trigger - back).form);
    }

    // What governs it, up to the claim's content or the clause that merely holds it as a background.
    word_index below = at;
    bool background = definite_deed;
    for (word_index up = tree.head(at); up != no_word && up >= limit; below = up, up = tree.head(up)) {
        if (tree.relation(below, {"acl"}) && tree.is_verb(below))
            background = true;
        if (tree.relation(below, {"conj", "parataxis"}))
            continue;
        // خلال زيارته, بعد لقائه: when something was, not what is planned or denied.
        if (const auto preposition = tree.preposition(below);
            !preposition.empty() && !words_.serves("governed", preposition))
            background = true;
        const bool inside = below > up;
        if (tree.is_verb(up)) {
            if (!background && inside)
                if (const auto* verb = words_.scope(tree.key(up), scope_kind::verb);
                    verb != nullptr && !(verb->what == effect::denied && negated(up)) &&
                    !tree.relation(below, {"nsubj"}) && !own_claim(up)) {
                    apply(verb->what, tree.word(up).form);
                    particles(up);
                }
            if (tree.relation(below, {"ccomp", "xcomp", "obj"}) && words_.verb_cue(tree.key(up)) == nullptr)
                phrases(up);
            if (!tree.relation(up, {"xcomp", "ccomp", "obj"}))
                break;
        } else if (inside && !background) {
            if (const auto* noun = words_.scope(tree.key(up), scope_kind::noun))
                apply(noun->what, tree.word(up).form);
            else if (words_.noun_frames(tree.key(up)) != nullptr && tree.form(below).starts_with("ال"))
                background = true; // وقف القصف: the shelling itself is a fact
        }
    }

    // A plan, promise or refusal with a condition behind it hangs on the condition: لن نفرج عنه ما لم …
    if (now == effect::planned || now == effect::negated || now == effect::possible)
        for (word_index i = at + 1; i < tree.size() && i < at + 16; ++i) {
            if (tree.word(i).form == "؛" || tree.is_quote(i))
                break;
            const auto* particle = words_.scope(tree.form(i), scope_kind::particle);
            bool condition = particle != nullptr && particle->what == effect::conditional && tree.form(i) != "ان";
            if (const auto* list = words_.phrase_scopes(tree.form(i)))
                for (const auto& phrase : *list)
                    condition = condition || (phrase.what.what == effect::conditional &&
                                              tree.phrase_end(i, phrase.joined) != no_word);
            // لن نفرج عنه قبل إطلاق الأسرى
            condition =
                condition || (now == effect::negated && tree.form(i) == "قبل" && i + 1 < tree.size() &&
                              (tree.is_complementizer(i + 1) || words_.noun_frames(tree.key(i + 1)) != nullptr));
            if (condition) {
                now = effect::conditional;
                why.push_back("status: condition " + tree.word(i).form);
                break;
            }
        }

    // The claim's own force on what heads its content and on what is joined to that; not on a relative clause's
    // background.
    if (around) {
        const auto& reading = claim_readings_[*around];
        const auto stance = out_.claims[*around].stance;
        effect force = reading.what != nullptr ? reading.what->on_content : effect::none;
        if (stance == isnad::stance::deny)
            force = effect::denied;
        if (stance == isnad::stance::expect && force == effect::negated)
            force = effect::possible; // لا يستبعد
        bool heads = reading.content_sentence == s;
        for (auto w = at; heads && w != no_word && w >= reading.content_first && w != reading.content_head;
             w = tree.head(w))
            if (tree.relation(w, {"acl", "advcl"}) && tree.is_verb(w))
                heads = false;
        heads = heads && (!definite_deed || reading.content_head == trigger || trigger < reading.content_first + 3);
        if (reading.content_head == no_word)
            heads = heads && trigger < reading.content_first + 10;
        const bool settled = tree.is_verb(at) && tree.is_perfect(at) && force != effect::denied;
        if (force != effect::none && heads && !settled) {
            if (force == effect::denied || now == effect::none || now == effect::planned ||
                (now == effect::possible && force == effect::demanded))
                now = force;
            why.push_back("status: claim of " + out_.claims[*around].cue_lemma);
        }
    }
    return status_for(now);
}

} // namespace isnad::events
