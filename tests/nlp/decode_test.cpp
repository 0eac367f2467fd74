// Decoding: trees, names, edit trees.
#include "nlp/lemma.hpp"
#include "nlp/names.hpp"
#include "nlp/tree.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <optional>
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

std::vector<std::int32_t> best_tree(const std::vector<float>& scores, std::size_t n) {
    std::vector<std::int32_t> out;
    tree_search().best(scores, n, out);
    return out;
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
        for (std::size_t i = 0; i < n && round % 2 == 0; ++i) // many would be the root
            scores[i * (n + 1)] += 3;
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

TEST(tree, is_one_even_of_scores_that_are_no_numbers) {
    for (const float odd : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                            -std::numeric_limits<float>::infinity(), std::numeric_limits<float>::max()})
        EXPECT_TRUE(single_rooted(best_tree(std::vector<float>(30 * 31, odd), 30)));
}

TEST(tree, search_forgets_the_sentence_before) {
    std::mt19937 random(9);
    tree_search kept;
    std::vector<std::int32_t> found;
    for (const std::size_t n : {40U, 3U, 90U, 1U, 17U}) {
        const auto scores = noise(n * (n + 1), random, 3);
        kept.best(scores, n, found);
        EXPECT_EQ(found, best_tree(scores, n));
    }
}

TEST(names, stay_well_formed_and_follow_the_scores) {
    const std::vector<std::string_view> labels = {"O", "B-PER", "I-PER", "B-LOC", "I-LOC"};
    // The second word would rather be I-LOC than anything, but nothing has begun a LOC.
    const std::vector<float> scores = {-1, -0.1F, -5, -4, -0.05F, -3, -4, -0.6F, -9, -0.5F, -0.1F, -4, -3, -5, -5};
    const name_decoder decoder(labels);
    name_decoder::scratch use;
    std::vector<std::size_t> found;
    decoder.best(scores, 3, 5, use, found);
    EXPECT_EQ(labels[found[0]], "B-PER");
    EXPECT_EQ(labels[found[1]], "I-PER");
    EXPECT_EQ(labels[found[2]], "O");
    std::mt19937 random(8);
    for (int round = 0; round < 50; ++round) {
        const auto wild = noise(20 * 8, random, 5);
        decoder.best(wild, 20, 8, use, found);
        std::string_view before = "O";
        for (const std::size_t label : found) {
            if (labels[label].starts_with('I')) {
                EXPECT_EQ(before.substr(1), labels[label].substr(1));
            }
            before = labels[label];
        }
    }
    decoder.best({}, 0, 5, use, found);
    EXPECT_TRUE(found.empty());
}

std::optional<std::string> rewritten(std::string_view tree, std::string_view form) {
    std::string out = "left from before";
    return apply_edit_tree(tree, form, out) ? std::optional(out) : std::nullopt;
}

TEST(edit_trees, rewrite_forms) {
    EXPECT_EQ(rewritten("(0,0 . .)", "قال"), "قال");
    EXPECT_EQ(rewritten("(2,1 [ال|] [ة|])", "المتحدة"), "متحد");
    EXPECT_EQ(rewritten("(1,0 [ا|أ] .)", "ان"), "أن");
    EXPECT_EQ(rewritten("(2,2 [ال|] (1,0 [ا|] .))", "الرجال"), "رجل");
    EXPECT_EQ(rewritten("(0,0 . .)", ""), "");
}

TEST(edit_trees, that_do_not_fit_give_nothing) {
    EXPECT_FALSE(rewritten("(2,1 [ال|] [ة|])", "متحد").has_value());
    EXPECT_FALSE(rewritten("(3,3 [ابت|] [ابت|])", "ابت").has_value());
    for (const char* broken : {"", "(", "(1", "(1,", "(1,0", "(1,0 ", "(1,0 [ا", "(1,0 [ا|", "(1,0 [ا|أ]", "[", "x",
                               "(1,0 [ا|أ] .", "(99999999999999999999,0 . .)", "(-1,0 . .)"})
        EXPECT_FALSE(rewritten(broken, "ان").has_value()) << broken;
}

} // namespace
} // namespace isnad::nlp
