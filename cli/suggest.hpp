#pragma once
// "Did you mean …?"
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// The one of `known` that `word` is most likely a slip for; "" when none is within two edits of its letters.
[[nodiscard]] std::string nearest(std::string_view word, const std::vector<std::string>& known);

} // namespace cli
