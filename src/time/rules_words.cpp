// Looking at atoms: numbers, months, years, and what stands beside them.
#include "time/rules.hpp"

#include <algorithm>

namespace isnad::timex {

namespace chrono = std::chrono;

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

bool reader::is_bare(std::size_t i, role wanted) const {
    if (i >= a_.size() || a_[i].bare == nullptr)
        return false;
    const auto& alone = a_[i].bare->alone;
    return std::any_of(alone.begin(), alone.end(), [&](const sense& s) {
        return s.cls == word_class::function && s.number == static_cast<int>(wanted);
    });
}

std::size_t reader::skip_and(std::size_t i) const {
    return i < a_.size() && a_[i].key == "و" ? i + 1 : i;
}

bool reader::joined(std::size_t i) const {
    return i < a_.size() && (a_[i].coordinated || (a_[i].key == "و" && i + 1 < a_.size()));
}

// حرب حزيران، شارع 14 تموز، سوق الجمعة، حزب الغد.
bool reader::makes_name(std::size_t begin, plain_form of) const {
    if (of == plain_form::none || begin == 0 || a_[begin - 1].direct == nullptr)
        return false;
    const auto wanted = of == plain_form::month     ? names_made::of_months
                        : of == plain_form::weekday ? names_made::of_weekdays
                                                    : names_made::of_deictics;
    const auto& alone = a_[begin - 1].direct->alone;
    return std::any_of(alone.begin(), alone.end(), [&](const sense& s) {
        return s.cls == word_class::name_head && s.number == static_cast<int>(wanted);
    });
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
        out.certain = before(i, {role::month_of, role::months_of}) || weak_but_led(i, *name.what);
    return out;
}

// في ماي، منذ شعبان: what else is a common word or a person's name, right after a word that times stand after. Names
// that only a spelling tells apart (آب and إب) stay doubtful.
bool reader::weak_but_led(std::size_t i, const sense& name) const {
    return name.spelling.empty() && name.strength == strength::weak &&
           before(i, {role::in, role::since, role::during}) && !tagged(i, nlp::upos::verb) && !named_otherwise(i) &&
           !(i + 1 < a_.size() && (named_otherwise(i + 1) || a_[i + 1].key.starts_with("ال"))); // صفر اليدين
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

// سبتمبر من العام نفسه: the year is the one that the text named.
bool reader::counts_from_text(const year_tail& tail) const {
    if (!now_.named || !tail.relative)
        return false;
    const relation how = *tail.relative;
    return how == relation::same || (tail.of_year && (how == relation::following || how == relation::preceding));
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
        if (tail.of_year && now_.named &&
            (how == relation::same || how == relation::following || how == relation::preceding)) {
            const int named = civil_of(now_.named->first).year;
            return how == relation::same ? named : how == relation::following ? named + 1 : named - 1;
        }
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
        if (!tail.relative && makes_name(begin, plain_form::month))
            return {};
        if (m.hijri)
            return stretch(begin, end, width, mday ? "XXXX-XX-XX" : "XXXX-XX", {});
        if (mday && !is_date(2000, m.number, *mday))
            return {};
        return stretch(begin, end, width, open_value(m.number, mday), {});
    }
    reading out = stretch(begin, end, width, {}, {});
    out.year_named = tail.year.has_value();
    out.hijri = m.hijri;
    if (!hinted.year)
        out.anchor = counts_from_text(tail) ? counted_from::named : counted_from::published;
    if (!tail.year && !tail.relative)
        out.plain = plain_form::month;
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

} // namespace isnad::timex
