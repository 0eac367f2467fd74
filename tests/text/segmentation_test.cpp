#include "text/segmentation.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace isnad::text {
namespace {

std::vector<std::string> sentences(std::string_view text) {
    std::vector<std::string> out;
    for (const auto& sentence : segment(text))
        out.emplace_back(sentence.at.of(text));
    return out;
}

std::vector<std::string> tokens(std::string_view text) {
    std::vector<std::string> out;
    for (const auto& sentence : segment(text))
        for (const auto at : sentence.tokens)
            out.emplace_back(at.of(text));
    return out;
}

using list = std::vector<std::string>;

TEST(segmentation, full_stops_end_sentences) {
    EXPECT_EQ(sentences("وصل الوفد. ثم غادر."), (list{"وصل الوفد.", "ثم غادر."}));
    EXPECT_EQ(sentences("هل وصل؟ نعم! وصل."), (list{"هل وصل؟", "نعم!", "وصل."}));
}

TEST(segmentation, newlines_end_paragraphs) {
    const auto found = segment("عنوان بلا نقطة\nثم النص هنا.\n\nفقرة أخرى.");
    ASSERT_EQ(found.size(), 3U);
    for (const auto& sentence : found)
        EXPECT_TRUE(sentence.starts_paragraph);
    EXPECT_FALSE(segment("جملة أولى. جملة ثانية.")[1].starts_paragraph);
}

TEST(segmentation, numbers_initials_and_ellipses_do_not) {
    EXPECT_EQ(sentences("ارتفع 3.5 بالمئة و7،5 نقطة.").size(), 1U);
    EXPECT_EQ(sentences("ذكرت أ.ف.ب أن د. سمير وصل.").size(), 1U);
    EXPECT_EQ(sentences("قال جورج و. بوش كلاما.").size(), 1U);
    EXPECT_EQ(sentences("صمت... ثم أجاب.").size(), 1U);
}

TEST(segmentation, a_missing_space_after_the_stop_still_ends) {
    EXPECT_EQ(sentences("انتهى اللقاء.وغادر الوزير."), (list{"انتهى اللقاء.", "وغادر الوزير."}));
}

TEST(segmentation, closing_quotes_stay_with_their_sentence) {
    EXPECT_EQ(sentences("قال: «سنعود.» ثم خرج."), (list{"قال: «سنعود.»", "ثم خرج."}));
}

TEST(segmentation, tokens_are_words_numbers_and_single_marks) {
    EXPECT_EQ(tokens("قال: «نعم»، ثم 16-7 و7،5%"),
              (list{"قال", ":", "«", "نعم", "»", "،", "ثم", "16", "-", "7", "و", "7،5", "%"}));
    EXPECT_EQ(tokens("(أ ف ب)"), (list{"(", "أ", "ف", "ب", ")"}));
    EXPECT_EQ(tokens("٣٫٥ ۲۰۱۶"), (list{"٣٫٥", "۲۰۱۶"}));
}

TEST(segmentation, links_stay_whole) {
    EXPECT_EQ(tokens("انظر https://example.org/a?b=1."), (list{"انظر", "https://example.org/a?b=1", "."}));
    EXPECT_EQ(tokens("راسل desk@example.org"), (list{"راسل", "desk@example.org"}));
}

TEST(segmentation, long_stretches_are_cut_at_a_comma) {
    std::string text;
    for (int i = 0; i < 3000; ++i)
        text += i % 50 == 49 ? "كلمة، " : "كلمة ";
    const auto found = segment(text);
    EXPECT_GT(found.size(), 7U);
    for (const auto& sentence : found)
        EXPECT_LE(sentence.tokens.size(), 400U);
    EXPECT_EQ(std::string(found[0].tokens.back().of(text)), "،");
}

TEST(segmentation, nothing_gives_nothing) {
    EXPECT_TRUE(segment("").empty());
    EXPECT_TRUE(segment(" \n\t \r\n").empty());
}

/// Tokens in order, inside the text, without overlap, and nothing but white space between them.
void expect_whole(std::string_view text) {
    std::uint32_t at = 0;
    for (const auto& sentence : segment(text)) {
        ASSERT_FALSE(sentence.tokens.empty());
        ASSERT_EQ(sentence.at, (span{sentence.tokens.front().begin, sentence.tokens.back().end}));
        for (const auto token : sentence.tokens) {
            ASSERT_LE(at, token.begin);
            ASSERT_LT(token.begin, token.end);
            ASSERT_LE(token.end, text.size());
            for (auto i = at; i < token.begin; ++i)
                ASSERT_TRUE(static_cast<unsigned char>(text[i]) <= 0x20 || static_cast<unsigned char>(text[i]) >= 0x80)
                    << "a lost byte at " << i;
            at = token.end;
        }
    }
}

TEST(segmentation, tokens_concatenate_to_the_text) {
    std::mt19937 random(3);
    const std::vector<std::string> pieces = {"قال",    " ", "\n", ".", "«",          "»",    "\"",  "7",
                                             ",",      "،", "؟",  "a", "http://x.y", "أ",    "...", "\u200F",
                                             "\u064E", "-", "و",  "(", ")",          "\xFF", "\xD9"};
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (int i = 0; i < 30; ++i)
            text += pieces[random() % pieces.size()];
        expect_whole(text);
    }
}

TEST(segmentation, a_megabyte_of_one_letter_is_one_token) {
    std::string text;
    for (int i = 0; i < 500000; ++i)
        text += "ا";
    const auto found = segment(text);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].tokens.size(), 1U);
    expect_whole(std::string(1 << 20, '.'));
    expect_whole(std::string(1 << 20, 'w'));
}

} // namespace
} // namespace isnad::text
