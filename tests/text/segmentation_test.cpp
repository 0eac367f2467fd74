// Where sentences and written tokens begin and end: hand cases by construction, and what holds for any bytes.
#include "text/segmentation.hpp"

#include "base/utf8.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <random>

namespace isnad::text {
namespace {

using testing::ElementsAre;

std::vector<std::string> tokens(std::string_view text) {
    std::vector<std::string> out;
    for (const auto& sentence : segment(text))
        for (const auto at : sentence.tokens)
            out.emplace_back(at.of(text));
    return out;
}

std::vector<std::string> sentences(std::string_view text, std::size_t most = 400) {
    std::vector<std::string> out;
    for (const auto& sentence : segment(text, {most}))
        out.emplace_back(sentence.at.of(text));
    return out;
}

// --- written tokens

TEST(tokens, punctuation_marks_stand_alone) {
    EXPECT_THAT(tokens("قال: «نعم»، ثم سكت..."),
                ElementsAre("قال", ":", "«", "نعم", "»", "،", "ثم", "سكت", ".", ".", "."));
    EXPECT_THAT(tokens("كيف؟!"), ElementsAre("كيف", "؟", "!"));
}

TEST(tokens, decimals_are_one_token_in_all_scripts) {
    for (const auto* number : {"3.5", "7،5", "٣٫٥", "٣٬٥٠٠", "1,250", "1,250,000", "1,250,000.5", "۱۲٫۵"})
        EXPECT_THAT(tokens(std::string("نحو ") + number + " مليون"), ElementsAre("نحو", number, "مليون"));
    EXPECT_THAT(tokens("25%"), ElementsAre("25", "%"));
}

TEST(tokens, dates_and_times_come_in_pieces) {
    EXPECT_THAT(tokens("26/9/2016"), ElementsAre("26", "/", "9", "/", "2016"));
    EXPECT_THAT(tokens("16-7"), ElementsAre("16", "-", "7"));
    EXPECT_THAT(tokens("10:30"), ElementsAre("10", ":", "30"));
    EXPECT_THAT(tokens("26.9.2016"), ElementsAre("26", ".", "9", ".", "2016"));
}

TEST(tokens, letters_and_digits_part_in_arabic_but_not_in_latin) {
    EXPECT_THAT(tokens("عام2011"), ElementsAre("عام", "2011"));
    EXPECT_THAT(tokens("2011م"), ElementsAre("2011", "م"));
    EXPECT_THAT(tokens("و24 آخرين"), ElementsAre("و", "24", "آخرين"));
    EXPECT_THAT(tokens("قمة G20 وطائرة F-16"), ElementsAre("قمة", "G20", "وطائرة", "F-16"));
    EXPECT_THAT(tokens("شركةIBM"), ElementsAre("شركة", "IBM"));
}

TEST(tokens, agency_codes) {
    EXPECT_THAT(tokens("(أ ف ب)"), ElementsAre("(", "أ", "ف", "ب", ")"));
    EXPECT_THAT(tokens("أ.ف.ب"), ElementsAre("أ", ".", "ف", ".", "ب"));
}

TEST(tokens, addresses_handles_and_hashtags) {
    EXPECT_THAT(tokens("انظر https://example.org/a?b=1#c."), ElementsAre("انظر", "https://example.org/a?b=1#c", "."));
    EXPECT_THAT(tokens("www.example.org/x، ثم"), ElementsAre("www.example.org/x", "،", "ثم"));
    EXPECT_THAT(tokens("راسلنا: desk@example.org."), ElementsAre("راسلنا", ":", "desk@example.org", "."));
    EXPECT_THAT(tokens("كتب @news_desk أمس"), ElementsAre("كتب", "@news_desk", "أمس"));
    EXPECT_THAT(tokens("#نشرة_المساء"), ElementsAre("#", "نشرة", "_", "المساء"));
}

TEST(tokens, invisible_marks_and_vowels_stay_inside) {
    const std::string joined = "می\u200Cخواهم";
    EXPECT_THAT(tokens(joined), ElementsAre(joined));
    EXPECT_THAT(tokens("أنّ الـوزيرَ"), ElementsAre("أنّ", "الـوزيرَ"));
    EXPECT_THAT(tokens("\uFEFFخبر\u200F، عاجل"), ElementsAre("خبر", "،", "عاجل"));
}

// --- sentences

TEST(sentences, full_stop_question_and_exclamation_end) {
    EXPECT_THAT(sentences("وصل الوزير. من استقبله؟ لا أحد! وغادر."),
                ElementsAre("وصل الوزير.", "من استقبله؟", "لا أحد!", "وغادر."));
}

TEST(sentences, semicolon_colon_and_ellipsis_do_not_end) {
    EXPECT_THAT(sentences("قال: نأمل الخير؛ لكن الطريق طويل... والصبر قليل"),
                ElementsAre("قال: نأمل الخير؛ لكن الطريق طويل... والصبر قليل"));
}

TEST(sentences, two_dots_end_and_three_hold_breath) {
    EXPECT_THAT(sentences("عاد الوفد.. لا جديد بعد"), ElementsAre("عاد الوفد..", "لا جديد بعد"));
    EXPECT_THAT(sentences("ربح 20.. ثم خسر"), ElementsAre("ربح 20..", "ثم خسر"));
    for (const auto* text : {"عاد الوفد... لا جديد", "عاد الوفد… لا جديد", "عاد الوفد..لا جديد", "قال «ربما..» وسكت",
                             ".. وعاد الوفد", "عاد الوفد..، ثم غادر"})
        EXPECT_THAT(sentences(text), ElementsAre(text));
}

TEST(sentences, newline_parts_paragraphs) {
    const std::string text = "عنوان بلا نقطة\n\nالخبر الأول. تتمة\r\n- بند";
    EXPECT_THAT(sentences(text), ElementsAre("عنوان بلا نقطة", "الخبر الأول.", "تتمة", "- بند"));
    std::vector<bool> starts;
    for (const auto& sentence : segment(text))
        starts.push_back(sentence.starts_paragraph);
    EXPECT_THAT(starts, ElementsAre(true, true, false, true));
}

TEST(sentences, initials_and_titles_go_on) {
    for (const auto* text :
         {"التقى جورج و. بوش نظيره.", "حضر د. سمير الندوة.", "حضر أ.د. سمير ود. ليلى الندوة.", "نقلت (أ.ف.ب) الخبر.",
          "نقلت أ.ف.ب. الخبر.", "نفت سي. آي. ايه. ذلك.", "شركة اتش.بي.سي ربحت."})
        EXPECT_THAT(sentences(text), ElementsAre(text));
}

TEST(sentences, agency_letters_can_end_one) {
    EXPECT_THAT(sentences("نقلت الخبر أ.ف.ب. وأضافت الوكالة"), ElementsAre("نقلت الخبر أ.ف.ب.", "وأضافت الوكالة"));
    EXPECT_THAT(sentences("نقلت الخبر أ ف ب. ثم سحبته"), ElementsAre("نقلت الخبر أ ف ب.", "ثم سحبته"));
    EXPECT_THAT(sentences("ولد عام 2011م. ثم هاجر"), ElementsAre("ولد عام 2011م.", "ثم هاجر"));
}

TEST(sentences, numbers_with_dots_go_on) {
    for (const auto* text : {"ارتفع 3.5 في المئة.", "في 26.9.2016 عقد اللقاء.", "1. البند الأول."})
        EXPECT_THAT(sentences(text), ElementsAre(text));
    EXPECT_THAT(sentences("كان ذلك عام 2016. ثم عاد"), ElementsAre("كان ذلك عام 2016.", "ثم عاد"));
}

TEST(sentences, missing_space_after_the_stop) {
    EXPECT_THAT(sentences("فعل كل ممكن.وأضاف الناطق"), ElementsAre("فعل كل ممكن.", "وأضاف الناطق"));
    EXPECT_THAT(sentences("نقطة قبلها فراغ .كلمات بعدها"), ElementsAre("نقطة قبلها فراغ .", "كلمات بعدها"));
    EXPECT_THAT(sentences("موقع اخبارنا.كوم مغلق"), ElementsAre("موقع اخبارنا.كوم مغلق"));
}

TEST(sentences, closing_quotes_stay_with_their_stop) {
    EXPECT_THAT(sentences("قال «انتهى الأمر.» وغادر"), ElementsAre("قال «انتهى الأمر.»", "وغادر"));
    EXPECT_THAT(sentences("قال \"انتهى الأمر.\" وغادر"), ElementsAre("قال \"انتهى الأمر.\"", "وغادر"));
    EXPECT_THAT(sentences("قال \"انتهى الأمر\". وغادر"), ElementsAre("قال \"انتهى الأمر\".", "وغادر"));
    EXPECT_THAT(sentences("قال \"انتهى الأمر .\" وغادر"), ElementsAre("قال \"انتهى الأمر .\"", "وغادر"));
    EXPECT_THAT(sentences("سكت. \"لن نعود\" قال"), ElementsAre("سكت.", "\"لن نعود\" قال"));
}

TEST(sentences, a_long_quotation_is_cut_at_its_stops) {
    EXPECT_THAT(sentences("قال «لن نعود. سنبقى هنا. هذا قرارنا» ثم غادر"),
                ElementsAre("قال «لن نعود.", "سنبقى هنا.", "هذا قرارنا» ثم غادر"));
}

TEST(sentences, a_question_in_a_short_title_ends_nothing) {
    EXPECT_THAT(sentences("عرض برنامج «من يعرف؟» أمس"), ElementsAre("عرض برنامج «من يعرف؟» أمس"));
    EXPECT_THAT(sentences("سأل «من يعرف؟» وانصرف"), ElementsAre("سأل «من يعرف؟»", "وانصرف"));
    EXPECT_THAT(sentences("دفع مليون (!) ليرة"), ElementsAre("دفع مليون (!) ليرة"));
}

TEST(sentences, too_long_is_cut_at_the_best_boundary) {
    EXPECT_THAT(sentences("ا ا ا ا؛ ا ا ا ا، ا ا", 8), ElementsAre("ا ا ا ا؛", "ا ا ا ا، ا ا"));
    EXPECT_THAT(sentences("ا ا ا ا، ا ا وا ا ا", 8), ElementsAre("ا ا ا ا،", "ا ا وا ا ا"));
    EXPECT_THAT(sentences("ا ا ا ا ا وا ا ا ا", 8), ElementsAre("ا ا ا ا ا", "وا ا ا ا"));
    EXPECT_THAT(sentences("ا ب ج", 1), ElementsAre("ا", "ب", "ج"));
    EXPECT_THAT(sentences("وا وب وج", 1), ElementsAre("وا", "وب", "وج"));
}

TEST(sentences, nothing_gives_nothing) {
    EXPECT_TRUE(segment("").empty());
    EXPECT_TRUE(segment(" \n\t\u200F ").empty());
}

// --- what holds for any text

bool skipped(char32_t c) {
    return c <= 0x20 || c == 0x7F || (c >= 0x80 && c <= 0xA0) || c == 0xAD || c == 0x61C ||
           (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x206F) ||
           c == 0x3000 || c == 0xFEFF || c == 0x1680 || (c >= 0xFE00 && c <= 0xFE0F);
}

void holds(std::string_view text, std::size_t most) {
    std::uint32_t seen = 0;
    const auto between = [&](std::uint32_t to) {
        while (seen < to) {
            const auto next = utf8::decode(text, seen);
            ASSERT_TRUE(skipped(next.code))
                << "lost U+" << std::hex << static_cast<std::uint32_t>(next.code) << " at " << std::dec << seen;
            seen += next.size;
        }
    };
    for (const auto& sentence : segment(text, {most})) {
        ASSERT_FALSE(sentence.tokens.empty());
        ASSERT_LE(sentence.tokens.size(), most);
        ASSERT_EQ(sentence.at, cover(sentence.tokens.front(), sentence.tokens.back()));
        for (const auto at : sentence.tokens) {
            ASSERT_GE(at.begin, seen);
            ASSERT_LT(at.begin, at.end);
            ASSERT_LE(at.end, text.size());
            ASSERT_NO_FATAL_FAILURE(between(at.begin));
            for (const char c : at.of(text))
                ASSERT_FALSE(c == ' ' || c == '\n');
            seen = at.end;
        }
    }
    between(static_cast<std::uint32_t>(text.size()));
}

TEST(segmentation, tokens_concatenate_to_the_text) {
    std::mt19937 random(20);
    const std::vector<std::string> parts = {
        "و",      "قال",    " ", " ", "\n",      ".",    "..", "،",      "\"", "«", "»", "(",   ")",
        "؟",      "!",      "5", "٧", "x",       "Ab",   "@",  "/",      ":",  "-", "ـ", "ّ",    "\u200F",
        "\uFEFF", "\u00A0", "%", "د", "http://", "www.", "👍", "\u0301", "…",  "”", "'", "\r\n"};
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (auto n = random() % 60; n-- > 0;)
            text += parts[random() % parts.size()];
        ASSERT_NO_FATAL_FAILURE(holds(text, 1 + random() % 30)) << text;
    }
}

TEST(segmentation, any_bytes_will_do) {
    std::mt19937 random(21);
    for (int round = 0; round < 3000; ++round) {
        std::string text(random() % 80, '\0');
        for (auto& byte : text)
            byte = static_cast<char>(random() % 3 == 0 ? 0xD8 + random() % 2 : random() % 256);
        ASSERT_NO_FATAL_FAILURE(holds(text, 400));
    }
}

TEST(segmentation, linear_on_a_megabyte_of_anything) {
    for (const std::string part : {"و", ".", "\"", "a", "a/", "1.", "1.1", "د.", "-", "«", "؟»", "@a", "وا ", "ّ"}) {
        std::string text;
        while (text.size() < 1'000'000)
            text += part;
        const auto begin = std::chrono::steady_clock::now();
        ASSERT_NO_FATAL_FAILURE(holds(text, 400));
        EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(3)) << part;
    }
}

} // namespace
} // namespace isnad::text
