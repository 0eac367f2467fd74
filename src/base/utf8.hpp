#pragma once
// UTF-8, the few things needed beside ICU: code points one by one, counting, validity.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace isnad::utf8 {

inline constexpr char32_t bad = 0xFFFFFFFF;

struct decoded {
    char32_t code = bad;    ///< `bad` for a byte that starts no well-formed sequence
    std::uint32_t size = 1; ///< bytes taken, at least 1
};

/// The code point at text[at]; at < text.size().
[[nodiscard]] decoded decode(std::string_view text, std::size_t at) noexcept;
/// Appends `code` to `out`; ignores what is no Unicode scalar value.
void append(std::string& out, char32_t code);
/// Byte offset of the first malformed sequence, or npos when all is well formed.
[[nodiscard]] std::size_t first_malformed(std::string_view text) noexcept;
/// Code points in well-formed text.
[[nodiscard]] std::size_t length(std::string_view text) noexcept;

/// Counts the code points of any bytes as decode() takes them, a malformed byte for one, over pieces that may part a
/// sequence.
class counter {
public:
    void add(std::string_view piece);
    [[nodiscard]] std::size_t total() const noexcept;

private:
    std::string held_; ///< bytes whose sequence the next piece may go on
    std::size_t count_ = 0;
};

/// Turns byte offsets into code-point offsets and back; built once per text in linear time, queries O(1) amortised
/// over blocks of 64 bytes.
class offsets {
public:
    explicit offsets(std::string_view text);
    [[nodiscard]] std::uint32_t to_code_points(std::uint32_t byte) const noexcept;
    /// The byte where code point `index` begins; text size when it is past the end.
    [[nodiscard]] std::uint32_t to_bytes(std::uint32_t index) const noexcept;

private:
    std::string_view text_;
    std::vector<std::uint32_t> before_; ///< code points before byte 64·i
};

} // namespace isnad::utf8
