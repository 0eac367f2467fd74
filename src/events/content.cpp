// Where the content of a claim begins and ends.
#include "events/claims.hpp"

#include <algorithm>

namespace isnad::events {

using nlp::upos;

namespace {

/// Last word before the sentence's closing punctuation.
word_index last_word(const syntax& tree) {
    word_index last = tree.size() - 1;
    while (last > 0 && tree.is_punct(last) && !tree.is_quote(last))
        --last;
    return last;
}

} // namespace

claim_finder::found_content claim_finder::quote_from(std::uint32_t s, word_index open) const {
    const auto& tree = sentences_[s].tree;
    found_content out;
    out.sentence = s;
    out.first = std::min(open + 1, tree.size() - 1);
    out.direct = true;
    out.rule = "quotation";
    for (word_index i = open + 1; i < tree.size(); ++i)
        if (tree.is_quote(i)) {
            out.last = i - 1;
            return out;
        }
    out.last = tree.size() - 1;
    // The quotation runs on: to the closing mark in one of the next sentences of the paragraph.
    for (std::uint32_t next = s + 1; next < sentences_.size() && next < s + 8; ++next) {
        const auto& later = sentences_[next].tree;
        if (later.parsed().starts_paragraph)
            break;
        for (word_index i = 0; i < later.size(); ++i)
            if (later.is_quote(i)) {
                if (later.opens_quote(i) && later.word(i).form != "\"")
                    return out;
                out.end_byte = later.word(i).at.begin;
                return out;
            }
    }
    out.last = last_word(tree);
    return out;
}

word_index claim_finder::content_end(std::uint32_t s, word_index first, word_index cue_word, bool nominal) const {
    const auto& tree = sentences_[s].tree;
    const auto end = last_word(tree);
    bool quoted = false;
    const auto cut_before = [&](word_index i) { // without the comma and the conjunction before i
        while (i > first + 1 &&
               (tree.word(i - 1).tag == upos::cconj || (tree.is_punct(i - 1) && !tree.is_quote(i - 1))))
            --i;
        return i - 1;
    };
    for (word_index i = first; i <= end; ++i) {
        // A quotation that opens behind a comma is no part of what is asked or denied as a noun.
        if (nominal && i > first + 1 && tree.opens_quote(i) && tree.is_punct(i - 1))
            return cut_before(i);
        if (tree.is_quote(i))
            quoted = tree.opens_quote(i);
        if (quoted || i <= first)
            continue;
        const bool after_comma = tree.is_punct(i - 1) && !tree.is_quote(i - 1);
        // ، فيما … and ، في حين … set another clause against the whole; what is asked or denied as a noun ends before
        // the clause that objects, too: …، لكن روسيا ترفض.
        const auto& here = tree.form(i);
        if ((after_comma && (words_.serves("contrast", here) ||
                             (i < end && words_.serves("contrast", here + ' ' + tree.form(i + 1))))) ||
            (nominal && (words_.serves("objection", here) ||
                         (words_.serves("objection before أن", here) && i < end && tree.is_complementizer(i + 1)))))
            return cut_before(i);
        const auto tag = tree.word(i).tag;
        // ، مؤكدا أن …: the speaker goes on in a ḥāl of the cue's own clause.
        if (const auto* more = words_.participle_cue(tree.key(i));
            more != nullptr && (tag == upos::adj || tag == upos::noun || (tag == upos::other && after_comma)) &&
            !tree.form(i).starts_with("ال") &&
            (after_comma || tree.head(i) == cue_word ||
             (i > first + 1 && tree.word(i - 1).tag == upos::cconj && tree.is_punct(i - 2) && !tree.is_quote(i - 2))) &&
            nlp::feature(tree.word(i).feats, "Case") != "Nom" && nlp::feature(tree.word(i).feats, "Case") != "Gen")
            return cut_before(i);
        // ، بحسب …: somebody else's voice or a reminder of whose words these are.
        if (after_comma)
            if (const auto* phrases = words_.prepositional_cues(tree.form(i)))
                for (const auto& phrase : *phrases)
                    if (tree.phrase_end(i, phrase.joined) != no_word)
                        return cut_before(i);
        if (!tree.is_verb(i))
            continue;
        // Behind a noun that is asked or denied a finite verb after و opens a clause of its own: نحذر من عدوان، ونرفض
        // ….
        if (nominal && tree.word(i - 1).tag == upos::cconj) {
            // Joined to a verb inside it, a relative clause's, it stays: الاتفاق الذي وقعه الجيش ويرفضه خصومه.
            const auto up = tree.head(i);
            const bool inside = up != no_word && up >= first && up < i && tree.is_verb(up);
            // Without a verb before it there is none to join: دمشق تدين الغارات وتطالب مجلس الأمن ….
            bool verbless = true;
            for (word_index k = first; k < i; ++k)
                verbless = verbless && !tree.is_verb(k);
            if (tree.is_first_person(i) || (!inside && i > first + 2 && (verbless || tree.is_punct(i - 2))))
                return cut_before(i);
        }
        if (!tree.is_perfect(i))
            continue;
        const bool with_qad = i > first + 1 && tree.form(i - 1) == "قد" && tree.word(i - 2).tag == upos::cconj;
        const bool conjoined = tree.word(i - 1).tag == upos::cconj || with_qad;
        const auto subject = tree.child(i, {"nsubj"});
        const auto* closing = words_.verb_cue(tree.key(i)); // "…، قال فلان"
        const bool closes = after_comma && closing != nullptr && subject != no_word && subject > i &&
                            (closing->stance == stance::state || closing->stance == stance::report);
        if (!conjoined && !closes)
            continue;
        // وأضاف, وأكد …: a new act of saying on the level of this one; other verbs where the tree says so.
        const auto* next = words_.verb_cue(tree.key(i));
        const bool outside =
            !tree.descends(i, cue_word) || (tree.head(i) == cue_word && tree.relation(i, {"conj", "parataxis"}));
        if ((next != nullptr && (next->continues || tree.child(i, {"nsubj"}) != no_word || outside)) || outside)
            return cut_before(with_qad ? i - 1 : i);
    }
    return end;
}

std::optional<claim_finder::found_content> claim_finder::clause_content(std::uint32_t s, word_index cue_word) const {
    const auto& tree = sentences_[s].tree;
    word_index at = no_word, inner = no_word, skipped = 0;
    const auto* verb_row = words_.verb_cue(tree.key(cue_word));
    const bool asks = verb_row != nullptr && (verb_row->stance == stance::ask || verb_row->stance == stance::doubt);
    // بيان بثته الإذاعة أن …: the clause is not the broadcaster's.
    if (const auto* own = tree.is_verb(cue_word) ? words_.verb_cue(tree.key(cue_word)) : nullptr;
        own != nullptr && own->weak && own->addressee != "obj" && cue_word + 1 < tree.size() &&
        tree.is_pronoun_suffix(cue_word + 1) && tree.relation(cue_word, {"acl"}))
        return std::nullopt;
    int verbs = 0;
    for (word_index i = cue_word + 1; i < tree.size(); ++i) {
        if (const auto past = past_aside(s, i); past > i) {
            skipped += past - i;
            i = past - 1;
            continue;
        }
        // "…، على أن تصل غدا" adds a proviso; it is not what is said.
        const bool proviso = i > cue_word + 3 && tree.form(i - 1) == "علي" && tree.is_punct(i - 2);
        if (tree.is_complementizer(i) && proviso)
            return std::nullopt;
        // قبل أن, غير أن: an adverbial's clause; "، وأن": the second of what stands before
        if (tree.is_complementizer(i) && i > cue_word + 1 &&
            (words_.serves("adverbial", tree.form(i - 1)) || (tree.form(i - 1) == "و" && tree.is_punct(i - 2))))
            return std::nullopt;
        if (asks && tree.form(i) == "اذا" && (tree.form(i - 1) == "ما" || tree.form(i - 1) == "عما")) { // تساءل عما إذا
            at = i;
            break;
        }
        if (tree.is_complementizer(i)) {
            if (i > cue_word + 1 && tree.form(i - 1) == "القول" && tree.is_verb(cue_word))
                return std::nullopt; // رد بالقول إن …: said at القول
            if (inner != no_word && (i <= inner + 2 || tree.descends(i, inner)))
                return std::nullopt; // نشر صورا قال إنها …: the clause of the relative clause's own verb
            at = i;
            break;
        }
        if (tree.is_verb(i) && words_.verb_cue(tree.key(i)) != nullptr)
            inner = i;
        const auto tag = tree.word(i).tag;
        if (tree.is_verb(i) && !tree.relation(i, {"acl"}) && ++verbs > 1)
            return std::nullopt;
        if (tree.is_verb(i) && (words_.verb_cue(tree.key(i)) != nullptr && !tree.relation(i, {"acl"})))
            return std::nullopt;
        if (words_.participle_cue(tree.key(i)) != nullptr && tag == upos::adj && !tree.form(i).starts_with("ال") &&
            tree.is_punct(i - 1))
            return std::nullopt;
        const auto& form = tree.word(i).form;
        if (form == "؛" || form == "." || form == ":")
            return std::nullopt;
    }
    if (at == no_word)
        return std::nullopt;
    // The complement of another noun on the way is not the cue's: unless the tree ties it to the cue, a long way off
    // means another governor.
    if (!tree.descends(at, cue_word) && at > cue_word + 12 + skipped)
        return std::nullopt;
    found_content out;
    out.sentence = s;
    out.first = at + 1 < tree.size() && tree.is_pronoun_suffix(at + 1) ? at : at + 1;
    if (out.first >= tree.size())
        return std::nullopt;
    const auto head = tree.head(at);
    out.head = head != no_word && head > at ? head : no_word;
    if (out.first < tree.size() && tree.opens_quote(out.first)) {
        auto quote = quote_from(s, out.first);
        // A quotation of the whole content, not of its first words.
        const auto after = quote.last + 2;
        const auto end = content_end(s, out.first, cue_word);
        if (quote.end_byte != 0 || after > end || tree.is_punct(after)) {
            quote.head = out.head;
            quote.rule = "quotation after أن";
            return quote;
        }
    }
    out.last = content_end(s, out.first, cue_word);
    if (out.last < out.first)
        return std::nullopt;
    out.rule = "clause after أن";
    return out;
}

std::optional<claim_finder::found_content> claim_finder::quoted_content(std::uint32_t s, word_index cue_word) const {
    const auto& tree = sentences_[s].tree;
    for (word_index i = cue_word + 1; i < tree.size(); ++i) {
        const auto& form = tree.word(i).form;
        if (form == ":" && i + 1 < tree.size()) {
            if (tree.opens_quote(i + 1))
                return quote_from(s, i + 1);
            found_content out;
            out.sentence = s;
            out.first = i + 1;
            out.last = last_word(tree);
            out.rule = "after the colon";
            if (out.last < out.first)
                return std::nullopt;
            return out;
        }
        // قال فلان "…": a quotation that holds a clause, not a quoted name.
        if (tree.opens_quote(i)) {
            auto quote = quote_from(s, i);
            if (quote.end_byte != 0 || quote.last >= quote.first + 3)
                return quote;
        }
        if (tree.is_complementizer(i))
            return std::nullopt;
    }
    return std::nullopt;
}

word_index claim_finder::clause_start(std::uint32_t s, word_index end) const {
    const auto& tree = sentences_[s].tree;
    const auto from = sentences_[s].dateline_end;
    word_index start = from;
    for (word_index w = end; w > from; --w) {
        if (!tree.is_punct(w - 1) || tree.is_quote(w - 1))
            continue;
        if (words_.serves("opener", tree.form(w)) || tree.word(w).tag == upos::cconj) {
            start = w;
            break;
        }
    }
    while (start < end && (tree.word(start).tag == upos::cconj || words_.serves("opener", tree.form(start)) ||
                           (tree.is_punct(start) && !tree.is_quote(start))))
        ++start;
    return start;
}

std::optional<claim_finder::found_content> claim_finder::fronted_content(std::uint32_t s, word_index cue_word,
                                                                         const cue& what) const {
    // "…", قال فلان: the words before the comma are the content.
    const auto& tree = sentences_[s].tree;
    const auto from = sentences_[s].dateline_end;
    const bool saying = what.stance == stance::state || what.stance == stance::report ||
                        what.stance == stance::confirm || what.stance == stance::announce;
    word_index before = cue_word; // "، حسبما قال فلان"
    while (before > from &&
           (tree.word(before - 1).tag == upos::cconj || words_.serves("reporting", tree.form(before - 1))))
        --before;
    if (before == cue_word && what.weak &&
        std::find(what.complements.begin(), what.complements.end(), "quote") == what.complements.end())
        return std::nullopt;
    // "…، وقال" and "…، فرد" open another sentence: what they say stands behind them.
    if (before != cue_word && tree.word(before).tag == upos::cconj && !words_.serves("reporting", tree.form(before)))
        return std::nullopt;
    const bool joined = before != cue_word && (what.stance == stance::believe || what.stance == stance::expect);
    const bool as = before != cue_word && words_.serves("as", tree.form(before)); // … كما قال
    if (!(saying || joined) || before <= from || !(tree.is_punct(before - 1) || as))
        return std::nullopt;
    // "رفضت، على ما يقول دبلوماسيون، مقترحا …": the clause goes on behind the comma that closes the aside.
    if (before != cue_word) {
        word_index close = cue_word + 1;
        while (close < tree.size() && close < cue_word + 12 && (!tree.is_punct(close) || tree.is_quote(close)))
            ++close;
        const bool goes_on = close + 2 < tree.size() && tree.word(close).form == "،" && !tree.is_verb(close + 1) &&
                             tree.word(close + 1).tag != upos::cconj &&
                             !words_.serves("opener", tree.form(close + 1)) && tree.word(close + 1).tag != upos::det &&
                             !tree.is_quote(close + 1) && tree.form(close + 1) != "ما" &&
                             tree.word(close + 1).tag != upos::sconj;
        if (goes_on) {
            found_content whole;
            whole.sentence = s;
            whole.first = clause_start(s, before - 1);
            whole.last = content_end(s, close + 1, cue_word);
            whole.rule = "clause round the cue";
            if (whole.last > close)
                return whole;
        }
    }
    if (before <= from + 3)
        return std::nullopt;
    found_content out;
    out.sentence = s;
    out.first = from;
    out.last = before - 1;
    while (out.last > from && tree.is_punct(out.last) && !tree.is_quote(out.last))
        --out.last;
    if (tree.opens_quote(out.first) && tree.is_quote(out.last)) {
        out.direct = true;
        ++out.first;
        --out.last;
    }
    if (out.last < out.first + 2 || (what.weak && !out.direct && before == cue_word))
        return std::nullopt;
    if (!out.direct && out.last < out.first + 5) { // a mere phrase (في مدريد، أشادت …) says nothing
        bool predicate = false;
        for (word_index w = out.first; w <= out.last; ++w)
            predicate = predicate || tree.is_verb(w);
        if (!predicate)
            return std::nullopt;
    } // a weak cue behind a comma (، وردت القوات بـ…) says nothing of what stands before
    out.rule = "words before the cue";
    return out;
}

word_index claim_finder::past_aside(std::uint32_t s, word_index i) const {
    // "هدد قيادي، طلب عدم ذكر اسمه، بوقف …", "اتهم الشبكة، التي تتخذ المدينة مقرا لها، بتدبيره", "جهات لم يسمها"
    const auto& tree = sentences_[s].tree;
    const auto comma = tree.is_punct(i) && !tree.is_quote(i);
    const auto from = comma ? i + 1 : i;
    if (from >= tree.size())
        return i;
    auto to = past_concealment(s, from);
    if (to == from && comma && (tree.form(from) == "الذي" || tree.form(from) == "التي" || tree.form(from) == "الذين"))
        while (to < tree.size() && to < from + 20 && (!tree.is_punct(to) || tree.is_quote(to)))
            ++to;
    if (to == from && tree.form(from) == "لم" && from + 2 < tree.size() && tree.is_pronoun_suffix(from + 2))
        to = from + 3;
    // "، في بيان بثه التلفزيون،", "، مساء أمس،"
    if (to == from && comma &&
        (words_.serves("aside", tree.form(from)) || sentences_[s].time_at[from] != 0 ||
         tree.word(from).tag == upos::adv)) {
        while (to < tree.size() && to < from + 14 && (!tree.is_punct(to) || tree.is_quote(to)) &&
               !tree.is_complementizer(to))
            ++to;
        if (to < tree.size() && tree.word(to).form != "،")
            to = from;
    }
    if (to == from || to >= tree.size())
        return i;
    if (comma && tree.is_punct(to) && !tree.is_quote(to))
        ++to;
    return to;
}

word_index claim_finder::content_noun(std::uint32_t s, word_index cue_word, const std::string& wanted,
                                      const cue& what) const {
    const auto& tree = sentences_[s].tree;
    const bool verb = tree.is_verb(cue_word);
    const auto fits = [&](word_index c) {
        if (c > cue_word && tree.form(c) == "ما" && what.nouns.empty())
            return true; // نافيا ما تردد عن …
        if (!(tree.is_nominal(c) || tree.form(c) == "ذلك") || tree.is_pronoun_suffix(c) ||
            sentences_[s].time_at[c] != 0 || words_.in_class("manner", tree.key(c)))
            return false;
        const auto core = cast_.phrase(s, c).core;
        if (!what.nouns.empty())
            return what.nouns.contains(tree.key(c)) || what.nouns.contains(tree.bare(c)) ||
                   what.nouns.contains(tree.key(core));
        const bool deed =
            words_.noun_frames(tree.key(core)) != nullptr || words_.scope(tree.key(core), scope_kind::noun) != nullptr;
        const bool anaphor = tree.form(c) == "ذلك" || tree.form(c) == "هذا";
        if (deed || anaphor)
            return true;
        // What is merely mentioned (ذكر اسمه) is no claim: a weak cue wants a clause.
        if (what.weak || sentences_[s].name_at[core] != 0 || tree.word(core).name != "O")
            return false;
        return base_.head(tree.key(core)) == nullptr && base_.head(tree.bare(core)) == nullptr;
    };
    for (const auto c : tree.children(cue_word)) {
        if (c < cue_word || tree.relation(c, {"nsubj", "conj"}))
            continue;
        const auto preposition = tree.preposition(c);
        const bool object =
            wanted == "obj" && preposition.empty() && tree.relation(c, {"obj", "obl", "xcomp", "nmod", "ccomp"});
        if ((object || (!preposition.empty() && preposition == wanted)) && fits(c))
            return c;
    }
    // The parser may have hung it on the one who is asked or accused: اتهمت الجماعة التحالف بشن الغارة.
    word_index past = cue_word + 1, limit = cue_word + 22;
    for (word_index i = past; i < tree.size() && i < limit; ++i) {
        if (const auto after = past_aside(s, i); after > i) {
            limit += after - i;
            i = after - 1;
            continue;
        }
        if (i == past && i + 1 < tree.size() && tree.form(i) == wanted && !what.weak && !verb && what.nouns.empty())
            return i + 1; // محذرا من تشكل السيول, whatever the tagger made of it
        if ((tree.is_punct(i) && !tree.is_quote(i) && i > cue_word + 3) || tree.is_verb(i) || tree.is_complementizer(i))
            break;
        if (tree.head(i) == cue_word && tree.relation(i, {"nsubj"}) && tree.is_nominal(i)) {
            i = past = cast_.phrase(s, i).last;
            continue;
        }
        if (wanted == "obj") {
            if (!verb && i == past && fits(i) && (!what.weak || words_.noun_frames(tree.key(i)) != nullptr))
                return i;
            if (verb && i > past && !what.weak && tree.form(i).starts_with("ال") && tree.is_nominal(i) &&
                tree.preposition(i).empty() && nlp::feature(tree.word(i).feats, "Case") == "Acc" && fits(i))
                return i;
            if (i > past && tree.is_nominal(i) && tree.preposition(i).empty() && fits(i) &&
                (words_.noun_frames(tree.key(i)) != nullptr || !what.nouns.empty()) &&
                tree.word(i - 1).tag != upos::adp)
                return i;
        } else if (tree.form(i) == wanted && tree.word(i).tag == upos::adp && i + 1 < tree.size() && fits(i + 1)) {
            return i + 1;
        }
    }
    return no_word;
}

std::optional<claim_finder::found_content>
claim_finder::nominal_content(std::uint32_t s, word_index cue_word, const std::string& wanted, const cue& what) const {
    const auto& tree = sentences_[s].tree;
    const auto c = content_noun(s, cue_word, wanted, what);
    if (c == no_word)
        return std::nullopt;
    found_content out;
    out.sentence = s;
    out.first = c;
    while (out.first > cue_word + 1 && tree.head(out.first - 1) == c && !tree.relation(out.first - 1, {"case"}) &&
           !tree.is_punct(out.first - 1))
        --out.first;
    out.head = c;
    out.nominal = true;
    const bool anaphor = tree.form(c) == "ذلك" || tree.form(c) == "هذا";
    out.last = anaphor ? c : content_end(s, out.first, cue_word, true);
    out.rule = wanted == "obj" ? "its object" : "after " + wanted;
    if (out.last < out.first)
        return std::nullopt;
    return out;
}

std::optional<claim_finder::found_content> claim_finder::relative_content(std::uint32_t s, word_index cue_word,
                                                                          const cue& what) const {
    // ما تداولته صفحات, الأمر الذي نفته الوزارة, هو اتهام ترفضه إيران: the antecedent stands for what is said.
    const auto& tree = sentences_[s].tree;
    if (!tree.is_verb(cue_word) || cue_word == 0 || !what.nouns.empty() || (what.weak && !what.relative))
        return std::nullopt;
    const bool suffix = cue_word + 1 < tree.size() && tree.is_pronoun_suffix(cue_word + 1);
    bool gap = suffix; // a pronoun behind the complement's preposition is the gap, too: ما هدد به القائد
    for (word_index w = cue_word + 1; w + 1 < tree.size() && w <= cue_word + 6 && !tree.is_punct(w); ++w)
        gap = gap ||
              (tree.word(w).tag == upos::adp && tree.is_pronoun_suffix(w + 1) &&
               std::find(what.complements.begin(), what.complements.end(), tree.form(w)) != what.complements.end());
    word_index marker = cue_word - 1;
    while (marker > 0 && marker + 3 > cue_word &&
           (tree.word(marker).tag == upos::aux || tree.form(marker) == "قد" || tree.form(marker) == "كان" ||
            tree.form(marker) == "كانت" || tree.form(marker) == "لم" || tree.form(marker) == "لا"))
        --marker;
    const auto& form = tree.form(marker);
    const bool that = form == "ما" || form == "الذي" || form == "التي" || form == "مما";
    // Without a marker behind an indefinite noun: شرط ترفضه تل أبيب.
    const bool bare = !that && gap && tree.relation(cue_word, {"acl"}) && tree.head(cue_word) < cue_word &&
                      tree.head(cue_word) + 5 > cue_word && tree.is_nominal(marker);
    if (!gap || !(that || bare))
        return std::nullopt;
    // حسب ما أفاد به مصدر: the words before it are what he says
    if (form == "ما" && marker > 0 &&
        (words_.serves("reporting", tree.form(marker - 1)) || tree.form(marker - 1) == "ل"))
        return std::nullopt;
    found_content out;
    out.sentence = s;
    out.nominal = true;
    out.rule = "what its relative clause is about";
    if (form == "ما") {
        // ما تردد عن …, ما ذكرته الإذاعة من …: said in full behind it
        for (word_index w = cue_word + 1; w < tree.size() && w < cue_word + 14 && !tree.is_punct(w); ++w)
            if ((tree.form(w) == "عن" || tree.form(w) == "من") && w + 1 < tree.size() && tree.is_nominal(w + 1) &&
                !tree.is_pronoun_suffix(w + 1) && words_.noun_frames(tree.key(w + 1)) != nullptr) {
                out.first = out.head = w + 1;
                out.last = content_end(s, w + 1, cue_word, true);
                return out.last < out.first ? std::nullopt : std::optional(out);
            }
        out.first = marker > 0 && tree.form(marker - 1) == "هو" ? marker - 1 : marker;
        out.last = marker;
        return out;
    }
    word_index noun = that ? marker - 1 : tree.head(cue_word);
    if (that) {
        if (marker == 0)
            return std::nullopt;
        const auto head = tree.head(cue_word);
        if (head != no_word && head < marker && tree.is_nominal(head))
            noun = head;
        while (noun > 0 && tree.is_punct(noun))
            --noun;
    }
    if (!tree.is_nominal(noun))
        return std::nullopt;
    out.head = noun;
    out.first = noun > 0 && (tree.form(noun - 1) == "هو" || tree.form(noun - 1) == "هي") ? noun - 1 : noun;
    out.last = marker;
    while (out.last > noun && (that ? out.last >= marker : out.last > marker))
        --out.last;
    while (out.last > noun && tree.is_punct(out.last))
        --out.last;
    return out;
}

std::optional<claim_finder::found_content> claim_finder::content(std::uint32_t s, word_index cue_word,
                                                                 const cue& what) const {
    const auto takes = [&](std::string_view slot) {
        return std::find(what.complements.begin(), what.complements.end(), slot) != what.complements.end();
    };
    if (takes("quote"))
        if (auto found = quoted_content(s, cue_word))
            return found;
    if (takes("ان"))
        if (auto found = clause_content(s, cue_word))
            return found;
    for (const auto& slot : what.complements)
        if (slot != "ان" && slot != "quote")
            if (auto found = nominal_content(s, cue_word, slot, what)) {
                // أعرب عن أمله في أن …: what is hoped stands behind the noun
                if (!what.nouns.empty() && found->head != no_word &&
                    (what.stance == stance::expect || what.stance == stance::believe || what.stance == stance::doubt)) {
                    if (auto clause = clause_content(s, found->head); clause && clause->first <= found->head + 5)
                        return clause;
                    for (const auto c : tree_of(s).children(found->head))
                        if (c > found->head && !tree_of(s).preposition(c).empty() &&
                            words_.noun_frames(tree_of(s).key(c)) != nullptr)
                            found->first = found->head = c;
                }
                return found;
            }
    if (auto found = relative_content(s, cue_word, what))
        return found;
    if (what.relay) // نقلت عن ناطقها وصفه …, نفيه …
        for (word_index w = cue_word + 1; w + 1 < tree_of(s).size() && w < cue_word + 20; ++w)
            if (words_.noun_cue(tree_of(s).key(w)) != nullptr && tree_of(s).is_pronoun_suffix(w + 1)) {
                found_content out;
                out.sentence = s;
                out.first = out.head = w;
                out.nominal = true;
                out.rule = "what is passed on";
                out.last = content_end(s, w, cue_word);
                return out;
            }
    if (takes("quote") || takes("ان"))
        return fronted_content(s, cue_word, what);
    return std::nullopt;
}

word_index claim_finder::read_adverbial(std::uint32_t s, word_index i) {
    const auto& tree = sentences_[s].tree;
    const auto* phrases = words_.prepositional_cues(tree.form(i));
    if (phrases == nullptr)
        return 0;
    for (const auto& phrase : *phrases) {
        word_index source = tree.phrase_end(i, phrase.joined);
        if (source == no_word || source >= tree.size())
            continue;
        const auto past_phrase = source;
        while (source + 1 < tree.size() &&
               (tree.is_complementizer(source) || tree.form(source) == "ما" || tree.word(source).tag == upos::adp ||
                tree.is_quote(source) || tree.word(source).tag == upos::det))
            ++source;
        if (tree.is_verb(source) || !tree.is_nominal(source))
            continue; // حسبما ذكرت الصحيفة is read at its verb
        std::vector<index> sources;
        bool own_words = false; // وفق قوله
        if (words_.noun_cue(tree.key(source)) != nullptr ||
            words_.kind_of_source(tree.key(source)) == std::optional(source_kind::document)) {
            const auto next = source + 1;
            if (next < tree.size() && tree.is_pronoun_suffix(next)) {
                if (const auto found = cast_.pronoun({s, next}, speaker_))
                    sources.push_back(*found);
                own_words = true;
                source = next;
            } else {
                for (const auto c : tree.children(source))
                    if (c > source && tree.is_nominal(c) && !tree.relation(c, {"conj"}) && sources.empty()) {
                        sources = cast_.mentions({s, c});
                        if (!sources.empty())
                            source = c;
                    }
            }
        }
        if (sources.empty())
            sources = tree.is_pronoun_suffix(source)
                          ? std::vector<index>{}
                          : cast_.mentions({s, source}, words_.kind_of_source(tree.key(source)) ==
                                                            std::optional(source_kind::document));
        if (sources.empty())
            continue;
        if (own_words && speaker_ && cast_.entity_of(sources.front()) == *speaker_)
            return past_phrase - i; // a reminder inside the speaker's own claim
        // نفت إيران، على لسان ناطقها، …: he speaks for her; the claim has both for its sources.
        if (phrase.joins) {
            if (!readings_.empty() && readings_.back().cue.sentence == s && readings_.back().cue.word < i &&
                readings_.back().cue.word + 10 > i) {
                auto& claim = out_.claims.back();
                for (const auto m : sources)
                    if (std::find(claim.sources.begin(), claim.sources.end(), m) == claim.sources.end())
                        claim.sources.push_back(m);
                if (claim.kind == source_kind::hidden)
                    claim.kind = kind_of(claim.sources, false);
                return past_phrase - i;
            }
        }
        // أشارت الصحيفة، نقلا عن مصادر، إلى أن …: the paper passes on what the sources say.
        if (!readings_.empty() && readings_.back().cue.sentence == s && readings_.back().content_sentence == s &&
            readings_.back().cue.word < i && readings_.back().content_first > i) {
            const auto outer = static_cast<index>(readings_.size() - 1);
            found_content same;
            same.sentence = s;
            same.first = readings_[outer].content_first;
            same.last = readings_[outer].content_last;
            same.head = readings_[outer].content_head;
            same.direct = out_.claims[outer].direct;
            claim_reading inner;
            inner.cue = {s, i};
            inner.rule = "adverbial " + phrase.phrase + " inside another's report";
            std::optional<source_kind> kind;
            if (kind_of(sources, false) == source_kind::office && unnamed(s, source))
                kind = source_kind::anonymous;
            if (add(std::move(inner), sources, false, same, cover(tree.word(i).at, tree.word(past_phrase - 1).at),
                    phrase.phrase, phrase.stance, kind))
                out_.claims.back().parent = outer;
            return past_phrase - i;
        }
        found_content said;
        said.sentence = s;
        const auto first = sentences_[s].dateline_end;
        word_index past = source + 1; // first word after the adverbial
        const auto np = cast_.phrase(s, source);
        past = std::max(past, np.last + 1);
        if (i <= first + 1) { // بحسب فلان، …
            while (past < tree.size() && tree.is_punct(past) && !tree.is_quote(past))
                ++past;
            if (past >= tree.size())
                return past_phrase - i;
            said.first = past;
            said.last = content_end(s, past, i);
        } else {
            said.first = first;
            said.last = i - 1;
            // Back to where the clause begins that the adverbial closes.
            for (word_index w = said.last; w > first; --w)
                if (tree.is_punct(w - 1) && words_.serves("opener", tree.form(w))) {
                    said.first = w + 1;
                    break;
                }
            while (said.last > said.first && tree.is_punct(said.last) && !tree.is_quote(said.last))
                --said.last;
        }
        while (said.first < said.last && (tree.is_punct(said.first) || tree.word(said.first).tag == upos::cconj) &&
               !tree.is_quote(said.first))
            ++said.first;
        if (tree.opens_quote(said.first) && tree.is_quote(said.last) && said.last > said.first + 1) {
            said.direct = true;
            ++said.first;
            --said.last;
        }
        // "يخوض، بحسب التقرير، إضرابا …": the clause goes on behind the aside
        if (i > first + 1 && tree.is_punct(i - 1) && past + 2 < tree.size() && tree.word(past).form == "،" &&
            !tree.is_verb(past + 1) && tree.word(past + 1).tag != upos::cconj &&
            tree.word(past + 1).tag != upos::sconj && tree.word(past + 1).tag != upos::det &&
            !words_.serves("opener", tree.form(past + 1)) && !words_.serves("during", tree.form(past + 1)) &&
            tree.form(past + 1) != "ما") {
            said.first = clause_start(s, i - 1);
            said.last = std::max(said.last, content_end(s, past + 1, i));
        }
        claim_reading made;
        made.cue = {s, i};
        made.rule = "adverbial " + phrase.phrase;
        const span cue_at = cover(tree.word(i).at, tree.word(past_phrase - 1).at);
        std::optional<source_kind> kind;
        if (kind_of(sources, false) == source_kind::office && unnamed(s, source))
            kind = source_kind::anonymous;
        add(std::move(made), sources, false, said, cue_at, phrase.phrase, phrase.stance, kind);
        return past_phrase - i;
    }
    return 0;
}

void claim_finder::read_colon(std::uint32_t s) {
    // "لافروف: لن نسمح …": a headline or live-blog line whose first words name a speaker.
    const auto& tree = sentences_[s].tree;
    auto first = sentences_[s].dateline_end;
    // Behind the hour and the bullet of a live page: 10:31 | وزير الدفاع: …
    while (first + 1 < tree.size() &&
           (tree.word(first).tag == upos::num || (tree.is_punct(first) && !tree.is_quote(first))) &&
           (sentences_[s].time_at[first] != 0 || tree.is_punct(first) || tree.word(first + 1).form == ":"))
        ++first;
    word_index colon = first;
    while (colon < tree.size() && colon < first + 12 && tree.word(colon).form != ":")
        ++colon;
    if (colon >= tree.size() || colon >= first + 12 || colon == first || colon + 2 >= tree.size())
        return;
    const auto source_word = [&](word_index i) {
        return words_.kind_of_source(tree.key(i)) || words_.kind_of_source(tree.bare(i));
    };
    for (word_index i = first; i < colon; ++i)
        if (tree.is_verb(i) || (tree.is_punct(i) && !tree.is_quote(i)) ||
            (words_.verb_cue(tree.key(i)) != nullptr && !source_word(i)))
            return;
    word_index head = first;
    while (tree.head(head) != no_word && tree.head(head) < colon && tree.head(head) >= first)
        head = tree.head(head);
    if (!tree.is_nominal(head))
        return;
    // شهود عيان: …, مصادر: …: a word for sources names somebody by itself.
    const auto sources = cast_.mentions({s, head}, source_word(head));
    if (sources.empty() || cast_.names_place(cast_.entity_of(sources.front())))
        return;
    if (s == 0 && out_.entities[cast_.entity_of(sources.front())].kind == entity_kind::media &&
        !tree.opens_quote(colon + 1))
        return; // the dateline's agency
    found_content said;
    said.sentence = s;
    said.first = colon + 1;
    said.last = last_word(tree);
    if (tree.opens_quote(said.first))
        said = quote_from(s, said.first);
    claim_reading made;
    made.cue = {s, head};
    made.rule = "speaker before a colon";
    add(std::move(made), sources, false, said, std::nullopt, "", stance::state);
}

} // namespace isnad::events
