// Arithmetic and decoding: kernels, trees, names, edit trees.
#include "nlp/kernels.hpp"
#include "nlp/lemma.hpp"
#include "nlp/names.hpp"
#include "nlp/tree.hpp"

#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
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

TEST(kernels, products_agree_with_the_definition) {
    std::mt19937 random(3);
    for (const kernels* by : available_kernels())
        for (const auto& [rows, in, out] :
             {std::array<std::size_t, 3>{1, 5, 1}, {7, 48, 17}, {9, 33, 64}, {26, 100, 47}, {3, 1, 16}}) {
            const auto x = noise(rows * in, random);
            const auto weights = noise(out * in, random);
            packed_matrix packed(out, in);
            for (std::size_t o = 0; o < out; ++o) {
                packed.set_row(o, weights.data() + o * in);
                packed.set_bias(o, static_cast<float>(o));
            }
            std::vector<float> y(rows * packed.stride());
            by->product(x.data(), rows, in, in, packed.weights(), packed.bias(), packed.stride(), y.data());
            for (std::size_t r = 0; r < rows; ++r)
                for (std::size_t o = 0; o < out; ++o) {
                    double sum = static_cast<double>(o);
                    for (std::size_t i = 0; i < in; ++i)
                        sum += static_cast<double>(x[r * in + i]) * static_cast<double>(weights[o * in + i]);
                    EXPECT_NEAR(y[r * packed.stride() + o], sum, 1e-4) << by->name;
                }
        }
}

TEST(kernels, a_row_does_not_depend_on_its_neighbours) {
    std::mt19937 random(4);
    const std::size_t in = 77;
    packed_matrix packed(50, in);
    for (std::size_t o = 0; o < 50; ++o)
        packed.set_row(o, noise(in, random).data());
    const auto x = noise(23 * in, random);
    for (const kernels* by : available_kernels()) {
        std::vector<float> all(23 * packed.stride());
        by->product(x.data(), 23, in, in, packed.weights(), packed.bias(), packed.stride(), all.data());
        for (std::size_t r = 0; r < 23; ++r) {
            std::vector<float> one(packed.stride());
            by->product(x.data() + r * in, 1, in, in, packed.weights(), packed.bias(), packed.stride(), one.data());
            EXPECT_TRUE(
                std::equal(one.begin(), one.end(), all.begin() + static_cast<std::ptrdiff_t>(r * packed.stride())))
                << by->name;
        }
    }
}

TEST(kernels, scans_agree_with_the_definition) {
    std::mt19937 random(5);
    const std::size_t n = 6;
    const std::size_t hidden = 19;
    const auto u = noise(n * 6 * hidden, random, 4);
    const auto x = noise(n * 2 * hidden, random, 2);
    const auto v = noise(4 * hidden, random);
    const auto b = noise(4 * hidden, random);
    const auto sigmoid = [](double z) { return 1 / (1 + std::exp(-z)); };
    for (const kernels* by : available_kernels()) {
        std::vector<float> h(n * 2 * hidden);
        std::vector<float> state(hidden);
        by->scan(u.data(), x.data(), v.data(), b.data(), n, hidden, state.data(), h.data());
        for (std::size_t direction = 0; direction < 2; ++direction)
            for (std::size_t d = 0; d < hidden; ++d) {
                double c = 0;
                for (std::size_t k = 0; k < n; ++k) {
                    const std::size_t t = direction == 0 ? k : n - 1 - k;
                    const auto gate = [&](std::size_t g) {
                        return static_cast<double>(u[((t * 2 + direction) * 3 + g) * hidden + d]);
                    };
                    const auto own = [&](const std::vector<float>& of, std::size_t g) {
                        return static_cast<double>(of[(direction * 2 + g) * hidden + d]);
                    };
                    const double forget = sigmoid(gate(1) + own(v, 0) * c + own(b, 0));
                    const double reset = sigmoid(gate(2) + own(v, 1) * c + own(b, 1));
                    c = forget * c + (1 - forget) * gate(0);
                    const std::size_t at = (t * 2 + direction) * hidden + d;
                    EXPECT_NEAR(h[at], reset * c + (1 - reset) * static_cast<double>(x[at]), 1e-4) << by->name;
                }
            }
    }
}

/// Whether the heads make one tree: one root, and every word reaches it.
bool single_rooted(const std::vector<std::int32_t>& heads) {
    std::size_t roots = 0;
    for (std::size_t i = 0; i < heads.size(); ++i) {
        roots += heads[i] < 0 ? 1U : 0U;
        std::size_t steps = 0;
        for (auto at = static_cast<std::int32_t>(i); at >= 0; at = heads[static_cast<std::size_t>(at)])
            if (++steps > heads.size())
                return false;
    }
    return roots == 1;
}

