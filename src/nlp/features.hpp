#pragma once
// Hashed features of a syntactic word; training/features.py computes the same.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace isnad::nlp {

/// How the embedding table is divided: rows for whole words, then rows for pieces of them.
struct feature_space {
    std::uint32_t word_rows = 0;
    std::uint32_t piece_rows = 0;
};

/// Rows of the table in four bags - whole word, beginnings, endings, runs of characters - and two small classes.
struct word_features {
    static constexpr std::size_t bags = 4;
    static constexpr std::size_t shapes = 32;
    static constexpr std::size_t places = 4;

    std::array<std::vector<std::uint32_t>, bags> rows;
    std::uint32_t shape = 0; ///< which kinds of characters, and whether it is but one
    std::string spelled;     ///< "<form>" as features see it; here to keep its memory
};

/// FNV-1a, 64 bits, over pieces of text as if they were one.
class fnv1a {
public:
    constexpr fnv1a& add(std::string_view bytes) noexcept {
        for (const char byte : bytes)
            state_ = (state_ ^ static_cast<unsigned char>(byte)) * 0x100000001B3;
        return *this;
    }
    /// The upper half folded onto the lower.
    [[nodiscard]] constexpr std::uint64_t folded() const noexcept { return state_ ^ (state_ >> 32); }
    [[nodiscard]] constexpr std::uint32_t upper_half() const noexcept {
        return static_cast<std::uint32_t>(state_ >> 32);
    }

private:
    std::uint64_t state_ = 0xCBF29CE484222325;
};

/// Features of a form in its text::clean spelling. Reuses the buffers of `out`. Linear in the form's length, of which
/// the first 24 characters count.
void describe(std::string_view cleaned, const feature_space& space, word_features& out);

/// A word's place among the words of its token: 0 alone, 1 first, 2 between, 3 last.
[[nodiscard]] constexpr std::uint32_t place_in_token(std::size_t index, std::size_t count) noexcept {
    if (count == 1)
        return 0;
    return index == 0 ? 1 : index + 1 == count ? 3 : 2;
}

} // namespace isnad::nlp
