#include "nlp/features.hpp"

#include "base/utf8.hpp"

#include <algorithm>

namespace isnad::nlp {
namespace {

constexpr std::size_t longest = 24; // characters that features look at

std::uint32_t row(char kind, std::string_view key, std::uint32_t rows) {
    return static_cast<std::uint32_t>(fnv1a().add({&kind, 1}).add(key).folded() % rows);
}

/// The form that features are made of: plain alef, ي for ى, all digits one, Latin lower case.
char32_t feature_letter(char32_t c) {
    if (c == U'أ' || c == U'إ' || c == U'آ' || c == U'ٱ')
        return U'ا';
    if (c == U'ى')
        return U'ي';
    if (c >= U'1' && c <= U'9')
        return U'0';
    return c >= U'A' && c <= U'Z' ? c + 32 : c;
}

std::uint32_t kind_of(char32_t c) {
    if (c >= 0x0621 && c <= 0x06D3)
        return 1;
    if (c >= U'0' && c <= U'9')
        return 4;
    const bool latin = (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z') || (c >= 0x00C0 && c <= 0x024F);
    return latin ? 2 : 8;
}

/// A word cut into characters: character i is bytes [at[i], at[i + 1]).
struct letters {
    std::string& text;
    std::array<std::size_t, longest + 3> at{};
    std::size_t count = 0;

    void add(char32_t c) {
        utf8::append(text, c);
        at[++count] = text.size();
    }
    [[nodiscard]] std::string_view run(std::size_t first, std::size_t size) const {
        return std::string_view(text).substr(at[first], at[first + size] - at[first]);
    }
};

} // namespace

void describe(std::string_view cleaned, const feature_space& space, word_features& out) {
    for (auto& bag : out.rows)
        bag.clear();
    out.spelled.clear();
    letters edged{out.spelled};
    edged.add(U'<');
    std::uint32_t kinds = 0;
    std::size_t at = 0;
    while (at < cleaned.size() && edged.count <= longest) {
        const auto next = utf8::decode(cleaned, at);
        at += next.size;
        // Bytes that are no UTF-8 count as the character that stands for such.
        const char32_t c = next.code == utf8::bad ? U'\uFFFD' : next.code;
        kinds |= kind_of(c);
        edged.add(feature_letter(c));
    }
    const std::size_t n = edged.count - 1;
    out.shape = kinds * 2 + (n == 1 && at == cleaned.size() ? 1 : 0);
    edged.add(U'>');

    const auto word = [&](char kind, std::string_view key) { return row(kind, key, space.word_rows); };
    const auto piece = [&](char kind, std::string_view key) {
        return space.word_rows + row(kind, key, space.piece_rows);
    };
    out.rows[0].push_back(word('w', edged.run(1, n)));
    out.rows[0].push_back(word('c', cleaned.substr(0, at)));
    for (std::size_t k = 1; k <= std::min<std::size_t>(4, n); ++k) {
        out.rows[1].push_back(piece('p', edged.run(1, k)));
        out.rows[2].push_back(piece('s', edged.run(1 + n - k, k)));
    }
    for (std::size_t k = 3; k <= 4; ++k)
        for (std::size_t i = 0; i + k <= edged.count; ++i)
            out.rows[3].push_back(piece('g', edged.run(i, k)));
}

} // namespace isnad::nlp
