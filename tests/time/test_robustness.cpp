// Whatever the words, the expressions are in order, apart, inside the text, and have days that are days.
#include "expressions.hpp"
#include "time/calendar.hpp"
#include "time/grammar.hpp"

#include <gtest/gtest.h>
#include <random>

namespace isnad::timex {
namespace {

grammar loaded() {
    auto opened = grammar::open(std::string(ISNAD_SOURCE_DIR) + "/data");
    if (!opened)
        throw std::runtime_error(opened.failure().text());
    return std::move(opened).value();
}

void check(const grammar& rules, const testing::written& s, std::string_view published) {
    discourse before;
    std::uint32_t end = 0;
    for (const auto& found : rules.find(s.text, s.sentence, published, before)) {
        ASSERT_GE(found.what.at.begin, end) << s.text;
        ASSERT_LT(found.what.at.begin, found.what.at.end) << s.text;
        ASSERT_LE(found.what.at.end, s.text.size());
        ASSERT_LE(found.first_word + found.word_count, s.sentence.words.size());
        ASSERT_FALSE(found.what.value.empty());
        ASSERT_EQ(found.what.first.empty(), found.what.last.empty());
        if (!found.what.first.empty()) {
            ASSERT_TRUE(parse_iso_day(found.what.first)) << found.what.first << " in " << s.text;
            ASSERT_TRUE(parse_iso_day(found.what.last)) << found.what.last << " in " << s.text;
            ASSERT_LE(found.what.first, found.what.last) << s.text;
        }
        end = found.what.at.end;
    }
}

TEST(TimeGrammar, KeepsItsPromisesOnRandomWords) {
    const grammar rules = loaded();
    const char* const words[] = {"سبتمبر",  "أيلول",     "/",          "(",          ")",        "-",
                                 "26",      "2016",      "1437",       "هـ",         "م",        "عام",
                                 "العام",   "الماضي",    "المقبل",     "يوم",        "الثلاثاء", "من",
                                 "إلى",     "بين",       "و",          "في",         "قبل",      "بعد",
                                 "منذ",     "ثلاثة",     "عشرين",      "مئة",        "ألف",      "أيام",
                                 "شهرين",   "مساء",      "أمس",        "اليوم",      "الساعة",   "الخامسة",
                                 "والنصف",  "كل",        "أواخر",      "مطلع",       "القرن",    "التسعينيات",
                                 "صيف",     "الربع",     "الأول",      "نفسه",       "التالي",   "هذا",
                                 "رمضان",   "عيد",       "الأضحى",     "31",         "99999999", "0",
                                 "12:30",   "26/9/2016", "2016-02-31", "٠٠/٠٠/٠٠٠٠", "،",        ".",
                                 "ال",      "الـ24",     "ساعة",       "وقت",        "سابق",     "نصف",
                                 "ونصف",    "عقود",      "قرون",       "زار^p",      "سيزور^i",  "يومي",
                                 "عامي",    "شهري",      "بحلول",      "حين+ه",      "لل",       "و",
                                 "غرة",     "الموافق",   "قبيل",       "بعيد",       "حوالي",    "آخر",
                                 "من+ه",    "بعدها",     "بيومين",     "موسم",       "الموسم",   "السنة المالية",
                                 "المالية", "2015/2016", "حرب",        "سوق",        "الجمعة",   "بتوقيت",
                                 "غرينتش",  "إلا",       "ربعا",       "أول",        "أيام",     "العشر",
                                 "الأواخر", "هـ/",       "برميل",      "حتى"};
    const char* const days[] = {"", "2016-11-29", "0001-01-01", "9999-12-31", "1000-02-28"};
    std::mt19937 random(7);
    for (int round = 0; round < 20'000; ++round) {
        std::string marked;
        const auto count = 1 + random() % 14;
        for (std::size_t i = 0; i < count; ++i)
            marked += std::string(i == 0 ? "" : random() % 6 == 0 ? "+" : " ") + words[random() % std::size(words)];
        check(rules, testing::write(marked), days[random() % std::size(days)]);
    }
}

TEST(TimeGrammar, BearsBytesThatAreNoText) {
    const grammar rules = loaded();
    std::mt19937 random(11);
    for (int round = 0; round < 3'000; ++round) {
        std::string noise;
        for (std::size_t i = 0; i < 24; ++i)
            noise += static_cast<char>(random() % 4 == 0 ? '0' + random() % 10 : random() % 256);
        testing::written s;
        s.text = noise;
        nlp::word w;
        w.form = noise;
        w.at = {0, static_cast<std::uint32_t>(noise.size())};
        s.sentence.words = {w, w};
        s.sentence.words[0].at.end = 12;
        s.sentence.words[1].at.begin = 12;
        check(rules, s, "2016-11-29");
    }
    check(rules, {}, "");
}

TEST(TimeGrammar, SaysWhichTableIsMissing) {
    const auto opened = grammar::open("/nonexistent");
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.failure().code, errc::io);
}

TEST(TimeGrammar, SaysWhatAnExpressionWasCountedFrom) {
    const grammar rules = loaded();
    discourse before;
    const auto first = testing::write("زار^p العاصمة في 3 مايو 2012 وقال^p أمس إنه سيعود^i");
    const auto found = rules.find(first.text, first.sentence, "2016-11-29", before);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_FALSE(found[0].what.from_published);
    EXPECT_FALSE(found[0].what.anchor);
    EXPECT_TRUE(found[1].what.from_published);
    const auto second = testing::write("وغادر^p في اليوم التالي");
    const auto after = rules.find(second.text, second.sentence, "2016-11-29", before);
    ASSERT_EQ(after.size(), 1U);
    EXPECT_EQ(after[0].what.value, "2016-11-29");
    EXPECT_EQ(after[0].what.anchor, 1U);
}

TEST(TimeGrammar, RemembersWhatTheSentencesBeforeNamed) {
    const grammar rules = loaded();
    discourse before;
    const auto first = testing::write("زار^p العاصمة في 3 مايو 2012");
    ASSERT_EQ(rules.find(first.text, first.sentence, "2016-11-29", before).size(), 1U);
    const auto second = testing::write("وأكد^p في حينه دعمه ثم عاد^p في العام التالي");
    const auto found = rules.find(second.text, second.sentence, "2016-11-29", before);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].what.value, "2012-05-03");
    EXPECT_EQ(found[1].what.value, "2013");
}

} // namespace
} // namespace isnad::timex
