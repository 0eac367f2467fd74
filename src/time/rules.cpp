#include "time/rules.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace isnad::timex {

namespace chrono = std::chrono;

// ---------------------------------------------------------------------------------------------- looking at atoms

reader::phrase reader::find(std::size_t i, word_class cls, bool bare) const {
    phrase out;
    if (i >= a_.size())
        return out;
    const auto look = [&](const entry* content, bool definite) {
        if (content == nullptr)
            return;
        for (const longer_phrase& p : content->longer) {
            if (p.what.cls != cls || i + p.rest.size() >= a_.size() || i + p.rest.size() + 1 <= out.end)
                continue;
            bool same = true;
            for (std::size_t k = 0; same && k < p.rest.size(); ++k)
                same = a_[i + 1 + k].key == p.rest[k];
            if (same)
                out = {&p.what, i + 1 + p.rest.size(), definite};
        }
        if (out.what == nullptr)
            for (const sense& s : content->alone)
                if (s.cls == cls) {
                    out = {&s, i + 1, definite};
                    break;
                }
    };
    look(a_[i].direct, false);
    if (bare)
        look(a_[i].bare, true);
    return out;
}

std::size_t reader::find_role(std::size_t i, role wanted) const {
    if (i >= a_.size() || a_[i].direct == nullptr)
        return 0;
    const entry& content = *a_[i].direct;
    for (const longer_phrase& p : content.longer) {
        if (p.what.cls != word_class::function || p.what.number != static_cast<int>(wanted) ||
            i + p.rest.size() >= a_.size())
            continue;
        bool same = true;
        for (std::size_t k = 0; same && k < p.rest.size(); ++k)
            same = a_[i + 1 + k].key == p.rest[k];
        if (same)
            return i + 1 + p.rest.size();
    }
    for (const sense& s : content.alone)
        if (s.cls == word_class::function && s.number == static_cast<int>(wanted))
            return i + 1;
    return 0;
}

std::size_t reader::skip_role(std::size_t i, role wanted) const {
    const std::size_t end = find_role(i, wanted);
    return end == 0 ? i : end;
}

bool reader::mark(std::size_t i, char32_t wanted) const {
    return i < a_.size() && a_[i].kind == atom_kind::mark && a_[i].mark == wanted;
}

bool reader::before(std::size_t i, std::initializer_list<role> wanted) const {
    return i > 0 && std::any_of(wanted.begin(), wanted.end(), [&](role r) { return is(i - 1, r); });
}

bool reader::named_otherwise(std::size_t i) const {
    const std::string& name = word(i).name;
    return name.size() > 2 && (name.ends_with("PER") || name.ends_with("ORG"));
}

bool reader::decimal(std::size_t i) const {
    const auto part = [&](std::size_t k) { return mark(k, U'.') || mark(k, U',') || mark(k, U':') || mark(k, U'%'); };
    const bool left = i >= 2 && a_[i].glued && part(i - 1) && a_[i - 1].glued && a_[i - 2].kind == atom_kind::number;
    const bool right =
        i + 2 < a_.size() && part(i + 1) && a_[i + 1].glued && a_[i + 2].glued && a_[i + 2].kind == atom_kind::number;
    const bool percent = i + 1 < a_.size() && (mark(i + 1, U'%') || a_[i + 1].key == "%");
    return left || right || percent;
}

// ---------------------------------------------------------------------------------------------- numbers

std::optional<reader::quantity> reader::digits(std::size_t i, int low, int high) const {
    if (i < a_.size() && a_[i].kind == atom_kind::word && (a_[i].key == "ال") && i + 1 < a_.size() &&
        a_[i + 1].kind == atom_kind::number) {
        auto out = digits(i + 1, low, high);
        if (out)
            out->definite = true;
        return out;
    }
    if (i >= a_.size() || a_[i].kind != atom_kind::number || a_[i].number < low || a_[i].number > high || decimal(i))
        return {};
    return quantity{a_[i].number, i + 1, false, true};
}

// Units before tens, hundreds and thousands joined by و: ستة وعشرين، ألفين وأحد عشر، مئة وعشرة.
std::optional<reader::quantity> reader::cardinal(std::size_t i) const {
    int total = 0, current = 0, limit = 0;
    std::size_t end = i;
    bool definite = false, teen = false;
    for (std::size_t k = i; k < a_.size();) {
        const bool joined = k > i && (a_[k].coordinated || a_[k].key == "و");
        const std::size_t at = k > i && a_[k].key == "و" ? k + 1 : k;
        const phrase word = find(at, word_class::cardinal, true);
        if (!word || (a_[at].prefixed && at > i))
            break; // "ستة لثلاثة" are two numbers
        const int v = word.what->number;
        const int small = current % 100;
        if (at > i && a_[at].coordinated == false && !joined && !(v == 10 && small > 0 && small < 10 && !teen) &&
            v < 100)
            break;
        if (v == 10 && small > 0 && small < 10 && !joined && !teen) {
            current += 10;
            teen = true;
        } else if (v >= 1000) {
            if (joined && (current != 0 || total != 0))
                break;
            total += v == 1000 ? std::max(current, 1) * 1000 : v;
            current = 0;
            teen = false;
        } else if (v >= 100) {
            if (current == 0)
                current = v;
            else if (!joined && v == 100 && current < 10)
                current *= 100;
            else
                break;
        } else if (v >= 20) {
            if (small >= 10 || (k > i && !joined))
                break;
            current += v;
        } else {
            if (small != 0 || (k > i && !joined))
                break;
            current += v;
        }
        limit = v;
        definite = definite || word.definite;
        end = word.end;
        k = end;
    }
    if (end == i || limit == 0)
        return {};
    return quantity{total + current, end, definite, false};
}

// الخامس، الحادي عشر، السادس والعشرين، العشرين.
std::optional<reader::quantity> reader::ordinal(std::size_t i) const {
    const phrase first = find(i, word_class::ordinal, true);
    if (!first) {
        const phrase tens = find(i, word_class::cardinal, true);
        if (tens && tens.definite && tens.what->number >= 20 && tens.what->number < 100)
            return quantity{tens.what->number, tens.end, true, false};
        return {};
    }
    quantity out{first.what->number, first.end, first.definite || first.what->flag, false};
    if (first.what->flag)
        return out;
    const phrase ten = find(out.end, word_class::cardinal, false);
    if (ten && ten.what->number == 10 && !a_[out.end].coordinated && out.value < 10) {
        out.value += 10;
        out.end = ten.end;
        return out;
    }
    const bool apart = out.end < a_.size() && a_[out.end].key == "و";
    const std::size_t next = apart ? out.end + 1 : out.end;
    const phrase tens = find(next, word_class::cardinal, true);
    if (tens && (apart || a_[next].coordinated) && tens.what->number >= 20 && tens.what->number < 100 &&
        out.value < 10) {
        out.value += tens.what->number;
        out.end = tens.end;
    }
    return out;
}

