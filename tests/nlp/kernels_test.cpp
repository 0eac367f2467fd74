// Arithmetic: by definition, and to the same bits on every set of instructions.
#include "nlp/kernels.hpp"
#include "nlp/network.hpp"

#include <array>
#include <cmath>
#include <cstring>
#include <gtest/gtest.h>
#include <random>

namespace isnad::nlp {
namespace {

std::vector<float> noise(std::size_t n, std::mt19937& random, float width = 1) {
    std::uniform_real_distribution<float> values(-width, width);
    std::vector<float> out(n);
    for (float& value : out)
        value = values(random);
    return out;
}

/// A matrix as the model file has it, with its values beside it.
struct sample_matrix {
    std::size_t outputs, inputs, padded, groups;
    std::vector<int> values; ///< [outputs][inputs]
    std::vector<std::int8_t> packed;
    std::vector<float> scale, bias;
    std::vector<std::int32_t> sum;

    /// Of random values; of the largest alone where asked.
    sample_matrix(std::size_t o, std::size_t i, std::mt19937& random, bool extreme = false)
        : outputs(o), inputs(i), padded((o + 15) / 16 * 16), groups((i + 3) / 4), values(o * i),
          packed(padded * groups * 4), scale(padded, 1.0F), bias(padded), sum(padded) {
        for (std::size_t r = 0; r < o; ++r)
            for (std::size_t c = 0; c < i; ++c) {
                const int value = extreme ? (r % 2 == 0 ? 63 : -63) : static_cast<int>(random() % 127) - 63;
                values[r * i + c] = value;
                sum[r] += value;
                packed[(r / 16 * groups + c / 4) * 64 + r % 16 * 4 + c % 4] = static_cast<std::int8_t>(value);
            }
    }
    [[nodiscard]] matrix_view view() const {
        return {padded, groups, packed.data(), scale.data(), bias.data(), sum.data()};
    }
};

byte_rows sample_rows(std::size_t rows, std::size_t width, std::mt19937& random, bool extreme = false) {
    byte_rows out;
    out.resize(rows, width);
    for (std::size_t r = 0; r < rows; ++r) {
        out.scale[r] = 1;
        out.zero[r] = static_cast<std::int32_t>(random() % 256);
        for (std::size_t i = 0; i < width; ++i)
            out.values[r * out.stride + i] = static_cast<std::uint8_t>(extreme ? 255U : random() % 256);
    }
    return out;
}

void expect_exact(std::size_t rows, std::size_t in, std::size_t out, std::mt19937& random, bool extreme) {
    const sample_matrix matrix(out, in, random, extreme);
    const byte_rows x = sample_rows(rows, in, random, extreme);
    for (const kernels* by : available_kernels()) {
        std::vector<float> y(rows * matrix.padded);
        by->product(x, 0, rows, matrix.view(), 1, y.data(), matrix.padded);
        for (std::size_t r = 0; r < rows; ++r)
            for (std::size_t o = 0; o < out; ++o) {
                std::int32_t sum = 0; // below 2^24, so that a float holds it
                for (std::size_t i = 0; i < in; ++i)
                    sum += (x.values[r * x.stride + i] - x.zero[r]) * matrix.values[o * in + i];
                ASSERT_EQ(y[r * matrix.padded + o], static_cast<float>(sum))
                    << by->name << " " << rows << "x" << in << "x" << out;
            }
    }
}

TEST(kernels, products_are_exact_on_every_set) {
    std::mt19937 random(3);
    for (int round = 0; round < 60; ++round)
        expect_exact(1 + random() % 30, 1 + random() % 300, 1 + random() % 130, random, false);
    for (const auto& [rows, in, out] :
         {std::array<std::size_t, 3>{1, 5, 1}, {7, 48, 17}, {24, 512, 64}, {13, 1024, 33}})
        expect_exact(rows, in, out, random, true);
}

TEST(kernels, a_row_of_a_product_does_not_depend_on_its_neighbours) {
    std::mt19937 random(4);
    const sample_matrix matrix(50, 77, random);
    const byte_rows x = sample_rows(23, 77, random);
    for (const kernels* by : available_kernels()) {
        std::vector<float> all(23 * matrix.padded);
        by->product(x, 0, 23, matrix.view(), 0.1F, all.data(), matrix.padded);
        for (std::size_t r = 0; r < 23; ++r) {
            std::vector<float> one(matrix.padded);
            by->product(x, r, 1, matrix.view(), 0.1F, one.data(), matrix.padded);
            EXPECT_EQ(std::memcmp(one.data(), all.data() + r * matrix.padded, matrix.padded * sizeof(float)), 0);
        }
    }
}

TEST(kernels, rounding_keeps_zero_and_loses_half_a_step) {
    std::mt19937 random(5);
    for (const kernels* by : available_kernels())
        for (const float centre : {0.0F, 3.0F, -3.0F}) {
            auto x = noise(64, random, 2);
            for (float& value : x)
                value += centre;
            x[7] = 0;
            std::vector<std::uint8_t> bytes(64);
            float scale = 0;
            std::int32_t zero = 0;
            by->round(x.data(), 64, bytes.data(), scale, zero);
            EXPECT_EQ(bytes[7], zero);
            for (std::size_t i = 0; i < 64; ++i)
                EXPECT_NEAR(scale * static_cast<float>(bytes[i] - zero), x[i], 0.501F * scale) << by->name;
        }
}

TEST(kernels, round_rows_of_nothing_but_zeros) {
    for (const kernels* by : available_kernels()) {
        const std::vector<float> x(32);
        std::vector<std::uint8_t> bytes(32, 9);
        float scale = 0;
        std::int32_t zero = 5;
        by->round(x.data(), 32, bytes.data(), scale, zero);
        EXPECT_EQ(zero, 0);
        EXPECT_EQ(bytes, std::vector<std::uint8_t>(32));
    }
}

TEST(kernels, scans_agree_with_the_definition) {
    std::mt19937 random(5);
    const std::size_t n = 6;
    const std::size_t width = 80; // four vectors together and one alone
    const auto gates = noise(n * 3 * width, random, 4);
    const auto x = noise(n * width, random, 2);
    const auto v = noise(2 * width, random);
    const auto sigmoid = [](double z) { return 1 / (1 + std::exp(-z)); };
    for (const kernels* by : available_kernels())
        for (const bool backward : {false, true}) {
            std::vector<float> h(n * width);
            by->scan(gates.data(), x.data(), v.data(), v.data() + width, n, width, width, backward, h.data());
            for (std::size_t d = 0; d < width; ++d) {
                double c = 0;
                for (std::size_t k = 0; k < n; ++k) {
                    const std::size_t t = backward ? n - 1 - k : k;
                    const auto gate = [&](std::size_t g) {
                        return static_cast<double>(gates[(t * 3 + g) * width + d]);
                    };
                    const double forget = sigmoid(gate(1) + static_cast<double>(v[d]) * c);
                    const double reset = sigmoid(gate(2) + static_cast<double>(v[width + d]) * c);
                    c = forget * c + (1 - forget) * gate(0);
                    const std::size_t at = t * width + d;
                    EXPECT_NEAR(h[at], reset * c + (1 - reset) * static_cast<double>(x[at]), 1e-5) << by->name;
                }
            }
        }
}

TEST(kernels, scans_hold_out_against_extremes) {
    const std::size_t width = 16;
    const std::vector<float> gates = [] {
        std::vector<float> out(3 * width, 1e30F);
        std::fill_n(out.begin() + 2 * width, width, -1e30F);
        std::fill_n(out.begin(), width, 1.0F);
        return out;
    }();
    const std::vector<float> x(width, 2.0F);
    const std::vector<float> v(width, 0.0F);
    for (const kernels* by : available_kernels()) {
        std::vector<float> h(width);
        by->scan(gates.data(), x.data(), v.data(), v.data(), 1, width, width, false, h.data());
        for (const float value : h) // all is forgotten for nothing, and x passes
            EXPECT_NEAR(value, 2.0F, 1e-6F) << by->name;
    }
}

TEST(kernels, shares_are_those_of_softmax) {
    std::mt19937 random(6);
    for (const std::size_t n : {1U, 2U, 16U, 37U, 400U}) {
        const auto scores = noise(n, random, 12);
        double sum = 0;
        for (const float score : scores)
            sum += std::exp(static_cast<double>(score));
        for (const kernels* by : available_kernels())
            for (std::size_t i = 0; i < n; ++i)
                EXPECT_NEAR(by->share(scores.data(), n, i), std::exp(static_cast<double>(scores[i])) / sum, 1e-6);
    }
}

/// Everything that one set makes of the same numbers, as bits.
std::string bits_of(const kernels& by, unsigned seed) {
    std::mt19937 random(seed);
    std::string out;
    const auto keep = [&](const void* from, std::size_t bytes) { out.append(static_cast<const char*>(from), bytes); };
    const std::size_t width = 16 * (1 + random() % 9);
    const std::size_t n = 1 + random() % 9;
    const auto x = noise(n * width, random, 3);
    const auto other = noise(3 * n * width, random, 3);
    std::vector<float> y(n * width);
    by.normalise(x.data(), other.data(), other.data() + width, width, y.data());
    by.add(y.data(), other.data(), 0.37F, width);
    by.scan(other.data(), x.data(), other.data(), other.data() + width, n, width, width, random() % 2 == 0, y.data());
    keep(y.data(), y.size() * sizeof(float));
    const sample_matrix matrix(48, width, random);
    byte_rows rows;
    rows.resize(1, width);
    by.round(x.data(), width, rows.values.data(), rows.scale[0], rows.zero[0]);
    keep(rows.values.data(), width);
    keep(rows.scale.data(), sizeof(float));
    std::vector<std::int8_t> weights(width);
    by.round_weights(x.data(), width, weights.data(), rows.scale[0], rows.zero[0]);
    keep(weights.data(), width);
    keep(rows.scale.data(), sizeof(float));
    keep(rows.zero.data(), sizeof(std::int32_t));
    std::vector<float> product(48);
    by.product(rows, 0, 1, matrix.view(), 0.1F, product.data(), 48);
    by.add_bytes(product.data(), matrix.packed.data(), 0.11F, 48);
    keep(product.data(), 48 * sizeof(float));
    const std::array<float, 2> single = {by.dot(x.data(), other.data(), width),
                                         by.share(x.data(), n * width, width / 2)};
    keep(single.data(), sizeof single);
    return out;
}

TEST(kernels, all_sets_give_the_same_bits) {
    for (unsigned seed = 0; seed < 100; ++seed) {
        const std::string plain = bits_of(*available_kernels().front(), seed);
        for (const kernels* by : available_kernels())
            EXPECT_TRUE(bits_of(*by, seed) == plain) << by->name << " " << seed;
    }
}

TEST(dynamic_matrix, multiplies_like_the_numbers_that_it_was_made_of) {
    std::mt19937 random(7);
    const std::size_t inputs = 48;
    dynamic_matrix matrix;
    for (const std::size_t outputs : {40U, 3U}) { // the second leaves nothing of the first
        matrix.resize(outputs, inputs);
        const auto weights = noise(outputs * inputs, random, 2);
        for (std::size_t o = 0; o < outputs; ++o)
            matrix.set_row(o, weights.data() + o * inputs, best_kernels());
        const auto x = noise(inputs, random, 3);
        byte_rows rows;
        rows.resize(1, inputs);
        const kernels& by = best_kernels();
        by.round(x.data(), inputs, rows.values.data(), rows.scale[0], rows.zero[0]);
        std::vector<float> y(matrix.view().outputs);
        by.product(rows, 0, 1, matrix.view(), 1, y.data(), y.size());
        for (std::size_t o = 0; o < outputs; ++o) {
            double sum = 0;
            for (std::size_t i = 0; i < inputs; ++i)
                sum += static_cast<double>(weights[o * inputs + i]) * static_cast<double>(x[i]);
            EXPECT_NEAR(y[o], sum, 0.5);
        }
        for (std::size_t o = outputs; o < y.size(); ++o)
            EXPECT_EQ(y[o], 0.0F);
    }
}

} // namespace
} // namespace isnad::nlp
