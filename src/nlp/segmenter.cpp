#include "nlp/segmenter.hpp"

#include "base/table.hpp"
#include "base/utf8.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace isnad::nlp {

namespace {

constexpr std::array<std::u32string_view, 12> suffixes = {U"هما", U"كما", U"ها", U"هم", U"هن", U"كم",
                                                          U"كن",  U"نا",  U"ني", U"ه",  U"ك",  U"ي"};
constexpr std::size_t longest_token = 40; ///< code points; what is longer is no Arabic word and stays whole

std::u32string decoded(std::string_view text) {
    std::u32string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto next = utf8::decode(text, i);
        out += next.code;
        i += next.size;
    }
    return out;
}

std::string encoded(std::u32string_view text) {
    std::string out;
    for (const auto c : text)
        utf8::append(out, c);
    return out;
}

bool arabic(std::u32string_view token) {
    return std::all_of(token.begin(), token.end(),
                       [](char32_t c) { return (c >= 0x0621 && c <= 0x064A) || (c >= 0x0671 && c <= 0x06D3); });
}

std::uint64_t fnv(std::string_view text, std::uint64_t h = 14695981039346656037ULL) {
    for (const char c : text)
        h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return h;
}

/// The spelling that a stem's last letter has at the end of a word, before a suffix hid it.
char32_t uncovered(char32_t last) {
    switch (last) {
    case U'ت':
        return U'ة';
    case U'ا':
        return U'ى';
    case U'ئ':
    case U'ؤ':
        return U'ء';
    default:
        return 0;
    }
}

} // namespace

result<segmenter> segmenter::open(const container& model) {
    segmenter out(model);
    const auto weights = model.array<std::int8_t>("segmenter/weights", {0});
    const auto keys = model.array<std::uint32_t>("segmenter/count_keys", {0});
    const auto buckets = model.array<std::uint8_t>("segmenter/count_buckets", {0});
    const auto closed = model.lines("segmenter/closed.txt");
    if (!weights)
        return weights.failure();
    if (!keys)
        return keys.failure();
    if (!buckets)
        return buckets.failure();
    if (!closed)
        return closed.failure();
    if (!std::has_single_bit(weights->size()) || keys->size() != buckets->size())
        return error{errc::model, "the segmenter's tables do not fit one another", model.name(),
                     "train the model again"};
    out.weights_ = *weights;
    out.count_keys_ = *keys;
    out.count_buckets_ = *buckets;
    for (const auto line : *closed) {
        const auto tab = line.find('\t');
        if (tab != std::string_view::npos)
            out.closed_.emplace(line.substr(0, tab), isnad::split(line.substr(tab + 1), ' '));
    }
    return out;
}

int segmenter::bucket(std::u32string_view word) const {
    const auto key = static_cast<std::uint32_t>(fnv(encoded(word)) >> 32);
    const auto found = std::lower_bound(count_keys_.begin(), count_keys_.end(), key);
    if (found == count_keys_.end() || *found != key)
        return 0;
    return count_buckets_[static_cast<std::size_t>(found - count_keys_.begin())];
}

std::u32string segmenter::spelled(const std::u32string& stem) const {
    if (stem.size() < 3 || stem[0] != U'ا' || stem.starts_with(U"ال"))
        return stem;
    std::u32string best = stem;
    int most = 2 + bucket(stem);
    for (const char32_t alef : {U'أ', U'إ'}) {
        std::u32string other = stem;
        other[0] = alef;
        if (const int count = bucket(other); count >= most) {
            best = other;
            most = count + 1;
        }
    }
    return best;
}