std::optional<reader::quantity> reader::number(std::size_t i) const {
    if (auto out = digits(i, 0, 999'999))
        return out;
    return cardinal(i);
}

std::optional<reader::quantity> reader::day_number(std::size_t i) const {
    if (const auto out = digits(i, 1, 31))
        return a_[out->end - 1].digits <= 2 ? out : std::nullopt;
    if (const auto out = ordinal(i); out && out->value <= 31)
        return out;
    if (const auto out = cardinal(i); out && out->value >= 1 && out->value <= 31)
        return out;
    return {};
}

// ---------------------------------------------------------------------------------------------- months and years

std::optional<reader::month_name> reader::one_month(std::size_t i) const {
    const phrase name = find(i, word_class::month);
    if (!name || (a_[i].prefixed && name.what->strength == strength::weak))
        return {};
    month_name out;
    out.number = name.what->number;
    out.hijri = name.what->hijri;
    out.end = name.end;
    timex::strength how = name.what->strength;
    if (how == strength::weak && !name.what->spelling.empty() &&
        word(i).form.find(name.what->spelling) != std::string::npos)
        how = strength::mid;
    if (tagged(i, nlp::upos::verb) && how != strength::strong)
        how = strength::weak;
    if (named_otherwise(i) && how != strength::strong)
        how = strength::weak;
    out.weak = how == strength::weak;
    out.certain =
        how == strength::strong ||
        (how == strength::mid &&
         (a_[i].prefixed || before(i, {role::in, role::since, role::until, role::during, role::from, role::between,
                                       role::ago, role::after, role::month_of, role::due, role::months_of})));
    if (out.weak)
        out.certain = before(i, {role::month_of, role::months_of});
    return out;
}

// A month's name, alone or in two traditions: سبتمبر/ أيلول، يونيو (حزيران)، نيسان أبريل.
std::optional<reader::month_name> reader::month(std::size_t i) const {
    auto out = one_month(i);
    if (!out || out->hijri)
        return out;
    std::size_t j = out->end;
    const bool bracket = mark(j, U'(');
    if (bracket || mark(j, U'/') || mark(j, U'-'))
        ++j;
    if (const auto twin = one_month(j);
        twin && !twin->hijri && twin->number == out->number && (!bracket || mark(twin->end, U')'))) {
        out->end = bracket ? twin->end + 1 : twin->end;
        out->certain = true;
        out->weak = false;
    }
    return out;
}

std::optional<relation> reader::relation_at(std::size_t i, std::size_t& end) const {
    const phrase found = find(i, word_class::relation_after);
    if (!found || a_[i].coordinated || a_[i].prefixed)
        return {};
    end = found.end;
    return static_cast<relation>(found.what->number);
}

// م، ميلادية، هـ، هجرية, with or without brackets or ل.
std::size_t reader::era(std::size_t i, bool& hijri) const {
    const std::size_t j = is(i, role::to) ? i + 1 : i;
    if (const std::size_t end = find_role(j, role::era_hijri); end != 0) {
        hijri = true;
        return mark(end, U'.') && a_[end].glued && end + 1 < a_.size() && a_[end + 1].key == "ش" ? end : end;
    }
    if (const std::size_t end = find_role(j, role::era_gregorian);
        end != 0 && (a_[j].key != "م" || a_[j].digits == 0)) {
        hijri = false;
        return end;
    }
    return 0;
}

std::optional<reader::year_tail> reader::year_after_month(std::size_t i) const {
    year_tail out;
    std::size_t end = 0;
    const std::size_t noun_at = is(i, role::to) ? i + 1 : i;
    if (const phrase this_one = find(noun_at, word_class::relation_before)) { // رمضان هذا العام
        const phrase noun = find(this_one.end, word_class::unit, true);
        if (noun && noun.definite && noun.what->number == static_cast<int>(unit::year) &&
            noun.what->more == static_cast<int>(grammatical_number::one)) {
            out.relative = static_cast<relation>(this_one.what->number);
            out.of_year = true;
            out.end = noun.end;
            return out;
        }
    }
    if (const auto how = relation_at(i, end)) {
        // "سبتمبر الماضي 2016": the year settles it.
        const auto sure = digits(end, 1000, 2200);
        out.relative = how;
        out.end = end;
        if (sure && a_[sure->end - 1].digits == 4) {
            out.relative.reset();
            out.year = sure->value;
            out.end = sure->end;
        }
        return out;
    }
    std::size_t j = i;
    if (mark(j, U',') || mark(j, U'/') || mark(j, U'-'))
        ++j;
    else
        j = skip_role(j, role::from);
    const phrase unit_word = find(j, word_class::unit, true);
    const bool year_word = unit_word && unit_word.what->number == static_cast<int>(unit::year) &&
                           unit_word.what->more == static_cast<int>(grammatical_number::one);
    if (year_word && unit_word.definite) {
        if (const auto how = relation_at(unit_word.end, end)) {
            out.relative = how;
            out.of_year = true;
            out.end = end;
            return out;
        }
    }
    if (const phrase this_year = find(j, word_class::relation_before); this_year && j > i) {
        const phrase noun = find(this_year.end, word_class::unit, true);
        if (noun && noun.definite && noun.what->number == static_cast<int>(unit::year)) {
            out.relative = static_cast<relation>(this_year.what->number);
            out.of_year = true;
            out.end = noun.end;
            return out;
        }
    }
    const std::size_t at = year_word ? unit_word.end : j;
    auto value = digits(at, 1, 2200);
    if (value && a_[value->end - 1].digits != 4 && !(a_[value->end - 1].digits == 2 && mark(j - 1, U'/') && j > i))
        value.reset();
    if (!value && year_word)
        value = cardinal(at);
    if (!value || value->value < 1000)
        return {};
    out.year = value->value;
    out.end = value->end;
    if (const std::size_t after = era(out.end, out.hijri); after != 0)
        out.end = after;
    return out;
}

std::optional<int> reader::year_of_month(int month, int mday, const year_tail& tail, direction way,
                                         std::optional<civil> now) const {
    if (tail.year)
        return tail.year;
    if (!now)
        return {};
    const int year = now->year;
    const int here = now->month * 32 + (mday == 0 ? 0 : now->day), there = month * 32 + mday;
    if (tail.relative) {
        const relation how = *tail.relative;
        if (tail.of_year)
            return how == relation::past               ? year - 1
                   : how == relation::past_before_last ? year - 2
                   : how == relation::next             ? year + 1
                   : how == relation::next_but_one     ? year + 2
                                                       : year;
        switch (how) {
        case relation::past:
        case relation::recent:
        case relation::preceding:
            return there < here ? year : year - 1;
        case relation::past_before_last:
            return there < here ? year - 1 : year - 2;
        case relation::next:
        case relation::following:
            return there > here ? year : year + 1;
        case relation::next_but_one:
            return there > here ? year + 1 : year + 2;
        case relation::same:
            return now_.named ? civil_of(now_.named->first).year : year;
        case relation::current:
            return year;
        }
    }
    if (way == direction::past)
        return there <= here ? year : year - 1;
    if (way == direction::future)
        return there >= here ? year : year + 1;
    const int apart = there - here; // in 32nds of a month: enough to tell the nearest year
    return apart > 6 * 32 ? year - 1 : apart < -6 * 32 ? year + 1 : year;
}

reading reader::stretch(std::size_t begin, std::size_t end, granule unit, std::string value,
                        std::optional<interval> days) const {
    reading out;
    out.begin = begin;
    out.end = end;
    out.unit = unit;
    out.value = std::move(value);
    out.days = days;
    out.whole = true;
    return out;
}

namespace {
std::string open_value(int month, std::optional<int> mday) {
    std::array<char, 32> buffer{};
    const int size = mday ? std::snprintf(buffer.data(), buffer.size(), "XXXX-%02d-%02d", month, *mday)
                          : std::snprintf(buffer.data(), buffer.size(), "XXXX-%02d", month);
    return {buffer.data(), static_cast<std::size_t>(std::max(size, 0))};
}
} // namespace

reader::maybe reader::resolve_month(std::size_t begin, const month_name& m, std::optional<int> mday,
                                    const year_tail& tail, std::optional<int> weekday) const {
    const std::size_t end = std::max(tail.end, m.end);
    const granule width = mday ? granule::day : granule::month;
    std::optional<civil> now;
    if (now_.published)
        now = m.hijri ? hijri_of(*now_.published) : civil_of(*now_.published);
    year_tail hinted = tail;
    if (!hinted.year && !hinted.relative)
        hinted.year = year_hint_;
    const direction way = before(begin, {role::since}) ? direction::past : direction_at(begin);
    auto year = year_of_month(m.number, mday.value_or(0), hinted, way, now);
    if (m.hijri && tail.of_year && now_.published) { // رمضان العام الماضي: the one that began in that civil year
        const auto civil_year = year_of_month(m.number, 0, tail, way, civil_of(*now_.published));
        const auto january = civil_year ? hijri_of(day_of(*civil_year, 1, 1)) : std::nullopt;
        if (january) {
            const auto begins = hijri_day(january->year, m.number, 1);
            year = begins && civil_of(*begins).year == *civil_year ? january->year : january->year + 1;
        }
    }
    if (!year) {
        if (m.hijri)
            return stretch(begin, end, width, mday ? "XXXX-XX-XX" : "XXXX-XX", {});
        if (mday && !is_date(2000, m.number, *mday))
            return {};
        return stretch(begin, end, width, open_value(m.number, mday), {});
    }
    reading out = stretch(begin, end, width, {}, {});
    out.year_named = tail.year.has_value();
    if (m.hijri) {
        const auto whole = hijri_days(*year, m.number);
        if (!whole || (mday && whole->first + chrono::days(*mday - 1) > whole->last))
            return {};
        const civil_day first = mday ? whole->first + chrono::days(*mday - 1) : whole->first;
        out.days = mday ? interval{first, first} : *whole;
        const civil middle = civil_of(whole->first + chrono::days(14));
        out.value = mday ? iso(first) : month_value(middle.year, middle.month);
        return out;
    }
    if (!mday) {
        out.value = month_value(*year, m.number);
        out.days = month_days(*year, m.number);
        return out;
    }
    if (!is_date(*year, m.number, *mday))
        return {};
    if (weekday && !tail.year && !tail.relative && weekday_of(day_of(*year, m.number, *mday)) != *weekday)
        for (const int other : {*year - 1, *year + 1})
            if (is_date(other, m.number, *mday) && weekday_of(day_of(other, m.number, *mday)) == *weekday) {
                year = other;
                break;
            }
    const civil_day at = day_of(*year, m.number, *mday);
    out.days = interval{at, at};
    out.value = iso(at);
    return out;
}

// ---------------------------------------------------------------------------------------------- days by date

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
    const bool three = i + 4 < a_.size() && mark(i + 3, by) && a_[i + 4].kind == atom_kind::number && a_[i + 3].glued;
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
    if (!mday->in_digits && !mday->definite && j == mday->end)
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
    return stretch(i, end, granule::day, iso(found), interval{found, found});
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
            return out;
        }
    }
    reading out = stretch(begin, end, granule::day, {}, {});
    resolve_weekday(out, name.what->number, how, direction_at(i));
    return out;
}

