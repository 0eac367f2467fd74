#include "nlp/lemma.hpp"

#include "base/utf8.hpp"
#include "nlp/features.hpp"

#include <algorithm>
#include <charconv>

namespace isnad::nlp {
namespace {

/// Edit trees tried on a form before it is its own lemma.
constexpr std::size_t scripts_tried = 16;
/// How far below the best fitting tree one that gives a known lemma may score. Of 1, 2 and 3 the best on the
/// treebank's development part (97.2, 97.3, 97.4 % of bare lemmas).
constexpr float close_score = 3;

/// Byte offset of the character with number `index`; the size when there are fewer.
std::size_t byte_of(std::string_view text, std::size_t index) {
    std::size_t at = 0;
    while (index > 0 && at < text.size()) {
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80)
            ++at;
        --index;
    }
    return at;
}

/// Reads and applies one tree after another from a text.
class rewriter {
public:
    explicit rewriter(std::string_view tree) : rest_(tree) {}

    /// Appends the rewritten form to `out`; false when the tree does not fit.
    bool apply(std::string_view form, std::string& out) {
        if (rest_.empty())
            return false;
        switch (rest_.front()) {
        case '.':
            rest_.remove_prefix(1);
            return form.empty();
        case '[':
            return replace(form, out);
        case '(':
            return split(form, out);
        default:
            return false;
        }
    }

private:
    bool replace(std::string_view form, std::string& out) {
        const std::size_t bar = rest_.find('|');
        const std::size_t end = rest_.find(']');
        if (bar == std::string_view::npos || end == std::string_view::npos || bar > end ||
            rest_.substr(1, bar - 1) != form)
            return false;
        out += rest_.substr(bar + 1, end - bar - 1);
        rest_.remove_prefix(end + 1);
        return true;
    }

    bool split(std::string_view form, std::string& out) {
        std::size_t first = 0;
        std::size_t last = 0;
        rest_.remove_prefix(1);
        if (!number(first) || !skip(',') || !number(last) || !skip(' '))
            return false;
        const std::size_t size = utf8::length(form);
        if (first + last > size)
            return false;
        const std::size_t begin = byte_of(form, first);
        const std::size_t end = byte_of(form, size - last);
        if (!apply(form.substr(0, begin), out))
            return false;
        out += form.substr(begin, end - begin);
        return skip(' ') && apply(form.substr(end), out) && skip(')');
    }

    bool number(std::size_t& out) {
        const auto [end, failure] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), out);
        if (failure != std::errc{} || out > 1000)
            return false;
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return true;
    }
    bool skip(char mark) {
        if (!rest_.starts_with(mark))
            return false;
        rest_.remove_prefix(1);
        return true;
    }

    std::string_view rest_;
};

} // namespace

bool apply_edit_tree(std::string_view tree, std::string_view form, std::string& out) {
    out.clear();
    return rewriter(tree).apply(form, out);
}

result<lemma_lexicon> lemma_lexicon::open(const container& model) {
    auto scripts = model.lines("core/scripts.txt");
    if (!scripts)
        return scripts.failure();
    const auto vowels = model.lines("core/vowels.txt");
    if (!vowels)
        return vowels.failure();
    lemma_lexicon out;
    out.scripts_ = std::move(*scripts);
    const auto keys = model.array<std::uint32_t>("core/lemma_keys", {0});
    const auto values = model.array<std::uint16_t>("core/lemma_scripts", {0});
    const auto known = model.array<std::uint32_t>("core/lemma_known", {0});
    if (!keys)
        return keys.failure();
    if (!values)
        return values.failure();
    if (!known)
        return known.failure();
    out.keys_ = *keys;
    out.values_ = *values;
    out.known_ = *known;
    if (keys->size() != values->size() ||
        std::any_of(values->begin(), values->end(), [&](std::uint16_t v) { return v >= out.scripts_.size(); }))
        return error{errc::model, "the model's table of lemmas is damaged", {}, "fetch the model file again"};
    out.vowels_.reserve(vowels->size());
    for (const std::string_view line : *vowels)
        if (const std::size_t tab = line.find('\t'); tab != std::string_view::npos)
            out.vowels_.emplace(line.substr(0, tab), line.substr(tab + 1));
    return out;
}

bool lemma_lexicon::remembered(std::string_view cleaned, std::string_view upos, std::string_view xpos,
                               std::string& out) const {
    fnv1a key;
    key.add(cleaned);
    for (const std::string_view more : {upos, xpos}) {
        const auto hash = static_cast<std::uint32_t>(key.add(" ").add(more).folded());
        const auto found = std::lower_bound(keys_.begin(), keys_.end(), hash);
        if (found != keys_.end() && *found == hash)
            return apply_edit_tree(scripts_[values_[static_cast<std::size_t>(found - keys_.begin())]], cleaned, out) &&
                   !out.empty();
    }
    return false;
}

bool lemma_lexicon::known(std::string_view bare_lemma, std::string_view upos) const {
    const auto hash = static_cast<std::uint32_t>(fnv1a().add(bare_lemma).add(" ").add(upos).folded());
    return std::binary_search(known_.begin(), known_.end(), hash);
}

namespace {

/// The best of the scores that come after `last` in the order of falling scores, ties by number; the scores' number
/// when none does.
std::size_t next_best(std::span<const float> scores, std::size_t last) {
    const bool first = last == scores.size();
    std::size_t best = scores.size();
    for (std::size_t i = 0; i < scores.size(); ++i)
        if ((first || scores[i] < scores[last] || (scores[i] == scores[last] && i > last)) &&
            (best == scores.size() || scores[i] > scores[best]))
            best = i;
    return best;
}

} // namespace

void lemma_lexicon::guess(std::string_view cleaned, std::string_view upos, std::span<const float> scores,
                          std::string& out) const {
    // The best tree mostly settles it: the rest is sorted no further than it is looked at.
    std::size_t first = scores.size();
    std::size_t script = scores.size();
    for (std::size_t tried = 0; tried < std::min(scripts_tried, scores.size()); ++tried) {
        script = next_best(scores, script);
        if (script == scores.size() || (first < scores.size() && scores[script] < scores[first] - close_score))
            break;
        if (!apply_edit_tree(scripts_[script], cleaned, out) || out.empty())
            continue;
        if (known(out, upos))
            return;
        if (first == scores.size())
            first = script;
    }
    if (first == scores.size() || !apply_edit_tree(scripts_[first], cleaned, out))
        out = cleaned;
}

void lemma_lexicon::vocalise(std::string_view cleaned, std::string_view upos, std::string_view xpos,
                             std::string_view following, std::string& lemma, std::string& key) const {
    key.assign("+").append(following.substr(0, 2)).append(" ").append(lemma).append(" ").append(upos);
    if (const auto found = vowels_.find(key); found != vowels_.end()) {
        lemma = found->second;
        return;
    }
    // From the most telling key to the broadest, as training/lexicon.py has them.
    key = lemma;
    const std::size_t lemma_end = key.size();
    key.append(" ").append(upos);
    const std::size_t upos_end = key.size();
    key.append(" ").append(xpos.substr(0, 4));
    const std::size_t class_end = key.size();
    key.append(xpos.substr(std::min<std::size_t>(4, xpos.size()))).append(" ").append(cleaned);
    for (const std::size_t end : {key.size(), class_end, upos_end, lemma_end})
        if (const auto found = vowels_.find(std::string_view(key).substr(0, end)); found != vowels_.end()) {
            lemma = found->second;
            return;
        }
}

} // namespace isnad::nlp
