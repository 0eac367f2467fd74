#pragma once
// Which word of one file is which of the other, as the CoNLL 2018 shared task defined it.
#include "base/result.hpp"
#include "score/treebank.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace isnad::treebanks {

inline constexpr std::int32_t unaligned = -3;

struct alignment {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs; ///< indices into the words of gold and system, in order
    std::vector<std::int32_t> gold_of;                          ///< of each system word; `unaligned` for none
};

/// Words of one token are aligned by their characters; where a multi-word token is on either side, by the longest
/// common subsequence of forms within the stretch of characters that such tokens cover without a gap. Both over the
/// same characters. Fails with errc::limit where so long a stretch lies in multi-word tokens that this would not end.
[[nodiscard]] result<alignment> align(const treebank& gold, const treebank& system);

} // namespace isnad::treebanks
