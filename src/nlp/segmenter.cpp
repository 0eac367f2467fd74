#include "nlp/segmenter.hpp"

#include "base/table.hpp"
#include "base/utf8.hpp"
#include "nlp/features.hpp"
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

/// The hash of a feature's pieces as if they were written one after another.
class feature_hash {
public:
    feature_hash() = default;
    explicit feature_hash(char name) { add(name); }
    feature_hash& add(char c) {
        hash_.add({&c, 1});
        return *this;
    }
    feature_hash& add(std::string_view text) {
        hash_.add(text);
        return *this;
    }
    feature_hash& add(int number) {
        std::array<char, 12> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
        return add(std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data())));
    }
    [[nodiscard]] std::size_t value() const { return hash_.folded(); }
    [[nodiscard]] std::uint32_t upper_half() const { return hash_.upper_half(); }

private:
    fnv1a hash_;
};

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

/// How often the word that the pieces make stands alone in news, in quarters of
/// doublings.
template <class... Pieces>
int segmenter::level(const Pieces&... pieces) const {
    feature_hash hash;
    (hash.add(std::string_view(pieces)), ...);
    const std::uint32_t key = hash.upper_half();
    const auto found = std::lower_bound(level_keys_.begin(), level_keys_.end(), key);
    if (found == level_keys_.end() || *found != key)
        return 0;
    return levels_[static_cast<std::size_t>(found - level_keys_.begin())];
}

template <class... Pieces>
int segmenter::bucket(const Pieces&... pieces) const {
    return std::min(15, level(pieces...) / 4);
}

/// Gives a stem written carelessly its usual spelling: اضاف → أضاف, الامم →
/// الأمم, الذى → الذي.
void segmenter::spell(std::string& stem) const {
    if (const auto known = respelled_.find(stem); known != respelled_.end()) {
        stem = known->second;
        return;
    }
    if (stem.size() < 3 * letter)
        return;
    const std::string_view given = stem;
    const std::size_t alef = given.starts_with("ال") && given.size() > 4 * letter ? 2 * letter : 0;
    const std::size_t end = given.size() - letter;
    std::size_t at = 0;
    std::string_view better;
    int most = 0;
    const auto consider = [&](std::size_t place, std::string_view other) {
        const int count = level(given.substr(0, place), other, given.substr(place + letter));
        if (count <= most)
            return;
        most = count;
        at = place;
        better = other;
    };
    const bool plain_alef = given.substr(alef, letter) == "ا";
    const bool undotted = given.ends_with("ى");
    if (plain_alef || undotted)
        most = level(given);
    if (plain_alef)
        for (const auto other : hamzated)
            consider(alef, other);
    if (undotted)
        consider(end, "ي");
    if (!better.empty())
        stem.replace(at, letter, better);
}

void segmenter::add(std::string_view proclitics, std::string_view middle, std::string_view suffix,
                    std::string_view stem_begin, std::string_view stem_end, std::string_view rule, scratch& use) const {
    if (use.candidate_count == use.candidates.size())
        use.candidates.emplace_back();
    candidate& made = use.candidates[use.candidate_count++];
    made.proclitics = proclitics;
    made.middle = middle;
    made.suffix = suffix;
    made.stem.assign(stem_begin).append(stem_end);
    made.rule = rule;
}

void segmenter::add_closed(std::string_view token, scratch& use) const {
    for (const auto first : conjunctions) {
        if (!token.starts_with(first))
            continue;
        const auto rest = token.substr(first.size());
        const auto found = closed_.find(rest);
        if (found == closed_.end())
            continue;
        for (std::size_t k = 0; k < found->second.size(); ++k) {
            const std::array<char, 2> rule = {'=', static_cast<char>('0' + k)};
            add(token.substr(0, first.size()), rest, {}, rest, {}, {rule.data(), rule.size()}, use);
        }
    }
}

/// Spellings that the middle of a token can have as a word.
void segmenter::add_stems(std::string_view proclitics, std::string_view rest, bool article, std::string_view suffix,
                          scratch& use) const {
    const auto middle = rest.substr(0, rest.size() - suffix.size());
    if (middle.empty() || (proclitics.empty() && suffix.empty()) || (!suffix.empty() && article))
        return;
    const auto add_spelled = [&](std::string_view begin, std::string_view end, std::string_view rule) {
        add(proclitics, middle, suffix, begin, end, rule, use);
        spell(use.candidates[use.candidate_count - 1].stem);
    };
    if (article) { // للبيت hides the alef of the article, للجنة its lam too
        add_spelled("ا", middle, "l");
        add_spelled("ال", middle, "L");
        return;
    }
    if (middle == "ان") {
        add(proclitics, middle, suffix, "أن", {}, "a", use);
        add(proclitics, middle, suffix, "إن", {}, "i", use);
    } else {
        add_spelled(middle, {}, {});
    }
    if (suffix.empty())
        return;
    const auto last = last_letters(middle, 1);
    if (const auto bare = uncovered(last); !bare.empty())
        add_spelled(middle.substr(0, middle.size() - letter), bare, bare);
    if (last == "و") // قتلوه → قتلوا + ه
        add_spelled(middle, "ا", "و");
}

