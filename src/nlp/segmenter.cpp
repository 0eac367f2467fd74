#include "nlp/segmenter.hpp"

#include "base/table.hpp"
#include "base/utf8.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>

namespace isnad::nlp {

namespace {

constexpr std::array<std::string_view, 12> suffixes = {"هما", "كما", "ها", "هم", "هن", "كم",
                                                       "كن",  "نا",  "ني", "ه",  "ك",  "ي"};
constexpr std::array<std::string_view, 3> conjunctions = {"", "و", "ف"};
constexpr std::array<std::string_view, 4> particles = {"ب", "ل", "ك", "س"};
constexpr std::string_view clitic_letters = "وفبلكس";
constexpr std::array<std::string_view, 3> hamzated = {"أ", "إ", "آ"};
constexpr std::size_t letter = 2;         ///< bytes of an Arabic letter in UTF-8
constexpr std::size_t longest_token = 40; ///< letters; what is longer is no Arabic word and stays whole

/// Nothing but letters of Arabic and its sisters (U+0621-064A, U+0671-06D3),
/// two bytes each.
bool arabic(std::string_view token) {
    for (std::size_t i = 0; i < token.size();) {
        const auto next = utf8::decode(token, i);
        if (!((next.code >= 0x0621 && next.code <= 0x064A) || (next.code >= 0x0671 && next.code <= 0x06D3)))
            return false;
        i += next.size;
    }
    return true;
}

constexpr std::uint64_t fnv_basis = 14695981039346656037ULL;
constexpr std::uint64_t fnv_prime = 1099511628211ULL;

/// FNV-1a over the pieces of a feature, as if they were written one after
/// another.
class feature_hash {
public:
    explicit feature_hash(char name) { add(name); }
    feature_hash& add(char c) {
        state_ = (state_ ^ static_cast<unsigned char>(c)) * fnv_prime;
        return *this;
    }
    feature_hash& add(std::string_view text) {
        for (const char c : text)
            add(c);
        return *this;
    }
    feature_hash& add(int number) {
        std::array<char, 12> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
        return add(std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data())));
    }
    [[nodiscard]] std::size_t value() const { return state_ ^ (state_ >> 32); }

private:
    std::uint64_t state_ = fnv_basis;
};

std::uint32_t word_key(std::string_view word) {
    std::uint64_t h = fnv_basis;
    for (const char c : word)
        h = (h ^ static_cast<unsigned char>(c)) * fnv_prime;
    return static_cast<std::uint32_t>(h >> 32);
}

std::string_view first_letters(std::string_view word, std::size_t n) {
    return word.substr(0, n * letter);
}
std::string_view last_letters(std::string_view word, std::size_t n) {
    return word.size() > n * letter ? word.substr(word.size() - n * letter) : word;
}

/// The first n code points of any text.
std::string_view first_points(std::string_view text, std::size_t n) {
    std::size_t at = 0;
    while (n-- > 0 && at < text.size())
        at += utf8::decode(text, at).size;
    return text.substr(0, at);
}

/// The last n code points of any text.
std::string_view last_points(std::string_view text, std::size_t n) {
    std::size_t at = text.size();
    while (n > 0 && at > 0) {
        --at;
        if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U)
            --n;
    }
    return text.substr(at);
}

/// The letter that a stem ends with when no suffix follows it: مدرست[ه] is
/// مدرسة, القا[ه] ألقى, وزرائ[ه] وزراء.
std::string_view uncovered(std::string_view last) {
    if (last == "ت")
        return "ة";
    if (last == "ا")
        return "ى";
    if (last == "ئ" || last == "ؤ")
        return "ء";
    return {};
}

std::string joined(std::string_view a, std::string_view b) {
    std::string out;
    out.reserve(a.size() + b.size());
    return out.append(a).append(b);
}

} // namespace

/// What the features of all candidates of one token share.
struct segmenter::context {
    std::string_view token, before, after;
    int whole = 0, with_and = 0,
        with_article = 0; ///< how often the token, و + token and ال + token stand alone
};

