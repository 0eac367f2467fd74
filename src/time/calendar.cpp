#include "time/calendar.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <unicode/calendar.h>
#include <unicode/locid.h>
#include <unicode/timezone.h>

namespace isnad::timex {

namespace chrono = std::chrono;

namespace {

chrono::year_month_day date(int year, int month, int day_of_month) noexcept {
    return {chrono::year(year), chrono::month(static_cast<unsigned>(month)),
            chrono::day(static_cast<unsigned>(day_of_month))};
}

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) noexcept {
    if (text.size() < at + count)
        return {};
    int value = 0;
    for (const char c : text.substr(at, count)) {
        if (c < '0' || c > '9')
            return {};
        value = value * 10 + (c - '0');
    }
    return value;
}

std::string printed(const char* format, int a, int b, int c) {
    std::array<char, 48> buffer{};
    const int size = std::snprintf(buffer.data(), buffer.size(), format, a, b, c);
    return {buffer.data(), static_cast<std::size_t>(std::max(size, 0))};
}

constexpr double day_in_ms = 86'400'000.0;

std::unique_ptr<icu::Calendar> hijri_calendar() {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Calendar> out(icu::Calendar::createInstance(
        icu::TimeZone::getGMT()->clone(), icu::Locale("ar@calendar=islamic-umalqura"), status));
    if (U_FAILURE(status) != 0)
        return nullptr;
    out->setLenient(false);
    return out;
}

// A stretch cut in three by a count of `unit`s, each `size` months.
interval third_by_months(interval whole, int months, time_mod part) noexcept {
    const int first = part == time_mod::start ? 0 : part == time_mod::mid ? months / 3 : months - months / 3;
    const int end = part == time_mod::start ? months / 3 : part == time_mod::mid ? months - months / 3 : months;
    return {add_months(whole.first, first), add_months(whole.first, end) - chrono::days(1)};
}

int months_in(interval whole) noexcept {
    const civil a = civil_of(whole.first), b = civil_of(whole.last + chrono::days(1));
    return a.day == 1 && b.day == 1 ? (b.year - a.year) * 12 + b.month - a.month : 0;
}

} // namespace

civil_day day_of(int year, int month, int day_of_month) noexcept {
    return civil_day(date(year, month, day_of_month));
}

