#pragma once

#include "events/lexicon.hpp"
#include "events/syntax.hpp"
#include "knowledge/base.hpp"

namespace isnad::events {

/// Corrects what the language core gets wrong about a sentence and the tables can tell: verbs taken for nouns or given
/// another's lemma, the voice of unvocalised verbs, objects taken for subjects, prepositions that only make a number
/// approximate. Verbs first, the rest rests on them. Cost: linear in words but for a bounded look around each verb.
void mend(syntax& tree, const lexicon& words, const knowledge::base& base);

} // namespace isnad::events
