#pragma once
// A piece of an article's text: bytes of the original UTF-8, end exclusive.
#include <algorithm>
#include <compare>
#include <cstdint>
#include <string_view>

namespace isnad {

struct span {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    [[nodiscard]] constexpr std::uint32_t size() const noexcept { return end - begin; }
    [[nodiscard]] constexpr bool empty() const noexcept { return end <= begin; }
    [[nodiscard]] constexpr bool contains(span other) const noexcept {
        return begin <= other.begin && other.end <= end;
    }
    [[nodiscard]] constexpr bool overlaps(span other) const noexcept { return begin < other.end && other.begin < end; }
    [[nodiscard]] constexpr std::string_view of(std::string_view text) const noexcept {
        return text.substr(begin, size());
    }
    friend constexpr auto operator<=>(const span&, const span&) = default;
};

/// The smallest span that covers both.
[[nodiscard]] constexpr span cover(span a, span b) noexcept {
    return {std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

} // namespace isnad
