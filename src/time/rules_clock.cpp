// Parts of the day and the clock.
#include "time/rules.hpp"

namespace isnad::timex {

namespace chrono = std::chrono;

void reader::take_day_part_after(reading& of) const {
    if (of.unit != granule::day || of.type != time_type::date || !of.whole)
        return;
    std::size_t j = of.end;
    if (mark(j, U',') || is(j, role::in))
        ++j;
    if (const maybe at = clock(j); at && at->value.starts_with("T") && j == of.end + (j > of.end ? 1 : 0)) {
        if (j == of.end || is(of.end, role::in)) {
            of.value = of.days ? of.value + at->value : at->value;
            of.type = time_type::time;
            of.end = at->end;
        }
        return;
    }
    const phrase part = find(of.end, word_class::part_of_day, true);
    if (!part || tagged(of.end, nlp::upos::verb) || part.what->strength == strength::weak || a_[of.end].coordinated)
        return;
    // "الثلاثاء مساء الخير" aside, a part followed by a day of its own begins another expression.
    if (part.what->flag && !part.definite && dated(part.end))
        return;
    of.end = part.end;
    of.type = time_type::time;
    of.value = of.days ? of.value + "T" + part.what->code : "T" + part.what->code;
}

// مساء أمس، فجر الأحد، ليل السبت - الأحد، صباح يوم الثلاثاء 16 يوليو.
reader::maybe reader::day_part(std::size_t i) const {
    const phrase part = find(i, word_class::part_of_day, true);
    if (!part || !part.what->flag || (part.what->strength == strength::weak && tagged(i, nlp::upos::verb)))
        return {};
    const std::size_t j = skip_role(part.end, role::from);
    maybe of = dated(j);
    if (!of || of->unit != granule::day || !of->whole || of->type != time_type::date) {
        const phrase weak = find(j, word_class::weekday);
        if (!weak || weak.what->strength != strength::weak || part.definite)
            return {};
        std::size_t after = 0;
        const auto how = relation_at(weak.end, after);
        if (!how)
            return {};
        of = stretch(i, after, granule::day, {}, {});
        resolve_weekday(*of, weak.what->number, how, direction_at(i));
    }
    of->begin = i;
    of->type = time_type::time;
    of->value = of->days ? of->value + "T" + part.what->code : "T" + part.what->code;
    if (part.what->code == "NI" && of->weekday) { // the night from one day to the next
        std::size_t k = of->end;
        if (mark(k, U'-') || mark(k, U'/') || is(k, role::until))
            ++k;
        const phrase second = find(k, word_class::weekday);
        if (second && second.what->number == *of->weekday % 7 + 1) {
            of->end = second.end;
            if (of->days)
                of->days->last += chrono::days(1);
        }
    }
    return of;
}

namespace {
std::string two(int value) {
    std::string out = std::to_string(value);
    return out.size() < 2 ? "0" + out : out;
}
} // namespace

// الساعة الخامسة مساء، الساعة 17:30، الثامنة والنصف صباحا, and the day after it: الخامسة من مساء الثلاثاء.
reader::maybe reader::clock(std::size_t i) const {
    const std::size_t named = find_role(i, role::clock);
    std::size_t j = named != 0 ? named : i;
    int hour = 0, minute = 0;
    bool exact = false;
    if (const auto h = i < a_.size() && a_[j < a_.size() ? j : 0].kind == atom_kind::number && j < a_.size() &&
                               a_[j].number >= 0 && a_[j].number <= 24 && a_[j].digits <= 2
                           ? std::optional<int>(a_[j].number)
                           : std::nullopt) {
        hour = *h;
        ++j;
        if ((mark(j, U':') || mark(j, U'.')) && j + 1 < a_.size() && a_[j].glued && a_[j + 1].glued &&
            a_[j + 1].kind == atom_kind::number && a_[j + 1].digits == 2 && a_[j + 1].number < 60 &&
            a_[j + 1].number >= 0) {
            minute = a_[j + 1].number;
            exact = mark(j, U':');
            j += 2;
        }
    } else if (const auto word_hour = ordinal(j); word_hour && word_hour->definite && word_hour->value >= 1 &&
                                                  word_hour->value <= 12 && a_[j].key.ends_with("ه")) {
        hour = word_hour->value;
        j = word_hour->end;
    } else if (j < a_.size() && (a_[j].key == "الاولي" || a_[j].key == "الحاديه")) {
        hour = 1;
        ++j;
    } else {
        return {};
    }
    // Minutes in words: والنصف، والربع، إلا ربعا، و20 دقيقة.
    const bool apart = is(j, role::and_) && j < a_.size() && a_[j].key == "و";
    if (const std::size_t k = apart ? j + 1 : j; minute == 0 && k < a_.size() && (apart || a_[k].coordinated)) {
        if (is(k, role::half_past)) {
            minute = 30;
            j = k + 1;
        } else if (is(k, role::quarter_past)) {
            minute = 15;
            j = k + 1;
        } else if (is(k, role::third_past)) {
            minute = 20;
            j = k + 1;
        } else if (const auto m = number(k); m && m->value < 60) {
            const phrase noun = find(m->end, word_class::unit);
            if (noun && noun.what->number == static_cast<int>(unit::minute)) {
                minute = m->value;
                j = noun.end;
            }
        }
    }
    const std::size_t after_hour = j;
    std::size_t k = skip_role(j, role::from);
    k = k == j ? skip_role(j, role::in) : k;
    const phrase part = find(k, word_class::part_of_day, true);
    maybe of_day = day_part(k);
    if (!of_day)
        if (const maybe date_after = dated(k); date_after && date_after->unit == granule::day &&
                                               date_after->type == time_type::date &&
                                               (date_after->days || date_after->weekday))
            of_day = date_after;
    const bool zone =
        is(j, role::zone) || (is(j, role::by) && is(j + 1, role::zone)) || (mark(j, U'(') && is(j + 1, role::zone));
    const bool entry_time = i == 0 && exact && named == 0 && mark(j, U'-'); // "08:15 - …" in a running report
    if (entry_time) {
        reading out;
        out.end = j;
        out.type = time_type::time;
        out.value = "T" + two(hour) + ":" + two(minute);
        if (now_.published) {
            out.days = interval{*now_.published, *now_.published};
            out.value = iso(*now_.published) + out.value;
        }
        return out;
    }
    if (named == 0 && !(part && !tagged(k, nlp::upos::verb)) &&
        !(exact && (zone || before(i, {role::on, role::since, role::until}))))
        return {};
    reading out;
    out.begin = i;
    out.end = after_hour;
    out.type = time_type::time;
    if (part && !(tagged(k, nlp::upos::verb) && part.what->strength == strength::weak)) {
        const auto half = static_cast<clock_half>(part.what->more);
        if (half == clock_half::pm && hour < 12)
            hour += 12;
        else if (half == clock_half::am && hour == 12)
            hour = 0;
        else if (half == clock_half::noon && hour < 6)
            hour += 12;
        else if (half == clock_half::night)
            hour = hour == 12 ? 0 : hour >= 6 && hour < 12 ? hour + 12 : hour;
        out.end = of_day ? after_hour : part.end;
    }
    const std::string time = "T" + two(hour) + ":" + two(minute);
    out.value = time;
    if (!of_day && out.end < a_.size()) { // الخامسة مساء الثلاثاء is one part; صباحا يوم الثلاثاء two
        if (const maybe date_after = dated(out.end);
            date_after && date_after->unit == granule::day && date_after->type == time_type::date && date_after->whole)
            of_day = date_after;
    }
    if (of_day) {
        out.end = of_day->end;
        out.days = of_day->days;
        out.weekday = of_day->weekday;
        out.unit = granule::day;
        out.whole = true;
        if (of_day->days)
            out.value = iso(of_day->days->first) + time;
    }
    return out;
}

} // namespace isnad::timex
