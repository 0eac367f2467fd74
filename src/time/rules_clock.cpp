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
            of.plain = plain_form::none;
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
    // "زار المغرب الثلاثاء": with the article it is a part of the day only where من parts it from the day.
    if (part.definite && part.what->strength == strength::weak && j == part.end)
        return {};
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
    if (of->days && of->days->first != of->days->last) { // ليلة عيد الفطر, the night before it; صباح عيد الفطر
        const bool eve = !part.definite && (part.what->code == "NI" || is(i, role::eve));
        const civil_day at = of->days->first - chrono::days(eve ? 1 : 0);
        of->days = interval{at, at};
        of->value = iso(at);
    }
    of->begin = i;
    of->type = time_type::time;
    of->plain = plain_form::none;
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

// "قصف الحي صباح أمس ثم عاد القصف ليلا": an adverb counts from the day that the sentence named before it.
reader::maybe reader::day_part_alone(std::size_t i) const {
    const phrase part = find(i, word_class::part_of_day, true);
    if (!part || !day_seen_ || day_seen_->first != day_seen_->last || tagged(i, nlp::upos::verb) || a_[i].coordinated ||
        part.what->strength == strength::weak)
        return {};
    const bool adverb = !part.what->flag && (part.end > i + 1 || !part.definite); // ظهرا، بعد الظهر
    const std::size_t j = part.end;
    const bool free = j >= a_.size() || a_[j].kind == atom_kind::mark || a_[j].key == "و" || a_[j].coordinated ||
                      is(j, role::in) || is(j, role::to) || is(j, role::until) || is(j, role::on) ||
                      is(j, role::from) || tagged(j, nlp::upos::verb) || tagged(j, nlp::upos::adp);
    // مساء, in its folded letters, is the one whose accusative looks like the word before a day.
    const bool accusative = part.what->flag && a_[i].key == "مسا" && free && i > 0 && !tagged(i - 1, nlp::upos::adp);
    const bool doubled = (j < a_.size() && find(skip_and(j), word_class::part_of_day, true)) ||
                         (i > 0 && find(i - 1, word_class::part_of_day, true)) ||
                         (i > 1 && is(i - 1, role::and_) && find(i - 2, word_class::part_of_day, true));
    if ((!adverb && !accusative) || doubled)
        return {};
    reading out = stretch(i, part.end, granule::day, iso(day_seen_->first) + "T" + part.what->code, *day_seen_);
    out.type = time_type::time;
    out.anchor = counted_from::named;
    return out;
}

namespace {
std::string two(int value) {
    std::string out = std::to_string(value);
    return out.size() < 2 ? "0" + out : out;
}
} // namespace

// الخامسة، الحادية عشرة، 17:30، 9.
std::optional<reader::clock_time> reader::hour_at(std::size_t i) const {
    if (i >= a_.size())
        return {};
    clock_time out;
    if (a_[i].kind == atom_kind::number) {
        if (a_[i].number < 0 || a_[i].number > 24 || a_[i].digits > 2)
            return {};
        out.hour = a_[i].number;
        out.end = i + 1;
        const std::size_t j = out.end;
        if ((mark(j, U':') || mark(j, U'.') || mark(j, U',')) && j + 1 < a_.size() && a_[j].glued && a_[j + 1].glued &&
            a_[j + 1].kind == atom_kind::number && a_[j + 1].digits == 2 && a_[j + 1].number < 60) {
            out.minute = a_[j + 1].number;
            out.exact = mark(j, U':');
            out.end = j + 2;
        }
        return out;
    }
    const phrase first = find(i, word_class::ordinal, true);
    if (!first || !first.definite || !a_[i].key.ends_with(first.what->number == 1 && a_[i].key == "الاولي" ? "ي" : "ه"))
        return {};
    out.hour = first.what->number;
    out.end = first.end;
    if (const phrase ten = find(out.end, word_class::cardinal);
        ten && ten.what->number == 10 && !a_[out.end].coordinated && out.hour <= 2) {
        out.hour += 10;
        out.end = ten.end;
    }
    return out.hour <= 12 ? std::optional(out) : std::nullopt;
}

