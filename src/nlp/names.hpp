#pragma once
// Names from label scores.
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace isnad::nlp {

/// Finds the best sequences of labels where "I-X" only follows "B-X" or "I-X" (Viterbi). Immutable; shared by threads.
class name_decoder {
public:
    struct scratch {
        std::vector<float> best, next;
        std::vector<std::size_t> back;
    };

    explicit name_decoder(std::span<const std::string_view> labels);

    /// Labels by number for scores [n][stride], of whose columns the first are those of the labels. O(n · labels²).
    void best(std::span<const float> scores, std::size_t n, std::size_t stride, scratch& use,
              std::vector<std::size_t>& out) const;

private:
    std::size_t labels_ = 0;
    std::vector<float> first_;  ///< 0, or what forbids a label at the beginning
    std::vector<float> follow_; ///< likewise [label][label before]
};

} // namespace isnad::nlp