/// The order is training/segmenter.py's Analyser.candidates; the whole token
/// comes first.
void segmenter::find_candidates(std::string_view token, scratch& use) const {
    use.candidate_count = 0;
    add({}, token, {}, token, {}, {}, use);
    if (token.size() < 2 * letter || token.size() > longest_token * letter || !arabic(token))
        return;
    add_closed(token, use);
    const auto with = [&](std::size_t proclitics, bool article) {
        const auto rest = token.substr(proclitics);
        add_stems(token.substr(0, proclitics), rest, article, {}, use);
        for (const auto suffix : suffixes)
            if (rest.ends_with(suffix))
                add_stems(token.substr(0, proclitics), rest, article, suffix, use);
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
}

/// The sum of the weights of training/segmenter.py's Analyser.features.
std::int32_t segmenter::score(const candidate& one, const context& around) const {
    const auto p = one.proclitics;
    const auto suffix = one.suffix;
    const std::string_view rule = one.rule;
    const std::string_view stem = one.stem;
    const int own = bucket(stem);
    const int definite = bucket("ال", stem);
    const int sibling = bucket(one.middle, suffix == "ها" ? "ه" : "ها");
    std::int32_t sum = 0;
    const auto use = [&](char name, const auto&... pieces) {
        feature_hash hash(name);
        (hash.add(pieces), ...);
        sum += weights_[hash.value() & (weights_.size() - 1)];
    };
    use('a', p);
    use('b', suffix, rule);
    use('c', p, '|', suffix, rule);
    use('d', p, '|', own);
    use('e', suffix, rule, '|', own);
    use('f', p, '|', suffix, rule, '|', own);
    use('g', p, '|', own - around.whole);
    use('h', p, '|', suffix, rule, '|', own - around.whole);
    use('i', p, '|', definite);
    use('j', p, '|', suffix, rule, '|', around.whole);
    use('k', p, '|', first_letters(stem, 2));
    use('l', p, '|', first_letters(stem, 3));
    use('m', suffix, rule, '|', last_letters(stem, 2));
    use('n', suffix, rule, '|', last_letters(stem, 3));
    use('o', p, '|', suffix, rule, '|', static_cast<int>(std::min<std::size_t>(stem.size() / letter, 9)));
    use('p', around.before, '|', p);
    use('q', last_points(around.before, 2), '|', p, '|', suffix, rule);
    use('r', first_points(around.after, 3), '|', p);
    use('s', around.after, '|', suffix, rule);
    use('w', p, '|', suffix, rule, '|', around.with_and);
    use('x', p, '|', suffix, rule, '|', around.with_article);
    use('y', suffix, rule, '|', sibling);
    use('z', p, '|', suffix, rule, '|', definite);
    use('A', around.before, '|', stem.size() < 4 * letter ? stem : std::string_view{});
    use('B', first_points(around.after, 2), '|', p, '|', suffix, rule);
    // What if the stem's first letter were a clitic too?
    const bool clitic_like = stem.size() > 2 * letter && clitic_letters.find(first_letters(stem, 1)) % letter == 0;
    const int shorter = clitic_like ? bucket(stem.substr(letter)) : 0;
    use('C', clitic_like ? first_letters(stem, 1) : std::string_view{}, '|', clitic_like ? shorter - own : 0);
    use('D', clitic_like ? first_letters(stem, 2) : std::string_view{}, '|', shorter);
    use('t', stem);
    use('u', stem, '|', p);
    use('v', around.token, '|', p, '|', suffix, rule);
    return sum;
}

void segmenter::take_words(const candidate& one, scratch& use) const {
    use.word_count = 0;
    const auto take = [&](std::string_view word) {
        if (use.word_count == use.words.size())
            use.words.emplace_back();
        use.words[use.word_count++] = word;
    };
    for (std::size_t i = 0; i < one.proclitics.size(); i += letter)
        take(one.proclitics.substr(i, letter));
    if (one.rule.starts_with("=")) {
        const auto& ways = closed_.find(one.stem)->second;
        for (const std::string& word : ways[static_cast<std::size_t>(one.rule[1] - '0')])
            take(word);
        return;
    }
    take(one.stem);
    if (!one.suffix.empty())
        take(one.suffix);
}

void segmenter::best(std::string_view token, std::string_view before, std::string_view after, scratch& use) const {
    find_candidates(token, use);
    std::size_t chosen = 0;
    if (use.candidate_count > 1) {
        const context around{
            token, before, after.empty() ? "." : after, bucket(token), bucket("و", token), bucket("ال", token)};
        std::int32_t top = score(use.candidates[0], around);
        for (std::size_t i = 1; i < use.candidate_count; ++i)
            if (const auto value = score(use.candidates[i], around); value > top) {
                top = value;
                chosen = i;
            }
    }
    take_words(use.candidates[chosen], use);
}

std::vector<std::string> segmenter::split(std::string_view token, std::string_view before,
                                          std::string_view after) const {
    scratch use;
    best(text::clean(token), text::clean(before), text::clean(after), use);
    return {use.words.begin(), use.words.begin() + static_cast<std::ptrdiff_t>(use.word_count)};
}

namespace {

/// Byte offsets in `token` where its visible letters begin, marks going with
/// the letter before them.
void find_letters(std::string_view token, std::vector<std::uint32_t>& out) {
    out.clear();
    for (std::size_t i = 0; i < token.size();) {
        const auto next = utf8::decode(token, i);
        if (next.code == utf8::bad || !text::clean(token.substr(i, next.size)).empty())
            out.push_back(static_cast<std::uint32_t>(i));
        i += next.size;
    }
}

/// Where each word begins, in letters of the token: proclitics take their
/// letters from the front, a suffix from the end, the longest word (the stem)
/// what is between. Words that a fused form hides (مما) share what there is.
void find_cuts(std::size_t letters, std::span<const std::string> words, std::vector<std::size_t>& cut) {
    const auto n = words.size();
    std::size_t stem = 0;
    for (std::size_t i = 1; i < n; ++i)
        if (words[i].size() > words[stem].size())
            stem = i;
    cut.assign(n + 1, letters);
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
}

/// Makes a word that may have been used before as good as new, but for the memory of its texts.
void renew(word& one) {
    for (std::string* text : {&one.form, &one.lemma, &one.key, &one.xpos, &one.feats, &one.deprel, &one.name})
        text->clear();
    one.at = {};
    one.tag = upos::other;
    one.head = -1;
    one.margin = 0;
}

} // namespace

void segmenter::segment(std::string_view text, const text::sentence_bounds& bounds, sentence& out) const {
    const auto use = memory_->borrow();
    segment(text, bounds, out, *use);
}

void segmenter::segment(std::string_view text, const text::sentence_bounds& bounds, sentence& out, scratch& use) const {
    out.at = bounds.at;
    out.starts_paragraph = bounds.starts_paragraph;
    out.tokens.clear();
    const std::size_t n = bounds.tokens.size();
    if (use.clean.size() < n)
        use.clean.resize(n);
    for (std::size_t i = 0; i < n; ++i)
        text::clean(bounds.tokens[i].of(text), use.clean[i]);
    std::size_t made = 0;
    for (std::size_t i = 0; i < n; ++i) {
        best(use.clean[i], i > 0 ? std::string_view(use.clean[i - 1]) : std::string_view{},
             i + 1 < n ? std::string_view(use.clean[i + 1]) : std::string_view{}, use);
        const std::span<const std::string> words(use.words.data(), use.word_count);
        const span at = bounds.tokens[i];
        out.tokens.push_back({at, static_cast<std::uint32_t>(made), static_cast<std::uint32_t>(words.size())});
        if (words.size() > 1) {
            find_letters(at.of(text), use.starts);
            find_cuts(use.starts.size(), words, use.cuts);
        }
        const auto begins = [&](std::size_t k) { // leading marks go to the first
            if (k == 0)
                return at.begin;
            return k < words.size() && use.cuts[k] < use.starts.size() ? at.begin + use.starts[use.cuts[k]] : at.end;
        };
        for (std::size_t k = 0; k < words.size(); ++k) {
            if (made == out.words.size())
                out.words.emplace_back();
            word& one = out.words[made++];
            renew(one);
            one.at = {begins(k), begins(k + 1)};
            one.form = words[k].empty() ? at.of(text) : std::string_view(words[k]);
        }
    }
    out.words.resize(made);
    for (std::size_t i = 0; i < n; ++i)
        keep_small(use.clean[i]);
    if (n > 0) { // a token that is no Arabic word is the first candidate and the only word
        keep_small(use.candidates.front().stem);
        keep_small(use.words.front());
    }
}

} // namespace isnad::nlp