// والنصف، والربع، والثلث، و20 دقيقة، إلا ربعا، إلا خمس دقائق.
void reader::minutes_after(clock_time& of) const {
    if (of.minute != 0)
        return;
    const bool less = is(of.end, role::minus);
    if (!less && !joined(of.end))
        return;
    const std::size_t k = less ? of.end + 1 : skip_and(of.end);
    int minutes = 0;
    std::size_t end = k + 1;
    if (is(k, role::half_past)) {
        minutes = 30;
    } else if (is(k, role::quarter_past) || (less && is(k, role::one_quarter))) {
        minutes = 15;
    } else if (is(k, role::third_past)) {
        minutes = 20;
    } else if (const auto m = number(k); m && m->value > 0 && m->value < 60) {
        const phrase noun = find(m->end, word_class::unit);
        if (!noun || noun.what->number != static_cast<int>(unit::minute))
            return;
        minutes = m->value;
        end = noun.end;
    } else {
        return;
    }
    const int day = 24 * 60;
    const int at = (of.hour * 60 + (less ? -minutes : minutes) + day) % day;
    of.hour = at / 60;
    of.minute = at % 60;
    of.end = end;
}

// بتوقيت غرينتش، بالتوقيت المحلي، ت غ: the end of the words, and what they add to the value.
std::size_t reader::zone_after(std::size_t i, std::string& code) const {
    const phrase found = find(skip_role(i, role::by), word_class::zone);
    if (!found)
        return i;
    code = found.what->code;
    return found.end;
}

namespace {
int hour_in(clock_half half, int hour) {
    switch (half) {
    case clock_half::pm:
        return hour < 12 ? hour + 12 : hour;
    case clock_half::am:
        return hour == 12 ? 0 : hour;
    case clock_half::noon:
        return hour < 6 ? hour + 12 : hour;
    case clock_half::night:
        return hour == 12 ? 0 : hour >= 6 && hour < 12 ? hour + 12 : hour;
    }
    return hour;
}
} // namespace

// الساعة الخامسة مساء، الساعة 17:30 بتوقيت غرينتش، الثامنة والنصف صباحا, and the day after it: الخامسة من مساء
// الثلاثاء.
reader::maybe reader::clock(std::size_t i) const {
    const std::size_t named = find_role(i, role::clock);
    auto time = hour_at(named != 0 ? named : i);
    if (!time)
        return {};
    minutes_after(*time);
    constexpr int two_digits = 2;
    std::string zone;
    if (i == 0 && time->exact && named == 0 && a_[i].digits == two_digits && zone_after(time->end, zone) == time->end &&
        !find(time->end, word_class::part_of_day, true)) {
        // "08:15 - …", "08:15 | …", "08:15 …" in a running report
        reading out;
        out.end = time->end;
        out.type = time_type::time;
        out.value = "T" + two(time->hour) + ":" + two(time->minute);
        if (now_.published) {
            out.days = interval{*now_.published, *now_.published};
            out.value = iso(*now_.published) + out.value;
            out.anchor = counted_from::published;
        }
        return out;
    }
    return at_the_clock(i, *time, named != 0);
}

reader::maybe reader::at_the_clock(std::size_t i, const clock_time& time, bool named) const {
    std::string zone;
    std::size_t end = zone_after(time.end, zone);
    const bool zoned = end != time.end;
    std::size_t k = skip_role(end, role::from);
    k = k == end ? skip_role(end, role::in) : k;
    const phrase part = find(k, word_class::part_of_day, true);
    const bool parted = part && !tagged(k, nlp::upos::verb);
    if (!named && !parted && !(time.exact && (zoned || before(i, {role::on, role::since, role::until}))))
        return {};
    const auto day_at = [&](std::size_t at) {
        maybe of = dated(at);
        if (of && (of->unit != granule::day || of->type != time_type::date || !of->whole))
            of.reset();
        return of;
    };
    maybe of_day = day_part(k);
    if (!of_day)
        of_day = day_at(k);
    const int hour = parted ? hour_in(static_cast<clock_half>(part.what->more), time.hour) : time.hour;
    if (of_day) {
        end = of_day->end;
    } else if (parted) {
        end = part.end;
        if (of_day = day_at(skip_role(end, role::from)); of_day) // صباحا يوم الثلاثاء
            end = of_day->end;
    }
    if (!zoned) {
        const std::size_t after_zone = zone_after(end, zone);
        if (after_zone != end && !of_day)
            if (of_day = day_at(after_zone); of_day) // الثامنة مساء بتوقيت مكة غدا
                end = of_day->end;
        end = std::max(end, after_zone);
    }
    reading out;
    out.begin = i;
    out.end = end;
    out.type = time_type::time;
    out.value = "T" + two(hour) + ":" + two(time.minute) + zone;
    if (of_day) {
        out.days = of_day->days;
        out.weekday = of_day->weekday;
        out.anchor = of_day->anchor;
        out.unit = granule::day;
        out.whole = true;
        if (of_day->days)
            out.value = iso(of_day->days->first) + out.value;
    }
    return out;
}

} // namespace isnad::timex
