#include "nlp/network.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace isnad::nlp {
namespace {

void add_scaled(float* to, const std::int8_t* row, float scale, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i)
        to[i] += scale * static_cast<float>(row[i]);
}

/// Layer normalisation (Ba et al. 2016), with PyTorch's epsilon.
void normalise(const float* x, const std::vector<float>& scale, const std::vector<float>& shift, float* y) {
    const std::size_t n = scale.size();
    float mean = 0;
    for (std::size_t i = 0; i < n; ++i)
        mean += x[i];
    mean /= static_cast<float>(n);
    float variance = 0;
    for (std::size_t i = 0; i < n; ++i)
        variance += (x[i] - mean) * (x[i] - mean);
    const float factor = 1.0F / std::sqrt(variance / static_cast<float>(n) + 1e-5F);
    for (std::size_t i = 0; i < n; ++i)
        y[i] = (x[i] - mean) * factor * scale[i] + shift[i];
}

void relu(std::vector<float>& values, float slope) {
    for (float& value : values)
        value = value > 0 ? value : value * slope;
}

void log_softmax(float* values, std::size_t n) {
    const float top = *std::max_element(values, values + n);
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i)
        sum += std::exp(static_cast<double>(values[i] - top));
    const float shift = top + static_cast<float>(std::log(sum));
    for (std::size_t i = 0; i < n; ++i)
        values[i] -= shift;
}

/// Rows of `left` and `right` side by side.
void join(const std::vector<float>& left, std::size_t left_size, const std::vector<float>& right,
          std::size_t right_size, std::size_t rows, std::vector<float>& out) {
    const std::size_t size = left_size + right_size;
    out.resize(rows * size);
    for (std::size_t r = 0; r < rows; ++r) {
        std::copy_n(left.data() + r * left_size, left_size, out.data() + r * size);
        std::copy_n(right.data() + r * right_size, right_size, out.data() + r * size + left_size);
    }
}

} // namespace

void network::product(const packed_matrix& by, const float* x, std::size_t rows, std::vector<float>& y) const {
    y.resize(rows * by.stride());
    kernels_->product(x, rows, by.inputs(), by.inputs(), by.weights(), by.bias(), by.stride(), y.data());
}

void network::look_up(std::span<const network_input> words, network_buffers& use) const {
    use.entry.assign(words.size() * entry_size_, 0.0F);
    for (std::size_t w = 0; w < words.size(); ++w) {
        float* at = use.entry.data() + w * entry_size_;
        describe(words[w].cleaned, space_, use.features);
        for (const auto& bag : use.features.rows) {
            const float share = bag.empty() ? 0.0F : 1.0F / static_cast<float>(bag.size());
            for (const std::uint32_t row : bag)
                add_scaled(at, table_.data() + row * embedding_, share * table_scale_[row], embedding_);
            at += embedding_;
        }
        std::copy_n(shape_.data() + use.features.shape * small_, small_, at);
        std::copy_n(place_.data() + words[w].place * small_, small_, at + small_);
    }
}

void network::encode(std::span<const std::size_t> bounds, std::size_t n, network_buffers& use) const {
    const std::size_t wide = 2 * hidden_;
    product(entry_, use.entry.data(), n, use.x);
    for (auto& mixed : use.mixes)
        mixed.assign(n * wide, 0.0F);
    use.state.resize(hidden_);
    for (std::size_t l = 0; l < layers_.size(); ++l) {
        const layer& by = layers_[l];
        use.normed.resize(n * wide);
        for (std::size_t w = 0; w < n; ++w)
            normalise(use.x.data() + w * wide, by.scale, by.shift, use.normed.data() + w * wide);
        product(by.weight, use.normed.data(), n, use.gates);
        use.next.resize(n * wide);
        for (std::size_t s = 0; s + 1 < bounds.size(); ++s)
            kernels_->scan(use.gates.data() + bounds[s] * 6 * hidden_, use.x.data() + bounds[s] * wide, by.v.data(),
                           by.b.data(), bounds[s + 1] - bounds[s], hidden_, use.state.data(),
                           use.next.data() + bounds[s] * wide);
        use.x.swap(use.next);
        for (std::size_t m = 0; m < mixes_.size(); ++m) {
            const float share = mixes_[m].share[l];
            float* mixed = use.mixes[m].data();
            for (std::size_t i = 0; i < n * wide; ++i)
                mixed[i] += share * use.x[i];
        }
    }
}