// A name in quotation marks ends here: «القاهرة اليوم».
bool reader::closes_quotation(std::size_t i) const {
    constexpr std::size_t longest_name = 4;
    if (!mark(i, U'»') && !mark(i, U'"') && !mark(i, 0x201D))
        return false;
    for (std::size_t back = 1; back <= longest_name && back <= i; ++back)
        if (mark(i - back, U'«') || mark(i - back, U'"') || mark(i - back, 0x201C))
            return true;
    return false;
}

// اليوم، أمس، بعد غد, with the weekday and the date that often follow: أمس الثلاثاء، اليوم الخميس 5 مارس.
reader::maybe reader::deictic(std::size_t i) const {
    const std::size_t j = skip_role(i, role::day_of);
    phrase word_found = find(i, word_class::deictic);
    const std::size_t begin = word_found ? i : j;
    if (!word_found && j > i)
        word_found = find(j, word_class::deictic);
    if (!word_found)
        return {};
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
    } else {
        out.value = offset == 0 ? "PRESENT_REF" : offset < 0 ? "PAST_REF" : "FUTURE_REF";
    }
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
    return out;
}

// ---------------------------------------------------------------------------------------------- longer stretches

// [شهر] سبتمبر/ أيلول [الماضي | 2016 | من العام الماضي].
reader::maybe reader::month_date(std::size_t i) const {
    const std::size_t j = skip_role(i, role::month_of);
    const auto m = month(j);
    if (!m)
        return {};
    year_tail tail;
    const auto found = year_after_month(m->end);
    if (found)
        tail = *found;
    const bool edged = i > 0 && find(i - 1, word_class::edge);
    const bool joined = i > 1 && last_end_ == i - 1 && is(i - 1, role::and_) && !m->weak;
    if (!m->certain && !found && !edged && !joined && !listed_)
        return {};
    if (m->weak && named_otherwise(j) && !tail.year && j == i)
        return {};
    return resolve_month(i, *m, {}, tail, {});
}