double score(const std::vector<float>& scores, const std::vector<std::int32_t>& heads) {
    double sum = 0;
    for (std::size_t i = 0; i < heads.size(); ++i)
        sum += static_cast<double>(scores[i * (heads.size() + 1) + static_cast<std::size_t>(heads[i] + 1)]);
    return sum;
}

TEST(tree, is_the_best_of_all_trees_of_small_sentences) {
    std::mt19937 random(6);
    for (int round = 0; round < 300; ++round) {
        const std::size_t n = 1 + static_cast<std::size_t>(round) % 5;
        auto scores = noise(n * (n + 1), random, 3);
        for (std::size_t i = 0; i < n; ++i) // a second root costs more than any tree can gain
            scores[i * (n + 1)] -= 100;
        const auto found = best_tree(scores, n);
        ASSERT_TRUE(single_rooted(found));
        double best = -std::numeric_limits<double>::infinity();
        std::vector<std::int32_t> heads(n, -1);
        while (true) {
            if (single_rooted(heads))
                best = std::max(best, score(scores, heads));
            std::size_t at = 0;
            while (at < n && ++heads[at] == static_cast<std::int32_t>(n))
                heads[at++] = -1;
            if (at == n)
                break;
        }
        EXPECT_NEAR(score(scores, found), best, 1e-3);
    }
}

TEST(tree, has_one_root_whatever_the_scores) {
    std::mt19937 random(7);
    for (const std::size_t n : {1U, 2U, 3U, 10U, 37U, 120U}) {
        auto scores = noise(n * (n + 1), random, 5);
        EXPECT_TRUE(single_rooted(best_tree(scores, n)));
        for (std::size_t i = 0; i < n; ++i)
            scores[i * (n + 1)] = 10; // everything would be the root
        EXPECT_TRUE(single_rooted(best_tree(scores, n)));
        EXPECT_TRUE(single_rooted(best_tree(std::vector<float>(n * (n + 1), 0.0F), n)));
    }
    EXPECT_TRUE(best_tree({}, 0).empty());
}

TEST(names, stay_well_formed_and_follow_the_scores) {
    const std::vector<std::string_view> labels = {"O", "B-PER", "I-PER", "B-LOC", "I-LOC"};
    // The second word would rather be I-LOC than anything, but nothing has begun a LOC.
    const std::vector<float> scores = {-1, -0.1F, -5, -4, -0.05F, -3, -4, -0.6F, -9, -0.5F, -0.1F, -4, -3, -5, -5};
    const auto found = best_names(scores, 3, 5, labels);
    EXPECT_EQ(labels[found[0]], "B-PER");
    EXPECT_EQ(labels[found[1]], "I-PER");
    EXPECT_EQ(labels[found[2]], "O");
    std::mt19937 random(8);
    for (int round = 0; round < 50; ++round) {
        const auto wild = noise(20 * 8, random, 5);
        const auto sequence = best_names(wild, 20, 8, labels);
        std::string_view before = "O";
        for (const std::size_t label : sequence) {
            if (labels[label].starts_with('I')) {
                EXPECT_EQ(before.substr(1), labels[label].substr(1));
            }
            before = labels[label];
        }
    }
    EXPECT_TRUE(best_names({}, 0, 5, labels).empty());
}

TEST(edit_trees, rewrite_forms) {
    EXPECT_EQ(apply_edit_tree("(0,0 . .)", "قال"), "قال");
    EXPECT_EQ(apply_edit_tree("(2,1 [ال|] [ة|])", "المتحدة"), "متحد");
    EXPECT_EQ(apply_edit_tree("(1,0 [ا|أ] .)", "ان"), "أن");
    EXPECT_EQ(apply_edit_tree("(2,2 [ال|] (1,0 [ا|] .))", "الرجال"), "رجل");
    EXPECT_EQ(apply_edit_tree("(0,0 . .)", ""), "");
}

TEST(edit_trees, that_do_not_fit_give_nothing) {
    EXPECT_FALSE(apply_edit_tree("(2,1 [ال|] [ة|])", "متحد").has_value());
    EXPECT_FALSE(apply_edit_tree("(3,3 [ابت|] [ابت|])", "ابت").has_value());
    for (const char* broken : {"", "(", "(1", "(1,", "(1,0", "(1,0 ", "(1,0 [ا", "(1,0 [ا|", "(1,0 [ا|أ]", "[", "x",
                               "(1,0 [ا|أ] .", "(99999999999999999999,0 . .)", "(-1,0 . .)"})
        EXPECT_FALSE(apply_edit_tree(broken, "ان").has_value()) << broken;
}

} // namespace
} // namespace isnad::nlp
