#include "text/fold.hpp"

#include "base/utf8.hpp"

#include <gtest/gtest.h>

#include <random>

namespace isnad::text {
namespace {

TEST(fold, one_key_for_all_spellings_of_a_word) {
    EXPECT_EQ(fold("أحمد"), fold("احمد"));
    EXPECT_EQ(fold("إيران"), fold("ايران"));
    EXPECT_EQ(fold("مستشفى"), fold("مستشفي"));
    EXPECT_EQ(fold("مدرسة"), fold("مدرسه"));
    EXPECT_EQ(fold("شـــارع"), fold("شارع"));
    EXPECT_EQ(fold("مُدَرِّسَةٌ"), fold("مدرسة"));
    EXPECT_EQ(fold("مسؤول"), fold("مسوول"));
    EXPECT_EQ(fold("\u200Fبغداد\u200E"), fold("بغداد"));
    EXPECT_EQ(fold("کیان"), fold("كيان")); // Persian letters
    EXPECT_EQ(fold("NATO"), "nato");
}

TEST(fold, clean_keeps_hamza_and_taa_marbuta) {
    EXPECT_EQ(clean("أُعلِنَ"), "أعلن");
    EXPECT_EQ(clean("مدرسة"), "مدرسة");
    EXPECT_EQ(clean("مستشفى"), "مستشفى");
}

TEST(fold, digits_of_three_scripts_are_one) {
    EXPECT_EQ(clean("٢٠١٦"), "2016");
    EXPECT_EQ(clean("۲۰۱۶"), "2016");
}

TEST(fold, presentation_forms_and_ligatures_open_up) {
    EXPECT_EQ(clean("\uFEFB"), "لا"); // lam-alef ligature
    EXPECT_EQ(clean("\uFE91\uFEEA"), "به");
}

TEST(fold, composes_a_separate_hamza) {
    EXPECT_EQ(clean("\u0627\u0654حمد"), "أحمد");
}

TEST(fold, keeps_bytes_that_are_no_utf8) {
    EXPECT_EQ(clean("\xFFz"), "\xFFz");
}

std::string random_text(std::mt19937& random) {
    static constexpr char32_t alphabet[] = {0x0627, 0x0623, 0x0628, 0x0644, 0x064E, 0x0651, 0x0640, 0x200F, 0x0660,
                                            0x06F5, 0xFEFB, 0x0020, U'a',   U'7',   0x0621, 0x0629, 0x0654};
    std::string out;
    for (int i = 0; i < 40; ++i)
        utf8::append(out, alphabet[random() % std::size(alphabet)]);
    return out;
}

TEST(fold, origin_leads_back_into_the_text_in_order) {
    std::mt19937 random(7);
    for (int round = 0; round < 500; ++round) {
        const auto text = random_text(random);
        const auto view = fold_with_origin(text);
        ASSERT_EQ(view.folded, fold(text));
        ASSERT_EQ(view.folded.size(), view.origin.size());
        for (std::size_t i = 0; i < view.origin.size(); ++i) {
            ASSERT_LT(view.origin[i], text.size());
            ASSERT_NE(utf8::decode(text, view.origin[i]).code, utf8::bad) << "an origin inside a character";
            if (i > 0) {
                ASSERT_LE(view.origin[i - 1], view.origin[i]);
            }
        }
    }
}

TEST(fold, folding_twice_changes_nothing) {
    std::mt19937 random(11);
    for (int round = 0; round < 500; ++round) {
        const auto once = fold(random_text(random));
        ASSERT_EQ(fold(once), once);
    }
}

} // namespace
} // namespace isnad::text
