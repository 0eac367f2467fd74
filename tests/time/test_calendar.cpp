#include "time/calendar.hpp"

#include <gtest/gtest.h>

namespace isnad::timex {
namespace {

TEST(Calendar, ReadsIsoDaysAndRefusesTheRest) {
    EXPECT_EQ(iso(*parse_iso_day("2016-02-29")), "2016-02-29");
    EXPECT_EQ(iso(*parse_iso_day("2016-09-26T23:59:00+03:00")), "2016-09-26");
    for (const char* bad :
         {"", "2016", "2015-02-29", "2016-13-01", "2016-00-01", "2016-1-1", "26/9/2016", "2016-09-26x"})
        EXPECT_FALSE(parse_iso_day(bad)) << bad;
}

TEST(Calendar, NumbersWeeksAsIso8601Does) {
    EXPECT_EQ(week_value(day_of(2016, 1, 3)), "2015-W53");
    EXPECT_EQ(week_value(day_of(2016, 1, 4)), "2016-W01");
    EXPECT_EQ(week_value(day_of(2018, 12, 31)), "2019-W01");
}

TEST(Calendar, AgreesWithKnownHijriDays) {
    EXPECT_EQ(iso(*hijri_day(1437, 9, 1)), "2016-06-06");
    EXPECT_EQ(iso(*hijri_day(1445, 1, 1)), "2023-07-19");
    EXPECT_EQ(hijri_of(day_of(2016, 6, 20))->day, 15);
}

TEST(Calendar, HijriDaysGoThereAndBack) {
    for (int year = 1340; year < 1500; year += 7)
        for (int month = 1; month <= 12; ++month) {
            const auto whole = hijri_days(year, month);
            ASSERT_TRUE(whole);
            const auto length = (whole->last - whole->first).count() + 1;
            EXPECT_TRUE(length == 29 || length == 30) << year << "/" << month;
            const auto back = hijri_of(whole->last);
            ASSERT_TRUE(back);
            EXPECT_EQ(back->year, year);
            EXPECT_EQ(back->month, month);
        }
}

TEST(Calendar, PartsTileTheWholeWithoutGaps) {
    const auto tiles = [](interval whole, granule unit) {
        const auto a = part_of(whole, unit, time_mod::start), b = part_of(whole, unit, time_mod::mid),
                   c = part_of(whole, unit, time_mod::end);
        const std::chrono::days one(1);
        EXPECT_EQ(a.first, whole.first);
        EXPECT_EQ(a.last + one, b.first);
        EXPECT_EQ(b.last + one, c.first);
        EXPECT_EQ(c.last, whole.last);
    };
    for (int month = 1; month <= 12; ++month)
        tiles(month_days(2016, month), granule::month);
    tiles(year_days(2016), granule::year);
    tiles(week_days(day_of(2016, 11, 29)), granule::week);
    tiles({day_of(1990, 1, 1), day_of(1999, 12, 31)}, granule::decade);
    tiles({day_of(1900, 1, 1), day_of(1999, 12, 31)}, granule::century);
    EXPECT_EQ(iso(part_of(month_days(2016, 2), granule::month, time_mod::end).first), "2016-02-21");
}

TEST(Calendar, MonthsEndWhereTheyEnd) {
    EXPECT_EQ(iso(add_months(day_of(2016, 1, 31), 1)), "2016-02-29");
    EXPECT_EQ(iso(add_months(day_of(2016, 1, 31), -2)), "2015-11-30");
}

} // namespace
} // namespace isnad::timex
