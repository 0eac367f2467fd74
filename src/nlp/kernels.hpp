#pragma once
// The arithmetic of the network, compiled for several instruction sets; the machine's best is chosen once, at load.
//
// Products are of eight bits: weights with a scale an output, from the model file; activations with a scale and a zero
// a row, found as they come. Their sums are whole numbers, and all other arithmetic is written in one order and without
// fused multiplication and addition: every set gives the same bits.
#include <cstddef>
#include <cstdint>
#include <vector>

namespace isnad::nlp {

/// A matrix [outputs][inputs] in eight bits where it lies: panels of 16 outputs, in a panel groups of 4 inputs, in a
/// group [16 outputs][4 inputs]. Padded with zeros. Weights are within ±63, so that the sum of two of their products
/// with an unsigned byte fits sixteen bits. training/matrices.py writes it.
struct matrix_view {
    static constexpr std::size_t panel = 16;
    static constexpr std::size_t group = 4;
    static constexpr int largest = 63;

    std::size_t outputs = 0; ///< with those of the padding: a multiple of 16
    std::size_t groups = 0;
    const std::int8_t* weights = nullptr;
    const float* scale = nullptr;      ///< by output, as are all that follow
    const float* bias = nullptr;       ///< added to the result
    const std::int32_t* sum = nullptr; ///< of an output's weights: what the rows' zeros amount to

    /// The outputs [first, first + count), both multiples of 16.
    [[nodiscard]] matrix_view part(std::size_t first, std::size_t count) const noexcept {
        return {count, groups, weights + first * groups * group, scale + first, bias + first, sum + first};
    }
};

/// Rows of activations in eight bits: value = scale · (byte − zero).
struct byte_rows {
    std::vector<std::uint8_t> values; ///< [rows][stride]
    std::vector<float> scale;
    std::vector<std::int32_t> zero;
    std::size_t stride = 0;

    void resize(std::size_t rows, std::size_t width) {
        stride = (width + 63) / 64 * 64;
        values.resize(rows * stride);
        scale.resize(rows);
        zero.resize(rows);
    }
};

/// One implementation of everything that takes time. Widths of rows are multiples of 16 where not said otherwise. A row
/// of a result depends on its own row alone.
struct kernels {
    const char* name;
    /// Rounds a row of x to bytes; the range is that of the row and holds 0.
    void (*round)(const float* x, std::size_t width, std::uint8_t* values, float& scale, std::int32_t& zero);
    /// Rounds a row of a matrix that is not known before: within ±matrix_view::largest, value = scale · byte.
    void (*round_weights)(const float* x, std::size_t width, std::int8_t* values, float& scale, std::int32_t& sum);
    /// y[r] = matrix · x[first + r] + bias for r < rows; what is below zero is multiplied by `slope`.
    void (*product)(const byte_rows& x, std::size_t first, std::size_t rows, const matrix_view& by, float slope,
                    float* y, std::size_t y_stride);
    /// Layer normalisation (Ba et al. 2016) of a row.
    void (*normalise)(const float* x, const float* scale, const float* shift, std::size_t width, float* y);
    /// `width` units of a simple recurrent layer (Lei et al. 2018) over one sentence of n words in one direction:
    /// gates[n][3][width], v[2] of them; rows of x and h are `stride` apart.
    void (*scan)(const float* gates, const float* x, const float* v_forget, const float* v_reset, std::size_t n,
                 std::size_t width, std::size_t stride, bool backward, float* h);
    /// to += scale · row.
    void (*add)(float* to, const float* row, float scale, std::size_t width);
    /// The same for a row of bytes.
    void (*add_bytes)(float* to, const std::int8_t* row, float scale, std::size_t width);
    float (*dot)(const float* a, const float* b, std::size_t width);
    /// What softmax gives to one of n scores; any n.
    float (*share)(const float* scores, std::size_t n, std::size_t of);
};

/// The best kernels for this processor.
[[nodiscard]] const kernels& best_kernels() noexcept;
/// All that this processor can run, the plainest first.
[[nodiscard]] std::vector<const kernels*> available_kernels();

} // namespace isnad::nlp
