#include "text/fold.hpp"

#include "base/utf8.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <optional>

namespace isnad::text {

namespace {

/// Marks that carry no letter: vowel signs, tatweel, bidi and zero-width marks, Quranic signs.
bool decoration(char32_t c) {
    return (c >= 0x064B && c <= 0x065F) || c == 0x0670 || c == 0x0640 || (c >= 0x0610 && c <= 0x061A) || c == 0x061C ||
           (c >= 0x06D6 && c <= 0x06DC) || (c >= 0x06DF && c <= 0x06E8) || (c >= 0x06EA && c <= 0x06ED) ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) ||
           c == 0xFEFF || c == 0x00AD;
}

char32_t plain(char32_t c) {
    if (c >= 0x0660 && c <= 0x0669) // Arabic-Indic digits
        return U'0' + (c - 0x0660);
    if (c >= 0x06F0 && c <= 0x06F9) // Persian digits
        return U'0' + (c - 0x06F0);
    switch (c) {
    case 0x06CC: // Persian ya
        return 0x064A;
    case 0x06A9: // Persian kaf
        return 0x0643;
    case 0x06C1: // heh goal
    case 0x06D5:
        return 0x0647;
    default:
        return c;
    }
}

char32_t folded(char32_t c) {
    switch (c) {
    case 0x0623: // أ
    case 0x0625: // إ
    case 0x0622: // آ
    case 0x0671: // ٱ
        return 0x0627;
    case 0x0649: // ى
    case 0x0626: // ئ
        return 0x064A;
    case 0x0629: // ة
        return 0x0647;
    case 0x0624: // ؤ
        return 0x0648;
    case 0x0621: // ء
        return 0;
    default:
        return c >= U'A' && c <= U'Z' ? c + 32 : c;
    }
}

/// Letters that NFKC changes: presentation forms, ligatures, full-width and the like, and letters with a combining
/// hamza or madda after them.
bool needs_nfkc(char32_t c) {
    return c >= 0xFB00 || (c >= 0x2000 && c < 0x2010) || c == 0x2011 || c == 0x00A0;
}

std::optional<std::string> nfkc(char32_t c) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* form = icu::Normalizer2::getNFKCInstance(status);
    if (U_FAILURE(status) != 0)
        return std::nullopt;
    const icu::UnicodeString one(static_cast<UChar32>(c));
    std::string out;
    form->normalize(one, status).toUTF8String(out);
    if (U_FAILURE(status) != 0)
        return std::nullopt;
    return out;
}

/// Calls put(code) for every code point that stays of `c`.
template <class Put>
void cleaned(char32_t c, Put&& put) {
    if (decoration(c))
        return;
    if (needs_nfkc(c)) {
        if (const auto text = nfkc(c)) {
            for (std::size_t i = 0; i < text->size();) {
                const auto next = utf8::decode(*text, i);
                if (next.code != utf8::bad && !decoration(next.code))
                    put(plain(next.code));
                i += next.size;
            }
            return;
        }
    }
    put(plain(c));
}

/// Alef, waw or ya with a hamza or madda written as a mark of its own (NFD text).
char32_t composed(char32_t base, char32_t mark) {
    if (mark == 0x0653 && base == 0x0627)
        return 0x0622;
    if (mark == 0x0654)
        return base == 0x0627 ? 0x0623 : base == 0x0648 ? 0x0624 : base == 0x064A ? 0x0626 : 0;
    if (mark == 0x0655 && base == 0x0627)
        return 0x0625;
    return 0;
}

/// Walks the text and gives put(code, byte where it came from) for every code point of the clean form; `keep` gets
/// bytes that are no UTF-8.
template <class Put, class Keep>
void walk(std::string_view text, Put&& put, Keep&& keep) {
    for (std::size_t i = 0; i < text.size();) {
        auto next = utf8::decode(text, i);
        if (next.code == utf8::bad) {
            keep(text[i], i);
            ++i;
            continue;
        }
        std::size_t after = i + next.size;
        if (after < text.size()) {
            const auto mark = utf8::decode(text, after);
            if (const auto whole = mark.code == utf8::bad ? 0 : composed(next.code, mark.code); whole != 0) {
                next.code = whole;
                after += mark.size;
            }
        }
        cleaned(next.code, [&](char32_t c) { put(c, i); });
        i = after;
    }
}

} // namespace

void clean(std::string_view text, std::string& out) {
    out.clear();
    walk(
        text, [&](char32_t c, std::size_t) { utf8::append(out, c); }, [&](char byte, std::size_t) { out += byte; });
}

std::string clean(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    clean(text, out);
    return out;
}

void fold(std::string_view text, std::string& out) {
    out.clear();
    walk(
        text,
        [&](char32_t c, std::size_t) {
            if (const auto key = folded(c); key != 0)
                utf8::append(out, key);
        },
        [&](char byte, std::size_t) { out += byte; });
}

std::string fold(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    fold(text, out);
    return out;
}

folded_view fold_with_origin(std::string_view text) {
    folded_view out;
    out.folded.reserve(text.size());
    out.origin.reserve(text.size());
    const auto record = [&](std::size_t from) {
        while (out.origin.size() < out.folded.size())
            out.origin.push_back(static_cast<std::uint32_t>(from));
    };
    walk(
        text,
        [&](char32_t c, std::size_t from) {
            if (const auto key = folded(c); key != 0)
                utf8::append(out.folded, key);
            record(from);
        },
        [&](char byte, std::size_t from) {
            out.folded += byte;
            record(from);
        });
    return out;
}

} // namespace isnad::text