std::vector<segmenter::candidate> segmenter::candidates(const std::u32string& token) const {
    std::vector<candidate> out{{{}, token, {}, {}}};
    if (token.size() < 2 || token.size() > longest_token || !arabic(token))
        return out;
    struct front {
        std::vector<std::u32string> proclitics;
        std::u32string_view rest;
        bool article;
    };
    std::vector<front> fronts;
    for (const std::u32string_view first : {U"", U"و", U"ف"}) {
        if (!std::u32string_view(token).starts_with(first))
            continue;
        const auto rest = std::u32string_view(token).substr(first.size());
        std::vector<std::u32string> one;
        if (!first.empty())
            one.emplace_back(first);
        fronts.push_back({one, rest, false});
        for (const std::u32string_view second : {U"ب", U"ل", U"ك", U"س"}) {
            if (!rest.starts_with(second) || rest.size() < 2)
                continue;
            auto two = one;
            two.emplace_back(second);
            const auto after = rest.substr(1);
            fronts.push_back({two, after, false});
            if (second == U"ل" && after.starts_with(U"ل") && after.size() > 2)
                fronts.push_back({two, after, true});
        }
    }
    const auto stems = [&](std::u32string_view rest, bool article, std::u32string_view suffix) {
        std::vector<std::pair<std::u32string, std::u32string>> made;
        if (article)
            made = {{U"ا" + std::u32string(rest), U"l"}, {U"ال" + std::u32string(rest), U"L"}};
        else
            made = {{spelled(std::u32string(rest)), U""}};
        if (suffix.empty())
            return made;
        const auto first = made.front();
        if (const char32_t last = uncovered(rest.back()); last != 0) {
            auto more = made;
            for (auto& [word, rule] : more) {
                word.back() = last;
                rule += last;
            }
            made.insert(made.end(), more.begin(), more.end());
        }
        if (rest.back() == U'و')
            made.emplace_back(first.first + U'ا', first.second + U'و');
        return made;
    };
    for (const auto& [proclitics, rest, article] : fronts) {
        const auto with = [&](std::u32string_view suffix) {
            const auto middle = rest.substr(0, rest.size() - suffix.size());
            if (middle.empty() || (proclitics.empty() && suffix.empty()) || (!suffix.empty() && article))
                return;
            for (auto& [stem, rule] : stems(middle, article, suffix))
                out.push_back({proclitics, std::move(stem), std::u32string(suffix), std::move(rule)});
        };
        with({});
        for (const auto suffix : suffixes)
            if (rest.ends_with(suffix))
                with(suffix);
    }
    return out;
}

std::int64_t segmenter::score(const candidate& one, const std::string& token, int whole, const std::u32string& before,
                              const std::u32string& after) const {
    std::string p;
    for (const auto& clitic : one.proclitics)
        p += (p.empty() ? "" : "+") + encoded(clitic);
    const auto s = encoded(one.suffix) + encoded(one.rule);
    const auto ps = p + "|" + s;
    const std::u32string_view stem = one.stem;
    const auto first = [](std::u32string_view of, std::size_t n) { return encoded(of.substr(0, n)); };
    const auto last = [](std::u32string_view of, std::size_t n) {
        return encoded(of.substr(of.size() > n ? of.size() - n : 0));
    };
    const int own = bucket(stem);
    const auto number = [](auto n) { return std::to_string(n); };
    std::int64_t sum = 0;
    const auto add = [&](const std::string& feature) {
        const auto h = fnv(feature);
        sum += weights_[(h ^ (h >> 32)) & (weights_.size() - 1)];
    };
    // The list is training/segmenter.py's Analyser.features, in its order.
    add("a" + p);
    add("b" + s);
    add("c" + ps);
    add("d" + p + "|" + number(own));
    add("e" + s + "|" + number(own));
    add("f" + ps + "|" + number(own));
    add("g" + p + "|" + number(own - whole));
    add("h" + ps + "|" + number(own - whole));
    add("i" + p + "|" + number(bucket(U"ال" + one.stem)));
    add("j" + ps + "|" + number(whole));
    add("k" + p + "|" + first(stem, 2));
    add("l" + p + "|" + first(stem, 3));
    add("m" + s + "|" + last(stem, 2));
    add("n" + s + "|" + last(stem, 3));
    add("o" + ps + "|" + number(std::min<std::size_t>(stem.size(), 9)));
    add("p" + encoded(before) + "|" + p);
    add("q" + last(before, 2) + "|" + ps);
    add("r" + first(after, 3) + "|" + p);
    add("s" + encoded(after) + "|" + s);
    add("t" + encoded(stem));
    add("u" + encoded(stem) + "|" + p);
    add("v" + token + "|" + ps);
    return sum;
}

