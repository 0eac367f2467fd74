// Offices: who held them when, and what the words of an office name.
#include "knowledge/base.hpp"
#include "make_sentence.hpp"

#include <gmock/gmock.h>

namespace isnad::knowledge {
namespace {

using test::make_sentence;

const base& known() {
    static const auto opened = base::map(ISNAD_BINARY_DIR "/share/isnad/knowledge.base");
    return *opened;
}

/// The id that the words are linked to on a day, the office's with it; "" for nothing.
std::string who(const std::string& words, const char* date) {
    for (const auto& found : known().find(make_sentence(words), day_of(date)))
        if (found.office != nullptr)
            return found.what->id.str();
    return "";
}

TEST(day_of, reads_dates_and_nothing_else) {
    EXPECT_EQ(day_of("1970-01-01"), 0);
    EXPECT_EQ(day_of("1970-02-01"), 31);
    EXPECT_EQ(day_of("2016-10-04T12:00:00Z"), 17078);
    for (const auto* text : {"", "2016", "2016-10", "2016-13-01", "2016-02-30", "yesterday!"})
        EXPECT_FALSE(day_of(text).has_value()) << text;
}

TEST(office, names_its_holder_of_the_day) {
    EXPECT_EQ(who("قال وزير الدفاع الروسي إن", "2016-10-04"), "person/sergei-shoigu");
    EXPECT_EQ(who("وزير خارجية روسيا", "2016-10-04"), "person/sergey-lavrov");
    EXPECT_EQ(who("الرئيس الأميركي", "2003-03-20"), "person/george-w-bush");
    EXPECT_EQ(who("الرئيس الأمريكي", "2012-03-20"), "person/barack-obama");
    EXPECT_EQ(who("المستشارة الألمانية", "2015-02-12"), "person/angela-merkel");
    EXPECT_EQ(who("أمير قطر", "2017-07-12"), "person/tamim-bin-hamad");
    EXPECT_EQ(who("الأمين العام ل الأمم المتحدة", "2010-06-02"), "person/ban-ki-moon");
}

TEST(office, is_not_linked_without_a_day_or_a_holder) {
    EXPECT_EQ(who("وزير الدفاع الروسي", ""), "");
    EXPECT_EQ(who("وزير الدفاع الروسي", "1850-10-04"), "");
}

TEST(office, is_not_linked_where_the_words_mean_another) {
    EXPECT_EQ(who("وزير الخارجية الروسي السابق", "2016-10-04"), "");
    EXPECT_EQ(who("نائب وزير الخارجية الروسي", "2016-10-04"), "person/sergey-lavrov"); // the words inside do
    EXPECT_EQ(who("الأمير السعودي", "2016-10-04"), "");
    EXPECT_EQ(who("المستشار المصري", "2016-10-04"), "");
    EXPECT_EQ(who("وزير الخارجية الروسي سيرغي لافروف", "2016-10-04"), ""); // the name says it
}

TEST(office, gives_a_person_the_sectors_of_the_day) {
    const auto* sisi = known().by_id("person/abdel-fattah-el-sisi");
    ASSERT_NE(sisi, nullptr);
    EXPECT_EQ(known().on(*sisi, day_of("2020-01-01")).code, "EGYGOV");
    EXPECT_EQ(known().on(*sisi, std::nullopt).code, sisi->code.view());
}

TEST(lookup, tells_offices_and_why) {
    const auto found = known().lookup("وزير الدفاع الروسي", day_of("2016-10-04"));
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0].what->id.view(), "person/sergei-shoigu");
    EXPECT_NE(found[0].office, nullptr);
    EXPECT_FALSE(found[0].reasons.empty());
    const auto two = known().lookup("طرابلس", std::nullopt);
    ASSERT_GE(two.size(), 2U);
    EXPECT_EQ(two[0].what->country.view(), "LBY");
    EXPECT_TRUE(known().lookup("كلام لا يعرفه أحد", std::nullopt).empty());
}

} // namespace
} // namespace isnad::knowledge
