#include "events/mending.hpp"

#include "base/utf8.hpp"
#include "events/verb_forms.hpp"

#include <algorithm>
#include <optional>

namespace isnad::events {

namespace {

using nlp::upos;

/// صادر خفر السواحل: where a clause begins, a bare word before a nominal is a verb if the lexicon has it for one alone;
/// so is a noun that has its subject behind it: تجمع أكثر من مليون متظاهر.
bool opens_clause(const syntax& tree, word_index i, const lexicon& words) {
    const auto tag = tree.word(i).tag;
    if (const auto subject = tree.child(i, {"nsubj"}); tag == upos::noun && subject != no_word && subject == i + 1 &&
                                                       !tree.form(i).starts_with("ال") && tree.preposition(i).empty() &&
                                                       tree.relation(i, {"root", "parataxis", "ccomp", "conj"}))
        return true;
    if ((tag != upos::noun && tag != upos::adj) || i + 1 >= tree.size() || words.noun_frames(tree.key(i)) != nullptr ||
        words.noun_frames(tree.form(i)) != nullptr || tree.form(i).starts_with("ال") || tree.form(i).ends_with("ا"))
        return false;
    const bool begins =
        i == 0 || tree.word(i - 1).tag == upos::cconj || (tree.is_punct(i - 1) && !tree.is_quote(i - 1));
    const auto next = tree.word(i + 1).tag;
    const bool joins_words = i > 1 && tree.word(i - 1).tag == upos::cconj && !tree.is_punct(i - 2);
    return begins && !joins_words && (next == upos::noun || next == upos::propn || next == upos::other);
}

/// Perfects of the derived forms with a connective alif (اغتال, اختطف, استهدف), whose nouns are spelled otherwise.
bool is_derived_perfect(const syntax& tree, word_index i, const lexicon& words) {
    const auto& form = tree.form(i);
    return tree.word(i).tag == upos::noun && form.starts_with("ا") && !form.starts_with("ال") &&
           utf8::length(form) >= 5 && words.noun_frames(form) == nullptr;
}

/// The key of a verb of saying that word i is by its letters and its place: at the head of a sentence or behind "، و",
/// before a noun, with its clause or colon in sight: وألمح الرئيس إلى أن …, روى شاهد أن …, صاح الرجل: ….
std::optional<std::string> verb_at_clause_head(const syntax& tree, word_index i, const lexicon& words) {
    const auto tag = tree.word(i).tag;
    if (tag == upos::verb || tag == upos::punct || tag == upos::cconj || tree.word(i).name != "O")
        return std::nullopt;
    const bool joined = i > 0 && tree.word(i - 1).tag == upos::cconj;
    const auto head = joined ? i - 1 : i;
    if (head != 0 && !(joined && tree.is_punct(head - 1)))
        return std::nullopt;
    constexpr std::string_view fem = "ت";
    std::string key = tree.form(i);
    if (words.verb_cue(key) == nullptr && key.ends_with(fem))
        key.resize(key.size() - fem.size());
    const auto* what = words.verb_cue(key);
    if (what == nullptr || i + 2 >= tree.size())
        return std::nullopt;
    const bool subject = tree.is_nominal(i + 1) || tree.is_quote(i + 1);
    for (word_index w = i + 1; w < tree.size() && w < i + 9; ++w) {
        if (tree.is_complementizer(w) && (subject || w <= i + 3))
            return key;
        if (tree.word(w).form == ":" &&
            std::find(what->complements.begin(), what->complements.end(), "quote") != what->complements.end())
            return key;
        if (tree.is_verb(w) || (tree.is_punct(w) && !tree.is_quote(w)))
            break;
    }
    // حرض الخطيب الشبان على …: a sentence without another verb, whose first word is no masdar
    if (subject && tree.form(i + 1).starts_with("ال") && words.noun_cue(tree.form(i)) == nullptr &&
        words.noun_frames(tree.form(i)) == nullptr) {
        bool complement = false, verb = false;
        for (word_index w = i + 1; w < tree.size(); ++w) {
            verb = verb || tree.is_verb(w);
            complement = complement || (w < i + 8 && tree.word(w).tag == upos::adp &&
                                        std::find(what->complements.begin(), what->complements.end(), tree.form(w)) !=
                                            what->complements.end());
        }
        if (complement && !verb)
            return key;
    }
    // نادى المشاركون بإسقاط …: the treebank's X is a word that its makers' dictionary lacked
    if (tag == upos::other && subject && tree.form(i + 1).starts_with("ال"))
        return key;
    return std::nullopt;
}

/// Verbs whose lemma the language core spells otherwise than the dictionary or takes for another's (تظاهر for a form of
/// ظاهر), first persons, of which the treebank it learned from has few, and verbs that it takes for nouns, names or
/// unknown words: the first lemma of the form that has a frame or cue.
void mend_verbs(syntax& tree, const lexicon& words) {
    const auto known = [&](const std::string& key) {
        return words.verb_frames(key) != nullptr || words.verb_cue(key) != nullptr ||
               words.scope(key, scope_kind::verb) != nullptr || words.light(key) != nullptr;
    };
    for (word_index i = 0; i < tree.size(); ++i) {
        const auto& word = tree.word(i);
        // ونقل موقع … عن …: a verb with its subject at the head of the sentence, taken for the noun of the same letters
        if (word.tag == upos::noun && i < 3 && tree.relation(i, {"root", "parataxis"}) && tree.form(i) == tree.key(i) &&
            words.verb_cue(tree.key(i)) != nullptr && i + 1 < tree.size() && tree.child(i, {"nsubj"}) != no_word &&
            tree.child(i, {"nsubj"}) > i) {
            tree.mend(i, tree.key(i), false);
            continue;
        }
        if (auto lemma = verb_at_clause_head(tree, i, words)) {
            tree.mend(i, std::move(*lemma), false);
            continue;
        }
        const bool verb = word.tag == upos::verb;
        const bool derived = !verb && is_derived_perfect(tree, i, words);
        const bool opens = derived || (!verb && opens_clause(tree, i, words));
        if (!(verb ? !known(tree.key(i)) : opens || (word.tag == upos::other && word.name == "O")))
            continue;
        for (auto& lemma : opens ? lemmas_of_perfect(tree.form(i)) : possible_lemmas(tree.form(i)))
            // أثار is no "I" of ثار, unless the tagger says so: an alef begins most derived perfects.
            if (const bool mine = lemma.first_person && tree.form(i).starts_with("ا");
                known(lemma.key) && !(mine && verb && !tree.is_first_person(i))) {
                tree.mend(i, std::move(lemma.key), lemma.first_person || (verb && tree.is_first_person(i)));
                if (const auto& form = tree.form(i); derived && form.find("ي") + 4 == form.size())
                    tree.mend_voice(i, true); // اغتيل
                break;
            }
    }
}

/// A phrase that names the doer of a passive, behind verb i in its clause: اختطفا من منزليهما على يد مسلحين.
bool names_agent(const syntax& tree, word_index i, const lexicon& words) {
    for (word_index at = i + 1; at + 1 < tree.size() && at < i + 12; ++at) {
        if (tree.is_punct(at) || tree.is_verb(at))
            return false;
        if (words.serves("agent", tree.form(at) + ' ' + tree.form(at + 1)) && tree.clause_verb(at) == i)
            return true;
    }
    return false;
}

/// Unvocalised قتل is active or passive. A verb with a subject and a bare object besides is active, unless it is one
/// that takes two objects (منح الوزير جائزة); one without object whose doer a phrase names is passive.
void mend_voices(syntax& tree, const lexicon& words) {
    for (word_index i = 0; i < tree.size(); ++i) {
        if (!tree.is_verb(i) || words.in_class("two_objects", tree.key(i)))
            continue;
        const auto own = tree.verb_arguments(i);
        if (!tree.is_passive(i)) {
            if (own.object == no_word && names_agent(tree, i, words))
                tree.mend_voice(i, true);
            continue;
        }
        if (own.object == no_word || tree.relation(own.object, {"nsubj"}))
            continue;
        const auto up = tree.head(i);
        const bool lent = up != no_word && tree.key(up) == "كان" && tree.verb_arguments(up).subject != no_word;
        if (own.subject != no_word || lent || tree.is_pronoun_suffix(own.object))
            tree.mend_voice(i, false);
    }
}

/// دعت القائد إلى الحوار, يطالب الحكومة بالاستقالة: a lone nominal whose gender is not the verb's is its object. Only a
/// noun of people or bodies tells of a masculine, only ة right behind the verb of a feminine.
void mend_objects(syntax& tree, const lexicon& words, const knowledge::base& base) {
    for (word_index i = 0; i + 1 < tree.size(); ++i) {
        if (tree.word(i).tag != upos::verb || tree.is_passive(i) ||
            (words.verb_frames(tree.key(i)) == nullptr && words.verb_cue(tree.key(i)) == nullptr))
            continue;
        const auto subject = tree.verb_arguments(i).subject;
        if (subject == no_word || subject < i || tree.verb_arguments(i).object != no_word ||
            tree.word(subject).tag != upos::noun || nlp::feature(tree.word(subject).feats, "Number") != "Sing")
            continue;
        const auto sex = nlp::feature(tree.word(i).feats, "Gender");
        const bool feminine = tree.word(subject).form.ends_with("ة");
        const auto* role = base.head(tree.key(subject));
        const bool man =
            role != nullptr && role->kind != entity_kind::place && !feminine && tree.form(subject).starts_with("ال");
        if ((sex == "Fem" && man) || (sex == "Masc" && feminine && subject == i + 1))
            tree.mend_object(subject);
    }
}

/// نحو, زهاء, حوالى before a number make it approximate and are no prepositions.
void mend_cases(syntax& tree, const lexicon& words) {
    for (word_index i = 0; i < tree.size(); ++i)
        if (tree.word(i).tag == nlp::upos::num || words.number_word(tree.key(i)) != nullptr)
            if (const auto preposition = tree.preposition(i); words.approximates(preposition))
                tree.mend_case(i);
}

} // namespace

void mend(syntax& tree, const lexicon& words, const knowledge::base& base) {
    mend_verbs(tree, words);
    mend_cases(tree, words);
    mend_voices(tree, words); // objects are looked for behind actives alone
    mend_objects(tree, words, base);
}

} // namespace isnad::events
