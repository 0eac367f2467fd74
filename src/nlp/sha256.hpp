#pragma once
// SHA-256 (FIPS 180-4), for the checksum at the end of a model file.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace isnad::nlp {

using digest = std::array<std::uint8_t, 32>;

/// Linear; about 4 ms per megabyte.
[[nodiscard]] digest sha256(std::string_view bytes);
[[nodiscard]] std::string hex(const digest& of);

} // namespace isnad::nlp