result<segmenter> segmenter::open(const container& model) {
    segmenter out(model);
    const auto weights = model.array<std::int8_t>("segmenter/weights", {0});
    const auto keys = model.array<std::uint32_t>("segmenter/level_keys", {0});
    const auto levels = model.array<std::uint8_t>("segmenter/levels", {0});
    const auto closed = model.lines("segmenter/closed.txt");
    const auto respelled = model.lines("segmenter/respelled.txt");
    if (!weights)
        return weights.failure();
    if (!keys)
        return keys.failure();
    if (!levels)
        return levels.failure();
    if (!closed)
        return closed.failure();
    if (!respelled)
        return respelled.failure();
    if (!std::has_single_bit(weights->size()) || keys->size() != levels->size())
        return error{errc::model, "the segmenter's tables do not fit one another", model.name(),
                     "train the model again"};
    out.weights_ = *weights;
    out.level_keys_ = *keys;
    out.levels_ = *levels;
    for (const auto line : *closed) {
        const auto cells = isnad::split(line, '\t');
        for (std::size_t i = 1; i < cells.size(); ++i)
            out.closed_[cells[0]].push_back(isnad::split(cells[i], ' '));
    }
    for (const auto line : *respelled)
        if (const auto cells = isnad::split(line, '\t'); cells.size() == 2)
            out.respelled_.emplace(cells[0], cells[1]);
    return out;
}

/// How often the word stands alone in news, in quarters of doublings.
int segmenter::level(std::string_view word) const {
    const auto key = word_key(word);
    const auto found = std::lower_bound(level_keys_.begin(), level_keys_.end(), key);
    if (found == level_keys_.end() || *found != key)
        return 0;
    return levels_[static_cast<std::size_t>(found - level_keys_.begin())];
}

int segmenter::bucket(std::string_view word) const {
    return std::min(15, level(word) / 4);
}

/// The usual spelling of a stem written carelessly: اضاف → أضاف, الامم → الأمم,
/// الذى → الذي.
std::string segmenter::spelled(std::string stem) const {
    if (const auto known = respelled_.find(stem); known != respelled_.end())
        return known->second;
    if (stem.size() < 3 * letter)
        return stem;
    const std::size_t at = stem.starts_with("ال") && stem.size() > 4 * letter ? 2 * letter : 0;
    const bool plain_alef = std::string_view(stem).substr(at, letter) == "ا";
    const bool undotted = stem.ends_with("ى");
    if (!plain_alef && !undotted)
        return stem;
    std::string best = stem;
    int most = level(stem);
    const auto consider = [&](std::string other) {
        if (const int count = level(other); count > most) {
            most = count;
            best = std::move(other);
        }
    };
    if (plain_alef)
        for (const auto alef : hamzated)
            consider(std::string(stem).replace(at, letter, alef));
    if (undotted)
        consider(std::string(stem).replace(stem.size() - letter, letter, "ي"));
    return best;
}

void segmenter::add_closed(std::string_view token, std::vector<candidate>& out) const {
    for (const auto first : conjunctions) {
        if (!token.starts_with(first))
            continue;
        const auto rest = token.substr(first.size());
        const auto found = closed_.find(rest);
        if (found == closed_.end())
            continue;
        for (std::size_t k = 0; k < found->second.size(); ++k)
            out.push_back({token.substr(0, first.size()), {}, rest, std::string(rest), "=" + std::to_string(k)});
    }
}

/// Spellings that the middle of a token can have as a word.
void segmenter::add_stems(std::string_view proclitics, std::string_view rest, bool article, std::string_view suffix,
                          std::vector<candidate>& out) const {
    const auto middle = rest.substr(0, rest.size() - suffix.size());
    if (middle.empty() || (proclitics.empty() && suffix.empty()) || (!suffix.empty() && article))
        return;
    const auto add = [&](std::string stem, std::string_view rule) {
        out.push_back({proclitics, suffix, middle, std::move(stem), std::string(rule)});
    };
    if (article) { // للبيت hides the alef of the article, للجنة its lam too
        add(spelled(joined("ا", middle)), "l");
        add(spelled(joined("ال", middle)), "L");
        return;
    }
    if (middle == "ان") {
        add("أن", "a");
        add("إن", "i");
    } else {
        add(spelled(std::string(middle)), "");
    }
    if (suffix.empty())
        return;
    const auto last = last_letters(middle, 1);
    if (const auto bare = uncovered(last); !bare.empty())
        add(spelled(joined(middle.substr(0, middle.size() - letter), bare)), bare);
    if (last == "و") // قتلوه → قتلوا + ه
        add(spelled(joined(middle, "ا")), "و");
}

