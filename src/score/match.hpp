#pragma once
// Which item of one list goes with which of the other.
#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace isnad {

/// The one-to-one matching of 0..rows-1 with 0..columns-1 whose sum of weights is greatest; pairs of weight <= 0 are
/// never matched. Pairs come in the order of the rows. By the Hungarian method (Kuhn 1955, Munkres 1957, in the O(n²m)
/// form with potentials) on each connected component.
[[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>>
best_matching(std::size_t rows, std::size_t columns, const std::function<double(std::size_t, std::size_t)>& weight);

} // namespace isnad
