// Days by date, weekday, feast and deictic word.
#include "time/rules.hpp"

namespace isnad::timex {

namespace chrono = std::chrono;

// 26/9/2016، 2016-09-26، 26.9.2016، 26/9 after يوم or a weekday.
reader::maybe reader::numeric_date(std::size_t i) const {
    if (i >= a_.size() || a_[i].kind != atom_kind::number || a_[i].number < 0 || i + 2 >= a_.size())
        return {};
    const char32_t by = a_[i + 1].kind == atom_kind::mark ? a_[i + 1].mark : 0;
    if ((by != U'/' && by != U'-' && by != U'.') || a_[i + 2].kind != atom_kind::number)
        return {};
    if (by != U'/' && (!a_[i + 1].glued || !a_[i + 2].glued))
        return {};
    if (i > 1 && a_[i].glued && a_[i - 1].kind == atom_kind::mark && a_[i - 2].kind == atom_kind::number &&
        a_[i - 1].mark != U'(')
        return {};
    const bool three =
        i + 4 < a_.size() && mark(i + 3, by) && a_[i + 4].kind == atom_kind::number && (by == U'/' || a_[i + 3].glued);
    if (!three) {
        const bool led = before(i, {role::day_of, role::agreeing}) || (i > 0 && find(i - 1, word_class::weekday)) ||
                         (i > 1 && mark(i - 1, U',') && find(i - 2, word_class::weekday));
        if (by != U'/' || !led || !is_date(2000, a_[i + 2].number, a_[i].number))
            return {};
        month_name m;
        m.number = a_[i + 2].number;
        m.end = i + 3;
        return resolve_month(i, m, a_[i].number, {}, {});
    }
    const bool year_first = a_[i].digits == 4;
    int year = year_first ? a_[i].number : a_[i + 4].number;
    int month = a_[i + 2].number, mday = year_first ? a_[i + 4].number : a_[i].number;
    if ((year_first ? a_[i + 4].digits : a_[i].digits) > 2 || a_[i + 2].digits > 2)
        return {};
    std::size_t end = i + 5;
    if (!year_first && a_[i + 4].digits == 2 && by == U'/')
        year += year < 50 ? 2000 : 1900;
    else if (!year_first && a_[i + 4].digits != 4)
        return {};
    bool hijri = year >= 1300 && year <= 1500;
    if (const std::size_t after = era(end, hijri); after != 0)
        end = after;
    if (month > 12 && mday <= 12)
        std::swap(month, mday);
    reading out = stretch(i, end, granule::day, {}, {});
    out.year_named = true;
    if (hijri) {
        const auto at =
            month >= 1 && month <= 12 && mday >= 1 && mday <= 30 ? hijri_day(year, month, mday) : std::nullopt;
        if (!at)
            return {};
        out.days = interval{*at, *at};
        out.hijri = true;
    } else {
        if (!is_date(year, month, mday))
            return {};
        const civil_day at = day_of(year, month, mday);
        out.days = interval{at, at};
    }
    out.value = iso(out.days->first);
    return out;
}

// 26 سبتمبر/ أيلول الماضي، السادس والعشرين من سبتمبر 2016، 26-سبتمبر-2016.
reader::maybe reader::day_and_month(std::size_t i, std::optional<int> weekday) const {
    const auto mday = day_number(i);
    if (!mday)
        return {};
    std::size_t j = mday->end;
    if ((mark(j, U'/') || mark(j, U'-')) && mday->in_digits)
        ++j;
    else
        j = skip_role(j, role::from);
    j = skip_role(j, role::month_of);
    const auto m = month(j);
    if (!m)
        return {};
    // "ثلاثة مايو" is no date, "الثالث من مايو" and "3 مايو" are.
    const bool first = mday->value == 1 && find(i, word_class::ordinal) && !m->weak; // أول مايو
    if (!mday->in_digits && !mday->definite && j == mday->end && !first)
        return {};
    year_tail tail;
    if (const auto found = year_after_month(m->end))
        tail = *found;
    return resolve_month(i, *m, mday->value, tail, weekday);
}

// 26 من الشهر الجاري، السادس من الشهر الماضي، 15 الجاري.
reader::maybe reader::day_of_relative_month(std::size_t i) const {
    const auto mday = day_number(i);
    if (!mday || (!mday->in_digits && !mday->definite))
        return {};
    const bool near_by = now_.named && (now_.named->last - now_.named->first).count() <= 31; // a month or less
    if (is(mday->end, role::of_it) && now_.named && (mday->in_digits || near_by) &&
        before(i, {role::in, role::day_of, role::since, role::until, role::from, role::to})) {
        const civil in = civil_of(now_.named->first); // في 20 يونيو … وفي 22 منه
        if (!is_date(in.year, in.month, mday->value))
            return {};
        const civil_day found = day_of(in.year, in.month, mday->value);
        reading out = stretch(i, mday->end + 1, granule::day, iso(found), interval{found, found});
        out.anchor = counted_from::named;
        return out;
    }
    std::size_t j = skip_role(mday->end, role::from), end = 0;
    const phrase noun = find(j, word_class::unit, true);
    std::optional<relation> how = std::nullopt;
    if (const phrase first = find(j, word_class::relation_before); first && j > mday->end) {
        const phrase after = find(first.end, word_class::unit, true);
        if (after && after.definite && after.what->number == static_cast<int>(unit::month)) {
            how = static_cast<relation>(first.what->number);
            end = after.end;
        }
    } else if (noun && noun.definite && noun.what->number == static_cast<int>(unit::month)) {
        how = relation_at(noun.end, end);
        if (!how && j > mday->end) {
            how = relation::current;
            end = noun.end;
        }
    } else if (!noun) {
        how = relation_at(j, end);
        if (how && (*how == relation::recent || *how == relation::same || *how == relation::following))
            how.reset();
        if (how && !before(i, {role::in, role::day_of, role::since, role::until, role::from}) && !mday->in_digits)
            how.reset();
    }
    if (!how)
        return {};
    const maybe month_found = relative(i, end, unit::month, how.value_or(relation::current));
    if (!month_found)
        return {};
    if (!month_found->days)
        return stretch(i, end, granule::day, "XXXX-XX-XX", {});
    const civil at = civil_of(month_found->days->first);
    if (!is_date(at.year, at.month, mday->value))
        return {};
    const civil_day found = day_of(at.year, at.month, mday->value);
    reading out = stretch(i, end, granule::day, iso(found), interval{found, found});
    out.anchor = month_found->anchor;
    return out;
}

// [يوم] [weekday] [،] [الموافق] date.
reader::maybe reader::full_date(std::size_t i) const {
    std::size_t j = skip_role(i, role::day_of);
    std::optional<int> weekday;
    bool bracket = false;
    if (const phrase name = find(j, word_class::weekday); name) {
        weekday = name.what->number;
        j = name.end;
        if (mark(j, U',') || mark(j, U'(')) {
            bracket = mark(j, U'(');
            ++j;
        }
        if (mark(j - 1, U',') && is(j, role::agreeing))
            return {}; // "الاثنين، الموافق …" gives the day twice
        std::size_t related = 0;
        if (j == name.end && relation_at(j, related) && (numeric_date(related) || day_and_month(related, weekday)))
            j = related; // الأربعاء الماضي 3 مارس
        if (is(j, role::agreeing))
            j = skip_role(j + 1, role::to);
        else
            j = skip_role(j, role::in);
    }
    maybe out = numeric_date(j);
    if (!out)
        out = day_and_month(j, weekday);
    if (!out && !bracket)
        out = day_of_relative_month(j);
    if (!out || (bracket && !mark(out->end, U')')))
        return {};
    if (bracket)
        ++out->end;
    out->begin = skip_role(i, role::day_of);
    return out;
}

void reader::resolve_weekday(reading& of, int weekday, std::optional<relation> how, direction way) const {
    of.weekday = weekday;
    if (!now_.published) {
        of.value = "XXXX-WXX-" + std::to_string(weekday);
        return;
    }
    const civil_day today = *now_.published;
    const int back = (weekday_of(today) - weekday + 7) % 7; // days since the latest such day, 0 today
    const int ahead = (7 - back) % 7;
    int offset = way == direction::future ? ahead : -back;
    if (how)
        switch (*how) {
        case relation::past:
        case relation::recent:
        case relation::preceding:
            offset = back == 0 ? -7 : -back;
            break;
        case relation::past_before_last:
            offset = (back == 0 ? -7 : -back) - 7;
            break;
        case relation::next:
        case relation::following:
            offset = ahead == 0 ? 7 : ahead;
            break;
        case relation::next_but_one:
            offset = (ahead == 0 ? 7 : ahead) + 7;
            break;
        case relation::current:
            offset = weekday - weekday_of(today);
            break;
        case relation::same:
            break;
        }
    const civil_day at = today + chrono::days(offset);
    of.days = interval{at, at};
    of.value = iso(at);
    of.anchor = counted_from::published;
}

// الثلاثاء، يوم الخميس المقبل، هذا الأحد، ليلة جمعة is left to day_part.
reader::maybe reader::weekday_date(std::size_t i) const {
    std::size_t j = skip_role(i, role::day_of);
    const std::size_t begin = j;
    std::optional<relation> how;
    if (const phrase this_one = find(j, word_class::relation_before);
        this_one && this_one.what->number == static_cast<int>(relation::current)) {
        how = relation::current;
        j = this_one.end;
    }
    const phrase name = find(j, word_class::weekday);
    if (!name)
        return {};
    if (name.what->strength == strength::weak && !(j > i && before(j, {role::day_of})))
        return {};
    if (name.what->number == 7 && name.end < a_.size() && a_[name.end].key == "عشر")
        return {}; // الأحد عشر
    // "الاثنين" after a noun in the dual or "بين" may be "the two"; the name tagger knows persons called الجمعة.
    if (named_otherwise(j) && j == i)
        return {};
    std::size_t end = name.end, after = 0;
    if (const auto found = relation_at(end, after)) {
        how = found;
        end = after;
    } else if (const phrase unit_word = find(skip_role(end, role::from), word_class::unit, true);
               unit_word && unit_word.definite && unit_word.what->number == static_cast<int>(unit::week)) {
        // الخميس من الأسبوع المقبل
        const auto week_of = relation_at(unit_word.end, after);
        const maybe week = week_of ? relative(i, after, unit::week, *week_of) : std::nullopt;
        if (week && week->days) {
            const civil_day at = week->days->first + chrono::days(name.what->number - 1);
            reading out = stretch(begin, after, granule::day, iso(at), interval{at, at});
            out.weekday = name.what->number;
            out.anchor = week->anchor;
            return out;
        }
    }
    reading out = stretch(begin, end, granule::day, {}, {});
    resolve_weekday(out, name.what->number, how, direction_at(i));
    if (!how && begin == i)
        out.plain = plain_form::weekday;
    return out;
}

// A name in quotation marks ends here: «القاهرة اليوم».
bool reader::closes_quotation(std::size_t i) const {
    constexpr std::size_t longest_name = 4;
    if (!mark(i, U'»') && !mark(i, U'"') && !mark(i, 0x201D))
        return false;
    for (std::size_t back = 1; back <= longest_name && back <= i; ++back) {
        if (mark(i - back, U'«') || mark(i - back, U'"') || mark(i - back, 0x201C))
            return true;
        if (tagged(i - back, nlp::upos::verb))
            return false; // «سنصل اليوم»
    }
    return false;
}

// اليوم، أمس، بعد غد, with the weekday and the date that often follow: أمس الثلاثاء، اليوم الخميس 5 مارس.
reader::maybe reader::deictic(std::size_t i) const {
    const std::size_t j = skip_role(i, role::day_of);
    phrase word_found = find(i, word_class::deictic);
    const std::size_t begin = word_found ? i : j;
    if (!word_found && j > i)
        word_found = find(j, word_class::deictic);
    if (!word_found || tagged(word_found.end - 1, nlp::upos::verb))
        return {}; // غدا الأمر صعبا
    std::size_t end = word_found.end;
    const phrase weekday = find(end, word_class::weekday);
    if (word_found.what->strength == strength::weak && !weekday && end < a_.size()) {
        std::size_t after = 0;
        const bool ordered =
            find(end, word_class::ordinal, true) && a_[end].key.starts_with("ال") && !a_[end].coordinated;
        const bool described = tagged(end, nlp::upos::adj) && a_[end].key.starts_with("ال") &&
                               !find(end, word_class::relation_after) &&
                               word(end).head == static_cast<int>(a_[i].last_word);
        if (ordered || described || relation_at(end, after))
            return {};
    }
    if (word_found.what->strength == strength::weak && (named_otherwise(i) || closes_quotation(end)))
        return {};
    reading out = stretch(begin, end, granule::day, {}, {});
    const int offset = word_found.what->number;
    if (now_.published) {
        const civil_day at = *now_.published + chrono::days(offset);
        out.days = interval{at, at};
        out.value = iso(at);
        out.anchor = counted_from::published;
    } else {
        out.value = offset == 0 ? "PRESENT_REF" : offset < 0 ? "PAST_REF" : "FUTURE_REF";
    }
    if (end == begin + 1)
        out.plain = plain_form::deictic;
    const bool bracket = mark(end, U'(');
    const std::size_t beside = bracket || mark(end, U',') ? end + 1 : end;
    if (const maybe exact = full_date(beside); exact && (!bracket || mark(exact->end, U')')) &&
                                               (beside == end || bracket || find(beside, word_class::weekday))) {
        out = *exact;
        out.begin = begin;
        out.end = exact->end + (bracket ? 1 : 0);
    } else if (const phrase named = find(beside, word_class::weekday);
               named && named.what->strength != strength::weak && (!bracket || mark(named.end, U')')) &&
               (beside == end || bracket)) {
        out.end = named.end + (bracket ? 1 : 0);
        out.weekday = named.what->number;
        if (out.days) { // the weekday wins: the nearest one to the day counted
            const int apart = (named.what->number - weekday_of(out.days->first) + 7) % 7;
            const civil_day at = out.days->first + chrono::days(apart > 3 ? apart - 7 : apart);
            out.days = interval{at, at};
            out.value = iso(at);
        }
        std::size_t after = 0;
        if (const auto how = relation_at(out.end, after); how && *how == relation::past)
            out.end = after;
    }
    if (!word_found.what->code.empty()) {
        out.type = time_type::time;
        if (out.days)
            out.value += "T" + word_found.what->code;
        else
            out.value = "T" + word_found.what->code;
    }
    return out;
}

reader::maybe reader::feast(std::size_t i) const {
    const phrase found = find(i, word_class::feast);
    if (!found)
        return {};
    month_name m;
    m.number = found.what->number;
    m.hijri = found.what->hijri;
    m.end = found.end;
    year_tail tail;
    if (const auto after = year_after_month(found.end))
        tail = *after;
    if (tail.year && m.hijri && !tail.hijri && *tail.year > 1600) { // a feast of the Hijri year in a Gregorian one
        for (const int part : {1, 12}) {
            const auto hijri = hijri_of(day_of(*tail.year, part, part == 1 ? 1 : 31));
            const auto at = hijri ? hijri_day(hijri->year, m.number, found.what->more) : std::nullopt;
            if (at && civil_of(*at).year == *tail.year) {
                tail.year = hijri->year;
                break;
            }
        }
        if (*tail.year > 1600)
            return {};
    }
    maybe out = resolve_month(i, m, found.what->more, tail, {});
    if (out && out->days)
        out->days->last += chrono::days(found.what->length - 1);
    if (out)
        out->plain = plain_form::none;
    return out;
}

// The month or year of which a first or last day is told.
reader::maybe reader::day_bounded(std::size_t i) const {
    maybe out = year_date(i);
    if (!out)
        out = relative_unit(i);
    if (const phrase noun = find(i, word_class::unit, true);
        !out && noun && noun.definite && noun.what->more == static_cast<int>(grammatical_number::one))
        out = relative(i, noun.end, static_cast<unit>(noun.what->number), relation::current);
    if (out && out->unit != granule::month && out->unit != granule::year)
        out.reset();
    return out;
}

// أول أيام عيد الفطر، ثالث أيام رمضان، آخر أيام رمضان، اليوم الثاني من عيد الأضحى.
reader::maybe reader::day_of_feast(std::size_t i) const {
    std::size_t j = 0;
    int which = 0; // 0: the last
    if (const auto order = ordinal(i); order && is(order->end, role::days_of)) {
        which = order->value;
        j = order->end + 1;
    } else if (is(i, role::latest) && is(i + 1, role::days_of)) {
        j = i + 2;
    } else if (const bool last = is(i, role::latest);
               (last || (order && order->value == 1)) && is(i + 1, role::day_of) && !find(i, word_class::deictic)) {
        j = i + 2; // أول يوم من رمضان، آخر يوم في العام الماضي
        which = last ? 0 : 1;
        if (!is(j, role::from) && !is(j, role::in))
            return {};
        ++j;
    } else if (const phrase noun = find(i, word_class::unit, true);
               noun && noun.definite && noun.what->number == static_cast<int>(unit::day)) {
        const auto in_order = ordinal(noun.end);
        const bool ends = is(noun.end, role::last);
        const std::size_t after = ends ? noun.end + 1 : in_order && in_order->definite ? in_order->end : 0;
        if (after == 0 || (!is(after, role::from) && !is(after, role::in)))
            return {};
        which = ends ? 0 : in_order->value;
        j = after + 1;
    } else {
        return {};
    }
    maybe out = feast(j);
    if (!out)
        if (out = month_date(j); out && !out->hijri && which > 1)
            return {};      // "ثالث أيام مايو" is nobody's way to name a day
    if (!out && which <= 1) // اليوم الأول من العام الجاري، آخر أيام السنة
        out = day_bounded(j);
    if (!out)
        return {};
    out->begin = i;
    out->unit = granule::day;
    out->plain = plain_form::none;
    if (out->days) {
        const civil_day at = which == 0 ? out->days->last : out->days->first + chrono::days(which - 1);
        if (at > out->days->last)
            return {};
        out->days = interval{at, at};
        out->value = iso(at);
    }
    return out;
}

// 1 محرم 1440 الموافق 11 سبتمبر 2018، 10 ذو القعدة 1445هـ/ 18 مايو 2024م، الثلاثاء المقبل الموافق 18 سبتمبر: one day
// named twice. The Gregorian name gives the value, as the moon may have been seen a day earlier or later than the
// calendar has it.
void reader::take_other_calendar(reading& of) const {
    if (of.unit != granule::day || of.type != time_type::date || !of.whole)
        return;
    const bool bracket = mark(of.end, U'('), slash = mark(of.end, U'/');
    std::size_t j = of.end;
    if (bracket || slash)
        ++j;
    else if (is(j, role::agreeing))
        j = skip_role(j + 1, role::to);
    else
        return;
    j = skip_role(j, role::day_of);
    maybe other = numeric_date(j);
    if (!other)
        other = day_and_month(j, of.weekday);
    if (!other || ((bracket || slash) && other->hijri == of.hijri) || (bracket && !mark(other->end, U')')))
        return;
    constexpr auto most_apart = chrono::days(3);
    if (of.days && other->days &&
        (of.days->first > other->days->last + most_apart || other->days->first > of.days->last + most_apart))
        return;
    const std::size_t end = other->end + (bracket ? 1 : 0);
    if (!other->hijri && other->days) {
        other->begin = of.begin;
        other->weekday = of.weekday;
        of = *other;
    }
    of.end = end;
    of.plain = plain_form::none;
}

} // namespace isnad::timex