/// The order is training/segmenter.py's Analyser.candidates; the whole token
/// comes first.
std::vector<segmenter::candidate> segmenter::candidates(std::string_view token) const {
    std::vector<candidate> out{{{}, {}, token, std::string(token), {}}};
    if (token.size() < 2 * letter || token.size() > longest_token * letter || !arabic(token))
        return out;
    add_closed(token, out);
    const auto with = [&](std::size_t proclitics, bool article) {
        const auto rest = token.substr(proclitics);
        add_stems(token.substr(0, proclitics), rest, article, {}, out);
        for (const auto suffix : suffixes)
            if (rest.ends_with(suffix))
                add_stems(token.substr(0, proclitics), rest, article, suffix, out);
    };
    for (const auto first : conjunctions) {
        if (!token.starts_with(first))
            continue;
        const auto rest = token.substr(first.size());
        with(first.size(), false);
        for (const auto second : particles) {
            if (!rest.starts_with(second) || rest.size() < 2 * letter)
                continue;
            with(first.size() + letter, false);
            const auto after = rest.substr(letter);
            if (second == "ل" && after.starts_with("ل") && after.size() > 2 * letter)
                with(first.size() + letter, true);
        }
    }
    return out;
}

/// The sum of the weights of training/segmenter.py's Analyser.features.
std::int32_t segmenter::score(const candidate& one, const context& around) const {
    const auto p = one.proclitics;
    const std::string s = joined(one.suffix, one.rule);
    const std::string ps = joined(p, "|") + s;
    const std::string_view stem = one.stem;
    const int own = bucket(stem);
    const int definite = bucket(joined("ال", stem));
    const int sibling = bucket(joined(one.middle, one.suffix == "ها" ? "ه" : "ها"));
    std::int32_t sum = 0;
    const auto use = [&](char name, const auto&... pieces) {
        feature_hash hash(name);
        (hash.add(pieces), ...);
        sum += weights_[hash.value() & (weights_.size() - 1)];
    };
    use('a', p);
    use('b', s);
    use('c', ps);
    use('d', p, '|', own);
    use('e', s, '|', own);
    use('f', ps, '|', own);
    use('g', p, '|', own - around.whole);
    use('h', ps, '|', own - around.whole);
    use('i', p, '|', definite);
    use('j', ps, '|', around.whole);
    use('k', p, '|', first_letters(stem, 2));
    use('l', p, '|', first_letters(stem, 3));
    use('m', s, '|', last_letters(stem, 2));
    use('n', s, '|', last_letters(stem, 3));
    use('o', ps, '|', static_cast<int>(std::min<std::size_t>(stem.size() / letter, 9)));
    use('p', around.before, '|', p);
    use('q', last_points(around.before, 2), '|', ps);
    use('r', first_points(around.after, 3), '|', p);
    use('s', around.after, '|', s);
    use('w', ps, '|', around.with_and);
    use('x', ps, '|', around.with_article);
    use('y', s, '|', sibling);
    use('z', ps, '|', definite);
    use('A', around.before, '|', stem.size() < 4 * letter ? stem : std::string_view{});
    use('B', first_points(around.after, 2), '|', ps);
    // What if the stem's first letter were a clitic too?
    const bool clitic_like = stem.size() > 2 * letter && clitic_letters.find(first_letters(stem, 1)) % letter == 0;
    const int shorter = clitic_like ? bucket(stem.substr(letter)) : 0;
    use('C', clitic_like ? first_letters(stem, 1) : std::string_view{}, '|', clitic_like ? shorter - own : 0);
    use('D', clitic_like ? first_letters(stem, 2) : std::string_view{}, '|', shorter);
    use('t', stem);
    use('u', stem, '|', p);
    use('v', around.token, '|', ps);
    return sum;
}

std::vector<std::string> segmenter::words_of(const candidate& one) const {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < one.proclitics.size(); i += letter)
        out.emplace_back(one.proclitics.substr(i, letter));
    if (one.rule.starts_with("=")) {
        const auto& ways = closed_.find(one.stem)->second;
        const auto& words = ways[static_cast<std::size_t>(one.rule[1] - '0')];
        out.insert(out.end(), words.begin(), words.end());
        return out;
    }
    out.push_back(one.stem);
    if (!one.suffix.empty())
        out.emplace_back(one.suffix);
    return out;
}

