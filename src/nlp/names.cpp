#include "nlp/names.hpp"

#include <algorithm>

namespace isnad::nlp {
namespace {

/// Whether `label` may come after `before` ("" at the beginning).
bool may_follow(std::string_view before, std::string_view label) {
    return !label.starts_with('I') || (!before.empty() && before.substr(1) == label.substr(1));
}

} // namespace

std::vector<std::size_t> best_names(std::span<const float> scores, std::size_t n, std::size_t stride,
                                    std::span<const std::string_view> labels) {
    constexpr float never = -1e9F;
    const std::size_t k = labels.size();
    std::vector<std::size_t> out(n);
    if (n == 0 || k == 0)
        return out;
    std::vector<float> best(k);
    std::vector<float> next(k);
    std::vector<std::size_t> back(n * k);
    for (std::size_t j = 0; j < k; ++j)
        best[j] = scores[j] + (may_follow({}, labels[j]) ? 0.0F : never);
    for (std::size_t t = 1; t < n; ++t) {
        for (std::size_t j = 0; j < k; ++j) {
            std::size_t from = 0;
            float reach = 2 * never;
            for (std::size_t i = 0; i < k; ++i)
                if (const float path = best[i] + (may_follow(labels[i], labels[j]) ? 0.0F : never); path > reach) {
                    reach = path;
                    from = i;
                }
            next[j] = reach + scores[t * stride + j];
            back[t * k + j] = from;
        }
        best.swap(next);
    }
    std::size_t at = static_cast<std::size_t>(std::max_element(best.begin(), best.end()) - best.begin());
    for (std::size_t t = n; t-- > 0;) {
        out[t] = at;
        at = t > 0 ? back[t * k + at] : at;
    }
    return out;
}

} // namespace isnad::nlp
