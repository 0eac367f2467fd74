#pragma once
// The best dependency tree under arc scores.
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace isnad::nlp {

/// The highest-scoring tree with one root (Chu & Liu 1965, Edmonds 1967). `scores` is [n][1 + n]: row the dependent,
/// column 0 the root, column 1 + i word i as its head; scores are log-probabilities (finite). Gives the head of each
/// word, -1 for the root. Where the unrestricted tree has several roots, each of them is tried as the only one.
/// O(n²) per tree in practice, O(n³) at worst; memory O(n²).
[[nodiscard]] std::vector<std::int32_t> best_tree(std::span<const float> scores, std::size_t n);

} // namespace isnad::nlp