std::vector<std::string> segmenter::best(std::string_view token, std::string_view before,
                                         std::string_view after) const {
    const auto all = candidates(token);
    if (all.size() == 1)
        return {std::string(token)};
    const context around{token,
                         before,
                         after.empty() ? "." : after,
                         bucket(token),
                         bucket(joined("و", token)),
                         bucket(joined("ال", token))};
    std::size_t chosen = 0;
    std::int32_t top = score(all[0], around);
    for (std::size_t i = 1; i < all.size(); ++i)
        if (const auto value = score(all[i], around); value > top) {
            top = value;
            chosen = i;
        }
    return words_of(all[chosen]);
}

std::vector<std::string> segmenter::split(std::string_view token, std::string_view before,
                                          std::string_view after) const {
    return best(text::clean(token), text::clean(before), text::clean(after));
}

namespace {

/// Byte offsets in `token` where its visible letters begin, marks going with
/// the letter before them.
std::vector<std::uint32_t> letter_starts(std::string_view token) {
    std::vector<std::uint32_t> out;
    for (std::size_t i = 0; i < token.size();) {
        const auto next = utf8::decode(token, i);
        if (next.code == utf8::bad || !text::clean(token.substr(i, next.size)).empty())
            out.push_back(static_cast<std::uint32_t>(i));
        i += next.size;
    }
    return out;
}

/// Where each word begins, in letters of the token: proclitics take their
/// letters from the front, a suffix from the end, the longest word (the stem)
/// what is between. Words that a fused form hides (مما) share what there is.
std::vector<std::size_t> cuts(std::size_t letters, const std::vector<std::string>& words) {
    const auto n = words.size();
    std::size_t stem = 0;
    for (std::size_t i = 1; i < n; ++i)
        if (words[i].size() > words[stem].size())
            stem = i;
    std::vector<std::size_t> cut(n + 1, letters);
    cut[0] = 0;
    for (std::size_t i = 0; i < stem; ++i) { // leave a letter to each word that follows, if there are enough
        const auto most = letters > n - i - 1 ? letters - (n - i - 1) : 0;
        cut[i + 1] = std::min(cut[i] + utf8::length(words[i]), std::max(most, cut[i]));
    }
    const auto least = std::min(cut[stem] + 1, letters);
    for (std::size_t i = n; i-- > stem + 1;) {
        const auto want = utf8::length(words[i]);
        cut[i] = cut[i + 1] > want + least ? cut[i + 1] - want : std::min(least + (i - stem - 1), cut[i + 1]);
    }
    return cut;
}

/// Shares out the bytes of a token, which begins at `base`, to its words.
std::vector<span> shares(std::string_view token, std::uint32_t base, const std::vector<std::string>& words) {
    const auto end = base + static_cast<std::uint32_t>(token.size());
    if (words.size() == 1)
        return {{base, end}};
    const auto starts = letter_starts(token);
    const auto cut = cuts(starts.size(), words);
    const auto at = [&](std::size_t i) {
        return i == 0 ? base : cut[i] < starts.size() ? base + starts[cut[i]] : end; // leading marks go to the first
    };
    std::vector<span> out;
    for (std::size_t i = 0; i < words.size(); ++i)
        out.push_back({at(i), at(i + 1)});
    return out;
}

} // namespace

void segmenter::segment(std::string_view text, const text::sentence_bounds& bounds, sentence& out) const {
    out.at = bounds.at;
    out.starts_paragraph = bounds.starts_paragraph;
    out.tokens.clear();
    out.words.clear();
    std::vector<std::string> clean;
    clean.reserve(bounds.tokens.size());
    for (const auto at : bounds.tokens)
        clean.push_back(text::clean(at.of(text)));
    for (std::size_t i = 0; i < clean.size(); ++i) {
        auto words = best(clean[i], i > 0 ? clean[i - 1] : std::string_view{},
                          i + 1 < clean.size() ? clean[i + 1] : std::string_view{});
        const auto at = bounds.tokens[i];
        out.tokens.push_back(
            {at, static_cast<std::uint32_t>(out.words.size()), static_cast<std::uint32_t>(words.size())});
        const auto parts = shares(at.of(text), at.begin, words);
        for (std::size_t k = 0; k < words.size(); ++k) {
            word made;
            made.at = parts[k];
            made.form = words[k].empty() ? std::string(at.of(text)) : std::move(words[k]);
            out.words.push_back(std::move(made));
        }
    }
}

} // namespace isnad::nlp
