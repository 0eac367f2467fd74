// What a text must be before anything else looks at it.
#include "base/utf8.hpp"
#include "ingest/reader.hpp"

#include <algorithm>
#include <cctype>
#include <string>

namespace isnad::ingest {
namespace {

/// A text is taken for Arabic when at least this share of its letters is of the Arabic script: quotations and names in
/// Latin letters may fill a good part of a short notice.
constexpr double least_arabic_share = 0.2;
/// Letters that Persian, Urdu, Kurdish and Pashto have and Arabic has not. They are some 3 % of a Persian text, some
/// 8 % of an Urdu or Kurdish one, and under 0.3 % of Arabic news (چ and گ in names from Iraq, پ and ڤ in foreign ones).
constexpr double most_foreign_share = 0.015;
constexpr std::size_t least_foreign_letters = 8;
/// Control characters beyond this share make a binary file.
constexpr double most_control_share = 0.05;

bool is_arabic_letter(char32_t c) {
    if (c >= 0x0620 && c <= 0x06D3)
        return c != 0x0640 && !(c >= 0x064B && c <= 0x066D) && c != 0x0670;
    return c == 0x06D5 || (c >= 0x06EE && c <= 0x06EF) || (c >= 0x06FA && c <= 0x06FC) ||
           (c >= 0x0750 && c <= 0x077F) || (c >= 0xFB50 && c <= 0xFDFB) || (c >= 0xFE70 && c <= 0xFEFC);
}

/// Letters of the neighbours' alphabets. Persian kaf and ye are not among them: keyboards put them into Arabic too.
bool is_foreign_letter(char32_t c) {
    switch (c) {
    case 0x067E: // پ
    case 0x0686: // چ
    case 0x0698: // ژ
    case 0x06AF: // گ
    case 0x0679: // ٹ
    case 0x0688: // ڈ
    case 0x0691: // ڑ
    case 0x06BA: // ں
    case 0x06BE: // ھ
    case 0x06C1: // ہ
    case 0x06D2: // ے
    case 0x06CE: // ێ
    case 0x06C6: // ۆ
    case 0x06D5: // ە
    case 0x06B5: // ڵ
    case 0x0695: // ڕ
    case 0x067C: // ټ
    case 0x0689: // ډ
    case 0x069A: // ښ
        return true;
    default:
        return false;
    }
}

bool is_other_letter(char32_t c) {
    if (c < 0x80)
        return std::isalpha(static_cast<int>(c)) != 0;
    const bool letters_below_punctuation = c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7;
    const bool within_arabic_block = c >= 0x0600 && c <= 0x06FF; // its signs, digits and marks are no letters
    return (letters_below_punctuation && !within_arabic_block) || (c >= 0x3041 && c <= 0xD7FF) || c >= 0x20000;
}

std::string line_of(std::string_view text, std::size_t byte) {
    return "line " +
           std::to_string(1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(byte), '\n'));
}

error fail(errc code, std::string what, std::string where, std::string remedy) {
    return {code, std::move(what), std::move(where), std::move(remedy)};
}

/// In windows-1256 and ISO 8859-6 Arabic letters are single bytes from C1 up; in UTF-8 half of the bytes of an Arabic
/// text are continuation bytes, below C0.
bool looks_single_byte(std::string_view text) {
    std::size_t high = 0;
    std::size_t letters = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        high += byte >= 0x80;
        letters += byte >= 0xC1 && byte <= 0xED;
    }
    return high > 0 && static_cast<double>(letters) > 0.7 * static_cast<double>(high);
}

error malformed(std::string_view text, std::size_t byte) {
    constexpr char digits[] = "0123456789ABCDEF";
    const auto value = static_cast<unsigned char>(text[byte]);
    const std::string hex{digits[value >> 4], digits[value & 15]};
    std::string what = "invalid UTF-8: byte 0x" + hex + " at offset " + std::to_string(byte);
    if (looks_single_byte(text))
        return fail(errc::encoding, what + "; this looks like windows-1256", line_of(text, byte),
                    "convert it: iconv -f WINDOWS-1256 -t UTF-8");
    return fail(errc::encoding, std::move(what), line_of(text, byte),
                "convert the text to UTF-8, or drop the bad bytes: iconv -c -f UTF-8 -t UTF-8");
}

error binary(std::string_view text, std::size_t byte) {
    return fail(errc::encoding, "binary data, not text", line_of(text, byte),
                "give plain text in UTF-8; take the text out of PDF, Word or archive files first");
}

} // namespace

