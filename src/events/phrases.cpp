// How far a noun phrase reaches, and what in it names somebody.
#include "events/cast.hpp"

#include "base/utf8.hpp"
#include "text/fold.hpp"

#include <algorithm>

namespace isnad::events {

using nlp::upos;

namespace {

bool is_name_word(const nlp::word& w) {
    return w.tag == upos::other || w.tag == upos::propn || w.name.ends_with("PER") || w.name.ends_with("ORG");
}

} // namespace

word_index cast::counted_after(const syntax& tree, word_index head) const {
    std::string phrase = tree.form(head);
    for (word_index i = head + 1; i + 1 < tree.size() && i < head + 4; ++i) {
        phrase += ' ' + tree.form(i);
        const auto next = i + 1;
        if (words_.approximates(phrase) && tree.descends(next, head) &&
            (tree.word(next).tag == upos::num || words_.number_word(tree.key(next)) != nullptr))
            return next;
    }
    return head;
}

word_index cast::core_of(const syntax& tree, word_index head) const {
    // ثلاثة جنود, عشرات المدنيين, عدد من المسؤولين, أحد القادة: the counted noun says who they are.
    const bool counts = tree.word(head).tag == upos::num || words_.number_word(tree.key(head)) != nullptr ||
                        words_.in_class("through", tree.key(head)) || words_.in_class("through", tree.bare(head)) ||
                        words_.in_class("honorific", tree.key(head));
    if (!counts) {
        const auto counted = counted_after(tree, head);
        return counted == head ? head : core_of(tree, counted);
    }
    for (const auto c : tree.children(head)) {
        // أربعة مدنيين: right behind a number an adjective is a noun.
        const bool noun = tree.word(c).tag != upos::adj || (c == head + 1 && !tree.form(head).starts_with("ال"));
        if (c < head || !tree.is_nominal(c) || !noun || tree.relation(c, {"conj"}) || tree.is_pronoun_suffix(c))
            continue;
        const auto preposition = tree.preposition(c);
        if (preposition.empty() || preposition == "من")
            return core_of(tree, c);
    }
    // أطلقت الحركة سراح 290 أسيرا: the parser may hang the number beside the word that counts.
    if (tree.word(head).tag != upos::num && head + 1 < tree.size() && tree.is_nominal(head + 1) &&
        tree.word(head + 1).tag != upos::adj && tree.head(head + 1) == tree.head(head) &&
        tree.preposition(head + 1).empty())
        return core_of(tree, head + 1);
    return head;
}

noun_phrase cast::phrase(std::uint32_t sentence, word_index head) const {
    const auto& read = sentences_[sentence];
    const auto& tree = read.tree;
    noun_phrase out{head, core_of(tree, head), head, head};
    if (read.time_at[out.core] != 0) // المنطقة مطلع الشهر
        out.core = head;
    const auto match_of = [&](word_index i) { return read.name_at[i]; };
    const auto bound = [&](word_index i) { // belongs by the tree, or carries on a known name or a person's name
        if (tree.descends(i, head))
            return true;
        if (match_of(i) != 0 && match_of(i) == match_of(i - 1))
            return true;
        return is_name_word(tree.word(i)) && tree.word(i).name.starts_with("I-") && tree.word(i - 1).name != "O";
    };
    while (out.first > 0) { // numerals, demonstratives and the rest of a known name before the head
        const auto i = out.first - 1;
        const bool same_name = match_of(i) != 0 && match_of(i) == match_of(out.first);
        const bool child = tree.head(i) == head && (tree.relation(i, {"nummod", "det"}) ||
                                                    (tree.word(i).tag == upos::num && tree.relation(i, {"nmod"})));
        if ((!same_name && !child) || read.time_at[i] != 0)
            break;
        out.first = i;
    }
    bool quoted = false;
    out.last = counted_after(tree, head);
    for (word_index i = out.last + 1; i < tree.size(); ++i) {
        const auto& w = tree.word(i);
        if (match_of(i) != 0 && match_of(i) == match_of(i - 1)) {
            out.last = i;
            continue;
        }
        if (tree.is_quote(i)) { // a quoted name: صحيفة «فجر» اليومية
            if (quoted) {
                quoted = false;
                out.last = i;
            } else if (tree.opens_quote(i) && i + 2 < tree.size()) {
                word_index close = i + 1;
                while (close < tree.size() && close < i + 6 && !tree.is_quote(close))
                    ++close;
                bool speech = false; // هتف المتظاهرون «يسقط …»
                for (word_index k = i + 1; k < close; ++k)
                    speech |= tree.is_verb(k);
                if (close >= tree.size() || !tree.is_quote(close) || close == i + 1 || speech)
                    break;
                quoted = true;
            }
            continue;
        }
        if (quoted)
            continue;
        if (read.time_at[i] != 0 || !bound(i))
            break;
        if (w.tag == upos::adp) {
            const auto inner = tree.head(i);
            const bool office = base_.head(tree.key(out.core)) != nullptr || out.core != head;
            if (!office || inner == no_word || inner < i || !words_.serves("office", tree.form(i)) ||
                tree.is_pronoun_suffix(inner) || read.time_at[inner] != 0)
                break;
            if (tree.form(i) == "ب" && words_.noun_frames(tree.key(inner)) != nullptr &&
                base_.head(tree.key(inner)) == nullptr)
                break; // هدد القائد بقصف المدينة
            const auto* to = base_.head(tree.key(inner));
            if (tree.form(i) == "ل" && to != nullptr && to->kind == entity_kind::media)
                break; // قال مسؤول لوكالة الأنباء: whom he told
            const auto* role = base_.head(tree.key(out.core));
            const bool is_place = read.name_at[inner] != 0 && read.names[read.name_at[inner] - 1].what->toponym != 0;
            // "في" opens a place of the deed more often than an office: only officers and members take it.
            if (tree.form(i) == "في" && is_place && !(role != nullptr && role->title != 0))
                break;
            continue;
        }
        if (w.tag == upos::det || w.tag == upos::noun || w.tag == upos::adj || w.tag == upos::num || is_name_word(w) ||
            tree.is_pronoun_suffix(i)) {
            if (tree.relation(i, {"acl", "conj", "parataxis", "advcl", "ccomp", "xcomp", "nsubj", "obl"}) &&
                tree.head(i) != no_word && !is_name_word(w) && !tree.relation(tree.head(i), {"case"}) &&
                tree.preposition(i).empty() && w.tag != upos::adj)
                break;
            if (tree.relation(i, {"conj", "acl"}) || (w.tag != upos::adj && w.tag != upos::det && i > out.first &&
                                                      tree.keeps_nun(i - 1) && w.name == "O" && tree.head(i) == i - 1))
                break;
            // A definite noun, a name or a suffix closes the chain of genitives: a further noun is another phrase,
            // unless it names the same one (الأمير سعود, رئيس المجلس وزير الداخلية).
            const bool closed = tree.form(i - 1).starts_with("ال") || tree.is_quote(i - 1) ||
                                tree.is_pronoun_suffix(i - 1) || tree.word(i - 1).name != "O";
            if (w.tag == upos::noun && closed && w.name == "O" && match_of(i) == 0 &&
                tree.word(i - 1).tag != upos::adp) {
                const auto* another = base_.head(tree.key(i));
                const auto* own = base_.head(tree.key(out.core));
                if (another == nullptr || another->title == 0 || own == nullptr || own->kind != entity_kind::person)
                    break;
            }
            if (w.tag == upos::adj && nlp::feature(w.feats, "Case") == "Acc" &&
                nlp::feature(w.feats, "Definite") == "Ind" && words_.participle_cue(tree.key(i)) != nullptr)
                break; // a ḥāl: مؤكدا
            if (w.tag == upos::noun && closed && w.name == "O" && match_of(i) == 0 &&
                nlp::feature(w.feats, "Case") == "Acc" && nlp::feature(tree.word(head).feats, "Case") == "Nom")
                break; // رفضت حركة حماس القرار: the subject's genitive is no accusative
            out.last = i;
            continue;
        }
        break;
    }
    out.last = std::max(out.last, out.core);
    if (const auto last = joint_title_end(sentence, out); last != no_word)
        out.last = last;
    else if (const auto name = apposed_name_end(sentence, out); name != no_word)
        out.last = name;
    return out;
}

word_index cast::apposed_name_end(std::uint32_t sentence, const noun_phrase& np) const {
    // المتحدث باسم الوزارة، العميد ماجد السبيعي، إن …: the name between commas is the officer's.
    const auto& tree = sentences_[sentence].tree;
    const auto* role = base_.head(tree.key(np.core));
    const bool definite = tree.form(np.core).starts_with("ال") || np.last > np.core;
    if (role == nullptr || role->title == 0 || role->kind != entity_kind::person || !definite ||
        nlp::feature(tree.word(np.core).feats, "Number") == "Plur" || np.last + 2 >= tree.size() ||
        tree.word(np.last + 1).form != "،")
        return no_word;
    for (word_index i = np.first; i <= np.last; ++i)
        if (tree.word(i).name.ends_with("-PER"))
            return no_word;
    bool named = false;
    for (word_index i = np.last + 2; i < tree.size() && i < np.last + 9; ++i) {
        const auto& w = tree.word(i);
        if (tree.is_punct(i) || tree.is_complementizer(i))
            return named ? i - 1 : no_word;
        const auto* rank = base_.head(tree.key(i));
        const bool title =
            !named && rank != nullptr && rank->kind == entity_kind::person && tree.form(i).starts_with("ال");
        const bool rank_word = !named && tree.form(i).starts_with("ال") && w.tag == upos::noun; // العميد الركن
        if (!(title || rank_word || is_name_word(w) || (named && w.name.starts_with("I-"))))
            return no_word;
        named = named || w.name.ends_with("-PER") || (is_name_word(w) && sentences_[sentence].name_at[i] == 0);
    }
    return no_word;
}

word_index cast::joint_title_end(std::uint32_t sentence, const noun_phrase& np) const {
    // السفير لدى السعودية والمبعوث الشخصي عبد الباسط البدري، سلّم: two titles of one man, as the singular verb behind
    // tells.
    const auto& tree = sentences_[sentence].tree;
    const auto title = [&](word_index i) {
        const auto* role = base_.head(tree.key(i));
        return role != nullptr && role->title != 0 && role->kind == entity_kind::person &&
               tree.form(i).starts_with("ال");
    };
    if (!title(np.core) || np.last + 3 >= tree.size() || tree.form(np.last + 1) != "و" || !title(np.last + 2))
        return no_word;
    for (word_index i = np.first; i <= np.last; ++i)
        if (tree.word(i).name.ends_with("-PER"))
            return no_word;
    word_index end = np.last + 3;
    word_index name = no_word;
    for (; end < tree.size() && !tree.is_punct(end) && !tree.is_verb(end); ++end)
        name = is_name_word(tree.word(end)) ? end : no_word;
    if (name == no_word)
        return no_word;
    while (end < tree.size() && tree.is_punct(end))
        ++end;
    const bool single =
        end < tree.size() && tree.is_verb(end) && nlp::feature(tree.word(end).feats, "Number") == "Sing";
    return single ? name : no_word;
}

const knowledge::match* cast::name_of(std::uint32_t sentence, const noun_phrase& np) const {
    const auto& read = sentences_[sentence];
    const knowledge::match* person = nullptr;
    const knowledge::match* own = nullptr;
    for (word_index i = np.first; i <= np.last; ++i) {
        if (read.name_at[i] == 0)
            continue;
        const auto& match = read.names[read.name_at[i] - 1];
        const bool covers_core = match.first <= np.core && np.core < match.first + match.count;
        // المبعوث الشخصي لحفتر: a name behind a preposition is somebody else's.
        const bool owner = match.first > np.first && read.tree.word(match.first - 1).tag == upos::adp;
        // مبعوث الرئيس الروسي: an office names the one whose envoy he is.
        if (match.what->kind == entity_kind::person && match.office == nullptr && person == nullptr && !owner)
            person = &match;
        if (covers_core && own == nullptr)
            own = &match;
    }
    const auto* role = base_.head(read.tree.key(np.core));
    if (own != nullptr)
        return own;
    // A person's name inside counts only when the head is a title for a person or part of the name.
    const bool titled = role != nullptr && (role->title != 0 || role->kind == entity_kind::person);
    if (person != nullptr && (titled || is_name_word(read.tree.word(np.core))))
        return person;
    if (role != nullptr && role->kind == entity_kind::media) // صحيفة «...», وكالة ...
        for (word_index i = np.first; i <= np.last; ++i)
            if (read.name_at[i] != 0 && read.names[read.name_at[i] - 1].what->kind == entity_kind::media)
                return &read.names[read.name_at[i] - 1];
    return nullptr;
}

std::vector<word_index> cast::person_words(std::uint32_t sentence, const noun_phrase& np) const {
    const auto& tree = sentences_[sentence].tree;
    std::vector<word_index> out;
    const auto* role = base_.head(tree.key(np.core));
    if (role != nullptr && nlp::feature(tree.word(np.core).feats, "Number") == "Plur")
        return out; // مسؤولون روس: nobody's name
    for (word_index i = np.first; i <= np.last; ++i) {
        const auto& label = tree.word(i).name;
        const auto known = sentences_[sentence].name_at[i];
        if (out.empty() && known != 0 && i > np.first && tree.word(i - 1).tag == upos::adp) {
            while (i < np.last && sentences_[sentence].name_at[i + 1] == known)
                ++i; // somebody else's name: المبعوث الشخصي لحفتر
            continue;
        }
        if (label == "B-PER" && !out.empty())
            break;
        if (label.ends_with("-PER"))
            out.push_back(i);
        else if (!out.empty())
            break;
    }
    return out;
}

bool cast::nameable(std::uint32_t sentence, const noun_phrase& np) const {
    const auto& tree = sentences_[sentence].tree;
    const auto& core = tree.word(np.core);
    if (name_of(sentence, np) != nullptr || !person_words(sentence, np).empty())
        return true;
    if (core.name.ends_with("PER") || core.name.ends_with("ORG") || core.name.ends_with("LOC"))
        return true;
    if (base_.head(tree.key(np.core)) != nullptr || base_.head(tree.bare(np.core)) != nullptr)
        return true;
    if (np.core + 1 < tree.size() && tree.is_pronoun_suffix(np.core + 1) &&
        words_.in_class("own_state", tree.key(np.core)))
        return true; // بلاده
    // A sound masculine plural is said of people: مشاغبون, مستوطنين, مجاهدونا.
    const auto& form = tree.form(np.core);
    if (nlp::feature(core.feats, "Number") == "Plur" && utf8::length(form) > 4 &&
        (form.ends_with("ون") || form.ends_with("ين") || form.ends_with("و")) && core.tag != upos::num)
        return true;
    // The treebank's X is a name that its makers' dictionary lacked.
    if (core.tag == upos::other && utf8::length(form) > 3 && !tree.is_verb(np.core))
        return true;
    return base_.nisba(form) != nullptr; // الروس
}

span cast::span_of(std::uint32_t sentence, const noun_phrase& np) const {
    const auto& tree = sentences_[sentence].tree;
    return {tree.word(np.first).at.begin, tree.word(np.last).at.end};
}

std::string cast::words_of(std::uint32_t sentence, const noun_phrase& np) const {
    const auto& tree = sentences_[sentence].tree;
    std::string out;
    // فخامة الرئيس is الرئيس
    const auto from = words_.in_class("honorific", tree.key(np.head)) ? np.core : np.first;
    for (word_index i = from; i <= np.last; ++i) {
        if (tree.is_quote(i))
            continue;
        if (!out.empty())
            out += ' ';
        out += tree.bare(i);
    }
    return out;
}

} // namespace isnad::events
