#include "nlp/lemma.hpp"

#include "nlp/features.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>

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

std::size_t characters(std::string_view text) {
    std::size_t count = 0;
    for (const char byte : text)
        count += (static_cast<unsigned char>(byte) & 0xC0) != 0x80 ? 1 : 0;
    return count;
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
        const std::size_t size = characters(form);
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

std::optional<std::string> apply_edit_tree(std::string_view tree, std::string_view form) {
    std::string out;
    if (!rewriter(tree).apply(form, out))
        return std::nullopt;
    return out;
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

std::optional<std::string> lemma_lexicon::remembered(std::string_view cleaned, std::string_view upos,
                                                     std::string_view xpos) const {
    std::string key(cleaned);
    for (const std::string_view more : {upos, xpos}) {
        key.append(" ").append(more);
        const auto hash = static_cast<std::uint32_t>(hashed(key));
        const auto found = std::lower_bound(keys_.begin(), keys_.end(), hash);
        if (found != keys_.end() && *found == hash)
            return apply_edit_tree(scripts_[values_[static_cast<std::size_t>(found - keys_.begin())]], cleaned);
    }
    return std::nullopt;
}

bool lemma_lexicon::known(std::string_view bare_lemma, std::string_view upos) const {
    std::string key(bare_lemma);
    key.append(" ").append(upos);
    return std::binary_search(known_.begin(), known_.end(), static_cast<std::uint32_t>(hashed(key)));
}

std::string lemma_lexicon::bare(std::string_view cleaned, std::string_view upos, std::string_view xpos,
                                std::span<const float> scores) const {
    if (auto memory = remembered(cleaned, upos, xpos); memory && !memory->empty())
        return std::move(*memory);
    std::array<std::size_t, scripts_tried> order{};
    const auto higher = [&](std::size_t a, std::size_t b) {
        return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
    };
    std::vector<std::size_t> all(scores.size());
    std::iota(all.begin(), all.end(), 0);
    const auto end = std::partial_sort_copy(all.begin(), all.end(), order.begin(), order.end(), higher);
    std::optional<std::string> first;
    float top = 0;
    for (auto script = order.begin(); script != end; ++script) {
        if (first && scores[*script] < top - close_score)
            break;
        auto fitting = apply_edit_tree(scripts_[*script], cleaned);
        if (!fitting || fitting->empty())
            continue;
        if (known(*fitting, upos))
            return std::move(*fitting);
        if (!first) {
            first = std::move(fitting);
            top = scores[*script];
        }
    }
    return first ? std::move(*first) : std::string(cleaned);
}

std::string lemma_lexicon::vocalised(std::string_view cleaned, std::string_view upos, std::string_view xpos,
                                     std::string_view bare_lemma, std::string_view following) const {
    std::string context("+");
    context.append(following.substr(0, 2)).append(" ").append(bare_lemma).append(" ").append(upos);
    if (const auto found = vowels_.find(context); found != vowels_.end())
        return std::string(found->second);
    // From the most telling key to the broadest, as training/lexicon.py has them.
    std::string key(bare_lemma);
    const std::size_t lemma_end = key.size();
    key.append(" ").append(upos);
    const std::size_t upos_end = key.size();
    key.append(" ").append(xpos.substr(0, 4));
    const std::size_t class_end = key.size();
    key.append(xpos.substr(std::min<std::size_t>(4, xpos.size()))).append(" ").append(cleaned);
    for (const std::size_t end : {key.size(), class_end, upos_end, lemma_end})
        if (const auto found = vowels_.find(std::string_view(key).substr(0, end)); found != vowels_.end())
            return std::string(found->second);
    return std::string(bare_lemma);
}

} // namespace isnad::nlp
