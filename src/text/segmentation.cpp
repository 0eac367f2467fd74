#include "text/segmentation.hpp"

#include "base/utf8.hpp"

#include <unicode/uchar.h>

#include <algorithm>

namespace isnad::text {

namespace {

enum class kind : std::uint8_t { space, newline, letter, digit, mark, punct };

struct symbol {
    char32_t code = 0;
    std::uint32_t at = 0, size = 1;
    kind what = kind::punct;
};

bool invisible(char32_t c) {
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) ||
           c == 0xFEFF || c == 0x061C || c == 0x00AD;
}

kind kind_of(char32_t c) {
    if (c == U'\n' || c == 0x2029 || c == 0x2028 || c == 0x0085)
        return kind::newline;
    if (c == utf8::bad)
        return kind::punct;
    if (c == 0x0640 || invisible(c))
        return kind::mark;
    const auto one = static_cast<UChar32>(c);
    if (u_isUWhiteSpace(one) || c < 0x20)
        return kind::space;
    if (u_isdigit(one))
        return kind::digit;
    switch (u_charType(one)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
    case U_FORMAT_CHAR:
        return kind::mark;
    default:
        return u_isalpha(one) ? kind::letter : kind::punct;
    }
}

std::vector<symbol> symbols_of(std::string_view text) {
    std::vector<symbol> out;
    out.reserve(text.size() / 2 + 1);
    for (std::size_t i = 0; i < text.size();) {
        const auto next = utf8::decode(text, i);
        out.push_back({next.code, static_cast<std::uint32_t>(i), next.size, kind_of(next.code)});
        i += next.size;
    }
    return out;
}

bool one_of(char32_t c, std::u32string_view set) {
    return set.find(c) != std::u32string_view::npos;
}
bool latin(char32_t c) {
    return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

constexpr std::u32string_view decimal_marks = U".,\u060C\u066B\u066C";
constexpr std::u32string_view closing = U"\"»”’›)]}'";
constexpr std::u32string_view enders = U".!?\u061F\u06D4\u2026";

/// Reads one written token that begins at symbol i; gives the symbol after it.
class token_reader {
public:
    explicit token_reader(const std::vector<symbol>& all) : all_(all) {}

    [[nodiscard]] std::size_t end_of(std::size_t i) const {
        if (const auto link = link_end(i); link != i)
            return link;
        switch (all_[i].what) {
        case kind::letter:
            return word_end(i);
        case kind::digit:
            return number_end(i);
        case kind::mark: { // a mark with no letter before it belongs to what follows
            auto j = i;
            while (is(j, kind::mark))
                ++j;
            return is(j, kind::letter) ? word_end(j) : is(j, kind::digit) ? number_end(j) : j;
        }
        default:
            return repeated_end(i);
        }
    }

private:
    [[nodiscard]] bool is(std::size_t i, kind what) const { return i < all_.size() && all_[i].what == what; }
    [[nodiscard]] char32_t code(std::size_t i) const { return i < all_.size() ? all_[i].code : 0; }

    [[nodiscard]] std::size_t word_end(std::size_t i) const {
        while (i < all_.size()) {
            if (all_[i].what == kind::letter || all_[i].what == kind::mark)
                ++i;
            else if (one_of(all_[i].code, U"'’.-_&") && i > 0 && latin(all_[i - 1].code) && latin(code(i + 1)))
                ++i; // U.S, Al-Monitor, don't
            else if (all_[i].what == kind::digit && i > 0 && latin(all_[i - 1].code))
                ++i; // G20
            else
                break;
        }
        return i;
    }

    [[nodiscard]] std::size_t number_end(std::size_t i) const {
        while (i < all_.size()) {
            if (all_[i].what == kind::digit || all_[i].what == kind::mark)
                ++i;
            else if (one_of(all_[i].code, decimal_marks) && is(i + 1, kind::digit))
                ++i;
            else
                break;
        }
        return i;
    }

    [[nodiscard]] std::size_t repeated_end(std::size_t i) const { // "..", "…": one ellipsis
        const auto first = all_[i].code;
        auto j = i + 1;
        if (first == U'.' || first == 0x2026)
            while (code(j) == U'.' || code(j) == 0x2026)
                ++j;
        while (is(j, kind::mark))
            ++j;
        return j;
    }

    /// An address in one piece: http://…, www.…, name@host; i when there is none.
    [[nodiscard]] std::size_t link_end(std::size_t i) const {
        if (!latin(code(i)))
            return i;
        constexpr std::size_t longest = 2048;
        auto j = i;
        bool slashes = false, at = false, dots = false;
        while (j < all_.size() && j - i < longest && all_[j].code > 0x20 && all_[j].code < 0x7F &&
               !one_of(all_[j].code, U"\"<>()[]{},;'")) {
            slashes |= j > i + 2 && all_[j].code == U'/' && all_[j - 1].code == U'/' && all_[j - 2].code == U':';
            at |= all_[j].code == U'@' && j > i;
            dots |= all_[j].code == U'.' && j > i;
            ++j;
        }
        const bool www = code(i) == U'w' && code(i + 1) == U'w' && code(i + 2) == U'w' && code(i + 3) == U'.';
        if (!(slashes || (at && dots) || www))
            return i;
        while (j > i + 1 && one_of(all_[j - 1].code, U".:!?"))
            --j;
        return j;
    }

    const std::vector<symbol>& all_;
};

/// What the sentence splitter asks of a token.
struct piece {
    std::size_t first = 0, last = 0; ///< symbols [first, last)
    bool space_before = false;
    std::uint32_t newlines_before = 0;
};

class splitter {
public:
    splitter(const std::vector<symbol>& all, const std::vector<piece>& pieces, const segmentation_limits& limits)
        : all_(all), pieces_(pieces), limits_(limits) {}

    [[nodiscard]] std::vector<sentence_bounds> split() {
        std::vector<sentence_bounds> out;
        std::size_t begin = 0;
        bool paragraph = true;
        const auto close = [&](std::size_t end) {
            for (auto from = begin; from < end;) {
                const auto to = capped(from, end);
                sentence_bounds made;
                for (auto i = from; i < to; ++i)
                    made.tokens.push_back(span_of(pieces_[i]));
                made.at = {made.tokens.front().begin, made.tokens.back().end};
                made.starts_paragraph = paragraph;
                paragraph = false;
                out.push_back(std::move(made));
                from = to;
            }
            begin = end;
        };
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            if (pieces_[i].newlines_before > 0 && i > begin)
                close(i);
            if (pieces_[i].newlines_before > 0)
                paragraph = true;
            if (!ends_sentence(i))
                continue;
            auto end = i + 1;
            while (end < pieces_.size() && pieces_[end].newlines_before == 0 && !pieces_[end].space_before &&
                   (one_of(code(end), closing) || one_of(code(end), enders)) && end < i + 4)
                ++end;
            close(end);
            i = end - 1;
        }
        close(pieces_.size());
        return out;
    }

private:
    [[nodiscard]] char32_t code(std::size_t i) const { return i < pieces_.size() ? all_[pieces_[i].first].code : 0; }
    [[nodiscard]] std::size_t length(std::size_t i) const { return pieces_[i].last - pieces_[i].first; }
    [[nodiscard]] kind what(std::size_t i) const { return all_[pieces_[i].first].what; }
    [[nodiscard]] span span_of(const piece& p) const {
        return {all_[p.first].at, all_[p.last - 1].at + all_[p.last - 1].size};
    }

    [[nodiscard]] bool ends_sentence(std::size_t i) const {
        const auto c = code(i);
        if (what(i) != kind::punct || !one_of(c, enders))
            return false;
        const bool last = i + 1 >= pieces_.size() || pieces_[i + 1].newlines_before > 0;
        if (last)
            return true;
        auto next = i + 1; // what follows after closing marks
        while (next < pieces_.size() && !pieces_[next].space_before && one_of(code(next), closing))
            ++next;
        const bool spaced = next >= pieces_.size() || pieces_[next].space_before;
        if (length(i) > 1 || c == 0x2026) // an ellipsis holds breath inside a sentence
            return false;
        if (c != U'.')
            return spaced || what(next) == kind::letter;
        if (i == 0 || what(i - 1) == kind::punct)
            return i > 0 && one_of(code(i - 1), closing) && spaced;
        const bool letter_before = what(i - 1) == kind::letter;
        if (letter_before && length(i - 1) == 1)
            return false; // initials and titles: أ.ف.ب, جورج و. بوش, د. سمير
        if (spaced)
            return true;
        // A missing space after the full stop: both neighbours are whole words.
        return letter_before && length(i - 1) > 2 && what(next) == kind::letter && length(next) > 1 &&
               !latin(code(next));
    }

    /// Where a stretch that is too long is cut: after ؛, else after ، or :, else before a token that begins with و.
    [[nodiscard]] std::size_t capped(std::size_t from, std::size_t end) const {
        const auto most = std::max<std::size_t>(limits_.tokens_per_sentence, 2);
        if (end - from <= most)
            return end;
        const auto stop = from + most;
        const auto least = from + most / 2;
        for (const auto marks : {std::u32string_view(U"\u061B;"), std::u32string_view(U"\u060C,:")})
            for (auto i = stop; i-- > least;)
                if (what(i) == kind::punct && one_of(code(i), marks))
                    return i + 1;
        for (auto i = stop; i-- > least;)
            if (code(i) == 0x0648)
                return i;
        return stop;
    }

    const std::vector<symbol>& all_;
    const std::vector<piece>& pieces_;
    const segmentation_limits& limits_;
};

} // namespace

std::vector<sentence_bounds> segment(std::string_view text, const segmentation_limits& limits) {
    const auto all = symbols_of(text);
    const token_reader reader(all);
    std::vector<piece> pieces;
    bool space = true;
    std::uint32_t newlines = 1;
    for (std::size_t i = 0; i < all.size();) {
        if (all[i].what == kind::newline || all[i].what == kind::space) {
            newlines += all[i].what == kind::newline ? 1 : 0;
            space = true;
            ++i;
            continue;
        }
        const auto end = reader.end_of(i);
        pieces.push_back({i, end, space, newlines});
        space = false;
        newlines = 0;
        i = end;
    }
    return splitter(all, pieces, limits).split();
}

} // namespace isnad::text