// An indefinite noun right after a number is what it counts: "إلى 2000 مدينة".
bool reader::counts_a_noun(std::size_t i) const {
    return i < a_.size() && a_[i].kind == atom_kind::word && (a_[i].direct == nullptr || a_[i].direct->alone.empty()) &&
           a_[i].bare == nullptr && !a_[i].coordinated && !a_[i].key.starts_with("ال") &&
           (tagged(i, nlp::upos::noun) || tagged(i, nlp::upos::other));
}

// عام 2011، سنة 2011م، عام ألفين وأحد عشر، 1437هـ, and a bare year where its neighbours make it one.
reader::maybe reader::year_date(std::size_t i) const {
    const phrase noun = find(i, word_class::unit, true);
    const bool year_word = noun && noun.what->number == static_cast<int>(unit::year) &&
                           noun.what->more == static_cast<int>(grammatical_number::one);
    const std::size_t j = year_word ? noun.end : i;
    auto value = digits(j, 1, 2200);
    if (!value && year_word)
        if (const auto words = cardinal(j); words && words->value >= 1000 && words->value <= 2200)
            value = words;
    if (!value)
        return {};
    bool hijri = false;
    const std::size_t after = era(value->end, hijri);
    if (is(value->end, role::before_christ))
        return {};
    const int count = value->in_digits ? a_[value->end - 1].digits : 4;
    if (!year_word && after == 0) {
        const bool led = before(i, {role::in, role::since, role::until, role::between, role::from, role::ago,
                                    role::after, role::years_of, role::during}) ||
                         (i > 0 && (find(i - 1, word_class::edge) || find(i - 1, word_class::season, true))) ||
                         (last_was_year_ && last_end_ + 1 == i && (is(i - 1, role::and_) || mark(i - 1, U',')));
        const bool counted = value->value % 50 == 0 && counts_a_noun(value->end);
        if (!led || count != 4 || value->value < 1800 || value->value > 2099 || counted ||
            find(value->end, word_class::unit))
            return {};
    }
    if (count < 3 || (count == 3 && after == 0 && !year_word))
        return {};
    if (!year_word && after != 0 && !hijri && (count != 4 || value->value < 1000)) // "200 م" are metres
        return {};
    const std::size_t end = after != 0 ? after : value->end;
    reading out = stretch(i, end, granule::year, {}, {});
    out.year_named = true;
    if (hijri) {
        out.days = hijri_days(value->value, 0);
        if (!out.days)
            return {};
        out.value = year_value(civil_of(out.days->first + (out.days->last - out.days->first) / 2).year);
        return out;
    }
    out.value = year_value(value->value);
    out.days = year_days(value->value);
    std::size_t past_end = 0;
    if (const auto how = relation_at(out.end, past_end); how && (*how == relation::past || *how == relation::current))
        out.end = past_end; // عام 2015 الماضي
    return out;
}

// التسعينيات، تسعينيات القرن الماضي.
reader::maybe reader::decade(std::size_t i) const {
    const phrase found = find(i, word_class::decade, true);
    if (!found)
        return {};
    std::size_t end = found.end;
    int hundreds = 19;
    if (const maybe named = century(skip_role(end, role::from)); named) {
        end = named->end;
        if (named->days)
            hundreds = civil_of(named->days->first).year / 100;
    } else if (!found.definite) {
        return {};
    } else if (find_role(end, role::from) != 0 && end + 1 < a_.size() && is(end + 1, role::lived)) {
        return {}; // في الأربعينيات من عمره
    } else if (now_.published && hundreds * 100 + found.what->number > civil_of(*now_.published).year) {
        hundreds -= 1;
    }
    const int first = hundreds * 100 + found.what->number;
    return stretch(i, end, granule::decade, year_value(first).substr(0, 3),
                   interval{day_of(first, 1, 1), day_of(first + 9, 12, 31)});
}

// القرن الماضي، القرن التاسع عشر، القرن الـ19.
reader::maybe reader::century(std::size_t i) const {
    const phrase noun = find(i, word_class::unit, true);
    if (!noun || !noun.definite || noun.what->number != static_cast<int>(unit::century) ||
        noun.what->more != static_cast<int>(grammatical_number::one))
        return {};
    std::size_t end = 0;
    if (const auto how = relation_at(noun.end, end))
        return relative(i, end, unit::century, *how);
    auto which = ordinal(noun.end);
    if (!which)
        which = digits(noun.end, 1, 21);
    if (!which || which->value < 1 || which->value > 21)
        return {};
    const int first = (which->value - 1) * 100;
    end = which->end;
    bool hijri = false;
    if (const std::size_t after = era(end, hijri); after != 0) {
        if (hijri)
            return {};
        end = after;
    }
    return stretch(i, end, granule::century, year_value(first).substr(0, 2),
                   interval{day_of(std::max(first, 1), 1, 1), day_of(first + 99, 12, 31)});
}