void network::two_layers(const packed_matrix& first, const packed_matrix& second, const std::vector<float>& x,
                         std::size_t rows, network_buffers& use, std::vector<float>& y) const {
    product(first, x.data(), rows, use.hidden);
    relu(use.hidden, 0.0F);
    product(second, use.hidden.data(), rows, y);
}

void network::run(std::span<const network_input> words, std::span<const std::size_t> bounds, network_buffers& use,
                  network_scores& out) const {
    const std::size_t n = words.size();
    const std::size_t wide = 2 * hidden_;
    look_up(words, use);
    encode(bounds, n, use);
    auto& [tag, tree, name] = use.mixes;

    two_layers(tag1_, tag2_, tag, n, use, out.tags);
    join(tag, wide, use.entry, entry_size_, n, use.mixed);
    two_layers(lemma1_, lemma2_, use.mixed, n, use, out.scripts);
    join(name, wide, use.entry, entry_size_, n, use.mixed);
    two_layers(name1_, name2_, use.mixed, n, use, out.names);
    out.tag_stride = tag2_.stride();
    out.script_stride = lemma2_.stride();
    out.name_stride = name2_.stride();
    for (std::size_t w = 0; w < n; ++w)
        log_softmax(out.names.data() + w * out.name_stride, name_count());

    product(dep_, tree.data(), n, out.dep);
    product(rel_dep_, tree.data(), n, out.rel_dep);
    tree.insert(tree.end(), root_.begin(), root_.end());
    product(head_, tree.data(), n + 1, out.head);
    product(rel_head_, tree.data(), n + 1, out.rel_head);
    for (auto* values : {&out.dep, &out.rel_dep, &out.head, &out.rel_head})
        relu(*values, 0.1F);
}

void network::arcs(const network_scores& of, std::size_t first, std::size_t last, network_buffers& use,
                   std::vector<float>& out) const {
    const std::size_t n = last - first;
    const std::size_t size = arc_.outputs();
    const std::size_t root_row = of.head.size() / size - 1;
    use.heads.resize(n + 1, size);
    for (std::size_t h = 0; h <= n; ++h) {
        const float* row = of.head.data() + (h == 0 ? root_row : first + h - 1) * size;
        float bias = 0;
        for (std::size_t i = 0; i < size; ++i)
            bias += row[i] * arc_bias_[i];
        use.heads.set_row(h, row);
        use.heads.set_bias(h, bias);
    }
    product(arc_, of.dep.data() + first * size, n, use.projected);
    product(use.heads, use.projected.data(), n, use.hidden);
    out.resize(n * (n + 1));
    for (std::size_t w = 0; w < n; ++w) {
        std::copy_n(use.hidden.data() + w * use.heads.stride(), n + 1, out.data() + w * (n + 1));
        log_softmax(out.data() + w * (n + 1), n + 1);
    }
}

void network::relations(const network_scores& of, std::span<const std::size_t> words,
                        std::span<const std::size_t> heads, network_buffers& use, std::vector<float>& out) const {
    const std::size_t n = words.size();
    const std::size_t size = rel_.inputs();
    const std::size_t count = relation_count();
    use.mixed.resize(n * size);
    use.next.resize(n * size);
    for (std::size_t i = 0; i < n; ++i) {
        std::copy_n(of.rel_dep.data() + words[i] * size, size, use.mixed.data() + i * size);
        std::copy_n(of.rel_head.data() + heads[i] * size, size, use.next.data() + i * size);
    }
    product(rel_, use.mixed.data(), n, use.projected); // [n][relations][size]
    product(rel_lin_dep_, use.mixed.data(), n, use.hidden);
    product(rel_lin_head_, use.next.data(), n, use.gates);
    out.resize(n * count);
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t r = 0; r < count; ++r) {
            const float* left = use.projected.data() + (i * count + r) * size;
            const float* right = use.next.data() + i * size;
            float sum = use.hidden[i * rel_lin_dep_.stride() + r] + use.gates[i * rel_lin_head_.stride() + r];
            for (std::size_t k = 0; k < size; ++k)
                sum += left[k] * right[k];
            out[i * count + r] = sum;
        }
}

} // namespace isnad::nlp
