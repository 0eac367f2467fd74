#pragma once
// The arithmetic of the network, compiled for several instruction sets; the machine's best is chosen once, at load.
#include <cstddef>
#include <span>
#include <vector>

namespace isnad::nlp {

/// A weight matrix [outputs][inputs] laid out for the kernels: panels of 16 outputs, inputs outermost within a panel.
/// Outputs are padded with zeros to a multiple of 16, so rows of results are `stride()` wide.
class packed_matrix {
public:
    static constexpr std::size_t panel = 16;

    packed_matrix() = default;
    packed_matrix(std::size_t outputs, std::size_t inputs) { resize(outputs, inputs); }

    /// All zeros.
    void resize(std::size_t outputs, std::size_t inputs) {
        outputs_ = outputs;
        inputs_ = inputs;
        weights_.assign(stride() * inputs, 0.0F);
        bias_.assign(stride(), 0.0F);
    }
    /// Row `output` of the matrix as [inputs].
    void set_row(std::size_t output, const float* row) {
        float* at = weights_.data() + output / panel * panel * inputs_ + output % panel;
        for (std::size_t i = 0; i < inputs_; ++i)
            at[i * panel] = row[i];
    }
    void set_bias(std::size_t output, float value) { bias_[output] = value; }

    [[nodiscard]] std::size_t outputs() const noexcept { return outputs_; }
    [[nodiscard]] std::size_t inputs() const noexcept { return inputs_; }
    [[nodiscard]] std::size_t stride() const noexcept { return (outputs_ + panel - 1) / panel * panel; }
    [[nodiscard]] const float* weights() const noexcept { return weights_.data(); }
    [[nodiscard]] const float* bias() const noexcept { return bias_.data(); }

private:
    std::size_t outputs_ = 0;
    std::size_t inputs_ = 0;
    std::vector<float> weights_;
    std::vector<float> bias_;
};

/// One implementation of everything that takes time. All of them give the same results for the same machine, whatever
/// the number of rows asked for at once; between instruction sets sums may differ in the last bits.
struct kernels {
    const char* name;
    /// y[rows][out_stride] = x[rows][in] · packed weights + bias. Rows of x are x_stride apart.
    void (*product)(const float* x, std::size_t rows, std::size_t x_stride, std::size_t in, const float* weights,
                    const float* bias, std::size_t out_stride, float* y);
    /// A simple recurrent unit (Lei et al. 2018) over one sentence in both directions: u[n][2][3][hidden],
    /// x and h [n][2·hidden], v and b [2][2][hidden]; `state` holds `hidden` floats.
    void (*scan)(const float* u, const float* x, const float* v, const float* b, std::size_t n, std::size_t hidden,
                 float* state, float* h);
};

/// The best kernels for this processor.
[[nodiscard]] const kernels& best_kernels() noexcept;
/// All that this processor can run, the plainest first.
[[nodiscard]] std::vector<const kernels*> available_kernels();

} // namespace isnad::nlp
