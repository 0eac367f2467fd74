// Months, years and other stretches, absolute and relative, and their edges.
#include "time/rules.hpp"

#include <algorithm>

namespace isnad::timex {

namespace chrono = std::chrono;

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
    const bool edged = edge_before(i) || (i > 0 && edge_ends_ == i);
    if (!m->certain && !found && !edged && !linked_to_month(i, m->end) && !listed_)
        return {};
    if (m->weak && named_otherwise(j) && !tail.year && j == i)
        return {};
    return resolve_month(i, *m, {}, tail, {});
}

// "مارس وماي", "ماي أو جوان", "من ماي إلى أوت": the name beside it makes a doubtful one a month.
bool reader::linked_to_month(std::size_t begin, std::size_t end) const {
    if (begin > 1 && last_end_ == begin - 1 && last_was_month_ &&
        (is(begin - 1, role::and_) || is(begin - 1, role::or_) || is(begin - 1, role::until) || mark(begin - 1, U',')))
        return true;
    if (begin > 0 && last_end_ == begin && last_was_month_ && a_[begin].coordinated)
        return true;
    const std::size_t next = skip_and(end);
    const std::size_t other =
        std::max({next > end ? next : 0, find_role(end, role::or_), find_role(next, role::until)});
    if (other == 0 || !before(begin, {role::in, role::from, role::between, role::since}))
        return false;
    const auto beside = one_month(other);
    return beside && !beside->weak && !beside->hijri;
}

// An edge that can stand before any stretch: أواخر، but not آخر.
bool reader::edge_before(std::size_t i) const {
    const phrase found = i > 0 ? find(i - 1, word_class::edge) : phrase{};
    return found && !found.what->flag;
}

// An indefinite noun right after a number is what it counts: "إلى 2000 مدينة".
bool reader::counts_a_noun(std::size_t i) const {
    const auto of_no_time = [](const sense& s) {
        return s.cls == word_class::name_head ||
               (s.cls == word_class::function &&
                (s.number == static_cast<int>(role::measure) || s.number == static_cast<int>(role::contract)));
    };
    return i < a_.size() && a_[i].kind == atom_kind::word &&
           (a_[i].direct == nullptr ||
            std::all_of(a_[i].direct->alone.begin(), a_[i].direct->alone.end(), of_no_time)) &&
           a_[i].bare == nullptr && !a_[i].coordinated && !a_[i].key.starts_with("ال") &&
           (tagged(i, nlp::upos::noun) || tagged(i, nlp::upos::other));
}

// حكومتي 2006 و2010، الأعوام 2010 و2011: two numbers of four digits, the later second, after a dual in construct or
// "years".
bool reader::pair_of_years(std::size_t i) const {
    const std::size_t second = skip_and(i + 1);
    if (i == 0 || second >= a_.size() || !joined(i + 1) || a_[second].kind != atom_kind::number ||
        a_[second].digits != 4 || a_[second].number <= a_[i].number || a_[second].number > 2099 ||
        counts_a_noun(second + 1) || find(second + 1, word_class::unit) || mark(second + 1, U'%'))
        return false;
    constexpr std::string_view dual = "ي"; // which the segmentation may take for "my"
    return is_bare(i - 1, role::years_of) || (a_[i - 1].key.ends_with(dual) && !a_[i - 1].key.starts_with("ال"));
}

// "سجلت سنة 2012 أعلى عدد، تليها 2015": after a year a number of four digits that counts nothing is another one.
bool reader::beside_year_seen(std::size_t i, std::size_t end) const {
    if (i == 0 || counts_a_noun(end) || mark(end, U'%') || find(end, word_class::unit) || is(end, role::of_it))
        return false;
    const bool counted = tagged(i - 1, nlp::upos::verb) || is(i - 1, role::on) || find(i - 1, word_class::cardinal) ||
                         (i + 1 < a_.size() && is(end, role::from)); // باعت 1900 منها
    const bool numbered = is(i - 1, role::numbered) || find(i - 1, word_class::name_head) ||
                          ((tagged(i - 1, nlp::upos::noun) || tagged(i - 1, nlp::upos::propn)) &&
                           a_[i - 1].key.starts_with("ال")); // القرار 1973، رقم 1973
    return a_[i - 1].kind == atom_kind::word && !counted && !numbered;
}

