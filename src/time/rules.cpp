// Dates put together: ranges, lists, bounds, references; and the choice between the rules.
#include "time/rules.hpp"

#include <algorithm>

namespace isnad::timex {

namespace chrono = std::chrono;

reader::maybe reader::dated(std::size_t i) const {
    if (i >= a_.size() ||
        (a_[i].direct == nullptr && a_[i].bare == nullptr && a_[i].kind != atom_kind::number && a_[i].key != "ال"))
        return {};
    maybe best;
    const auto offer = [&](maybe candidate) {
        if (candidate && (!best || candidate->end > best->end))
            best = std::move(candidate);
    };
    offer(feast(i));
    offer(day_of_feast(i));
    offer(deictic(i));
    offer(full_date(i));
    offer(weekday_date(i));
    offer(month_date(i));
    offer(year_date(i));
    offer(decade(i));
    offer(century(i));
    offer(season(i));
    offer(period(i));
    offer(part_of_year(i));
    offer(part_of_month(i));
    offer(relative_unit(i));
    offer(edge(i));
    if (best)
        take_other_calendar(*best);
    return best;
}

reader::maybe reader::date(std::size_t i) const {
    maybe out = dated(i);
    if (out)
        take_day_part_after(*out);
    // ليلة رأس السنة is a day of its own; نهار الأحد, which a date reads without its first word, is a part of the day.
    if (maybe part = day_part(i); part && (!out || part->end > out->end || (part->end == out->end && out->begin != i)))
        out = std::move(part);
    return out;
}

namespace {
int width_in(const reading& from, const reading& to, char& letter) {
    const auto days = static_cast<int>((to.days->last - from.days->first).count()) + 1;
    const civil a = civil_of(from.days->first), b = civil_of(to.days->last);
    if (from.unit == granule::year && to.unit == granule::year) {
        letter = 'Y';
        return b.year - a.year + 1;
    }
    const auto of_months = [](const reading& r) { return r.unit == granule::month || r.unit == granule::year; };
    const bool to_the_end = civil_of(to.days->last + chrono::days(1)).day == 1;
    if (of_months(from) && of_months(to) && a.day == 1 && to_the_end) {
        const int months = (b.year - a.year) * 12 + b.month - a.month + 1;
        const bool years = months % 12 == 0 && from.unit != to.unit;
        letter = years ? 'Y' : 'M';
        return years ? months / 12 : months;
    }
    letter = 'D';
    return days;
}
} // namespace

reader::maybe reader::join(const reading& from, reading to, bool inclusive_weekdays) const {
    if (!from.days || !to.days)
        return {};
    if (to.days->last < from.days->first && inclusive_weekdays && to.weekday && from.weekday) {
        to.days->first += chrono::days(7);
        to.days->last += chrono::days(7);
    }
    if (to.days->last <= from.days->first)
        return {};
    char letter = 'D';
    const int width = width_in(from, to, letter);
    reading out;
    out.begin = from.begin;
    out.end = to.end;
    out.type = time_type::duration;
    out.value = "P" + std::to_string(width) + letter;
    out.days = interval{from.days->first, to.days->last};
    out.anchor = from.anchor != counted_from::nothing ? from.anchor : to.anchor;
    return out;
}

// من 3 إلى 5 مايو، بين عامي 2011 و2014، 2011-2014، 3-5 مايو، من يناير إلى مارس 2016، من الأحد حتى الخميس.
reader::maybe reader::range(std::size_t i) const {
    const auto link = [&](std::size_t j, bool between, bool from) -> std::size_t {
        if (j >= a_.size())
            return 0;
        if (mark(j, U'-') || (mark(j, U'/') && a_[j].glued && !between))
            return j + 1;
        if (between && a_[j].key == "و")
            return j + 1;
        if (between && a_[j].coordinated)
            return j;
        return from ? find_role(skip_and(j), role::until) : 0;
    };
    const bool between =
        before(i, {role::between}) || (i > 1 && is(i - 2, role::between) && is(i - 1, role::years_of)) ||
        (i > 1 && is(i - 2, role::between) && (is(i - 1, role::days_of) || is(i - 1, role::months_of)));
    const bool from = before(i, {role::from}) || (i > 1 && is(i - 2, role::from));
    // A bare day number takes its month from the end: 3-5 مايو.
    if (const auto first = day_number(i)) {
        if (const std::size_t next = link(first->end, between, from); next != 0) {
            const maybe end = full_date(next);
            const bool dash = mark(first->end, U'-');
            if (end && end->unit == granule::day && end->days && !find(next, word_class::weekday) &&
                (!dash || (first->in_digits && a_[next].kind == atom_kind::number))) {
                const civil at = civil_of(end->days->first);
                if (is_date(at.year, at.month, first->value) && first->value < at.day) {
                    const civil_day begin = day_of(at.year, at.month, first->value);
                    reading head = stretch(i, first->end, granule::day, iso(begin), interval{begin, begin});
                    return join(head, *end, false);
                }
            }
        }
    }
    // Years joined by a dash need no other sign.
    if (i + 2 < a_.size() && a_[i].kind == atom_kind::number && a_[i].digits == 4 && mark(i + 1, U'-') &&
        a_[i + 2].kind == atom_kind::number && a_[i + 2].digits == 4 &&
        !(i + 3 < a_.size() && mark(i + 3, U'-') && a_[i + 3].glued) && a_[i].number >= 1800 &&
        a_[i + 2].number <= 2099 && a_[i].number < a_[i + 2].number) {
        reading a = stretch(i, i + 1, granule::year, {}, year_days(a_[i].number));
        reading b = stretch(i + 2, i + 3, granule::year, {}, year_days(a_[i + 2].number));
        return join(a, b, false);
    }
    if (!between && !from)
        return {};
    maybe begin = dated(i);
    if (!begin && i < a_.size() && a_[i].kind == atom_kind::number && a_[i].digits == 4 && between)
        begin = year_date(i);
    if (!begin || !begin->whole)
        return {};
    take_day_part_after(*begin);
    const std::size_t next = link(begin->end, between, from);
    if (next == 0)
        return {};
    maybe end = dated(next);
    if (!end && a_[next < a_.size() ? next : i].kind == atom_kind::number && next < a_.size() &&
        begin->unit == granule::year)
        if (const auto year = digits(next, 1800, 2099))
            end = stretch(next, year->end, granule::year, year_value(year->value), year_days(year->value));
    if (!end || !end->whole)
        return {};
    const bool crossed = begin->days && end->days && end->days->first < begin->days->first;
    if (!begin->year_named && (end->year_named || crossed) && end->days && begin->unit != granule::year) {
        year_hint_ = civil_of(end->days->first).year;
        if (maybe again = dated(i); again && again->days && again->days->first <= end->days->first)
            begin = again;
        year_hint_.reset();
    }
    return join(*begin, *end, true);
}

// قبل السابع من يوليو، بحلول مارس: a bound on what is to come. Before a date that has passed, قبل is left out.
reader::maybe reader::bounded(std::size_t i) const {
    const std::size_t due = find_role(i, role::due);
    const std::size_t early = std::max(find_role(i, role::ago), find_role(i, role::near_before));
    const std::size_t j = due != 0 ? due : early;
    if (j == 0 || a_[i].coordinated || !now_.published)
        return {};
    maybe of = date(j);
    if (!of || !of->whole || !of->days || of->days->last < *now_.published)
        return {};
    const bool edged = of->mod == time_mod::mid || of->mod == time_mod::end; // قبل مطلع العام: not in it
    const civil_day last = due != 0 || edged ? of->days->last : of->days->first - chrono::days(1);
    if (last < *now_.published)
        return {};
    of->begin = i;
    of->mod = time_mod::before;
    of->days = interval{*now_.published, last};
    of->anchor = counted_from::published;
    of->plain = plain_form::none;
    return of;
}

// قبيل فجر اليوم، بعيد ظهر الأحد، قبيل الساعة الخامسة مساء.
reader::maybe reader::near(std::size_t i) const {
    const std::size_t before_it = find_role(i, role::near_before), after_it = find_role(i, role::near_after);
    const std::size_t j = std::max(before_it, after_it);
    if (j == 0)
        return {};
    maybe of = day_part(j);
    if (!of)
        of = clock(j);
    if (!of || of->type != time_type::time)
        return {};
    of->begin = i;
    of->mod = before_it != 0 ? time_mod::before : time_mod::after;
    return of;
}

// حوالي الساعة الخامسة مساء، نحو عام 1990.
reader::maybe reader::about(std::size_t i) const {
    const std::size_t j = find_role(i, role::approx);
    if (j == 0)
        return {};
    maybe of = clock(j);
    if (!of)
        of = year_date(j);
    if (!of)
        return {};
    of->begin = i;
    of->mod = time_mod::approx;
    return of;
}

// 29 و30 ديسمبر، يومي 16 و17 سبتمبر: the days share their month.
reader::maybe reader::day_list(std::size_t i) const {
    std::size_t j = skip_role(i, role::days_of);
    if (before(i, {role::between}) || (j > i && before(i, {role::between})))
        return {};
    constexpr std::size_t most = 7;
    std::optional<int> first;
    for (std::size_t count = 0; count < most; ++count) {
        const auto mday = day_number(j);
        if (!mday || (j > i && first && mday->value <= *first))
            return {};
        if (first) {
            maybe last = day_and_month(j, {});
            if (!last)
                last = day_of_relative_month(j);
            if (last && last->days) {
                const civil at = civil_of(last->days->last);
                if (!is_date(at.year, at.month, *first))
                    return {};
                last->begin = i;
                last->days->first = day_of(at.year, at.month, *first);
                last->value = iso(last->days->first);
                return last;
            }
        } else {
            first = mday->value;
        }
        const bool comma = mark(mday->end, U',');
        if (!comma && !joined(mday->end))
            return {};
        j = comma ? mday->end + 1 : skip_and(mday->end);
    }
    return {};
}

// شهري أيار وحزيران، عامي 2011 و2012، يومي الأربعاء والخميس: one expression from the first to the last.
reader::maybe reader::list(std::size_t i) const {
    const bool days = is(i, role::days_of), months = is(i, role::months_of), years = is(i, role::years_of);
    if (!days && !months && !years)
        return {};
    const auto element = [&](std::size_t k) -> maybe {
        if (years) {
            const auto year = digits(k, 1800, 2099);
            return year ? maybe(stretch(k, year->end, granule::year, year_value(year->value), year_days(year->value)))
                        : std::nullopt;
        }
        listed_ = true;
        maybe out = months ? month_date(k) : weekday_date(k);
        listed_ = false;
        return out;
    };
    const bool between = before(i, {role::between});
    maybe out = element(i + 1);
    std::size_t count = 1;
    constexpr std::size_t most = 7;
    while (out && count < most) {
        const std::size_t k = out->end;
        const bool apart = k < a_.size() && (a_[k].key == "و" || mark(k, U','));
        if (k >= a_.size() || (!apart && !a_[k].coordinated))
            break;
        const maybe next = element(apart ? k + 1 : k);
        if (!next)
            break;
        if (!days && !between && out->days && next->days && next->days->first != out->days->last + chrono::days(1))
            return {}; // years or months far apart are expressions of their own
        out->end = next->end;
        if (out->days && next->days) {
            interval later = *next->days;
            if (later.last < out->days->first && days)
                later = {later.first + chrono::days(7), later.last + chrono::days(7)};
            out->days->last = std::max(out->days->last, later.last);
        }
        ++count;
    }
    if (!out || count < 2)
        return {};
    out->begin = i;
    out->weekday.reset();
    out->plain = plain_form::none;
    if (between && years && out->days) {
        out->type = time_type::duration;
        out->value = "P" + std::to_string(civil_of(out->days->last).year - civil_of(out->days->first).year + 1) + "Y";
    }
    return out;
}

// الآن، سابقا، حينه، وقت سابق من الشهر الجاري.
reader::maybe reader::reference(std::size_t i) const {
    const phrase found = find(i, word_class::reference);
    if (!found || named_otherwise(i))
        return {};
    if (found.what->more != 0 && !before(i, {static_cast<role>(found.what->more - 1)}))
        return {};
    if (found.what->more != 0 && (digits(found.end, 0, 24) || find(found.end, word_class::ordinal, true)))
        return {}; // حتى الساعة الخامسة
    if (found.what->flag)
        if (maybe of = date(skip_role(found.end, role::from)); of && of->whole) {
            of->begin = i;
            return of;
        }
    reading out;
    out.begin = i;
    out.end = found.end;
    out.value = found.what->code;
    if (out.value == "FUTURE_REF" && found.what->flag && direction_at(i) != direction::future)
        return {}; // "وفي وقت لاحق تراجعت": later in the story, not after it
    if (out.value == "PRESENT_REF" && now_.published)
        out.days = interval{*now_.published, *now_.published};
    if (out.days)
        out.anchor = counted_from::published;
    if (out.value == "SAME") {
        out.value = now_.named_value.empty() ? "PAST_REF" : now_.named_value;
        if (now_.named && out.value.size() > 10 && out.value[10] == 'T')
            out.value.resize(10); // يومها after مساء الأحد: the day
        out.days = now_.named;
        if (out.days)
            out.anchor = counted_from::named;
    }
    return out;
}

std::optional<reading> reader::at(std::size_t i, const setting& where, std::size_t& skip) {
    skip = 0;
    if (a_[i].direct == nullptr && a_[i].bare == nullptr && a_[i].kind != atom_kind::number && a_[i].key != "ال")
        return {};
    if (const phrase name = find(i, word_class::name)) {
        skip = name.end;
        return {};
    }
    now_ = where;
    maybe best;
    const auto offer = [&](maybe candidate) {
        if (candidate && (!best || candidate->end > best->end))
            best = std::move(candidate);
    };
    offer(set(i));
    offer(list(i));
    offer(day_list(i));
    offer(range(i));
    offer(reference(i));
    offer(clock(i));
    offer(counted_from_now(i));
    offer(counted_from_that(i));
    offer(date(i));
    offer(bounded(i));
    offer(near(i));
    offer(about(i));
    offer(stretch_beside_now(i));
    offer(first_of(i));
    offer(latest_stretch(i));
    offer(duration(i));
    offer(day_part_alone(i));
    if (best && makes_name(i, best->plain)) {
        skip = best->end;
        return {};
    }
    if (best) {
        last_end_ = best->end;
        last_was_year_ = best->unit == granule::year && best->whole;
        last_was_month_ = best->unit == granule::month && best->whole;
        year_seen_ = year_seen_ || (best->whole && best->year_named && !best->hijri);
        if (best->whole && best->days)
            day_seen_ = best->unit == granule::day ? best->days : std::nullopt;
    }
    return best;
}

} // namespace isnad::timex
