#pragma once
// How well the core does on gold words.
#include "nlp/analyser.hpp"
#include "nlp/conllu.hpp"

namespace isnad::nlp {

/// Counts of words for which the analysis equals the gold one; entities by exact span and class.
struct figures {
    std::size_t words = 0;
    std::size_t upos = 0, xpos = 0, feats = 0, lemma = 0, uas = 0, las = 0;
    std::size_t names_right = 0, names_found = 0, names_gold = 0;
    double seconds = 0; ///< spent in analyse()

    /// 0 where nothing was found or wanted.
    [[nodiscard]] double name_f1() const noexcept;
};

/// Analyses a copy of the gold sentences' words and compares. Names count in sentences of a file that has any.
[[nodiscard]] figures evaluate(const analyser& by, const treebank& gold);

} // namespace isnad::nlp
