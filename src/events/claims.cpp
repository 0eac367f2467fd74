#include "events/claims.hpp"

#include <algorithm>

namespace isnad::events {

using nlp::upos;

claim_finder::claim_finder(std::string_view text, const std::vector<reading>& sentences, const lexicon& words,
                           const knowledge::base& base, cast& who, record& out)
    : text_(text), sentences_(sentences), words_(words), base_(base), cast_(who), out_(out) {}

std::vector<claim_reading> claim_finder::find() {
    for (std::uint32_t s = 0; s < sentences_.size(); ++s)
        read_sentence(s);
    index_claims();
    nest();
    return std::move(readings_);
}

namespace {

/// Behind a comma, a conjunction between: "، ونافية".
bool follows_comma(const syntax& tree, word_index i) {
    if (i > 0 && tree.word(i - 1).tag == upos::cconj)
        --i;
    return i > 0 && tree.is_punct(i - 1);
}

/// A participle by its ending may be a ḥāl (مؤكدا, داعية, مطالبين) or says something right behind it (مقتنع بأن).
bool circumstantial(const syntax& tree, word_index i) {
    const auto& form = tree.form(i);
    if (i > 0 && (tree.word(i - 1).tag == upos::adp || tree.form(i - 1) == "ليس" || tree.form(i - 1) == "ليست"))
        return false;
    for (const std::string_view ending : {"ا", "ه", "ين", "ات"})
        if (form.ends_with(ending))
            return true;
    for (word_index w = i + 1; w < tree.size() && w < i + 4; ++w)
        if (tree.is_complementizer(w))
            return true;
    return false;
}

} // namespace

void claim_finder::read_sentence(std::uint32_t s) {
    const auto& tree = sentences_[s].tree;
    read_colon(s);
    for (word_index i = sentences_[s].dateline_end; i < tree.size(); ++i) {
        if (const auto taken = read_adverbial(s, i); taken > 0) {
            i += taken - 1;
            continue;
        }
        if (const auto past = past_concealment(s, i); past > i) {
            i = past - 1;
            continue;
        }
        if (tree.form(i) == "لا" && i + 3 < tree.size() && tree.form(i + 1) == "صحه" && tree.form(i + 2) == "ل") {
            read_untrue(s, i);
            continue;
        }
        const auto tag = tree.word(i).tag;
        if (tree.is_verb(i)) {
            if (const auto* rows = words_.verb_cues(tree.key(i)))
                read_verb(s, i, *rows, false);
            else if (const auto subject = events::subject_of(sentences_, cast_, {s, i}); subject.expressed)
                for (const auto m : subject.mentions)
                    cast_.promote(m, {s, i});
        } else if (tag == upos::adj || tag == upos::noun || (tag == upos::other && follows_comma(tree, i))) {
            if (const auto* participle = words_.participle_cues(tree.key(i));
                participle != nullptr && circumstantial(tree, i) && !tree.form(i).starts_with("ال") &&
                !tree.relation(i, {"nsubj", "amod"}) && !tree.form(i).ends_with("ون") && !tree.form(i).ends_with("و"))
                read_verb(s, i, *participle, true);
            else if (const auto* noun = words_.noun_cue(tree.key(i)))
                read_noun(s, i, *noun);
            else if (const auto* news = words_.noun_cue(tree.form(i)); news != nullptr && news->hidden)
                read_noun(s, i, *news); // شائعات: the plural has a row of its own
        }
    }
}

void claim_finder::read_verb(std::uint32_t s, word_index i, const std::vector<cue>& rows, bool participle) {
    for (const auto& what : rows)
        if (read_verb(s, i, what, participle))
            return;
}

bool claim_finder::read_verb(std::uint32_t s, word_index i, const cue& what, bool participle) {
    const auto& tree = sentences_[s].tree;
    if (what.outlet_voice && tree.is_passive(i))
        return false; // يُذكر أن, يُشار إلى أن: the outlet's own voice
    // "يذكر أن" and "يشار إلى" open a sentence without anybody who says so, marked passive or not.
    if (what.outlet_voice && tree.is_imperfect(i) && tree.child(i, {"nsubj"}) == no_word && i <= 2)
        return false;
    // لم تؤكد ولم تنف: nothing was said.
    if (!participle && i > 0)
        if (const auto* particle = words_.scope(tree.form(i - 1), scope_kind::particle);
            particle != nullptr && particle->what == effect::negated && tree.form(i - 1) != "ما" &&
            (what.stance == stance::state || what.stance == stance::confirm || what.stance == stance::deny ||
             what.stance == stance::announce || what.stance == stance::report))
            return false;
    bool hidden = tree.is_passive(i) && !participle && !speaks_itself(s, i, what);
    std::vector<index> sources;
    if (what.relay) {
        // نقلت سبوتنيك عن مصدر قوله إن …: the inner claim is read at قوله or made here when there is none.
        sources = subject_of(s, i, hidden);
    } else if (!hidden) {
        sources = subject_of(s, i, hidden);
    }
    if (hidden)
        sources.clear();
    if (what.source != "subj" && !what.relay) { // جاء في تقرير المنظمة أن …, علمت الصحيفة من مصادر أن …
        if (sources.empty() || (what.source == "من" && tree.is_perfect(i))) { // تعلم الوزارة أن: she announces
            sources.clear();
            hidden = true;
        }
        for (const auto c : tree.children(i))
            if (tree.preposition(c) == what.source && tree.is_nominal(c)) {
                sources = cast_.mentions({s, c}, true);
                hidden = sources.empty();
            }
    }
    const auto said = content(s, i, what);
    if (!said)
        return false;
    if (what.stance == stance::reject && said->nominal && said->head != no_word &&
        words_.in_class("comment", tree.key(said->head)))
        return false; // رفض التعليق
    if (sources.empty() && !hidden && participle)
        return false;
    claim_reading made;
    made.cue = {s, i};
    made.what = &what;
    made.rule = std::string(participle ? "participle" : "verb") + " cue " + what.lemma + ", " + said->rule;
    std::vector<word_index> told(tree.children(i).begin(), tree.children(i).end());
    const auto hung = tree.verb_arguments(i).object; // اتهم ناشطون الجيش: the parser may hang it on the subject
    if (hung != no_word && std::find(told.begin(), told.end(), hung) == told.end())
        told.push_back(hung);
    for (const auto c : told) {
        const bool object = what.addressee == "obj" && (c == hung || tree.relation(c, {"obj", "iobj"}));
        const bool phrase = !what.addressee.empty() && tree.preposition(c) == what.addressee;
        if ((object || phrase) && tree.is_nominal(c) && (c < said->first || c > said->last)) {
            if (const auto found =
                    tree.is_pronoun_suffix(c) ? cast_.pronoun({s, c}, std::nullopt) : cast_.mention({s, c}, true))
                made.addressee = *found;
        }
    }
    auto stance = what.stance;
    if (what.stance == stance::doubt && what.on_content == effect::negated && i > 0) // لا يستبعد, لم تستبعد
        if (const auto* particle = words_.scope(tree.form(i - 1), scope_kind::particle);
            particle != nullptr && particle->what == effect::negated)
            stance = stance::expect;
    std::optional<source_kind> kind;
    if (!sources.empty() && !participle) {
        const auto plain = kind_of(sources, hidden);
        const bool institution = plain == source_kind::body || plain == source_kind::publics;
        if (said->first > i && said->sentence == s && institution && in_writing(s, i, said->first))
            kind = source_kind::document;
        if (plain == source_kind::office || plain == source_kind::publics)
            if (unnamed(s, i))
                kind = source_kind::anonymous;
        // لكن مسؤولا كبيرا، طلب ألا ينشر اسمه، اتهم …
        if (plain == source_kind::office)
            for (word_index w = i > 12 ? i - 12 : 0; w < i; ++w)
                if (past_concealment(s, w) > w && past_concealment(s, w) <= i)
                    kind = source_kind::anonymous;
    }
    const bool suffix = i + 1 < tree.size() && tree.is_pronoun_suffix(i + 1);
    const auto cue_at = suffix ? cover(tree.word(i).at, tree.word(i + 1).at) : tree.word(i).at;
    const bool added =
        add(std::move(made), sources, hidden || sources.empty(), *said, cue_at, what.lemma, stance, kind);
    if (added && what.relay)
        read_quoted(s, i, *said);
    return added;
}

void claim_finder::read_untrue(std::uint32_t s, word_index i) {
    // لا صحة لما تنشره الصحف: whoever speaks denies it; of a headline's speaker it is the whole claim.
    const auto& tree = sentences_[s].tree;
    std::vector<index> sources;
    if (!readings_.empty() && readings_.back().cue.sentence == s && readings_.back().what == nullptr &&
        !out_.claims.back().cue && readings_.back().content_first == i) {
        sources = out_.claims.back().sources;
        out_.claims.pop_back();
        readings_.pop_back();
    } else if (speaker_) {
        sources.push_back(cast_.elided({s, i}, *speaker_));
    }
    found_content said;
    said.sentence = s;
    said.first = i + 3;
    said.nominal = true;
    said.last = content_end(s, said.first, i, true);
    claim_reading made;
    made.cue = {s, i};
    made.rule = "لا صحة";
    add(std::move(made), sources, sources.empty(), said, cover(tree.word(i).at, tree.word(i + 1).at), "لا صحة",
        stance::deny);
}

word_index claim_finder::past_concealment(std::uint32_t s, word_index i) const {
    // طلب عدم كشف هويته, رافضا ذكر اسمه, شريطة عدم الإفصاح عن هويته: not a demand but why nobody is named.
    const auto& tree = sentences_[s].tree;
    const auto* verb = tree.is_verb(i) ? words_.verb_cue(tree.key(i)) : words_.participle_cue(tree.key(i));
    const bool opens = (verb != nullptr && (verb->stance == stance::demand || verb->stance == stance::reject)) ||
                       words_.in_class("withholder", tree.key(i)) || words_.in_class("withholder", tree.bare(i));
    if (!opens)
        return i;
    bool act = false;
    for (word_index w = i + 1; w < tree.size() && w <= i + 7; ++w) {
        if (tree.is_punct(w))
            break;
        const bool own = (w + 1 < tree.size() && tree.is_pronoun_suffix(w + 1)) || tree.form(w).starts_with("ال");
        if (act && own && (words_.in_class("identity", tree.key(w)) || words_.in_class("identity", tree.bare(w)))) {
            while (w + 1 < tree.size() && tree.is_pronoun_suffix(w + 1))
                ++w;
            return w + 1;
        }
        act = act || words_.in_class("disclosure", tree.key(w)) || words_.in_class("disclosure", tree.bare(w));
    }
    return i;
}

bool claim_finder::unnamed(std::uint32_t s, word_index from) const {
    const auto& tree = sentences_[s].tree;
    for (word_index w = from + 1; w < tree.size() && w <= from + 14; ++w) {
        if (tree.is_complementizer(w) || tree.word(w).form == ":")
            break;
        if (past_concealment(s, w) > w)
            return true;
        // لم تسمه, لم يكشف عن اسمه
        if (tree.form(w) == "لم" && w + 1 < tree.size())
            for (word_index k = w + 1; k < tree.size() && k <= w + 4 && !tree.is_punct(k); ++k)
                if (words_.in_class("identity", tree.key(k)) || words_.in_class("identity", tree.bare(k)) ||
                    (k == w + 1 && words_.in_class("naming", tree.key(k))))
                    return true;
    }
    return false;
}

bool claim_finder::in_writing(std::uint32_t s, word_index from, word_index until) const {
    const auto& tree = sentences_[s].tree;
    for (word_index w = from + 1; w < until; ++w)
        if (tree.form(w - 1) == "في" && words_.in_class("written", tree.key(w)))
            return true;
    return false;
}

bool claim_finder::speaks_itself(std::uint32_t s, word_index verb, const cue& what) const {
    if (what.addressee == "obj" || what.relay)
        return false; // أُبلغ الوزير, اتُّهم القائد
    const auto& tree = sentences_[s].tree;
    for (const auto c : tree.children(verb)) {
        if (c < verb || !tree.relation(c, {"nsubj"}) || !tree.is_nominal(c) || tree.is_pronoun_suffix(c))
            continue;
        const auto& key = tree.key(cast_.phrase(s, c).core);
        if (const auto kind = words_.kind_of_source(key); kind && *kind != source_kind::document)
            return true;
        if (tree.word(c).name != "O" || sentences_[s].name_at[c] != 0)
            return true; // أفاد «مرصد الحقيقة», رفضت نواكشوط
        const auto* role = base_.head(key);
        return role != nullptr && (role->kind == entity_kind::person || role->kind == entity_kind::media);
    }
    return false;
}

void claim_finder::read_quoted(std::uint32_t s, word_index relay, const found_content& said) {
    // نقلت الوكالة عن مصدر قوله إن …: what she passes on is his saying, what he says stands inside.
    const auto& tree = sentences_[s].tree;
    word_index from = relay + 1;
    const auto* by = words_.verb_cue(tree.key(relay));
    const std::string_view through = by != nullptr && by->source != "subj" ? std::string_view(by->source) : "عن";
    while (from < said.first && tree.form(from) != through)
        ++from;
    if (from + 1 >= said.first)
        return;
    word_index who = from + 1;
    while (who < said.first && !tree.is_nominal(who))
        ++who;
    const auto quoted = cast_.mentions({s, who});
    if (quoted.empty())
        return;
    word_index saying = no_word;
    for (word_index j = who + 1; j < said.first && j + 1 < tree.size(); ++j)
        if (words_.noun_cue(tree.key(j)) != nullptr && tree.is_pronoun_suffix(j + 1))
            saying = j;
    claim_reading inner;
    inner.cue = {s, saying == no_word ? from : saying};
    inner.rule = "quoted after عن";
    std::optional<span> cue_at;
    std::string lemma;
    auto stance = isnad::stance::report;
    const auto outer = out_.claims.size() - 1;
    if (saying != no_word) {
        inner.what = words_.noun_cue(tree.key(saying));
        cue_at = cover(tree.word(saying).at, tree.word(saying + 1).at);
        lemma = inner.what->lemma;
        stance = inner.what->stance;
        out_.claims[outer].content.begin = cue_at->begin;
        readings_[outer].content_first = saying;
    }
    if (add(std::move(inner), quoted, false, said, cue_at, lemma, stance))
        out_.claims.back().parent = static_cast<index>(outer);
}

void claim_finder::read_noun(std::uint32_t s, word_index i, const cue& what) {
    const auto& tree = sentences_[s].tree;
    // A noun of saying is a claim when it governs a clause: تأكيده أن …, إعلان الوزارة أن ….
    auto clause = clause_content(s, i);
    if (clause && clause->first > i + 14)
        clause.reset();
    // واعتباره «الممثل الوحيد»: the suffix is who is spoken of, the predicate stands in quotation marks.
    bool predicate = false;
    if (!clause && i + 1 < tree.size() && tree.is_pronoun_suffix(i + 1))
        for (word_index w = i + 2; w < tree.size() && w < i + 10 && !clause && !tree.is_verb(w); ++w)
            if (tree.opens_quote(w)) {
                clause = quote_from(s, w);
                predicate = true;
            }
    // للمطالبة بتسليم السلطة, اتهامه بـ…: a noun of asking or charging has its verb's complements.
    if (!readings_.empty() && readings_.back().cue.sentence == s && readings_.back().what != nullptr &&
        readings_.back().what->nouns.contains(what.lemma.empty() ? tree.key(i) : tree.key(i)) &&
        readings_.back().cue.word < i && readings_.back().cue.word + 8 > i)
        return; // أعرب عن أمله: read at its verb
    const bool asks =
        !what.weak && (what.stance == stance::demand || what.stance == stance::accuse || what.stance == stance::warn);
    const bool answers =
        !what.weak && (what.stance == stance::reject || what.stance == stance::promise || what.stance == stance::deny);
    bool aim = false;
    if (!clause && what.hidden && !tree.form(i).starts_with("ال") && !(i > 0 && tree.form(i - 1) == "لا"))
        for (const auto& slot : what.complements)
            if (slot != "ان" && !clause)
                clause = nominal_content(s, i, slot, what);
    if (!clause && (asks || answers))
        for (const auto& slot : what.complements) {
            if (slot == "ان" || slot == "quote" || clause)
                continue;
            if (slot == "obj") { // رفضها أي عمل عسكري, تعهد الشركة صرف الرواتب, رفضه للاتفاق
                if (answers)
                    clause = owned_content(s, i);
                continue;
            }
            for (const auto c : tree.children(i))
                if (c > i && !clause && tree.preposition(c) == slot)
                    clause = nominal_content(s, i, slot, what);
            aim = clause && tree.preposition(i) == "ل";
        }
    if (!clause && what.stance == stance::promise && answers)
        clause = owned_content(s, i);
    if (!clause)
        return;
    for (auto made = readings_.rbegin(); made != readings_.rend() && made->cue.sentence == s; ++made)
        if (made->cue.word == i || (made->content_sentence == s && made->content_first == clause->first))
            return; // a verb has this clause already (نقل عن X قوله إن)
    std::vector<index> sources;
    word_index suffix = i + 1 < tree.size() && tree.is_pronoun_suffix(i + 1) ? i + 1 : no_word;
    if (predicate) { // who holds it: the owner of the deed that it is joined to, else the subject of its clause
        const auto joined = tree.relation(i, {"conj"}) ? tree.head(i) : no_word;
        if (joined != no_word && joined + 1 < tree.size() && tree.is_pronoun_suffix(joined + 1)) {
            if (const auto found = cast_.pronoun({s, joined + 1}, std::nullopt))
                sources.push_back(*found);
        } else if (const auto clause_verb = tree.clause_verb(i); clause_verb != no_word) {
            sources = events::subject_of(sentences_, cast_, {s, clause_verb}).mentions;
        }
    } else if (suffix != no_word) {
        if (const auto found = cast_.pronoun({s, suffix}, std::nullopt))
            sources.push_back(*found);
    } else {
        for (const auto c : tree.children(i))
            if (c > i && c < clause->first && tree.relation(c, {"nmod", "nsubj", "obj", "obl"}) &&
                tree.preposition(c).empty() && tree.is_nominal(c)) {
                sources = cast_.mentions({s, c});
                break;
            }
    }
    const bool by_saying = tree.form(i) == "القول" && i > 0 && tree.form(i - 1) == "ب"; // رد بالقول إن
    if (sources.empty() && (aim || by_saying)) // an aim is the aim of its clause's subject
        if (const auto clause_verb = tree.clause_verb(i); clause_verb != no_word)
            sources = events::subject_of(sentences_, cast_, {s, clause_verb}).mentions;
    if (sources.empty() && !what.hidden)
        return;
    claim_reading made;
    made.cue = {s, i};
    made.what = &what;
    made.rule = "noun cue " + what.lemma;
    const auto cue_at = suffix == no_word ? tree.word(i).at : cover(tree.word(i).at, tree.word(suffix).at);
    add(std::move(made), sources, sources.empty(), *clause, cue_at, what.lemma, what.stance);
}

std::optional<claim_finder::found_content> claim_finder::owned_content(std::uint32_t s, word_index noun) const {
    // Behind the one whose refusal or promise it is: a deed, bare or with ل.
    const auto& tree = sentences_[s].tree;
    word_index at = noun + 1;
    if (at >= tree.size())
        return std::nullopt;
    if (tree.is_pronoun_suffix(at)) {
        ++at;
    } else {
        const auto owner = std::find_if(tree.children(noun).begin(), tree.children(noun).end(), [&](word_index c) {
            return c > noun && tree.is_nominal(c) && tree.preposition(c).empty() && tree.word(c).tag != upos::adj;
        });
        if (owner == tree.children(noun).end() || *owner != at || !tree.form(at).starts_with("ال"))
            return std::nullopt;
        ++at;
    }
    while (at < tree.size() && tree.word(at).tag == upos::adj && tree.form(at).starts_with("ال"))
        ++at; // القاطع
    found_content out;
    out.sentence = s;
    if (at < tree.size() && tree.form(at) == "ل")
        ++at;
    out.first = at;
    if (at < tree.size() && (tree.form(at) == "اي" || tree.form(at) == "كل"))
        ++at;
    if (at >= tree.size() || !tree.is_nominal(at) || words_.noun_frames(tree.key(at)) == nullptr)
        return std::nullopt;
    out.head = at;
    out.nominal = true;
    out.last = content_end(s, out.first, noun, true);
    out.rule = "its owner's deed";
    return out.last < out.first ? std::nullopt : std::optional(out);
}

std::vector<index> claim_finder::subject_of(std::uint32_t s, word_index verb, bool& hidden) {
    const auto* what = words_.verb_cue(sentences_[s].tree.key(verb));
    const bool own_voice = cast_.agreement_of(sentences_[s].tree, verb).person == 1;
    const auto speaker = (what != nullptr && what->continues) || own_voice ? speaker_ : std::nullopt;
    auto found = events::subject_of(sentences_, cast_, {s, verb}, speaker, true);
    hidden = found.mentions.empty();
    for (const auto m : found.mentions)
        cast_.promote(m, {s, verb});
    return found.mentions;
}

source_kind claim_finder::kind_of(const std::vector<index>& sources, bool hidden) const {
    if (hidden || sources.empty())
        return source_kind::hidden;
    const auto& who = out_.entities[cast_.entity_of(sources.front())];
    const auto listed = words_.kind_of_source(cast_.head_key(sources.front()));
    const auto kind = out_.mentions[sources.front()].kind;
    if (who.kind == entity_kind::media)
        return source_kind::media;
    if (listed == source_kind::media && who.kind == entity_kind::place)
        return source_kind::media; // موقع «الجسر»: a paper by the name of a place
    if (cast_.known(cast_.entity_of(sources.front())) != nullptr && who.kind != entity_kind::person)
        return source_kind::body;
    if (cast_.known(cast_.entity_of(sources.front())) != nullptr &&
        cast_.called_by_name(cast_.entity_of(sources.front())))
        return source_kind::named; // who is only called by an office is its holder
    if (who.kind == entity_kind::person && kind == mention_kind::name)
        return source_kind::named;
    if (listed)
        return *listed;
    switch (who.kind) {
    case entity_kind::person:
        // an elided or pronoun mention of somebody named before keeps the name's kind
        return cast_.called_by_name(cast_.entity_of(sources.front())) ? source_kind::named : source_kind::office;
    case entity_kind::group:
        return source_kind::publics;
    case entity_kind::other:
        return source_kind::office;
    default:
        return source_kind::body;
    }
}

bool claim_finder::add(claim_reading made, const std::vector<index>& sources, bool hidden, const found_content& content,
                       std::optional<span> cue, const std::string& lemma, isnad::stance stance,
                       std::optional<source_kind> kind) {
    if (content.last < content.first) // nothing is left between the marks
        return false;
    const auto& tree = sentences_[content.sentence].tree;
    made.content_sentence = content.sentence;
    made.content_first = content.first;
    made.content_last = content.last;
    made.content_head = content.head;
    made.nominal_content = content.nominal;
    // A mark whose partner stands outside is not part of the content.
    int open = 0;
    for (word_index w = content.first; w <= content.last; ++w)
        open += tree.opens_quote(w) ? 1 : tree.closes_quote(w) ? -1 : 0;
    if (open < 0 && tree.closes_quote(made.content_last) && made.content_last > made.content_first)
        --made.content_last;
    isnad::claim claim;
    claim.sources = sources;
    claim.kind = kind ? *kind : kind_of(sources, hidden);
    claim.cue = cue;
    claim.cue_lemma = lemma;
    claim.stance = stance;
    claim.direct = content.direct;
    claim.content = {tree.word(made.content_first).at.begin, tree.word(made.content_last).at.end};
    if (content.end_byte > claim.content.end)
        claim.content.end = content.end_byte;
    if (!sources.empty()) {
        made.subject = cast_.entity_of(sources.front());
        speaker_ = made.subject;
    }
    // Kinds of carried subjects are those of the claim that named the speaker.
    if (!sources.empty() && out_.mentions[sources.front()].kind != mention_kind::name && !kind)
        for (std::size_t i = readings_.size(); i-- > 0;)
            if (readings_[i].subject == made.subject && cast_.head_key(sources.front()).empty()) {
                claim.kind = out_.claims[i].kind;
                break;
            }
    out_.claims.push_back(std::move(claim));
    readings_.push_back(std::move(made));
    return true;
}

void claim_finder::index_claims() {
    over_sentence_.assign(sentences_.size(), {});
    for (index i = 0; i < out_.claims.size(); ++i) {
        by_cue_.emplace(readings_[i].cue, i);
        for (auto s = readings_[i].content_sentence; s < sentences_.size(); ++s) {
            if (s > readings_[i].content_sentence && sentences_[s].tree.parsed().at.begin >= out_.claims[i].content.end)
                break;
            over_sentence_[s].push_back(i);
        }
    }
}

void claim_finder::nest() {
    for (index i = 0; i < out_.claims.size(); ++i) {
        auto& claim = out_.claims[i];
        if (claim.parent)
            continue;
        const auto anchor = claim.cue ? *claim.cue : claim.content;
        const auto s = claim.cue ? readings_[i].cue.sentence : readings_[i].content_sentence;
        std::uint32_t smallest = 0;
        for (const auto j : over_sentence_[s]) {
            const auto& outer = out_.claims[j].content;
            if (i == j || !outer.contains(anchor) || claim.content.contains(outer))
                continue;
            if (claim.parent && outer.size() >= smallest)
                continue;
            if (readings_[j].subject && readings_[j].subject == readings_[i].subject && !readings_[i].what)
                continue; // "وفق قوله" inside his own words
            claim.parent = j;
            smallest = outer.size();
        }
    }
}

std::optional<index> claim_finder::around(std::uint32_t s, std::uint32_t at) const {
    std::optional<index> best;
    std::uint32_t smallest = 0;
    for (const auto i : over_sentence_[s]) {
        const auto& content = out_.claims[i].content;
        if (at < content.begin || at >= content.end)
            continue;
        // Of two claims with the same content the inner one is the later (نقلت X عن Y).
        if (!best || content.size() <= smallest) {
            best = i;
            smallest = content.size();
        }
    }
    return best;
}

std::optional<index> claim_finder::at_cue(place_in_text cue) const {
    const auto found = by_cue_.find(cue);
    return found == by_cue_.end() ? std::nullopt : std::optional(found->second);
}

} // namespace isnad::events
