#include "time/atoms.hpp"

#include "base/utf8.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <array>

namespace isnad::timex {
namespace {

constexpr std::string_view article = "ال";

enum class letter_kind : std::uint8_t { letter, digit, mark, invisible, blank };

bool invisible(char32_t c) {
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) ||
           c == 0xFEFF || c == 0x061C || c == 0x00AD;
}

int digit_value(char32_t c) {
    if (c >= U'0' && c <= U'9')
        return static_cast<int>(c - U'0');
    if (c >= 0x0660 && c <= 0x0669)
        return static_cast<int>(c - 0x0660);
    if (c >= 0x06F0 && c <= 0x06F9)
        return static_cast<int>(c - 0x06F0);
    return -1;
}

bool punctuation(char32_t c) {
    return (c < 0x80 && c > 0x20 && !(c >= U'a' && c <= U'z') && !(c >= U'A' && c <= U'Z')) || c == 0xAB || c == 0xBB ||
           c == 0x060C || c == 0x061B || c == 0x061F || c == 0x066A || c == 0x066B || c == 0x066C ||
           (c >= 0x2010 && c <= 0x2027) || (c >= 0x2030 && c <= 0x205E) || c == 0x2212 || c == 0xFF0F;
}

letter_kind kind_of(char32_t c) {
    if (invisible(c))
        return letter_kind::invisible;
    if (digit_value(c) >= 0)
        return letter_kind::digit;
    if (c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == 0xA0 || c == 0x202F)
        return letter_kind::blank;
    return c != utf8::bad && punctuation(c) ? letter_kind::mark : letter_kind::letter;
}

char32_t plain_mark(char32_t c) {
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
        return U'-';
    if (c == 0x060C)
        return U',';
    if (c == 0x066B)
        return U'.';
    if (c == 0x066C)
        return U',';
    return c == 0x2044 || c == 0xFF0F ? U'/' : c;
}

// Whether a word has to be cut: it holds digits, marks or blanks beside letters, or more than one of them.
bool plain_letters(std::string_view form) {
    for (std::size_t i = 0; i < form.size();) {
        const auto byte = static_cast<unsigned char>(form[i]);
        if (byte < 0x80) {
            if (!((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')))
                return false;
            ++i;
            continue;
        }
        const auto next = utf8::decode(form, i);
        if (kind_of(next.code) != letter_kind::letter)
            return false;
        i += next.size;
    }
    return true;
}

class cutter {
public:
    cutter(std::string_view text, const nlp::sentence& sentence, const vocabulary& words)
        : text_(text), sentence_(sentence), words_(words) {
        out_.reserve(sentence.words.size() + 8);
    }

    std::vector<atom> run() {
        const auto count = sentence_.words.size();
        for (std::size_t i = 0; i < count;) {
            const std::size_t taken = with_pronoun(i);
            if (taken == 0)
                word(i);
            i += std::max<std::size_t>(taken, 1);
        }
        return std::move(out_);
    }

private:
    // حين + ه, وقت + ها, نفس + ه: written as one word and listed as one.
    std::size_t with_pronoun(std::size_t i) {
        if (i + 1 >= sentence_.words.size())
            return 0;
        const auto& stem = sentence_.words[i];
        const auto& suffix = sentence_.words[i + 1];
        if (stem.at.end != suffix.at.begin || suffix.at.empty() || stem.at.empty())
            return 0;
        constexpr std::array<std::string_view, 6> pronouns = {"ه", "ها", "هم", "هما", "هن", "نا"};
        if (std::find(pronouns.begin(), pronouns.end(), suffix.form) == pronouns.end())
            return 0;
        atom joined = start(cover(stem.at, suffix.at), i);
        joined.last_word = static_cast<std::uint32_t>(i + 1);
        joined.key = text::fold(joined.at.of(text_));
        joined.direct = words_.find(joined.key);
        if (joined.direct == nullptr)
            return 0;
        push(std::move(joined));
        return 2;
    }

    void word(std::size_t i) {
        const auto& w = sentence_.words[i];
        const std::string_view shown = w.at.end <= text_.size() ? w.at.of(text_) : std::string_view{};
        const std::string_view form = w.form.empty() ? shown : std::string_view(w.form);
        if (!plain_letters(form)) {
            pieces(i, w.at, shown);
            return;
        }
        atom next = start(w.at, i);
        if (shown == "ـ") { // a stroke between two days
            fill(next, letter_kind::mark, U'-', shown);
            push(std::move(next));
            return;
        }
        next.key = text::fold(form);
        look_up(next, shown);
        push(std::move(next));
    }

    void pieces(std::size_t word_index, span at, std::string_view shown) {
        std::size_t i = 0;
        while (i < shown.size()) {
            const auto first = utf8::decode(shown, i);
            const letter_kind kind = kind_of(first.code);
            std::size_t end = i + first.size;
            if (kind == letter_kind::letter || kind == letter_kind::digit)
                while (end < shown.size()) {
                    const auto next = utf8::decode(shown, end);
                    if (kind_of(next.code) != kind)
                        break;
                    end += next.size;
                }
            if (kind != letter_kind::invisible && kind != letter_kind::blank) {
                const auto offset = at.begin;
                atom piece = start({offset + static_cast<std::uint32_t>(i), offset + static_cast<std::uint32_t>(end)},
                                   word_index);
                fill(piece, kind, first.code, shown.substr(i, end - i));
                push(std::move(piece));
            }
            i = end;
        }
    }

    void fill(atom& piece, letter_kind kind, char32_t code, std::string_view shown) {
        if (kind == letter_kind::mark) {
            piece.kind = atom_kind::mark;
            piece.mark = plain_mark(code);
            piece.key = shown;
        } else if (kind == letter_kind::digit) {
            piece.kind = atom_kind::number;
            read_number(piece, shown);
        } else {
            piece.key = text::fold(shown);
            look_up(piece, shown);
        }
    }

    static void read_number(atom& piece, std::string_view shown) {
        int value = 0;
        for (std::size_t i = 0; i < shown.size();) {
            const auto next = utf8::decode(shown, i);
            i += next.size;
            if (++piece.digits <= 9)
                value = value * 10 + digit_value(next.code);
        }
        piece.number = piece.digits <= 9 ? value : -1;
    }

    atom start(span at, std::size_t word_index) const {
        atom out;
        out.at = at;
        out.first_word = out.last_word = static_cast<std::uint32_t>(word_index);
        return out;
    }

    void push(atom next) {
        next.glued = !out_.empty() && (out_.back().at.end == next.at.begin || only_invisible(next));
        out_.push_back(std::move(next));
    }

    bool only_invisible(const atom& next) const {
        const auto begin = out_.back().at.end, end = next.at.begin;
        if (begin > end || end > text_.size() || end - begin > 12)
            return false;
        for (std::size_t i = begin; i < end;) {
            const auto c = utf8::decode(text_, i);
            if (!invisible(c.code))
                return false;
            i += c.size;
        }
        return true;
    }

    static std::string_view without_article(std::string_view key) {
        return key.size() > article.size() + 2 && key.starts_with(article) ? key.substr(article.size())
                                                                           : std::string_view{};
    }

    bool known(atom& next, std::string_view key) const {
        next.direct = words_.find(key);
        if (const auto rest = without_article(key); !rest.empty())
            next.bare = words_.find(rest);
        return next.direct != nullptr || next.bare != nullptr;
    }

    // Looks the word up; then once more without و or ف, and without ب ل ك, in case the segmentation left them on.
    void look_up(atom& next, std::string_view shown) const {
        if (known(next, next.key))
            return;
        std::string_view key = next.key;
        std::size_t letters = 0;
        bool coordinated = false, prefixed = false;
        if (key.size() > 6 && (key.starts_with("و") || key.starts_with("ف"))) {
            key.remove_prefix(2);
            letters = 1;
            coordinated = true;
            if (accept(next, key, shown, letters, coordinated, prefixed))
                return;
        }
        if (key.size() > 6 && (key.starts_with("ب") || key.starts_with("ل") || key.starts_with("ك"))) {
            prefixed = true;
            ++letters;
            if (key.starts_with("لل")) {
                const std::string with_article = std::string(article) + std::string(key.substr(4));
                accept(next, with_article, shown, letters, coordinated, prefixed);
                return;
            }
            key.remove_prefix(2);
            accept(next, key, shown, letters, coordinated, prefixed);
        }
    }

    bool accept(atom& next, std::string_view key, std::string_view shown, std::size_t letters, bool coordinated,
                bool prefixed) const {
        if (!known(next, key) || !sure(next)) {
            next.direct = next.bare = nullptr;
            return false;
        }
        next.key = key;
        next.coordinated = coordinated;
        next.prefixed = prefixed;
        next.at.begin += after_letters(shown, letters);
        return true;
    }

    // A word without its first letter must be one of time beyond doubt: a day, a month, a numeral, a unit.
    static bool sure(const atom& next) {
        const auto good = [](const entry* content) {
            return content != nullptr && (std::any_of(content->alone.begin(), content->alone.end(), sure_sense) ||
                                          std::any_of(content->longer.begin(), content->longer.end(),
                                                      [](const longer_phrase& p) { return sure_sense(p.what); }));
        };
        return good(next.direct) || good(next.bare);
    }
    static bool sure_sense(const sense& s) {
        if (s.cls == word_class::function) { // والنصف، والربع, ونصف
            const auto r = static_cast<role>(s.number);
            return r == role::half_past || r == role::quarter_past || r == role::third_past || r == role::one_half ||
                   r == role::one_quarter;
        }
        return s.strength != strength::weak && s.cls != word_class::tense && s.cls != word_class::name &&
               s.cls != word_class::relation_before;
    }

    // Bytes of `shown` up to the letter number `letters`, marks on the letters before it included.
    static std::uint32_t after_letters(std::string_view shown, std::size_t letters) {
        std::size_t i = 0;
        for (std::size_t seen = 0; i < shown.size();) {
            const auto c = utf8::decode(shown, i);
            const bool decoration =
                (c.code >= 0x064B && c.code <= 0x065F) || c.code == 0x0640 || c.code == 0x0670 || invisible(c.code);
            if (!decoration && seen++ == letters)
                break;
            i += c.size;
        }
        return static_cast<std::uint32_t>(i);
    }

    std::string_view text_;
    const nlp::sentence& sentence_;
    const vocabulary& words_;
    std::vector<atom> out_;
};

const sense* tense_cue(const atom& a) {
    if (a.direct != nullptr)
        for (const sense& s : a.direct->alone)
            if (s.cls == word_class::tense)
                return &s;
    return nullptr;
}

// قبل أن, بعد أن: the end of the phrase after which a verb goes with what was told before it; 0 for none.
std::size_t telling_phrase(const std::vector<atom>& atoms, std::size_t i) {
    if (atoms[i].direct == nullptr)
        return 0;
    for (const longer_phrase& p : atoms[i].direct->longer) {
        if (p.what.cls != word_class::tense || p.what.number != static_cast<int>(direction::tells) ||
            i + p.rest.size() >= atoms.size())
            continue;
        bool same = true;
        for (std::size_t k = 0; same && k < p.rest.size(); ++k)
            same = atoms[i + 1 + k].key == p.rest[k];
        if (same)
            return i + 1 + p.rest.size();
    }
    return 0;
}

// دعا إلى, أرجأ … حتى: after it stands what lies ahead.
bool leads_ahead(std::string_view key, bool delays) {
    return key == "الي" || key == (delays ? "حتي" : "ل");
}

bool starts_future(std::string_view key) {
    return key.size() >= 8 &&
           (key.starts_with("سي") || key.starts_with("ست") || key.starts_with("سن") || key.starts_with("سا"));
}

} // namespace

std::vector<atom> atoms_of(std::string_view text, const nlp::sentence& sentence, const vocabulary& words) {
    return cutter(text, sentence, words).run();
}

std::vector<direction> directions_of(const nlp::sentence& sentence, const std::vector<atom>& atoms) {
    constexpr std::size_t reach_of_particle = 4; // atoms over which لم، كان or سوف turn an imperfect verb
    std::vector<direction> own(atoms.size(), direction::unknown);
    std::size_t particle = atoms.size();
    direction turned = direction::unknown;
    std::size_t call = atoms.size();
    bool delays = false;                      // the call is a delay
    std::size_t told = atoms.size();          // the place after قبل أن
    constexpr std::size_t reach_of_call = 10; // atoms from دعا to its إلى
    for (std::size_t i = 0; i < atoms.size(); ++i) {
        const nlp::word& w = sentence.words[atoms[i].last_word];
        const bool verb = w.tag == nlp::upos::verb || w.tag == nlp::upos::aux;
        if (const std::size_t end = telling_phrase(atoms, i); end != 0)
            told = end;
        if (const sense* cue = tense_cue(atoms[i])) {
            own[i] = static_cast<direction>(cue->number);
            if (own[i] == direction::calls || own[i] == direction::delays) {
                delays = own[i] == direction::delays;
                own[i] = direction::past;
                call = i;
                continue;
            }
            if (own[i] != direction::unknown) {
                particle = i;
                turned = own[i];
            }
        } else if (call < i && i - call <= reach_of_call && leads_ahead(atoms[i].key, delays)) {
            own[i] = direction::future;
            call = atoms.size();
        } else if (verb && (nlp::feature(w.feats, "Aspect") == "Perf" || nlp::feature(w.feats, "Mood") == "Imp")) {
            // Without vowels "أفرج" and its like look like orders, which news does not give.
            own[i] = direction::past;
        } else if (verb) {
            if (i == told)
                continue; // "قبل أن تطلق" lies where the clause before it lies
            const bool near = particle < i && i - particle <= reach_of_particle && turned != direction::unknown;
            own[i] = starts_future(atoms[i].key) || !near ? direction::future : turned;
        }
    }
    std::vector<direction> out(atoms.size(), direction::unknown);
    direction nearest = direction::unknown;
    for (std::size_t i = 0; i < atoms.size(); ++i) {
        if (own[i] != direction::unknown)
            nearest = own[i];
        out[i] = nearest;
    }
    nearest = direction::unknown;
    for (std::size_t i = atoms.size(); i-- > 0;) {
        if (own[i] != direction::unknown)
            nearest = own[i];
        if (out[i] == direction::unknown)
            out[i] = nearest;
    }
    return out;
}

} // namespace isnad::timex