// صيف 2014، الصيف الماضي، شتاء العام المقبل.
reader::maybe reader::season(std::size_t i) const {
    const phrase found = find(i, word_class::season, true);
    if (!found)
        return {};
    std::size_t end = 0;
    std::optional<int> year;
    bool named = false, blind = false;
    if (const auto how = relation_at(found.end, end)) {
        if (!now_.published) {
            blind = true;
        } else {
            const civil now = civil_of(*now_.published);
            year = now.year;
            const civil_day first = day_of(*year, found.what->more, 1), after = add_months(first, 3);
            if (*how == relation::past && after > *now_.published)
                --*year;
            else if (*how == relation::next && first <= *now_.published)
                ++*year;
            else if (*how == relation::past_before_last)
                *year -= after > *now_.published ? 2 : 1;
            else if (*how == relation::current && found.what->more == 12 && now.month < 3)
                --*year;
            else if (*how == relation::same || *how == relation::recent || *how == relation::following)
                return {};
        }
    } else {
        const maybe in_year = year_date(skip_role(found.end, role::from));
        const maybe in_relative = in_year ? std::nullopt : relative_unit(skip_role(found.end, role::from));
        const maybe& of = in_year ? in_year : in_relative;
        if (!of || of->unit != granule::year)
            return {};
        end = of->end;
        named = of->year_named;
        if (of->days)
            year = civil_of(of->days->first).year;
        else
            blind = true;
    }
    if (blind)
        return stretch(i, end, granule::season, "XXXX-" + found.what->code, {});
    reading out = stretch(i, end, granule::season, year_value(*year) + "-" + found.what->code,
                          months_days(*year, found.what->more, 3));
    out.year_named = named;
    return out;
}

// الربع الأول من عام 2016، النصف الثاني من العام الماضي، الربع الأخير من 2015.
reader::maybe reader::part_of_year(std::size_t i) const {
    const bool quarter = is(i, role::quarter), half = is(i, role::half);
    if (!quarter && !half)
        return {};
    const int parts = quarter ? 4 : 2;
    std::size_t j = i + 1;
    int which = 0;
    if (is(j, role::last)) {
        which = parts;
        ++j;
    } else if (const auto order = ordinal(j); order && order->value >= 1 && order->value <= parts) {
        which = order->value;
        j = order->end;
    }
    if (which == 0)
        return {};
    j = skip_role(j, role::from);
    maybe of = year_date(j);
    if (!of)
        of = relative_unit(j);
    if (!of)
        if (const phrase noun = find(j, word_class::unit, true);
            noun && noun.definite && noun.what->number == static_cast<int>(unit::year) &&
            noun.what->more == static_cast<int>(grammatical_number::one))
            of = relative(j, noun.end, unit::year, relation::current);
    if (!of || of->unit != granule::year)
        return {};
    const std::string code = (quarter ? "-Q" : "-H") + std::to_string(which);
    const granule width = quarter ? granule::quarter : granule::half;
    if (!of->days)
        return stretch(i, of->end, width, "XXXX" + code, {});
    const int year = civil_of(of->days->first).year, months = 12 / parts;
    return stretch(i, of->end, width, year_value(year) + code, months_days(year, (which - 1) * months + 1, months));
}

// The stretch `offset` units away from the one that `at` lies in.
reader::maybe reader::around(std::size_t begin, std::size_t end, unit of, civil_day at, int offset) const {
    const civil c = civil_of(at);
    switch (of) {
    case unit::day:
    case unit::night: {
        const civil_day found = at + chrono::days(offset);
        return stretch(begin, end, granule::day, iso(found), interval{found, found});
    }
    case unit::week: {
        const civil_day found = at + chrono::days(7 * offset);
        return stretch(begin, end, granule::week, week_value(found), week_days(found));
    }
    case unit::weekend: { // Friday to Sunday holds the weekends of all countries
        const interval week = week_days(at + chrono::days(7 * offset));
        reading out = stretch(begin, end, granule::weekend, week_value(week.first),
                              interval{week.first + chrono::days(4), week.last});
        out.mod = time_mod::end;
        return out;
    }
    case unit::month: {
        const civil to = civil_of(add_months(day_of(c.year, c.month, 1), offset));
        return stretch(begin, end, granule::month, month_value(to.year, to.month), month_days(to.year, to.month));
    }
    case unit::year:
        if (c.year + offset < 1 || c.year + offset > 9999)
            return {};
        return stretch(begin, end, granule::year, year_value(c.year + offset), year_days(c.year + offset));
    case unit::decade: {
        const int first = (c.year / 10 + offset) * 10;
        if (first < 10 || first > 9980)
            return {};
        return stretch(begin, end, granule::decade, year_value(first).substr(0, 3),
                       interval{day_of(first, 1, 1), day_of(first + 9, 12, 31)});
    }
    case unit::century: {
        const int first = (c.year / 100 + offset) * 100;
        if (first < 100 || first > 9800)
            return {};
        return stretch(begin, end, granule::century, year_value(first).substr(0, 2),
                       interval{day_of(first, 1, 1), day_of(first + 99, 12, 31)});
    }
    default:
        return {};
    }
}

namespace {
const char* open_unit(unit of) {
    switch (of) {
    case unit::day:
    case unit::night:
        return "XXXX-XX-XX";
    case unit::week:
        return "XXXX-WXX";
    case unit::weekend:
        return "XXXX-WXX";
    case unit::month:
        return "XXXX-XX";
    case unit::decade:
        return "XXX";
    case unit::century:
        return "XX";
    default:
        return "XXXX";
    }
}
} // namespace

reader::maybe reader::relative(std::size_t begin, std::size_t end, unit of, relation how) const {
    int offset = 0;
    bool from_text = false;
    switch (how) {
    case relation::past:
    case relation::recent:
        offset = -1;
        break;
    case relation::past_before_last:
        offset = -2;
        break;
    case relation::next:
        offset = 1;
        break;
    case relation::next_but_one:
        offset = 2;
        break;
    case relation::current:
        break;
    case relation::same:
        from_text = true;
        break;
    case relation::following:
        offset = 1;
        from_text = true;
        break;
    case relation::preceding:
        offset = -1;
        from_text = true;
        break;
    }
    granule width = granule::day;
    if (const maybe any = around(begin, end, of, day_of(2000, 1, 1), 0))
        width = any->unit;
    else
        return {};
    const bool day_like = of == unit::day || of == unit::night;
    if (from_text) {
        if (!now_.named || (day_like && how == relation::same && now_.named->first != now_.named->last &&
                            (now_.named->last - now_.named->first).count() > 31))
            return stretch(begin, end, width, open_unit(of), {});
        const civil_day anchor = how == relation::following ? now_.named->last : now_.named->first;
        if (day_like && now_.named->first != now_.named->last)
            return stretch(begin, end, width, open_unit(of), {});
        return around(begin, end, of, anchor, offset);
    }
    if (!now_.published) {
        reading out = stretch(begin, end, width,
                              offset == 0  ? "PRESENT_REF"
                              : offset < 0 ? "PAST_REF"
                                           : "FUTURE_REF",
                              {});
        return out;
    }
    return around(begin, end, of, *now_.published, offset);
}