bool is_utf16(std::string_view text) {
    return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
}

result<done_t> check_bytes(std::string_view text) {
    if (is_utf16(text))
        return fail(errc::encoding, "the text is UTF-16, not UTF-8", "line 1", "convert it: iconv -f UTF-16 -t UTF-8");
    if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos)
        return binary(text, zero);
    if (const std::size_t at = utf8::first_malformed(text); at != std::string_view::npos)
        return malformed(text, at);
    return done;
}

result<done_t> check_encoding(std::string_view text) {
    const auto control = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t' && byte != '\f';
    }));
    if (!is_utf16(text) && static_cast<double>(control) > most_control_share * static_cast<double>(text.size()))
        return binary(text, 0);
    return check_bytes(text);
}

namespace {

result<done_t> check_language(std::string_view text) {
    std::size_t arabic = 0;
    std::size_t foreign = 0;
    std::size_t other = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto [code, size] = utf8::decode(text, at);
        at += size;
        if (is_arabic_letter(code)) {
            ++arabic;
            foreign += is_foreign_letter(code);
        } else {
            other += is_other_letter(code);
        }
    }
    const auto share = [](std::size_t part, std::size_t whole) {
        return static_cast<double>(part) / static_cast<double>(std::max<std::size_t>(whole, 1));
    };
    if (arabic + other == 0)
        return fail(errc::language, "a text without letters", "line 1", "isnad reads Arabic prose");
    if (share(arabic, arabic + other) < least_arabic_share) {
        const auto percent = static_cast<int>(100 * share(arabic, arabic + other));
        return fail(errc::language, "not an Arabic text: " + std::to_string(percent) + " % of its letters are Arabic",
                    "line 1", "isnad reads Arabic only");
    }
    if (foreign >= least_foreign_letters && share(foreign, arabic) > most_foreign_share)
        return fail(errc::language, "Arabic script, but not Arabic: it has the letters of Persian, Urdu or Kurdish",
                    "line 1", "isnad reads Arabic only");
    return done;
}

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int number(std::string_view digits) {
    int value = 0;
    for (const char c : digits)
        value = value * 10 + (c - '0');
    return value;
}

bool is_date(std::string_view day) {
    if (day.size() != 10 || day[4] != '-' || day[7] != '-' || !all_digits(day.substr(0, 4)) ||
        !all_digits(day.substr(5, 2)) || !all_digits(day.substr(8, 2)))
        return false;
    const int year = number(day.substr(0, 4));
    const int month = number(day.substr(5, 2));
    constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return false;
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    const int length = lengths[month - 1] + (month == 2 && leap ? 1 : 0);
    const int in_month = number(day.substr(8, 2));
    return in_month >= 1 && in_month <= length;
}

/// What may stand behind "2016-10-04T": digits, colons, a fraction, a zone.
bool is_time_of_day(std::string_view rest) {
    return rest.size() >= 5 && all_digits(rest.substr(0, 2)) && rest[2] == ':' && all_digits(rest.substr(3, 2)) &&
           std::all_of(rest.begin() + 5, rest.end(), [](char c) {
               return (c >= '0' && c <= '9') || c == ':' || c == '.' || c == '+' || c == '-' || c == 'Z';
           });
}

} // namespace

result<done_t> check_text(std::string_view text) {
    if (const auto bytes = check_encoding(text); !bytes)
        return bytes.failure();
    constexpr std::string_view blanks = " \t\r\n\f\v";
    const std::string_view unmarked = text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
    if (unmarked.find_first_not_of(blanks) == std::string_view::npos)
        return fail(errc::data, "nothing to read: the text is empty", "line 1", "give the article's text");
    return check_language(text);
}

result<done_t> check_published(std::string_view published) {
    const std::string_view day = published.substr(0, 10);
    const std::string_view rest = published.substr(std::min<std::size_t>(published.size(), 10));
    const bool plain = rest.empty();
    const bool timed = !rest.empty() && (rest.front() == 'T' || rest.front() == ' ') && is_time_of_day(rest.substr(1));
    if (is_date(day) && (plain || timed))
        return done;
    return fail(errc::data, "'" + std::string(published) + "' is no date of publication", "",
                "write an ISO date or date-time: 2016-10-04 or 2016-10-04T09:30:00+03:00");
}

} // namespace isnad::ingest
