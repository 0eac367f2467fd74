#pragma once
// Names from label scores.
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace isnad::nlp {

/// The best sequence of labels where "I-X" only follows "B-X" or "I-X" (Viterbi): indices into `labels` for scores
/// [n][stride] whose first labels.size() columns are log-probabilities. O(n · labels²).
[[nodiscard]] std::vector<std::size_t> best_names(std::span<const float> scores, std::size_t n, std::size_t stride,
                                                  std::span<const std::string_view> labels);

} // namespace isnad::nlp