// الأسبوع الماضي، الشهر الجاري، هذا العام، العام نفسه، اليوم التالي.
reader::maybe reader::relative_unit(std::size_t i) const {
    if (const phrase first = find(i, word_class::relation_before)) {
        const phrase noun = find(first.end, word_class::unit, true);
        if (!noun || (!noun.definite && noun.what->number != static_cast<int>(unit::weekend)) ||
            noun.what->more != static_cast<int>(grammatical_number::one))
            return {};
        return relative(i, noun.end, static_cast<unit>(noun.what->number), static_cast<relation>(first.what->number));
    }
    const phrase noun = find(i, word_class::unit, true);
    if (!noun || noun.what->more != static_cast<int>(grammatical_number::one))
        return {};
    const unit of = static_cast<unit>(noun.what->number);
    if (!noun.definite && of != unit::weekend)
        return {};
    if (of == unit::year && tagged(i, nlp::upos::adj) && word(i).deprel == "amod" && i > 0 &&
        tagged(i - 1, nlp::upos::noun) && word(i).head == static_cast<int>(a_[i - 1].last_word))
        return {}; // the adjective "general" of the noun before it
    std::size_t end = 0;
    const auto how = relation_at(noun.end, end);
    if (!how) {
        if (of == unit::weekend)
            return relative(i, noun.end, of, direction_at(i) == direction::past ? relation::past : relation::current);
        return {};
    }
    if (of == unit::day && (*how == relation::past || *how == relation::recent))
        return {};
    return relative(i, end, of, *how);
}

// أواخر سبتمبر الماضي، مطلع الشهر الجاري، منتصف 2014، نهاية العام.
reader::maybe reader::edge(std::size_t i) const {
    const phrase found = find(i, word_class::edge);
    if (!found || tagged(i, nlp::upos::verb))
        return {};
    const auto part = static_cast<time_mod>(found.what->number);
    const std::size_t j = found.end;
    maybe of;
    for (const maybe& candidate :
         {month_date(j), year_date(j), relative_unit(j), decade(j), century(j), season(j), part_of_year(j)})
        if (candidate && (!of || candidate->end > of->end))
            of = candidate;
    if (!of)
        if (const phrase noun = find(j, word_class::unit, true);
            noun && noun.definite && noun.what->more == static_cast<int>(grammatical_number::one) &&
            noun.what->number >= static_cast<int>(unit::week) && noun.what->number != static_cast<int>(unit::weekend))
            of = relative(j, noun.end, static_cast<unit>(noun.what->number), relation::current);
    if (!of || of->unit == granule::day)
        return {};
    of->begin = i;
    of->mod = part;
    if (of->days)
        of->days = part_of(*of->days, of->unit, part);
    return of;
}

// ---------------------------------------------------------------------------------------------- parts of the day

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

// ---------------------------------------------------------------------------------------------- dates together

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
    offer(deictic(i));
    offer(full_date(i));
    offer(weekday_date(i));
    offer(month_date(i));
    offer(year_date(i));
    offer(decade(i));
    offer(century(i));
    offer(season(i));
    offer(part_of_year(i));
    offer(relative_unit(i));
    offer(edge(i));
    return best;
}