// "صادرات 2020 مقارنة مع 2019": after a word of comparison.
bool reader::compared_years(std::size_t i, std::size_t end) const {
    return i > 1 && !counts_a_noun(end) && !mark(end, U'%') &&
           (is(i - 2, role::compared) || (a_[i].prefixed && is(i - 1, role::compared)));
}

// عام 2011، سنة 2011م، عام ألفين وأحد عشر، 1437هـ, and a bare year where its neighbours make it one.
reader::maybe reader::year_date(std::size_t i) const {
    const phrase noun = find(i, word_class::unit, true);
    const bool year_word = noun && noun.what->number == static_cast<int>(unit::year) &&
                           noun.what->more == static_cast<int>(grammatical_number::one);
    std::size_t j = year_word ? noun.end : i;
    if (year_word && mark(j, U',') && j + 1 < a_.size() && a_[j + 1].glued && a_[j + 1].digits == 4)
        ++j; // "عام ،2010", as texts come out of some typesetting
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
                                    role::after, role::years_of, role::during, role::yearly}) ||
                         (i > 0 && (edge_before(i) || find(i - 1, word_class::season, true))) ||
                         (last_was_year_ && last_end_ + 1 == i &&
                          (is(i - 1, role::and_) || is(i - 1, role::or_) || mark(i - 1, U','))) ||
                         (i > 1 && find_role(i - 2, role::yearly) == i) || pair_of_years(i) ||
                         (year_seen_ && beside_year_seen(i, value->end)) || compared_years(i, value->end);
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
        out.hijri = true;
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

