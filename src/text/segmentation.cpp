#include "text/segmentation.hpp"

#include "base/utf8.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

namespace isnad::text {

namespace {

enum class kind : std::uint8_t { space, newline, arabic, letter, digit, punct };

/// A visible character with the marks that stand on it.
struct unit {
    char32_t code = 0;
    std::uint32_t begin = 0, end = 0;
    kind what = kind::punct;
};

bool one_of(char32_t c, std::u32string_view set) {
    return set.find(c) != std::u32string_view::npos;
}
bool latin(char32_t c) {
    return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

constexpr std::u32string_view decimal_marks = U".,\u060C\u066B\u066C";
constexpr std::u32string_view enders = U".!?\u061F\u06D4\u2026";
constexpr std::u32string_view quotes = U"\"'«»“”„‘’‹›";
constexpr std::u32string_view closing_brackets = U")]}";
constexpr std::u32string_view continuers = U"،,؛;:";
constexpr char32_t tatweel = 0x0640, waw = U'و', fa = U'ف';

bool invisible(char32_t c) {
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || c == 0x061C || c == 0x00AD;
}

kind ascii_kind(char32_t c) {
    if (c == U'\n' || c == U'\r' || c == U'\v' || c == U'\f')
        return kind::newline;
    if (c <= 0x20 || c == 0x7F)
        return kind::space;
    if (c >= U'0' && c <= U'9')
        return kind::digit;
    return latin(c) ? kind::letter : kind::punct;
}

bool arabic_block(char32_t c) {
    return (c >= 0x0600 && c <= 0x08FF) || (c >= 0xFB50 && c <= 0xFEFC);
}

kind unicode_kind(char32_t c) {
    if (c == utf8::bad)
        return kind::punct;
    if (c == 0x2028 || c == 0x2029 || c == 0x0085)
        return kind::newline;
    const auto one = static_cast<UChar32>(c);
    if (u_isUWhiteSpace(one) != 0 || u_charType(one) == U_CONTROL_CHAR)
        return kind::space;
    if (u_isdigit(one) != 0)
        return kind::digit;
    if (u_isalpha(one) != 0)
        return arabic_block(c) ? kind::arabic : kind::letter;
    return kind::punct;
}

kind kind_of(char32_t c) {
    if (c < 0x80)
        return ascii_kind(c);
    if (c >= 0x0621 && c <= 0x064A) // the letters of Arabic, and tatweel
        return kind::arabic;
    return unicode_kind(c);
}

/// Vowel signs and other marks that stand on the character before them.
bool combining(char32_t c) {
    if (c < 0x0300 || (c >= 0x0621 && c <= 0x064A))
        return false;
    if (c >= 0x064B && c <= 0x0652)
        return true;
    const auto type = u_charType(static_cast<UChar32>(c));
    return c != utf8::bad &&
           (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_COMBINING_SPACING_MARK);
}

std::vector<unit> units_of(std::string_view text) {
    std::vector<unit> out;
    out.reserve(text.size() / 2 + 1);
    for (std::size_t i = 0; i < text.size();) {
        const auto next = utf8::decode(text, i);
        const auto begin = static_cast<std::uint32_t>(i);
        const auto end = begin + next.size;
        i = end;
        if (invisible(next.code))
            continue;
        if (!combining(next.code))
            out.push_back({next.code, begin, end, kind_of(next.code)});
        else if (!out.empty() && out.back().what > kind::newline)
            out.back().end = end;
        else
            out.push_back({next.code, begin, end, kind::arabic});
    }
    return out;
}

/// A written token: units [first, last).
struct piece {
    std::size_t first = 0, last = 0;
    bool glued = false; ///< no white space before it
    bool starts_paragraph = false;
};

/// Finds where written tokens end, in the treebank's manner: punctuation marks
/// one by one, letters apart from digits.
class token_reader {
public:
    explicit token_reader(const std::vector<unit>& all) : all_(all) {}

    /// The unit after the token that begins at unit i.
    [[nodiscard]] std::size_t end_of(std::size_t i) {
        switch (all_[i].what) {
        case kind::arabic:
            return run_end(i, kind::arabic);
        case kind::letter:
            if (const auto link = link_end(i); link != i)
                return link;
            return latin_end(i);
        case kind::digit:
            return number_end(i);
        default:
            if (all_[i].code == U'@' && latin(code(i + 1)) && !(i > 0 && all_[i - 1].what == kind::letter))
                return latin_end(i + 1); // a handle
            return i + 1;
        }
    }

private:
    [[nodiscard]] char32_t code(std::size_t i) const { return i < all_.size() ? all_[i].code : 0; }
    [[nodiscard]] bool is(std::size_t i, kind what) const { return i < all_.size() && all_[i].what == what; }
    [[nodiscard]] std::size_t run_end(std::size_t i, kind what) const {
        while (is(i, what))
            ++i;
        return i;
    }

    /// G20, don't, Al-Monitor, F-16, bbc.com
    [[nodiscard]] std::size_t latin_end(std::size_t i) const {
        for (; i < all_.size(); ++i) {
            if (is(i, kind::letter) || is(i, kind::digit) || code(i) == U'_')
                continue;
            const bool joins = one_of(code(i), U"'’.&-") && is(i + 1, kind::letter);
            const bool joins_number = code(i) == U'-' && is(i + 1, kind::digit);
            if (!joins && !joins_number)
                break;
        }
        return i;
    }

    /// 2016, 3.5, 7،5, 1,250,000.5. A chain that groups no thousands (26.9.2016)
    /// comes in pieces.
    [[nodiscard]] std::size_t number_end(std::size_t i) const {
        constexpr std::size_t most_groups = 8;
        const auto first = run_end(i, kind::digit);
        const bool within_chain = i >= 2 && one_of(all_[i - 1].code, decimal_marks) && is(i - 2, kind::digit);
        if (within_chain)
            return first;
        auto end = first;
        bool thousands = true; // all groups after the first but the last have three digits
        std::size_t groups = 1;
        for (std::size_t last_group = 3;
             one_of(code(end), decimal_marks) && code(end) != 0 && is(end + 1, kind::digit);) {
            thousands = thousands && last_group == 3;
            const auto begin = end + 1;
            end = run_end(begin, kind::digit);
            last_group = end - begin;
            if (++groups > most_groups)
                return first;
        }
        return thousands ? end : first;
    }

    /// An address in one piece: http://…, www.…, name@host; i when there is none.
    /// Each run of address characters is looked at once.
    [[nodiscard]] std::size_t link_end(std::size_t i) {
        if (i < searched_ || !latin(all_[i].code))
            return i;
        auto j = i;
        bool scheme = false, mail = false;
        for (; j < all_.size() && all_[j].code > 0x20 && all_[j].code < 0x7F && !one_of(all_[j].code, U"\"<>()[]{},;'");
             ++j) {
            scheme = scheme || (all_[j].code == U':' && code(j + 1) == U'/' && code(j + 2) == U'/');
            mail = mail || (all_[j].code == U'@' && latin(code(j + 1)));
        }
        searched_ = j;
        const bool www = code(i) == U'w' && code(i + 1) == U'w' && code(i + 2) == U'w' && code(i + 3) == U'.';
        if (!scheme && !mail && !www)
            return i;
        while (j > i + 1 && one_of(all_[j - 1].code, U".:!?"))
            --j;
        return j;
    }

    const std::vector<unit>& all_;
    std::size_t searched_ = 0;
};

/// Latin letters by their Arabic names, as in "سي. آي. ايه": a full stop
/// between two of them ends nothing.
constexpr std::array<std::u32string_view, 42> letter_names = {
    U"ايه", U"إيه", U"أيه", U"اي", U"آي",  U"أي", U"بي", U"سي", U"دي", U"اف", U"إف",  U"أف",  U"جي",  U"اتش",
    U"إتش", U"أتش", U"جيه", U"كي", U"كيه", U"ال", U"إل", U"أل", U"ام", U"إم", U"أم",  U"ان",  U"إن",  U"او",
    U"أو",  U"كيو", U"ار",  U"آر", U"اس",  U"إس", U"أس", U"تي", U"يو", U"في", U"اكس", U"إكس", U"واي", U"زد"};
/// Ends of Internet addresses written in Arabic letters (بارنز.كوم).
constexpr std::array<std::u32string_view, 5> web_endings = {U"كوم", U"نت", U"اورغ", U"أورغ", U"اورج"};

class splitter {
public:
    splitter(const std::vector<unit>& all, const std::vector<piece>& pieces, const segmentation_limits& limits)
        : all_(all), pieces_(pieces), most_(std::max<std::size_t>(limits.tokens_per_sentence, 1)) {}

    [[nodiscard]] std::vector<sentence_bounds> split() {
        for (std::size_t i = 0; i < pieces_.size();) {
            if (pieces_[i].starts_paragraph) {
                close(i);
                quote_ = none;
            }
            if (one_of(code(i), quotes))
                quote_ = quote_ == none ? i : none;
            i = one_of(code(i), enders) ? after_enders(i) : i + 1;
        }
        close(pieces_.size());
        return std::move(out_);
    }

private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    static constexpr std::size_t short_quote = 6; ///< tokens of a title or a name that may hold a ؟ or !

    [[nodiscard]] bool has(std::size_t i) const { return i < pieces_.size() && !pieces_[i].starts_paragraph; }
    /// The first character of token i of this paragraph; 0 past the paragraph's
    /// end.
    [[nodiscard]] char32_t code(std::size_t i) const { return i < pieces_.size() ? all_[pieces_[i].first].code : 0; }
    [[nodiscard]] char32_t next_code(std::size_t i) const { return has(i) ? code(i) : 0; }
    [[nodiscard]] kind what(std::size_t i) const { return all_[pieces_[i].first].what; }
    [[nodiscard]] bool wordlike(std::size_t i) const { return what(i) == kind::arabic || what(i) == kind::letter; }
    [[nodiscard]] std::u32string letters(std::size_t i) const {
        std::u32string out;
        for (auto k = pieces_[i].first; k < pieces_[i].last && out.size() < 8; ++k)
            if (all_[k].code != tatweel)
                out += all_[k].code;
        return out;
    }
    [[nodiscard]] bool letter_name(std::size_t i) const {
        return what(i) == kind::arabic &&
               std::find(letter_names.begin(), letter_names.end(), letters(i)) != letter_names.end();
    }
    [[nodiscard]] bool joined_on(std::size_t i) const { // "وأضاف", "فقال": begins with a conjunction, most likely
        return one_of(code(i), U"وف") && letters(i).size() >= 4;
    }

    /// Whether the quote or bracket at token i closes what stands before it: by
    /// the side that it touches, as « and » are used either way round; by parity
    /// when it touches both or neither.
    [[nodiscard]] bool closes(std::size_t i) const {
        if (one_of(code(i), closing_brackets))
            return true;
        if (!one_of(code(i), quotes))
            return false;
        const bool before = pieces_[i].glued;
        const bool after = has(i + 1) && pieces_[i + 1].glued && (wordlike(i + 1) || what(i + 1) == kind::digit);
        return before != after ? before : quote_ != none;
    }

    /// Takes the stops at token i and the closing marks after them; closes the
    /// sentence if it ends there. Gives the token after.
    [[nodiscard]] std::size_t after_enders(std::size_t i) {
        auto after = i;
        std::size_t dots = 0;
        bool asks = false;
        for (; after == i || (has(after) && one_of(code(after), enders)); ++after) {
            dots += code(after) == U'.' ? 1 : code(after) == 0x2026 ? 2 : 0;
            asks = asks || one_of(code(after), U"!?\u061F");
        }
        const bool quoted_in = quote_ != none;
        const auto opened = quote_;
        bool quoted = false;
        for (; has(after) && closes(after); ++after) {
            if (one_of(code(after), quotes)) {
                quoted = true;
                quote_ = none;
            }
        }
        const bool ends = !has(after)                                                      ? true
                          : one_of(code(after), enders) || one_of(code(after), continuers) ? false
                          : asks     ? question_ends(i, after, quoted && quoted_in ? i - opened : none)
                          : dots > 1 ? two_dots_end(i, after)
                                     : stop_ends(i, after);
        if (ends)
            close(after);
        return after;
    }

    /// A ؟ or ! that belongs to a short title in quotes, or stands alone in
    /// brackets, ends nothing.
    [[nodiscard]] bool question_ends(std::size_t i, std::size_t after, std::size_t quoted_tokens) const {
        if (i == begin_ || one_of(code(i - 1), U"(["))
            return false;
        return quoted_tokens > short_quote || joined_on(after);
    }

    /// Two dots and a blank are a full stop in a part of the press; three, or …, hold breath.
    [[nodiscard]] bool two_dots_end(std::size_t i, std::size_t after) const {
        return i > begin_ && after == i + 2 && code(i) == U'.' && code(i + 1) == U'.' && !pieces_[after].glued;
    }

    [[nodiscard]] bool stop_ends(std::size_t i, std::size_t after) const {
        if (i == begin_ || one_of(code(i - 1), U"([") || only_openers_before(i))
            return false;
        const auto before = i - 1;
        if (what(before) == kind::digit)
            return number_stop_ends(i, after);
        if (!wordlike(before))
            return true;
        const auto word = letters(before);
        if (word.size() == 1)
            return initial_stop_ends(i, after);
        if (word == U"ود" || word == U"وأ") // "ود. سمير": and Dr.
            return false;
        if (letter_name(before) &&
            (letter_name(after) || (before >= begin_ + 2 && code(before - 1) == U'.' && letter_name(before - 2))))
            return false;
        if (!pieces_[after].glued)
            return !(what(before) == kind::letter && what(after) == kind::letter && word.size() <= 3); // Dr. Smith
        return missing_space(i, after, word.size());
    }

    [[nodiscard]] bool only_openers_before(std::size_t i) const {
        return i == begin_ + 1 && what(begin_) == kind::punct;
    }

    /// "1. نص" counts a list; "26.9.2016" is a date.
    [[nodiscard]] bool number_stop_ends(std::size_t i, std::size_t after) const {
        const bool list = pieces_[i - 1].starts_paragraph && letters(i - 1).size() <= 3;
        return !list && !(what(after) == kind::digit && pieces_[after].glued);
    }

    /// One letter and a stop: initials and titles (جورج و. بوش, د. سمير, أ.د.) go
    /// on; "2016م." and "أ ف ب." end, and a glued chain of three (أ.ف.ب.) when
    /// the next word begins with a conjunction.
    [[nodiscard]] bool initial_stop_ends(std::size_t i, std::size_t after) const {
        const auto before = i - 1;
        if (before > begin_ && what(before - 1) == kind::digit)
            return true;
        if (before > begin_ && wordlike(before - 1) && letters(before - 1).size() == 1)
            return true;
        std::size_t chain = 1;
        for (auto k = before; chain < 3 && k >= begin_ + 2 && pieces_[k].glued && code(k - 1) == U'.' &&
                              pieces_[k - 1].glued && wordlike(k - 2) && letters(k - 2).size() == 1;
             k -= 2)
            ++chain;
        return chain >= 3 && !pieces_[after].glued && joined_on(after);
    }

    /// "ممكن.وأضاف": a whole word on either side of a stop; not "اس.ام.تي", not
    /// "بارنز.كوم".
    [[nodiscard]] bool missing_space(std::size_t i, std::size_t after, std::size_t word_size) const {
        if (!wordlike(after))
            return after > i + 1 || what(after) == kind::digit || what(after) == kind::punct;
        const auto next = letters(after);
        if (std::find(web_endings.begin(), web_endings.end(), next) != web_endings.end())
            return false;
        if (!pieces_[i].glued || after > i + 1)
            return true;
        return (word_size >= 3 && next.size() >= 3) || (!letter_name(i - 1) && joined_on(after));
    }

    [[nodiscard]] span span_of(const piece& p) const { return {all_[p.first].begin, all_[p.last - 1].end}; }

    /// Gives out tokens [begin_, end) as one sentence, or as several when they
    /// are too many.
    void close(std::size_t end) {
        while (begin_ < end) {
            const auto to = capped(end);
            sentence_bounds made;
            made.tokens.reserve(to - begin_);
            for (auto i = begin_; i < to; ++i)
                made.tokens.push_back(span_of(pieces_[i]));
            made.at = {made.tokens.front().begin, made.tokens.back().end};
            made.starts_paragraph = pieces_[begin_].starts_paragraph;
            out_.push_back(std::move(made));
            begin_ = to;
        }
    }

    /// Where a stretch that is too long is cut, within the second half of what is
    /// allowed: after ؛ or an ellipsis, else after a comma, else before a token
    /// that begins with و.
    [[nodiscard]] std::size_t capped(std::size_t end) const {
        if (end - begin_ <= most_)
            return end;
        const auto stop = begin_ + most_;
        const auto least = begin_ + most_ / 2;
        for (const auto marks : {std::u32string_view(U"؛;.…؟!"), std::u32string_view(U"،,")})
            for (auto i = stop; i-- > least;)
                if (one_of(code(i), marks))
                    return i + 1;
        for (auto i = stop; i-- > least + 1;)
            if (code(i) == waw && !pieces_[i].glued)
                return i;
        return stop;
    }

    const std::vector<unit>& all_;
    const std::vector<piece>& pieces_;
    std::size_t most_;
    std::size_t begin_ = 0;    ///< first token of the open sentence
    std::size_t quote_ = none; ///< where the open quotation of this paragraph began
    std::vector<sentence_bounds> out_;
};

std::vector<piece> pieces_of(const std::vector<unit>& all) {
    std::vector<piece> out;
    token_reader reader(all);
    bool glued = false, starts_paragraph = true;
    for (std::size_t i = 0; i < all.size();) {
        if (all[i].what <= kind::newline) {
            starts_paragraph = starts_paragraph || all[i].what == kind::newline;
            glued = false;
            ++i;
            continue;
        }
        const auto end = reader.end_of(i);
        out.push_back({i, end, glued, starts_paragraph});
        glued = true;
        starts_paragraph = false;
        i = end;
    }
    return out;
}

} // namespace

std::vector<sentence_bounds> segment(std::string_view text, const segmentation_limits& limits) {
    const auto all = units_of(text);
    const auto pieces = pieces_of(all);
    return splitter(all, pieces, limits).split();
}

} // namespace isnad::text
