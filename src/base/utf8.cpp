#include "base/utf8.hpp"

#include <algorithm>

namespace isnad::utf8 {

namespace {
constexpr std::size_t block = 64;
constexpr bool starts(char byte) noexcept {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}
} // namespace

decoded decode(std::string_view text, std::size_t at) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at);
    if (lead < 0x80)
        return {lead, 1};
    const std::uint32_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || at + size > text.size())
        return {};
    char32_t code = lead & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if (starts(text[at + i]))
            return {};
        code = (code << 6) | (byte(at + i) & 0x3FU);
    }
    const bool overlong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (overlong || surrogate || code > 0x10FFFF)
        return {};
    return {code, size};
}

void append(std::string& out, char32_t code) {
    const auto put = [&](char32_t bits) { out.push_back(static_cast<char>(bits)); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | (code >> 6));
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        if (code >= 0xD800 && code <= 0xDFFF)
            return;
        put(0xE0 | (code >> 12));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    } else if (code <= 0x10FFFF) {
        put(0xF0 | (code >> 18));
        put(0x80 | ((code >> 12) & 0x3F));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    }
}

std::size_t first_malformed(std::string_view text) noexcept {
    for (std::size_t at = 0; at < text.size();) {
        const decoded next = decode(text, at);
        if (next.code == bad)
            return at;
        at += next.size;
    }
    return std::string_view::npos;
}

std::size_t length(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts));
}

namespace {
/// Takes code points from `at` on while `least` bytes are there.
std::size_t count_from(std::string_view text, std::size_t& at, std::size_t least) noexcept {
    std::size_t count = 0;
    for (; at + least <= text.size(); ++count)
        at += decode(text, at).size;
    return count;
}
} // namespace

void counter::add(std::string_view piece) {
    constexpr std::size_t longest_sequence = 4;
    held_ += piece;
    std::size_t at = 0;
    count_ += count_from(held_, at, longest_sequence);
    held_.erase(0, at);
}

std::size_t counter::total() const noexcept {
    std::size_t at = 0;
    return count_ + count_from(held_, at, 1);
}

offsets::offsets(std::string_view text) : text_(text) {
    before_.reserve(text.size() / block + 2);
    std::uint32_t seen = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i % block == 0)
            before_.push_back(seen);
        if (i < text.size() && starts(text[i]))
            ++seen;
    }
}

std::uint32_t offsets::to_code_points(std::uint32_t byte) const noexcept {
    const std::size_t end = std::min<std::size_t>(byte, text_.size());
    const std::size_t from = end / block * block;
    return before_[end / block] + static_cast<std::uint32_t>(length(text_.substr(from, end - from)));
}

std::uint32_t offsets::to_bytes(std::uint32_t index) const noexcept {
    const auto after = std::upper_bound(before_.begin(), before_.end(), index);
    const auto row = static_cast<std::size_t>(after - before_.begin()) - 1;
    std::uint32_t seen = before_[row];
    std::size_t at = row * block;
    while (at < text_.size() && (seen < index || !starts(text_[at]))) {
        if (starts(text_[at]))
            ++seen;
        ++at;
        while (at < text_.size() && !starts(text_[at]))
            ++at;
    }
    return static_cast<std::uint32_t>(at);
}

} // namespace isnad::utf8
