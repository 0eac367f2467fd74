// Who the subject of a verb is: words of its own, a conjunct's or governor's subject, or one that carries over.
#include "events/claims.hpp"

namespace isnad::events {

namespace {

subject_reading carried(cast& who, place_in_text verb, index entity, std::string rule) {
    return {{who.elided(verb, entity)}, false, std::move(rule)};
}

/// Entity of the first mention that the noun phrase at `head` gives.
std::optional<index> entity_at(cast& who, place_in_text head) {
    const auto found = who.mentions(head);
    return found.empty() ? std::nullopt : std::optional(who.entity_of(found.front()));
}

} // namespace

namespace {
subject_reading read_subject(const std::vector<reading>& sentences, cast& who, place_in_text verb,
                             std::optional<index> speaker, bool speaks) {
    const auto& tree = sentences[verb.sentence].tree;
    const auto v = verb.word;
    const auto wanted = who.agreement_of(tree, v);
    if (wanted.person == 1) { // "نحذر": whoever speaks, else whom the text has been about
        const auto voice = speaker ? speaker : who.antecedent(verb, {});
        return voice ? carried(who, verb, *voice, "first person: who speaks") : subject_reading{};
    }
    if (const auto c = tree.verb_arguments(v).subject; c != no_word) {
        auto found = who.mentions({verb.sentence, c}, speaks);
        if (!found.empty())
            return {found, true, "subject of its own"};
        if (tree.word(c).tag != nlp::upos::pron)
            return {{}, true, "subject names nobody"};
    }
    if (wanted.person != 3)
        return {};
    // A participle or verb under another one shares its subject: قال … مضيفا; التقى … وبحث.
    word_index at = v;
    for (int steps = 0; steps < 6; ++steps) {
        const auto up = tree.head(at);
        if (up == no_word)
            break;
        if (tree.relation(at, {"acl"}) && tree.is_nominal(up)) { // relative clause: الوفد الذي زار
            const auto entity = entity_at(who, {verb.sentence, up});
            if (entity && who.agrees(*entity, wanted))
                return carried(who, verb, *entity, "head of its relative clause");
            if (!entity && at == v) // قصف استهدف المطار: a thing, nobody's deed of its own
                return {{}, false, "head of its relative clause names nobody"};
        }
        for (const auto c : tree.children(up)) {
            if (c == at || c > v || !tree.relation(c, {"nsubj"}) || !tree.preposition(c).empty())
                continue;
            if (tree.key(up) == "كان" || tree.word(up).tag == nlp::upos::aux) { // كان الوزير قد زار: his own subject
                auto found = who.mentions({verb.sentence, c}, speaks);
                if (!found.empty() && who.agrees(who.entity_of(found.front()), {wanted.sex, number::unknown, 3}))
                    return {found, true, "subject of كان"};
            }
            if (tree.is_verb(up) || tree.relation(at, {"conj", "xcomp", "ccomp", "advcl", "obl"})) {
                if (const auto entity = entity_at(who, {verb.sentence, c}); entity && who.agrees(*entity, wanted))
                    return carried(who, verb, *entity, "subject of the word that it hangs on");
            }
        }
        at = up;
    }
    // SVO without a comma between: a nominal right before the verb that the parser hung elsewhere.
    for (word_index i = v; i-- > 0 && i + 12 > v;) {
        if (tree.is_verb(i) || tree.is_punct(i))
            break;
        if (!tree.is_complementizer(i))
            continue;
        for (word_index j = i + 1; j < v; ++j) {
            if (!tree.is_nominal(j) || tree.word(j).tag == nlp::upos::pron)
                continue;
            if (const auto entity = entity_at(who, {verb.sentence, j}); entity && who.agrees(*entity, wanted)) {
                auto found = who.mentions({verb.sentence, j});
                return {found, true, "noun after the complementizer"};
            }
            break;
        }
        break;
    }
    if (speaker && who.agrees(*speaker, wanted))
        return carried(who, verb, *speaker, "who spoke last");
    if (const auto entity = who.antecedent(verb, wanted))
        return carried(who, verb, *entity, "subject carried over from before");
    return {};
}

} // namespace

subject_reading subject_of(const std::vector<reading>& sentences, cast& who, place_in_text verb,
                           std::optional<index> speaker, bool speaks) {
    const auto slot = (std::uint64_t{verb.sentence} << 32) | verb.word;
    if (const auto known = who.subjects().find(slot);
        known != who.subjects().end() && !(speaks && known->second.expressed && known->second.mentions.empty()))
        return known->second;
    auto found = read_subject(sentences, who, verb, speaker, speaks);
    who.subjects().insert_or_assign(slot, found);
    return found;
}

} // namespace isnad::events
