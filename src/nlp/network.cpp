#include "nlp/network.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace isnad::nlp {
namespace {

/// Units of a layer taken through product and recurrence together, so that their gates stay in the cache.
constexpr std::size_t units_together = 64;
/// Pairs of a word and its head scored together, likewise.
constexpr std::size_t pairs_together = 24;
/// What the leaky linear units of the tree let through below zero.
constexpr float leak = 0.1F;
constexpr float linear = 1;

/// A number in half precision; the scales in the file are neither infinite nor no numbers.
float widened(std::uint16_t half) {
    const std::uint32_t sign = (half & 0x8000U) << 16U;
    const auto size = std::bit_cast<float>((half & 0x7FFFU) << 13U) * 0x1p112F; // the exponents differ by 112
    return std::bit_cast<float>(std::bit_cast<std::uint32_t>(size) | sign);
}

} // namespace

void dynamic_matrix::resize(std::size_t outputs, std::size_t inputs) {
    const std::size_t padded = (outputs + matrix_view::panel - 1) / matrix_view::panel * matrix_view::panel;
    const std::size_t groups = inputs / matrix_view::group;
    inputs_ = inputs;
    weights_.assign(padded * groups * matrix_view::group, 0);
    scale_.assign(padded, 0.0F);
    bias_.assign(padded, 0.0F);
    sum_.assign(padded, 0);
    view_ = {padded, groups, weights_.data(), scale_.data(), bias_.data(), sum_.data()};
}

void dynamic_matrix::set_row(std::size_t output, const float* row, const kernels& by) {
    constexpr std::size_t panel = matrix_view::panel;
    constexpr std::size_t group = matrix_view::group;
    row_.resize(inputs_);
    by.round_weights(row, inputs_, row_.data(), scale_[output], sum_[output]);
    std::int8_t* at = weights_.data() + output / panel * panel * view_.groups * group + output % panel * group;
    for (std::size_t g = 0; g < view_.groups; ++g)
        std::memcpy(at + g * panel * group, row_.data() + g * group, group);
}

std::size_t network::encoder_products() const noexcept {
    std::size_t all = entry_.outputs * entry_.groups * matrix_view::group;
    for (const layer& by : layers_)
        all += (by.narrow.outputs * by.narrow.groups + by.weight.outputs * by.weight.groups) * matrix_view::group;
    return all;
}

void network::round_rows(const float* x, std::size_t rows, std::size_t width, byte_rows& into) const {
    into.resize(rows, width);
    for (std::size_t r = 0; r < rows; ++r)
        kernels_->round(x + r * width, width, into.values.data() + r * into.stride, into.scale[r], into.zero[r]);
}

void network::product(const byte_rows& x, std::size_t rows, const matrix_view& by, float slope,
                      std::vector<float>& y) const {
    y.resize(rows * by.outputs);
    kernels_->product(x, 0, rows, by, slope, y.data(), by.outputs);
}

void network::two_layers(const byte_rows& x, std::size_t rows, const matrix_view& first, const matrix_view& second,
                         network_buffers& use, std::vector<float>& y) const {
    product(x, rows, first, 0.0F, use.hidden);
    round_rows(use.hidden.data(), rows, first.outputs, use.more_bytes);
    product(use.more_bytes, rows, second, linear, y);
}

void network::look_up(std::span<const network_input> words, network_buffers& use) const {
    use.entry.assign(words.size() * entry_size_, 0.0F);
    for (std::size_t w = 0; w < words.size(); ++w) {
        float* at = use.entry.data() + w * entry_size_;
        describe(words[w].cleaned, space_, use.features);
        for (const auto& bag : use.features.rows) {
            const float share = bag.empty() ? 0.0F : 1.0F / static_cast<float>(bag.size());
            for (const std::uint32_t row : bag)
                kernels_->add_bytes(at, table_.data() + row * embedding_, share * widened(table_scale_[row]),
                                    embedding_);
            at += embedding_;
        }
        std::copy_n(shape_.data() + use.features.shape * small_, small_, at);
        std::copy_n(place_.data() + words[w].place * small_, small_, at + small_);
    }
}

