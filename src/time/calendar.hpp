#pragma once
// Civil days: Gregorian by <chrono>, Hijri (Umm al-Qura) by ICU; stretches of days and their TIMEX3 values.
#include "isnad/record.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace isnad::timex {

using civil_day = std::chrono::sys_days;

/// Days [first, last], both included.
struct interval {
    civil_day first, last;
};

/// How wide a stretch of time is that a date names.
enum class granule : std::uint8_t { day, week, weekend, month, season, quarter, half, year, decade, century };

/// Gregorian or Hijri fields. `month` and `day` count from 1.
struct civil {
    int year = 0;
    int month = 0;
    int day = 0;
};

[[nodiscard]] civil_day day_of(int year, int month, int day_of_month) noexcept;
[[nodiscard]] civil civil_of(civil_day at) noexcept;
[[nodiscard]] bool is_date(int year, int month, int day_of_month) noexcept;
/// ISO weekday, Monday 1 … Sunday 7.
[[nodiscard]] int weekday_of(civil_day at) noexcept;

/// "YYYY-MM-DD", by itself or followed by a time; nothing for any other text and for days that do not exist.
[[nodiscard]] std::optional<civil_day> parse_iso_day(std::string_view text) noexcept;

[[nodiscard]] interval month_days(int year, int month) noexcept;
/// `count` whole months from `month` on.
[[nodiscard]] interval months_days(int year, int month, int count) noexcept;
[[nodiscard]] interval year_days(int year) noexcept;
/// The ISO week (Monday to Sunday) around `at`.
[[nodiscard]] interval week_days(civil_day at) noexcept;
/// Moves by months; a day past the end of the month becomes its last.
[[nodiscard]] civil_day add_months(civil_day at, int count) noexcept;

/// "2016-09-26".
[[nodiscard]] std::string iso(civil_day at);
/// "2016-09", "2016", ISO week "2016-W38".
[[nodiscard]] std::string month_value(int year, int month);
[[nodiscard]] std::string year_value(int year);
/// "XXXX-09" or "XXXX-09-26", where nothing tells the year.
[[nodiscard]] std::string open_value(int month, std::optional<int> mday);
[[nodiscard]] std::string week_value(civil_day at);

/// The beginning, middle or end of a stretch: days 1–10, 11–20 and 21–end of a month; thirds of all else, by whole
/// months where there are at least three, by whole years in a decade or century. A day or weekend stays whole.
[[nodiscard]] interval part_of(interval whole, granule unit, time_mod part) noexcept;

/// The Hijri calendar of Umm al-Qura as ICU has it. Nothing where ICU refuses or the fields are no date. Costs
/// microseconds, so only called for expressions that need it.
[[nodiscard]] std::optional<civil_day> hijri_day(int year, int month, int day_of_month);
[[nodiscard]] std::optional<civil> hijri_of(civil_day at);
/// The days of a Hijri month, or of the whole year for month 0.
[[nodiscard]] std::optional<interval> hijri_days(int year, int month);

} // namespace isnad::timex