// صيف 2014، الصيف الماضي، شتاء العام المقبل، هذا الصيف.
reader::maybe reader::season(std::size_t i) const {
    const phrase this_one = find(i, word_class::relation_before);
    const bool now = this_one && this_one.what->number == static_cast<int>(relation::current);
    const phrase found = find(now ? this_one.end : i, word_class::season, true);
    if (!found || (now && !found.definite))
        return {};
    std::size_t end = found.end;
    std::optional<int> year;
    bool named = false, blind = false;
    counted_from anchor = counted_from::published;
    const phrase of_this = find(found.end, word_class::relation_before); // صيف هذا العام
    const bool year_follows = of_this && find(of_this.end, word_class::unit, true).definite;
    const bool two = !now && two_years(found.end, end).has_value(); // شتاء 2020-2021
    if (two) {
        year = two_years(found.end, end);
        named = true;
    } else if (const auto how = now            ? std::optional(relation::current)
                                : year_follows ? std::nullopt
                                               : relation_at(found.end, end)) {
        if (!now_.published) {
            blind = true;
        } else {
            const civil today = civil_of(*now_.published);
            year = today.year;
            const civil_day first = day_of(*year, found.what->more, 1), after = add_months(first, 3);
            if (*how == relation::past && after > *now_.published)
                --*year;
            else if (*how == relation::next && first <= *now_.published)
                ++*year;
            else if (*how == relation::past_before_last)
                *year -= after > *now_.published ? 2 : 1;
            else if (*how == relation::current && found.what->more == 12 && today.month < 6)
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
        anchor = of->anchor;
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
    out.anchor = anchor;
    return out;
}

// 2015/2016، 2015-16: the years of a season; gives the first.
std::optional<int> reader::two_years(std::size_t i, std::size_t& end) const {
    if (i + 2 >= a_.size() || a_[i].kind != atom_kind::number || a_[i].digits != 4 ||
        (!mark(i + 1, U'/') && !mark(i + 1, U'-')) || a_[i + 2].kind != atom_kind::number)
        return {};
    const int first = a_[i].number, second = a_[i + 2].number;
    const bool next =
        (a_[i + 2].digits == 4 && second == first + 1) || (a_[i + 2].digits == 2 && second == (first + 1) % 100);
    if (!next || first < 1800 || first > 2099)
        return {};
    end = i + 3;
    return first;
}

namespace {
/// The year in which the stretch named by `how` begins, counted from the one that begins in `current`.
std::optional<int> year_beside(int current, relation how) {
    switch (how) {
    case relation::past:
    case relation::preceding:
        return current - 1;
    case relation::past_before_last:
        return current - 2;
    case relation::next:
        return current + 1;
    case relation::next_but_one:
        return current + 2;
    case relation::current:
        return current;
    default:
        return {};
    }
}
} // namespace

// موسم 2015/2016، العام الدراسي المقبل، السنة المالية 2023، هذا الموسم.
reader::maybe reader::period(std::size_t i) const {
    const phrase this_one = find(i, word_class::relation_before);
    const bool now = this_one && this_one.what->number == static_cast<int>(relation::current);
    const phrase found = find(now ? this_one.end : i, word_class::period);
    if (!found)
        return {};
    const bool fiscal = !found.what->code.empty();
    const auto of_two = [&](std::size_t end, int first) {
        return stretch(i, end, granule::year, year_value(first) + "/" + year_value(first + 1),
                       months_days(first, found.what->more, found.what->length));
    };
    const auto of_one = [&](std::size_t end, int year) {
        return stretch(i, end, granule::year, found.what->code + year_value(year), year_days(year));
    };
    std::size_t end = found.end;
    if (const auto first = now ? std::nullopt : two_years(skip_role(found.end, role::year_of), end)) {
        reading out = of_two(end, *first);
        out.year_named = true;
        return out;
    }
    if (const auto year = now ? std::nullopt : digits(found.end, 1800, 2099); year && a_[year->end - 1].digits == 4) {
        reading out = of_one(year->end, year->value);
        out.year_named = true;
        return out;
    }
    const bool edged = edge_before(i) && a_[i].key.starts_with("ال"); // نهاية الموسم
    auto how = now ? std::optional(relation::current) : relation_at(found.end, end);
    const bool fresh = !how && is(found.end, role::fresh); // العام الدراسي الجديد
    if (fresh)
        end = found.end + 1;
    if (!how && (edged || fresh))
        how = relation::current;
    if (!how || !year_beside(2000, *how))
        return {};
    if (!now_.published) {
        const int offset = *year_beside(0, *how);
        return stretch(i, end, granule::year, offset == 0 ? "PRESENT_REF" : offset < 0 ? "PAST_REF" : "FUTURE_REF", {});
    }
    const civil today = civil_of(*now_.published);
    constexpr int months_before = 3; // in which what is about to begin is called new
    const bool begins = today.month >= found.what->more || (fresh && today.month >= found.what->more - months_before);
    const int current = fiscal || begins ? today.year : today.year - 1;
    reading out = fiscal ? of_one(end, *year_beside(current, *how)) : of_two(end, *year_beside(current, *how));
    out.anchor = counted_from::published;
    return out;
}

// "نما الاقتصاد في الربع الثالث": without its year, told as what happened or will happen.
reader::maybe reader::quarter_alone(std::size_t i, std::size_t end, int which) const {
    const bool year_follows = year_date(end) || relative_unit(end) || find(end, word_class::unit, true);
    if (year_follows || a_[i].key != "الربع" || !now_.published ||
        !(before(i, {role::in, role::during, role::since}) || of_a_noun(i)))
        return {};
    const civil today = civil_of(*now_.published);
    const int first = (which - 1) * 3 + 1;
    const bool ahead = direction_at(i) == direction::future;
    const int year =
        ahead ? today.year + (first + 2 < today.month ? 1 : 0) : today.year - (first > today.month ? 1 : 0);
    reading out =
        stretch(i, end, granule::quarter, year_value(year) + "-Q" + std::to_string(which), months_days(year, first, 3));
    out.anchor = counted_from::published;
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
    if (quarter && !is(j, role::from) && !is(j, role::to))
        if (maybe alone = quarter_alone(i, j, which))
            return alone;
    j = skip_role(j, role::from);
    maybe of = year_date(j);
    if (!of)
        of = relative_unit(j);
    if (maybe fiscal = period(j); fiscal && fiscal->value.starts_with("FY"))
        of = fiscal;
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
    reading out = stretch(i, of->end, width, (of->value.starts_with("FY") ? "FY" : "") + year_value(year) + code,
                          months_days(year, (which - 1) * months + 1, months));
    out.anchor = of->anchor;
    return out;
}

// الأشهر الستة الأولى من العام الجاري، الأيام العشرة الأخيرة من رمضان: months of a year or days of a month.
reader::maybe reader::first_of(std::size_t i) const {
    const phrase noun = find(i, word_class::unit, true);
    if (!noun || !noun.definite || noun.what->more == static_cast<int>(grammatical_number::one))
        return {};
    const auto of = static_cast<unit>(noun.what->number);
    const bool dual = noun.what->more == static_cast<int>(grammatical_number::two);
    const auto inside = dual ? std::optional(quantity{2, noun.end, true, false}) : number(noun.end);
    if (!inside || (of != unit::month && of != unit::day))
        return {};
    const bool last = is(inside->end, role::last);
    const std::size_t from = inside->end + 1;
    if ((!last && !is(inside->end, role::first)) || !is(from, role::from))
        return {};
    maybe whole = of == unit::day ? month_date(from + 1) : maybe{};
    if (!whole)
        whole = day_bounded(from + 1);
    if (!whole || !whole->days || whole->unit != (of == unit::day ? granule::month : granule::year))
        return {};
    const interval in = *whole->days;
    const bool months = of == unit::month;
    reading out;
    out.begin = i;
    out.end = whole->end;
    out.type = time_type::duration;
    out.value = "P" + std::to_string(inside->value) + (months ? "M" : "D");
    const int n = inside->value;
    if (n < 1 || n > (months ? 12 : 30))
        return {};
    const auto past = in.last + chrono::days(1);
    out.days =
        last ? interval{months ? add_months(past, -n) : past - chrono::days(n), in.last}
             : interval{in.first, (months ? add_months(in.first, n) : in.first + chrono::days(n)) - chrono::days(1)};
    out.anchor = whole->anchor;
    return out;
}

// الأسبوع الأول من مايو، النصف الثاني من سبتمبر الماضي: days 1–7, 8–14 … or 1–15 and the rest.
reader::maybe reader::part_of_month(std::size_t i) const {
    const phrase noun = find(i, word_class::unit, true);
    const bool week = noun && noun.definite && noun.what->number == static_cast<int>(unit::week) &&
                      noun.what->more == static_cast<int>(grammatical_number::one);
    const int parts = week ? 4 : is(i, role::half) ? 2 : 0;
    if (parts == 0)
        return {};
    const auto order = ordinal(i + 1);
    const int which = is(i + 1, role::last) ? parts : order && order->definite ? order->value : 0;
    if (which < 1 || which > parts)
        return {};
    const std::size_t from = is(i + 1, role::last) ? i + 2 : order->end;
    if (!is(from, role::from))
        return {};
    maybe of = month_date(from + 1);
    if (!of)
        of = relative_unit(from + 1);
    if (!of || of->unit != granule::month)
        return {};
    of->begin = i;
    of->mod = which == 1 ? time_mod::start : which == parts ? time_mod::end : time_mod::mid;
    if (of->days) {
        const int width = week ? 7 : 15;
        const interval whole = *of->days;
        of->days->first = whole.first + chrono::days((which - 1) * width);
        if (which < parts)
            of->days->last = whole.first + chrono::days(which * width - 1);
        else if (week)
            of->days->first = whole.last - chrono::days(6);
    }
    return of;
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
        maybe out = around(begin, end, of, anchor, offset);
        if (out)
            out->anchor = counted_from::named;
        if (out && of == unit::night) {
            out->type = time_type::time;
            out->value += "TNI";
        }
        return out;
    }
    if (!now_.published) {
        reading out = stretch(begin, end, width,
                              offset == 0  ? "PRESENT_REF"
                              : offset < 0 ? "PAST_REF"
                                           : "FUTURE_REF",
                              {});
        return out;
    }
    maybe out = around(begin, end, of, *now_.published, offset);
    if (out)
        out->anchor = counted_from::published;
    return out;
}

// العام الجديد: the one about to begin in the second half of a year, the one that has begun in the first.
reader::maybe reader::new_year(std::size_t begin, std::size_t end) const {
    constexpr int second_half = 7;
    const bool ahead = now_.published && civil_of(*now_.published).month >= second_half;
    return relative(begin, end, unit::year, ahead ? relation::next : relation::current);
}

// الشهر نفسه من العام الماضي، نفس اليوم من عام 2019: the month or day that the text named, else that of publication.
reader::maybe reader::same_in_year(std::size_t begin, std::size_t end, unit of, relation how) const {
    const bool today = how == relation::current && of == unit::day; // هذا اليوم من عام 1975
    if (!today && (how != relation::same || (of != unit::month && of != unit::day)))
        return {};
    const std::size_t j = skip_role(end, role::from);
    if (j == end)
        return {};
    maybe year = year_date(j);
    if (!year)
        year = relative_unit(j);
    if (!year || year->unit != granule::year || !year->days)
        return {};
    std::optional<civil_day> at = now_.published;
    if (!today && now_.named && (now_.named->last - now_.named->first).count() < (of == unit::day ? 1 : 31))
        at = now_.named->first;
    if (!at)
        return {};
    const civil from = civil_of(*at);
    const int in = civil_of(year->days->first).year;
    if (of == unit::day && !is_date(in, from.month, from.day))
        return {};
    maybe out = around(begin, year->end, of, day_of(in, from.month, of == unit::day ? from.day : 1), 0);
    if (out)
        out->anchor = year->anchor;
    return out;
}

// الأسبوع الماضي، الشهر الجاري، هذا العام، العام نفسه، اليوم التالي.
reader::maybe reader::relative_unit(std::size_t i) const {
    if (const phrase first = find(i, word_class::relation_before)) {
        const phrase noun = find(first.end, word_class::unit, true);
        if (!noun || (!noun.definite && noun.what->number != static_cast<int>(unit::weekend)) ||
            noun.what->more != static_cast<int>(grammatical_number::one))
            return {};
        const auto how = static_cast<relation>(first.what->number);
        if (auto other = same_in_year(i, noun.end, static_cast<unit>(noun.what->number), how))
            return other;
        return relative(i, noun.end, static_cast<unit>(noun.what->number), how);
    }
    const phrase noun = find(i, word_class::unit, true);
    if (!noun || noun.what->more != static_cast<int>(grammatical_number::one))
        return {};
    const unit of = static_cast<unit>(noun.what->number);
    if (!noun.definite && of != unit::weekend)
        return {};
    std::size_t end = 0;
    const auto how = relation_at(noun.end, end);
    const bool beyond_doubt = how && (*how == relation::past || *how == relation::past_before_last ||
                                      *how == relation::next || *how == relation::next_but_one);
    if (of == unit::year && !beyond_doubt && tagged(i, nlp::upos::adj) && word(i).deprel == "amod" && i > 0 &&
        tagged(i - 1, nlp::upos::noun) && word(i).head == static_cast<int>(a_[i - 1].last_word))
        return {}; // the adjective "general" of the noun before it
    if (!how) {
        if (of == unit::year && is(noun.end, role::fresh))
            return new_year(i, noun.end + 1);
        if (of == unit::weekend)
            return relative(i, noun.end, of, direction_at(i) == direction::past ? relation::past : relation::current);
        return {};
    }
    if (of == unit::day && (*how == relation::past || *how == relation::recent))
        return {};
    if (of == unit::year)
        if (const auto sure = digits(end, 1800, 2099); sure && a_[sure->end - 1].digits == 4) { // العام المقبل 2016
            reading out = stretch(i, sure->end, granule::year, year_value(sure->value), year_days(sure->value));
            out.year_named = true;
            return out;
        }
    if (auto other = same_in_year(i, end, of, *how))
        return other;
    return relative(i, end, of, *how);
}

// أواخر سبتمبر الماضي، مطلع الشهر الجاري، منتصف 2014، نهاية العام.
reader::maybe reader::edge(std::size_t i) const {
    const phrase found = find(i, word_class::edge);
    if (!found || tagged(i, nlp::upos::verb))
        return {};
    const auto part = static_cast<time_mod>(found.what->number);
    const std::size_t j = found.end;
    edge_ends_ = j;
    maybe of;
    if (found.what->flag && !find(j, word_class::unit, true).definite)
        return {};
    for (const maybe& candidate :
         {month_date(j), year_date(j), relative_unit(j), decade(j), century(j), season(j), part_of_year(j), period(j)})
        if (candidate && (!of || candidate->end > of->end))
            of = candidate;
    if (!of)
        if (const phrase noun = find(j, word_class::unit, true);
            noun && noun.definite && noun.what->more == static_cast<int>(grammatical_number::one) &&
            noun.what->number >= static_cast<int>(unit::week) && noun.what->number != static_cast<int>(unit::weekend))
            of = relative(j, noun.end, static_cast<unit>(noun.what->number), relation::current);
    if (!of || of->unit == granule::day || makes_name(j, of->plain))
        return {};
    of->begin = i;
    of->mod = part;
    of->plain = plain_form::none;
    if (of->days)
        of->days = part_of(*of->days, of->unit, part);
    return of;
}

} // namespace isnad::timex