reader::maybe reader::date(std::size_t i) const {
    maybe out = dated(i);
    if (out)
        take_day_part_after(*out);
    if (maybe part = day_part(i); part && (!out || part->end >= out->end))
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
    if (from.unit == granule::month && to.unit == granule::month) {
        letter = 'M';
        return (b.year - a.year) * 12 + b.month - a.month + 1;
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
        return from ? find_role(j, role::until) : 0;
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
    if (!begin->year_named && end->year_named && end->days && begin->unit != granule::year) {
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
    const std::size_t j = due != 0 ? due : find_role(i, role::ago);
    if (j == 0 || a_[i].coordinated || !now_.published)
        return {};
    maybe of = date(j);
    if (!of || !of->whole || !of->days || of->days->last < *now_.published)
        return {};
    const bool edged = of->mod != time_mod::none;
    const civil_day last = due != 0 || edged ? of->days->last : of->days->first - chrono::days(1);
    if (last < *now_.published)
        return {};
    of->begin = i;
    of->mod = time_mod::before;
    of->days = interval{*now_.published, last};
    return of;
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
    if (out.value == "SAME") {
        out.value = now_.named_value.empty() ? "PAST_REF" : now_.named_value;
        out.days = now_.named;
    }
    return out;
}

// ---------------------------------------------------------------------------------------------- durations

namespace {
std::string count_text(double count) {
    if (std::abs(count - std::round(count)) < 1e-9)
        return std::to_string(static_cast<long long>(std::llround(count)));
    std::array<char, 32> buffer{};
    const int size = std::snprintf(buffer.data(), buffer.size(), "%.4g", count);
    return {buffer.data(), static_cast<std::size_t>(std::max(size, 0))};
}

// TIMEX3: P3D, PT24H, P18M, P1DE for a decade, PXD for an unknown number.
std::string period_value(unit of, double count) {
    const std::string n = count > 0 ? count_text(count) : "X";
    switch (of) {
    case unit::second:
        return "PT" + n + "S";
    case unit::minute:
        return "PT" + n + "M";
    case unit::hour:
        return "PT" + n + "H";
    case unit::day:
    case unit::night:
    case unit::weekend:
        return "P" + n + "D";
    case unit::week:
        return "P" + n + "W";
    case unit::month:
        return "P" + n + "M";
    case unit::year:
        return "P" + n + "Y";
    case unit::decade:
        return count > 0 ? "P" + count_text(count * 10) + "Y" : "PXDE";
    case unit::century:
        return count > 0 ? "P" + count_text(count * 100) + "Y" : "PXCE";
    }
    return {};
}
} // namespace

// ... ونصف, ونصف الساعة, وربع: adds to a length; in smaller units where that is whole.
std::size_t reader::half_more(std::size_t i, length& of) const {
    const bool apart = i < a_.size() && a_[i].key == "و";
    const std::size_t k = apart ? i + 1 : i;
    if (k >= a_.size() || (!apart && !a_[k].coordinated))
        return i;
    const bool half = is(k, role::one_half) || is(k, role::half), quarter = is(k, role::one_quarter);
    if (!half && !quarter)
        return i;
    std::size_t end = k + 1;
    const phrase noun = find(end, word_class::unit, true);
    if (noun && noun.what->number == static_cast<int>(of.of) &&
        noun.what->more == static_cast<int>(grammatical_number::one))
        end = noun.end;
    of.count += half ? 0.5 : 0.25;
    if (of.of == unit::year) {
        of.of = unit::month;
        of.count *= 12;
    } else if (of.of == unit::hour) {
        of.of = unit::minute;
        of.count *= 60;
    } else if (of.of == unit::decade) {
        of.of = unit::year;
        of.count *= 10;
    }
    return end;
}

// [نحو] ثلاثة أيام، 24 ساعة، عامين، يوم واحد، عدة أشهر، أيام قليلة، نصف ساعة; a lone unit with `named` false.
std::optional<reader::length> reader::length_at(std::size_t i) const {
    length out;
    std::size_t j = i;
    for (const auto& [sign, mod] : {std::pair{role::approx, time_mod::approx}, std::pair{role::more, time_mod::before},
                                    std::pair{role::less, time_mod::after}})
        if (const std::size_t end = find_role(j, sign); end != 0) {
            out.mod = mod;
            j = end;
            break;
        }
    const auto finish = [&](const phrase& noun, double count, bool named) {
        out.of = static_cast<unit>(noun.what->number);
        out.count = count;
        out.named = named;
        out.end = noun.end;
        if (count > 0)
            out.end = half_more(out.end, out);
        out.end = skip_role(out.end, role::in_a_row);
        return out;
    };
    if (is(j, role::one_half) || is(j, role::one_quarter)) {
        const phrase noun = find(j + 1, word_class::unit);
        if (!noun || noun.what->more != static_cast<int>(grammatical_number::one))
            return {};
        const double part = is(j, role::one_half) ? 0.5 : 0.25;
        const auto of = static_cast<unit>(noun.what->number);
        out.named = true;
        out.end = noun.end;
        out.of = of == unit::hour                            ? unit::minute
                 : of == unit::year                          ? unit::month
                 : of == unit::century || of == unit::decade ? unit::year
                 : of == unit::day                           ? unit::hour
                 : of == unit::minute                        ? unit::second
                                                             : of;
        out.count = part * (of == unit::hour || of == unit::minute ? 60
                            : of == unit::year                     ? 12
                            : of == unit::century                  ? 100
                            : of == unit::decade                   ? 10
                            : of == unit::day                      ? 24
                                                                   : 1);
        return out;
    }
    if (find_role(j, role::several) != 0) {
        const phrase noun = find(j + 1, word_class::unit);
        if (noun && noun.what->more == static_cast<int>(grammatical_number::many))
            return finish(noun, 0, true);
        return {};
    }
    if (const auto n = number(j)) {
        const phrase noun = find(n->end, word_class::unit);
        if (!noun || n->value < 1 || noun.what->more == static_cast<int>(grammatical_number::two) ||
            (!n->in_digits && n->value < 3))
            return {};
        const bool many = noun.what->more == static_cast<int>(grammatical_number::many);
        const int last = n->value % 100;
        if (!n->in_digits && many != (last >= 3 && last <= 10))
            return {};
        if (n->in_digits && many && last > 10 && a_[n->end].key != "ساعات")
            return {};
        return finish(noun, n->value, true);
    }
    const phrase noun = find(j, word_class::unit);
    if (!noun || tagged(j, nlp::upos::verb) || a_[j].coordinated)
        return {};
    if (noun.what->more == static_cast<int>(grammatical_number::two))
        return finish(noun, 2, true);
    if (noun.what->more == static_cast<int>(grammatical_number::many)) {
        auto found = finish(noun, 0, false);
        if (const std::size_t few = find_role(found.end, role::few); few != 0) {
            found.end = few;
            found.named = true;
        }
        return found;
    }
    auto found = finish(noun, 1, out.mod != time_mod::none);
    if (const phrase one = find(found.end, word_class::cardinal);
        one && one.what->number == 1 && !a_[found.end].coordinated && !a_[found.end].prefixed) {
        found.end = one.end;
        found.named = true;
    } else if (found.end > noun.end) {
        found.named = true; // شهر ونصف
    } else if (find(found.end, word_class::month) || find(found.end, word_class::weekday) ||
               find(found.end, word_class::deictic) || digits(found.end, 1, 2200) ||
               find(found.end, word_class::relation_after)) {
        return {}; // شهر رمضان، يوم الثلاثاء، عام 2011
    }
    return found;
}

// قبل يومين، منذ ثلاثة أشهر، بعد أسبوع، بعد شهر من الآن.
reader::maybe reader::counted_from_now(std::size_t i) const {
    const bool ago = is(i, role::ago), since = is(i, role::since), after = is(i, role::after);
    if ((!ago && !since && !after) || a_[i].coordinated)
        return {};
    const auto span_of = length_at(i + 1);
    if (!span_of)
        return {};
    if (!span_of->named && span_of->count == 1 &&
        (span_of->of == unit::decade || span_of->of == unit::second ||
         (after && span_of->of == unit::day && direction_at(i) != direction::future)))
        return {}; // بعد عقد لقاء, بعد يوم من
    std::size_t end = span_of->end;
    std::optional<civil_day> from = now_.published;
    if (is(end, role::from)) {
        const phrase now = find(end + 1, word_class::reference);
        if (!now || now.what->code != "PRESENT_REF") {
            if (!since)
                return {}; // قبل يومين من الانتخابات: a length, not a day
        } else {
            end = now.end;
        }
    } else if (is(end, role::on)) {
        return {}; // بعد يومين على الهجوم
    }
    bool open = false;
    if (after && direction_at(i) == direction::past && end == span_of->end) {
        if (!now_.named || now_.named->first != now_.named->last)
            return {};
        from = now_.named->last;
    }
    const int sign = after ? 1 : -1;
    reading out;
    out.begin = i;
    out.end = end;
    out.whole = true;
    if (span_of->count <= 0)
        open = true;
    if (open || !from) {
        out.value = after ? "FUTURE_REF" : "PAST_REF";
        out.whole = false;
        return out;
    }
    const double count = span_of->count;
    const int n = static_cast<int>(std::lround(std::min(count, 9999.0)));
    maybe found;
    switch (span_of->of) {
    case unit::second:
    case unit::minute:
    case unit::hour: {
        const double hours = span_of->of == unit::hour     ? count
                             : span_of->of == unit::minute ? count / 60
                                                           : count / 3600;
        const int days = static_cast<int>(std::min(hours / 24, 9999.0));
        found = around(i, end, unit::day, *from, sign * days);
        if (found && hours < 24)
            found->type = time_type::time;
        break;
    }
    case unit::decade:
        found = around(i, end, unit::year, *from, sign * n * 10);
        break;
    case unit::century:
        found = around(i, end, unit::year, *from, sign * n * 100);
        break;
    case unit::weekend:
        return {};
    case unit::week:
        found = around(i, end, unit::day, *from, sign * n * 7);
        break;
    default:
        found = around(i, end, span_of->of, *from, sign * n);
    }
    if (!found)
        return {};
    found->mod = span_of->mod;
    if (after && found->mod == time_mod::before)
        found->mod = time_mod::after;
    else if (after && found->mod == time_mod::after)
        found->mod = time_mod::before;
    return found;
}

// الأيام الثلاثة الماضية، الـ24 ساعة المقبلة، العامين الماضيين، الأسابيع الأخيرة.
reader::maybe reader::stretch_beside_now(std::size_t i) const {
    std::size_t j = i;
    double count = 0;
    phrase noun = find(j, word_class::unit, true);
    if (const auto n = number(i); n) {
        noun = find(n->end, word_class::unit, true);
        if (!noun || n->value < 1)
            return {};
        count = n->value;
        j = noun.end;
    } else if (noun && (noun.definite || (i > 0 && a_[i - 1].key == "ال"))) {
        j = noun.end;
        if (noun.what->more == static_cast<int>(grammatical_number::two)) {
            count = 2;
        } else if (noun.what->more == static_cast<int>(grammatical_number::many)) {
            if (const auto inside = number(j); inside && (inside->definite || inside->in_digits)) {
                count = inside->value;
                j = inside->end;
            } else if (j < a_.size() && a_[j].key.starts_with("ال") && is(j, role::few)) {
                ++j;
            }
        } else if (noun.what->number > static_cast<int>(unit::hour)) {
            return {};
        } else {
            count = 1;
        }
    } else if (find_role(j, role::several) != 0) {
        noun = find(j + 1, word_class::unit, true);
        if (!noun)
            return {};
        j = noun.end;
    } else {
        return {};
    }
    std::size_t end = 0;
    const auto how = relation_at(j, end);
    if (!how || *how == relation::same || *how == relation::current || *how == relation::following)
        return {};
    const auto of = static_cast<unit>(noun.what->number);
    reading out;
    out.begin = i;
    out.end = end;
    out.type = time_type::duration;
    out.value = period_value(of, count);
    if (!now_.published || count <= 0 || of == unit::second || of == unit::minute || count > 5000)
        return out;
    const int sign = *how == relation::next || *how == relation::next_but_one ? 1 : -1;
    const int n = static_cast<int>(count);
    const civil_day today = *now_.published;
    civil_day far = today;
    switch (of) {
    case unit::hour:
        far += chrono::days(sign * ((n + 23) / 24));
        break;
    case unit::week:
        far += chrono::days(sign * n * 7);
        break;
    case unit::month:
        far = add_months(today, sign * n);
        break;
    case unit::year:
        far = add_months(today, sign * n * 12);
        break;
    case unit::decade:
        far = n <= 50 ? add_months(today, sign * n * 120) : today;
        break;
    case unit::century:
        far = n <= 10 ? add_months(today, sign * n * 1200) : today;
        break;
    default:
        far += chrono::days(sign * n);
    }
    if (civil_of(far).year < 1 || civil_of(far).year > 9999)
        return out;
    out.days = sign < 0 ? interval{far, today} : interval{today, far};
    return out;
}

// ثلاثة أيام، نحو شهرين، لمدة عام; not the age of a person.
reader::maybe reader::duration(std::size_t i) const {
    const auto found = length_at(i);
    if (!found)
        return {};
    const bool led =
        before(i, {role::duration_of, role::during, role::since, role::to, role::after, role::ago}) || a_[i].prefixed;
    if (!found->named && !led)
        return {};
    if (!found->named && found->count <= 0 && before(i, {role::after, role::ago}))
        return {};
    if (!found->named && found->count == 1 &&
        (found->of == unit::decade || found->of == unit::second ||
         !before(i, {role::duration_of, role::during, role::after, role::ago, role::to})))
        return {};
    if (!found->named && before(i, {role::to}) && found->count == 1)
        return {};
    if (!found->named && found->of == unit::decade && !before(i, {role::duration_of, role::during, role::since}))
        return {}; // عقود are contracts too
    for (std::size_t back = 1; back <= 3 && back <= i; ++back)
        if (is(i - back, role::age) && found->of == unit::year)
            return {};
    const bool bracketed = i > 0 && mark(i - 1, U'(') && mark(found->end, U')');
    if (bracketed && found->of == unit::year)
        return {};
    if (is(found->end, role::from) && is(found->end + 1, role::lived))
        return {};
    reading out;
    out.begin = i;
    out.end = found->end;
    out.type = time_type::duration;
    out.value = period_value(found->of, found->count);
    out.mod = found->mod == time_mod::approx ? time_mod::approx : time_mod::none;
    return out;
}

// يوميا، كل جمعة، كل يوم أحد، كل أسبوع، كل ثلاثة أيام.
reader::maybe reader::set(std::size_t i) const {
    reading out;
    out.begin = i;
    out.type = time_type::set;
    if (const phrase adverb = find(i, word_class::set)) {
        out.end = adverb.end;
        out.value = adverb.what->code;
        if (adverb.end == i + 1)
            return out;
    }
    if (!is(i, role::every))
        return out.end > i ? maybe(out) : std::nullopt;
    const std::size_t j = skip_role(i + 1, role::day_of);
    if (const phrase name = find(j, word_class::weekday)) {
        out.end = name.end;
        out.value = "XXXX-WXX-" + std::to_string(name.what->number);
        return out;
    }
    if (const auto m = month(skip_role(i + 1, role::month_of)); m && !m->hijri && !m->weak) {
        out.end = m->end;
        out.value = open_value(m->number, {});
        return out;
    }
    if (const auto found = length_at(i + 1); found && found->count > 0) {
        out.end = found->end;
        out.value = period_value(found->of, found->count);
        return out;
    }
    return out.end > i ? maybe(out) : std::nullopt;
}

// ---------------------------------------------------------------------------------------------- all

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
    offer(range(i));
    offer(reference(i));
    offer(clock(i));
    offer(counted_from_now(i));
    offer(date(i));
    offer(bounded(i));
    offer(stretch_beside_now(i));
    offer(duration(i));
    if (best) {
        last_end_ = best->end;
        last_was_year_ = best->unit == granule::year && best->whole;
    }
    return best;
}

} // namespace isnad::timex