void network::recur(const layer& by, std::span<const std::size_t> bounds, const float* x, float* h,
                    network_buffers& use) const {
    const std::size_t wide = 2 * hidden_;
    for (std::size_t direction = 0; direction < 2; ++direction)
        for (std::size_t unit = 0; unit < hidden_; unit += units_together) {
            const std::size_t width = std::min(units_together, hidden_ - unit);
            use.gates.resize(use.words * 3 * width);
            for (std::size_t gate = 0; gate < 3; ++gate)
                kernels_->product(use.bytes, 0, use.words,
                                  by.weight.part((direction * 3 + gate) * hidden_ + unit, width), linear,
                                  use.gates.data() + gate * width, 3 * width);
            const float* v = by.v.data() + direction * wide + unit;
            const std::size_t at = direction * hidden_ + unit;
            for (std::size_t s = 0; s + 1 < bounds.size(); ++s)
                kernels_->scan(use.gates.data() + bounds[s] * 3 * width, x + bounds[s] * wide + at, v, v + hidden_,
                               bounds[s + 1] - bounds[s], width, wide, direction == 1, h + bounds[s] * wide + at);
        }
}

void network::encode(std::span<const std::size_t> bounds, network_buffers& use) const {
    const std::size_t n = use.words;
    const std::size_t wide = 2 * hidden_;
    use.states.resize((layers_.size() + 1) * n * wide);
    use.row.resize(wide + entry_size_);
    round_rows(use.entry.data(), n, entry_size_, use.bytes);
    kernels_->product(use.bytes, 0, n, entry_, linear, use.states.data(), wide);
    for (std::size_t l = 0; l < layers_.size(); ++l) {
        const float* x = use.states.data() + l * n * wide;
        use.bytes.resize(n, wide);
        for (std::size_t w = 0; w < n; ++w) {
            kernels_->normalise(x + w * wide, layers_[l].scale.data(), layers_[l].shift.data(), wide, use.row.data());
            kernels_->round(use.row.data(), wide, use.bytes.values.data() + w * use.bytes.stride, use.bytes.scale[w],
                            use.bytes.zero[w]);
        }
        product(use.bytes, n, layers_[l].narrow, linear, use.hidden);
        round_rows(use.hidden.data(), n, layers_[l].narrow.outputs, use.bytes);
        recur(layers_[l], bounds, x, use.states.data() + (l + 1) * n * wide, use);
    }
}

void network::mixed(const mix& by, std::size_t word, const network_buffers& use, float* row) const {
    const std::size_t wide = 2 * hidden_;
    std::fill_n(row, wide, 0.0F);
    for (std::size_t l = 0; l < by.size(); ++l)
        kernels_->add(row, use.states.data() + ((l + 1) * use.words + word) * wide, by[l], wide);
}

/// The mix of a word's layers with its entry beside it, as row `at`.
void network::round_joined(const mix& by, std::size_t word, std::size_t at, network_buffers& use,
                           byte_rows& into) const {
    mixed(by, word, use, use.row.data());
    std::copy_n(use.entry.data() + word * entry_size_, entry_size_, use.row.data() + 2 * hidden_);
    kernels_->round(use.row.data(), 2 * hidden_ + entry_size_, into.values.data() + at * into.stride, into.scale[at],
                    into.zero[at]);
}

void network::run(std::span<const network_input> words, std::span<const std::size_t> bounds, const heads& wanted,
                  network_buffers& use) const {
    const std::size_t n = words.size();
    const std::size_t wide = 2 * hidden_;
    use.words = n;
    look_up(words, use);
    encode(bounds, use);
    if (wanted.tag) {
        use.bytes.resize(n, wide);
        for (std::size_t w = 0; w < n; ++w) {
            mixed(mix_tag_, w, use, use.row.data());
            kernels_->round(use.row.data(), wide, use.bytes.values.data() + w * use.bytes.stride, use.bytes.scale[w],
                            use.bytes.zero[w]);
        }
        two_layers(use.bytes, n, tag1_, tag2_, use, use.tags);
        use.tag_stride = tag2_.outputs;
    }
    if (wanted.ner) {
        use.bytes.resize(n, wide + entry_size_);
        for (std::size_t w = 0; w < n; ++w)
            round_joined(mix_name_, w, w, use, use.bytes);
        two_layers(use.bytes, n, name1_, name2_, use, use.names);
        use.name_stride = name2_.outputs;
    }
    if (wanted.parse)
        trees(use);
}