civil civil_of(civil_day at) noexcept {
    const chrono::year_month_day ymd(at);
    return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
            static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

bool is_date(int year, int month, int day_of_month) noexcept {
    return year > 0 && year < 10000 && month > 0 && month < 13 && day_of_month > 0 && day_of_month < 32 &&
           date(year, month, day_of_month).ok();
}

int weekday_of(civil_day at) noexcept {
    return static_cast<int>(chrono::weekday(at).iso_encoding());
}

std::optional<civil_day> parse_iso_day(std::string_view text) noexcept {
    const auto year = digits(text, 0, 4), month = digits(text, 5, 2), mday = digits(text, 8, 2);
    if (!year || !month || !mday || text[4] != '-' || text[7] != '-' || !is_date(*year, *month, *mday))
        return {};
    if (text.size() > 10 && text[10] != 'T' && text[10] != 't' && text[10] != ' ')
        return {};
    return day_of(*year, *month, *mday);
}

interval months_days(int year, int month, int count) noexcept {
    const civil_day first = day_of(year, month, 1);
    return {first, add_months(first, count) - chrono::days(1)};
}

interval month_days(int year, int month) noexcept {
    return months_days(year, month, 1);
}

interval year_days(int year) noexcept {
    return {day_of(year, 1, 1), day_of(year, 12, 31)};
}

interval week_days(civil_day at) noexcept {
    const civil_day monday = at - chrono::days(weekday_of(at) - 1);
    return {monday, monday + chrono::days(6)};
}

civil_day add_months(civil_day at, int count) noexcept {
    const chrono::year_month_day from(at);
    const chrono::year_month to = chrono::year_month(from.year(), from.month()) + chrono::months(count);
    const chrono::year_month_day last(to / chrono::last);
    return civil_day(chrono::year_month_day(to.year(), to.month(), std::min(from.day(), last.day())));
}

std::string iso(civil_day at) {
    const civil c = civil_of(at);
    return printed("%04d-%02d-%02d", c.year, c.month, c.day);
}

std::string month_value(int year, int month) {
    return printed("%04d-%02d", year, month, 0);
}

std::string open_value(int month, std::optional<int> mday) {
    std::array<char, 32> buffer{};
    const int size = mday ? std::snprintf(buffer.data(), buffer.size(), "XXXX-%02d-%02d", month, *mday)
                          : std::snprintf(buffer.data(), buffer.size(), "XXXX-%02d", month);
    return {buffer.data(), static_cast<std::size_t>(std::max(size, 0))};
}

std::string year_value(int year) {
    return printed("%04d", year, 0, 0);
}

std::string week_value(civil_day at) {
    // The ISO year of a week is the one that its Thursday lies in.
    const civil_day thursday = week_days(at).first + chrono::days(3);
    const int year = civil_of(thursday).year;
    const auto week = (thursday - day_of(year, 1, 1)).count() / 7 + 1;
    return printed("%04d-W%02d", year, static_cast<int>(week), 0);
}

interval part_of(interval whole, granule unit, time_mod part) noexcept {
    const bool cuts = part == time_mod::start || part == time_mod::mid || part == time_mod::end;
    if (!cuts || unit == granule::day || unit == granule::weekend)
        return whole;
    if (unit == granule::month) {
        const civil_day tenth = whole.first + chrono::days(9), twentieth = whole.first + chrono::days(19);
        if (part == time_mod::start)
            return {whole.first, tenth};
        return part == time_mod::mid ? interval{tenth + chrono::days(1), twentieth}
                                     : interval{twentieth + chrono::days(1), whole.last};
    }
    if (const int months = months_in(whole); months >= 3 && months <= 12)
        return third_by_months(whole, months, part);
    else if (months > 12 && months % 12 == 0) {
        const int years = months / 12;
        const int a = (years + 1) / 3, b = years - a;
        const int first = part == time_mod::start ? 0 : part == time_mod::mid ? a : b;
        const int end = part == time_mod::start ? a : part == time_mod::mid ? b : years;
        return {add_months(whole.first, first * 12), add_months(whole.first, end * 12) - chrono::days(1)};
    }
    const auto size = (whole.last - whole.first).count() + 1;
    const auto a = size / 3, b = size - size / 3;
    if (part == time_mod::start)
        return {whole.first, whole.first + chrono::days(a - 1)};
    return part == time_mod::mid ? interval{whole.first + chrono::days(a), whole.first + chrono::days(b - 1)}
                                 : interval{whole.first + chrono::days(b), whole.last};
}

std::optional<civil_day> hijri_day(int year, int month, int day_of_month) {
    const auto calendar = hijri_calendar();
    if (!calendar)
        return {};
    calendar->clear();
    calendar->set(UCAL_YEAR, year);
    calendar->set(UCAL_MONTH, month - 1);
    calendar->set(UCAL_DATE, day_of_month);
    UErrorCode status = U_ZERO_ERROR;
    const UDate ms = calendar->getTime(status);
    if (U_FAILURE(status) != 0)
        return {};
    return civil_day(chrono::days(static_cast<int>(ms / day_in_ms)));
}

std::optional<civil> hijri_of(civil_day at) {
    const auto calendar = hijri_calendar();
    if (!calendar)
        return {};
    UErrorCode status = U_ZERO_ERROR;
    calendar->setTime(static_cast<double>(at.time_since_epoch().count()) * day_in_ms, status);
    const civil out{calendar->get(UCAL_YEAR, status), calendar->get(UCAL_MONTH, status) + 1,
                    calendar->get(UCAL_DATE, status)};
    if (U_FAILURE(status) != 0)
        return {};
    return out;
}

std::optional<interval> hijri_days(int year, int month) {
    const auto first = hijri_day(year, month == 0 ? 1 : month, 1);
    const auto end = month == 0 || month == 12 ? hijri_day(year + 1, 1, 1) : hijri_day(year, month + 1, 1);
    if (!first || !end)
        return {};
    return interval{*first, *end - chrono::days(1)};
}

} // namespace isnad::timex
