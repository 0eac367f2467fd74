// Folding of spelling: hand cases, and what holds for any string.
#include "text/fold.hpp"

#include "base/utf8.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

namespace isnad::text {
namespace {

TEST(clean, drops_decoration_and_keeps_letters) {
    EXPECT_EQ(clean("وَجَّهَ"), "وجه");
    EXPECT_EQ(clean("العـــراق"), "العراق");
    EXPECT_EQ(clean("\u200Fخبر\u202C\uFEFF"), "خبر");
    EXPECT_EQ(clean("هٰذا"), "هذا");
    EXPECT_EQ(clean("أُسامة إلى مؤتمر عيسى شيء"), "أسامة إلى مؤتمر عيسى شيء");
}

TEST(clean, digits_and_persian_letters) {
    EXPECT_EQ(clean("٢٠١٦ و۱۴۳۷"), "2016 و1437");
    EXPECT_EQ(clean("تهرانی کرد"), "تهراني كرد");
}

TEST(clean, presentation_forms_and_ligatures) {
    EXPECT_EQ(clean("\uFEE3\uFEA4\uFEE4\uFEAA"), "محمد");
    EXPECT_EQ(clean("\uFEFB"), "لا");
    EXPECT_EQ(clean("\uFDF2"), "الله");
}

TEST(clean, letters_whose_hamza_is_a_mark_of_its_own) {
    EXPECT_EQ(clean("ا\u0654حمد ا\u0653ل"), "أحمد آل");
}

TEST(fold, one_key_for_the_spellings_of_a_word) {
    EXPECT_EQ(fold("أحمد"), fold("احمد"));
    EXPECT_EQ(fold("إيران"), fold("ايران"));
    EXPECT_EQ(fold("مصطفى"), fold("مصطفي"));
    EXPECT_EQ(fold("القاهرة"), fold("القاهره"));
    EXPECT_EQ(fold("شؤون"), fold("شوون"));
    EXPECT_EQ(fold("رئيس"), "رييس");
    EXPECT_EQ(fold("وزراء"), "وزرا");
    EXPECT_EQ(fold("BBC"), "bbc");
    EXPECT_EQ(fold("آلُ"), "ال");
}

TEST(fold, keeps_what_it_does_not_know) {
    EXPECT_EQ(fold("a\xFF\xD8z"), "a\xFF\xD8z");
    EXPECT_EQ(fold(""), "");
}

std::string any_arabic(std::mt19937& random) {
    std::string out;
    for (auto n = random() % 30; n-- > 0;) {
        const char32_t from[] = {0x20, 0x621, 0x61C, 0x660, 0x6F0, 0x6A9, 0xFB50, 0xFE70, 0x200B, 0x41, 0x6D6};
        const char32_t size[] = {1, 50, 1, 10, 10, 40, 200, 140, 5, 26, 24};
        const auto block = random() % std::size(from);
        utf8::append(out, static_cast<char32_t>(from[block] + random() % size[block]));
    }
    return out;
}

TEST(fold, is_a_projection) {
    std::mt19937 random(1);
    for (int round = 0; round < 5000; ++round) {
        const auto text = any_arabic(random);
        ASSERT_EQ(clean(clean(text)), clean(text));
        ASSERT_EQ(fold(fold(text)), fold(text));
        ASSERT_EQ(fold(clean(text)), fold(text));
        ASSERT_EQ(utf8::first_malformed(fold(text)), std::string::npos);
    }
}

TEST(fold, origin_leads_back_to_the_character) {
    std::mt19937 random(2);
    for (int round = 0; round < 5000; ++round) {
        const auto text = any_arabic(random);
        const auto view = fold_with_origin(text);
        ASSERT_EQ(view.folded, fold(text));
        ASSERT_EQ(view.origin.size(), view.folded.size());
        for (std::size_t i = 0; i < view.origin.size(); ++i) {
            const auto from = view.origin[i];
            ASSERT_LT(from, text.size());
            ASSERT_TRUE(i == 0 || view.origin[i - 1] <= from);
            // The character there, with the mark that may be part of it, folds to something that has this byte.
            auto end = from + utf8::decode(text, from).size;
            if (end < text.size())
                end += utf8::decode(text, end).size;
            ASSERT_NE(fold(std::string_view(text).substr(from, end - from)).find(view.folded[i]), std::string::npos);
        }
    }
}

TEST(fold, origin_finds_a_phrase_in_decorated_text) {
    const std::string text = "قـالَ الرّئيسُ أمسِ";
    const auto view = fold_with_origin(text);
    const auto found = view.folded.find(fold("الرئيس"));
    ASSERT_NE(found, std::string::npos);
    EXPECT_EQ(text.substr(view.origin[found], std::string("الرّ").size()), "الرّ");
}

TEST(fold, is_fast) {
    std::string text;
    while (text.size() < 4'000'000)
        text += "وأعلنت الحكومة أنّ الوزارة ستبحث القضية في 26 سبتمبر. ";
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_FALSE(fold(text).empty());
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(800)); // 5 MB/s: slow builds pass too
}

} // namespace
} // namespace isnad::text