void network::trees(network_buffers& use) const {
    const std::size_t n = use.words;
    const std::size_t wide = 2 * hidden_;
    use.bytes.resize(n + 1, wide);
    for (std::size_t w = 0; w <= n; ++w) {
        if (w < n)
            mixed(mix_tree_, w, use, use.row.data());
        kernels_->round(w < n ? use.row.data() : root_.data(), wide, use.bytes.values.data() + w * use.bytes.stride,
                        use.bytes.scale[w], use.bytes.zero[w]);
    }
    product(use.bytes, n, dep_, leak, use.hidden);
    product(use.bytes, n + 1, head_, leak, use.head);
    product(use.bytes, n, rel_dep_, leak, use.rel_dep);
    product(use.bytes, n + 1, rel_head_, leak, use.rel_head);
    round_rows(use.hidden.data(), n, dep_.outputs, use.more_bytes);
    product(use.more_bytes, n, arc_, linear, use.projected);
}

void network::scripts(std::span<const std::size_t> chosen, network_buffers& use, std::vector<float>& out) const {
    use.bytes.resize(chosen.size(), 2 * hidden_ + entry_size_);
    for (std::size_t i = 0; i < chosen.size(); ++i)
        round_joined(mix_tag_, chosen[i], i, use, use.bytes);
    two_layers(use.bytes, chosen.size(), lemma1_, lemma2_, use, out);
}

void network::arcs(std::size_t first, std::size_t last, network_buffers& use, std::vector<float>& out) const {
    const std::size_t n = last - first;
    const std::size_t size = head_.outputs;
    use.heads.resize(n + 1, size);
    for (std::size_t h = 0; h <= n; ++h)
        use.heads.set_row(h, use.head.data() + (h == 0 ? use.words : first + h - 1) * size, *kernels_);
    round_rows(use.projected.data() + first * size, n, size, use.bytes);
    const matrix_view& by = use.heads.view();
    product(use.bytes, n, by, linear, use.scores);
    out.resize(n * (n + 1));
    for (std::size_t w = 0; w < n; ++w)
        std::copy_n(use.scores.data() + w * by.outputs, n + 1, out.data() + w * (n + 1));
}

void network::relations(std::span<const std::size_t> words, std::span<const std::size_t> heads, network_buffers& use,
                        std::vector<float>& out) const {
    const std::size_t n = words.size();
    use.bytes.resize(n, relation_);
    for (std::size_t i = 0; i < n; ++i)
        kernels_->round(use.rel_dep.data() + words[i] * relation_, relation_,
                        use.bytes.values.data() + i * use.bytes.stride, use.bytes.scale[i], use.bytes.zero[i]);
    product(use.bytes, n, rel_lin_dep_, linear, use.hidden);
    out.resize(n * relations_);
    use.pairs.resize(pairs_together * rel_.outputs);
    for (std::size_t i = 0; i < n; ++i) {
        if (i % pairs_together == 0) // [pairs][relations][size]
            kernels_->product(use.bytes, i, std::min(pairs_together, n - i), rel_, linear, use.pairs.data(),
                              rel_.outputs);
        const float* left = use.pairs.data() + i % pairs_together * rel_.outputs;
        const float* right = use.rel_head.data() + heads[i] * relation_;
        for (std::size_t r = 0; r < relations_; ++r)
            out[i * relations_ + r] =
                use.hidden[i * rel_lin_dep_.outputs + r] + kernels_->dot(left + r * relation_, right, relation_);
    }
}

} // namespace isnad::nlp
