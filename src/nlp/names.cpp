#include "nlp/names.hpp"

#include <algorithm>

namespace isnad::nlp {
namespace {

constexpr float never = -1e9F;

/// Whether `label` may come after `before` ("" at the beginning).
bool may_follow(std::string_view before, std::string_view label) {
    return !label.starts_with('I') || (!before.empty() && before.substr(1) == label.substr(1));
}

} // namespace

name_decoder::name_decoder(std::span<const std::string_view> labels) : labels_(labels.size()) {
    for (const std::string_view label : labels) {
        first_.push_back(may_follow({}, label) ? 0.0F : never);
        for (const std::string_view before : labels)
            follow_.push_back(may_follow(before, label) ? 0.0F : never);
    }
}

void name_decoder::best(std::span<const float> scores, std::size_t n, std::size_t stride, scratch& use,
                        std::vector<std::size_t>& out) const {
    const std::size_t k = labels_;
    out.assign(n, 0);
    if (n == 0 || k == 0)
        return;
    use.best.resize(k);
    use.next.resize(k);
    use.back.resize(n * k);
    for (std::size_t j = 0; j < k; ++j)
        use.best[j] = scores[j] + first_[j];
    for (std::size_t t = 1; t < n; ++t) {
        for (std::size_t j = 0; j < k; ++j) {
            std::size_t from = 0;
            float reach = 2 * never;
            for (std::size_t i = 0; i < k; ++i)
                if (const float path = use.best[i] + follow_[j * k + i]; path > reach) {
                    reach = path;
                    from = i;
                }
            use.next[j] = reach + scores[t * stride + j];
            use.back[t * k + j] = from;
        }
        // Scores have no upper bound; only the differences of paths matter.
        const float top = *std::max_element(use.next.begin(), use.next.end());
        for (std::size_t j = 0; j < k; ++j)
            use.best[j] = use.next[j] - top;
    }
    std::size_t at = static_cast<std::size_t>(std::max_element(use.best.begin(), use.best.end()) - use.best.begin());
    for (std::size_t t = n; t-- > 0;) {
        out[t] = at;
        at = t > 0 ? use.back[t * k + at] : at;
    }
}

} // namespace isnad::nlp