std::vector<std::string> segmenter::best(const std::string& token, const std::string& before,
                                         const std::string& after) const {
    if (const auto found = closed_.find(token); found != closed_.end())
        return found->second;
    const auto letters = decoded(token);
    const auto all = candidates(letters);
    std::size_t chosen = 0;
    if (all.size() > 1) {
        const int whole = bucket(letters);
        const auto left = decoded(before), right = decoded(after);
        std::int64_t top = 0;
        for (std::size_t i = 0; i < all.size(); ++i)
            if (const auto value = score(all[i], token, whole, left, right); i == 0 || value > top) {
                top = value;
                chosen = i;
            }
    }
    std::vector<std::string> out;
    for (const auto& clitic : all[chosen].proclitics)
        out.push_back(encoded(clitic));
    out.push_back(all.size() > 1 ? encoded(all[chosen].stem) : token);
    if (!all[chosen].suffix.empty())
        out.push_back(encoded(all[chosen].suffix));
    return out;
}

std::vector<std::string> segmenter::split(std::string_view token, std::string_view before,
                                          std::string_view after) const {
    return best(text::clean(token), text::clean(before), text::clean(after));
}

namespace {

/// Byte offsets in `token` where its visible letters begin, marks going with the letter before them.
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

/// Shares out the bytes of a token to its words: proclitics take a letter each from the front, a suffix its letters
/// from the end, the stem what is between. Words that a fused form hides (مما) share what there is.
std::vector<span> shares(std::string_view token, std::uint32_t base, const std::vector<std::string>& words) {
    const auto starts = letter_starts(token);
    const auto n = words.size();
    std::vector<std::size_t> cut(n + 1, 0); // in letters
    cut[n] = starts.size();
    std::size_t front = 0;
    std::size_t stem = 0; // the longest word takes what the others leave
    for (std::size_t i = 1; i < n; ++i)
        if (words[i].size() > words[stem].size())
            stem = i;
    for (std::size_t i = 0; i < stem; ++i)
        cut[i + 1] = front = std::min(front + utf8::length(words[i]), starts.size());
    std::size_t back = starts.size();
    for (std::size_t i = n; i-- > stem + 1;) {
        const auto want = utf8::length(words[i]);
        back = back > front + want ? back - want : std::min(back, front);
        cut[i] = back;
    }
    std::vector<span> out;
    for (std::size_t i = 0; i < n; ++i) {
        const auto at = [&](std::size_t letter) {
            if (letter == 0)
                return base; // leading marks belong to the first word
            return base + (letter < starts.size() ? starts[letter] : static_cast<std::uint32_t>(token.size()));
        };
        out.push_back({at(cut[i]), at(cut[i + 1])});
    }
    out.back().end = base + static_cast<std::uint32_t>(token.size());
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
        const auto words =
            best(clean[i], i > 0 ? clean[i - 1] : std::string(), i + 1 < clean.size() ? clean[i + 1] : std::string());
        const auto at = bounds.tokens[i];
        out.tokens.push_back(
            {at, static_cast<std::uint32_t>(out.words.size()), static_cast<std::uint32_t>(words.size())});
        const auto parts = shares(at.of(text), at.begin, words);
        for (std::size_t k = 0; k < words.size(); ++k) {
            word made;
            made.at = parts[k];
            made.form = words[k].empty() ? std::string(at.of(text)) : words[k];
            out.words.push_back(std::move(made));
        }
    }
}

} // namespace isnad::nlp
