#pragma once
// Where sentences and written tokens begin and end, on the text as given.
#include "base/span.hpp"

#include <string_view>
#include <vector>

namespace isnad::text {

struct sentence_bounds {
    span at;                  ///< without surrounding white space
    std::vector<span> tokens; ///< written tokens in order: no white space, no overlaps
    bool starts_paragraph = false;
};

struct segmentation_limits {
    std::size_t tokens_per_sentence = 400; ///< a longer stretch is cut at the best boundary before this many
};

/// Cuts a text into sentences and each into written tokens. Paragraphs are parted by newlines. White space and
/// invisible marks aside, the tokens concatenate to the text. Linear in the text's size; never fails: any UTF-8 does
/// (malformed bytes come out as tokens of their own).
[[nodiscard]] std::vector<sentence_bounds> segment(std::string_view utf8, const segmentation_limits& limits = {});

} // namespace isnad::text
