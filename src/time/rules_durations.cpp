// Durations, what is counted from now, and sets.
#include "time/rules.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace isnad::timex {

namespace chrono = std::chrono;

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

// The noun at `i` is the genitive of the one before it.
bool reader::of_a_noun(std::size_t i) const {
    return i > 0 && (tagged(i, nlp::upos::noun) || tagged(i, nlp::upos::propn) || tagged(i, nlp::upos::other)) &&
           word(i).head == static_cast<int>(a_[i - 1].last_word);
}

// "علي حسن (32 عاما)", "علي حسن، 32 عاما، من بيروت": an age.
bool reader::beside_name(std::size_t begin, std::size_t end) const {
    if (begin == 0)
        return false;
    if (mark(begin - 1, U'(') && mark(end, U')'))
        return true;
    return begin > 1 && mark(begin - 1, U',') && mark(end, U',') &&
           (tagged(begin - 2, nlp::upos::propn) || tagged(begin - 2, nlp::upos::other) ||
            word(begin - 2).name.ends_with("PER"));
}

// "وقعت الشركة ثلاثة عقود": contracts, not decades.
bool reader::of_contracts(std::size_t i, unit of) const {
    constexpr std::size_t reach = 5;
    if (of != unit::decade)
        return false;
    for (std::size_t back = 1; back <= reach && back <= i; ++back)
        if (is(i - back, role::contract))
            return true;
    return false;
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
            (!n->in_digits && (n->value < 3 || (n->definite && n->value >= 1000))) ||
            of_contracts(i, static_cast<unit>(noun.what->number)))
            return {};
        if (noun.what->number == static_cast<int>(unit::year) && n->in_digits && digits(noun.end, 1000, 2200))
            return {}; // القرار 1701 عام 2006
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
    if (of_contracts(i, static_cast<unit>(noun.what->number)))
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

// Whether the stretch that the text named is no wider than the unit that is counted from it: days from a day, years
// from a year.
bool reader::narrow_enough(unit of) const {
    const auto days = (now_.named->last - now_.named->first).count() + 1;
    return days == 1 || (of == unit::month && days <= 31) || (of == unit::year && days <= 366);
}

// عن ثمانية وسبعين عاما: عن stands before the numeral in which `i` lies.
bool reader::told_of_age(std::size_t i) const {
    while (i > 0 && (a_[i - 1].key == "و" || find(i - 1, word_class::cardinal)))
        --i;
    return before(i, {role::about});
}

// Whether `i` stands first in its sentence or after a mark.
bool reader::opens_clause(std::size_t i) const {
    const std::size_t before_and = i > 0 && a_[i - 1].key == "و" ? i - 1 : i;
    return before_and == 0 || a_[before_and - 1].kind == atom_kind::mark;
}

// عاما بعد عام، يوما بعد يوم: بعد stands at `i` between the same unit twice.
bool reader::again_and_again(std::size_t i) const {
    if (i == 0 || !is(i, role::after))
        return false;
    const phrase one = find(i - 1, word_class::unit), other = find(i + 1, word_class::unit);
    return one && other && one.what->number == other.what->number;
}

// قبل يومين، منذ ثلاثة أشهر، بعد أسبوع، بعد شهر من الآن.
reader::maybe reader::counted_from_now(std::size_t i) const {
    const bool ago = is(i, role::ago), since = is(i, role::since), after = is(i, role::after);
    if ((!ago && !since && !after) || a_[i].coordinated)
        return {};
    if (again_and_again(i))
        return {};
    const auto span_of = length_at(i + 1);
    if (!span_of)
        return {};
    if (!span_of->named && span_of->count == 1 &&
        (span_of->of == unit::decade || span_of->of == unit::second ||
         (after && span_of->of == unit::day && direction_at(i) != direction::future)))
        return {}; // بعد عقد لقاء, بعد يوم من
    if (!span_of->named && span_of->count <= 0 && of_a_noun(span_of->end))
        return {}; // مذ أيام الدراسة
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
    } else if (is(end, role::on) && (after || (ago && opens_clause(i)))) {
        return {}; // بعد يومين على الهجوم; "قبل شهر على الانتخابات، …" but not "اعتقل قبل شهر على الحدود"
    }
    const bool told = after && direction_at(i) == direction::past && end == span_of->end;
    if (told) {
        if (!now_.named || !narrow_enough(span_of->of))
            return {};
        from = now_.named->last;
    }
    if (span_of->count <= 0 || !from) {
        if (told)
            return {}; // وبعد أيام عاد
        reading out;
        out.begin = i;
        out.end = end;
        out.value = after ? "FUTURE_REF" : "PAST_REF";
        return out;
    }
    length by = *span_of;
    by.end = end;
    maybe found = moved(i, by, *from, after ? 1 : -1);
    if (!found)
        return {};
    found->anchor = told ? counted_from::named : counted_from::published;
    found->mod = span_of->mod;
    if (after && found->mod == time_mod::before)
        found->mod = time_mod::after;
    else if (after && found->mod == time_mod::after)
        found->mod = time_mod::before;
    return found;
}

// بعد ذلك بأسبوع، بعدها بيومين، قبل ذلك بثلاثة أشهر: counted from the last day or stretch that the text named.
reader::maybe reader::counted_from_that(std::size_t i) const {
    const std::size_t after = find_role(i, role::after_that), before = find_role(i, role::before_that);
    const std::size_t j = std::max(after, before);
    if (j == 0 || j >= a_.size() || !now_.named || (!is(j, role::by) && !a_[j].prefixed))
        return {};
    const auto by = length_at(skip_role(j, role::by));
    if (!by || by->count <= 0)
        return {};
    const bool one_day = now_.named->first == now_.named->last;
    if (!one_day && by->of < unit::month)
        return {};
    maybe found = moved(i, *by, after != 0 ? now_.named->last : now_.named->first, after != 0 ? 1 : -1);
    if (found) {
        found->anchor = counted_from::named;
        found->mod = by->mod;
    }
    return found;
}

// The day, month or year that lies a length before or after `from`.
reader::maybe reader::moved(std::size_t begin, const length& by, civil_day from, int sign) const {
    const double count = by.count;
    const int n = static_cast<int>(std::lround(std::min(count, 9999.0)));
    const std::size_t i = begin, end = by.end;
    maybe found;
    switch (by.of) {
    case unit::second:
    case unit::minute:
    case unit::hour: {
        const double hours = by.of == unit::hour ? count : by.of == unit::minute ? count / 60 : count / 3600;
        const int days = static_cast<int>(std::min(hours / 24, 9999.0));
        found = around(i, end, unit::day, from, sign * days);
        if (found && hours < 24)
            found->type = time_type::time;
        break;
    }
    case unit::decade:
        found = around(i, end, unit::year, from, sign * n * 10);
        break;
    case unit::century:
        found = around(i, end, unit::year, from, sign * n * 100);
        break;
    case unit::weekend:
        return {};
    case unit::week:
        found = around(i, end, unit::day, from, sign * n * 7);
        break;
    default:
        found = around(i, end, by.of, from, sign * n);
    }
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
            } else if (is_bare(j, role::few)) {
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
    out.days = beside_now(of, count, *how == relation::next || *how == relation::next_but_one ? 1 : -1);
    if (out.days)
        out.anchor = counted_from::published;
    return out;
}

reading reader::as_duration(std::size_t begin, const length& of) {
    reading out;
    out.begin = begin;
    out.end = of.end;
    out.type = time_type::duration;
    out.value = period_value(of.of, of.count);
    return out;
}

// آخر 24 ساعة، آخر خمس سنوات.
reader::maybe reader::latest_stretch(std::size_t i) const {
    if (!is(i, role::latest))
        return {};
    const auto found = length_at(i + 1);
    if (!found || !found->named || found->count <= 1)
        return {};
    reading out = as_duration(i, *found);
    out.days = beside_now(found->of, found->count, -1);
    if (out.days)
        out.anchor = counted_from::published;
    return out;
}

// From the day of publication to the one so far before or after it.
std::optional<interval> reader::beside_now(unit of, double count, int sign) const {
    if (!now_.published || count <= 0 || of == unit::second || of == unit::minute || count > 5000)
        return {};
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
        return {};
    return sign < 0 ? interval{far, today} : interval{today, far};
}

// استمر الاجتماع ساعة، بقي في السجن شهرا، مضى عام على الحادثة: a lone unit that tells how long.
bool reader::lasts(std::size_t i, const length& of) const {
    constexpr std::size_t reach = 3; // from the verb over its subject or a place
    if (of.of == unit::second || of.of == unit::decade || of.of == unit::century || of.of == unit::weekend)
        return false;
    if (of.end < a_.size() && a_[of.end].glued && a_[of.end].kind == atom_kind::word)
        return false; // ليلته
    const std::string& key = a_[i].key;
    const bool adverbial = key.ends_with("ا") || key.ends_with("ه");
    const bool next_to = i > 0 && is(i - 1, role::lasts);
    if ((!adverbial && !(next_to && is(of.end, role::on))) || (of_a_noun(of.end) && !tagged(of.end, nlp::upos::adj)))
        return false;
    for (std::size_t back = 1; back <= reach && back <= i; ++back) {
        if (is(i - back, role::lasts))
            return true;
        if (a_[i - back].kind != atom_kind::word || (back == 1 && is(i - 1, role::in)))
            return false;
    }
    return false;
}

// ثلاثة أيام، نحو شهرين، لمدة عام; not the age of a person.
reader::maybe reader::duration(std::size_t i) const {
    const auto found = length_at(i);
    if (!found || (i > 0 && again_and_again(i - 1)))
        return {};
    const bool led =
        before(i, {role::duration_of, role::during, role::since, role::to, role::after, role::ago}) || a_[i].prefixed;
    const bool lasting = !found->named && found->count == 1 && lasts(i, *found);
    if (!found->named && !led && !lasting)
        return {};
    const bool of_event = is(found->end, role::from) || is(found->end, role::on); // بعد ساعات من الهجوم
    if (!found->named && found->count <= 0 && before(i, {role::after, role::ago}) && !of_event &&
        !(is(i - 1, role::after) && direction_at(i) == direction::past))
        return {};
    if (!found->named && found->count <= 0 && of_a_noun(found->end))
        return {}; // لأشهر معالم المدينة
    if (!found->named && found->count == 1 && !lasting &&
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
    if (found->of == unit::year && (beside_name(i, found->end) || told_of_age(i)))
        return {};
    if (is(found->end, role::from) && is(found->end + 1, role::lived))
        return {};
    reading out = as_duration(i, *found);
    out.mod = found->mod == time_mod::approx       ? time_mod::approx
              : before(i, {role::after})           ? time_mod::after
              : before(i, {role::ago}) && of_event ? time_mod::before
                                                   : time_mod::none;
    return out;
}

// يوميا، كل جمعة، كل يوم أحد، كل أسبوع، صباح كل جمعة، مطلع كل شهر، 10 مارس من كل عام، مرتين في الأسبوع.
reader::maybe reader::set(std::size_t i) const {
    maybe best;
    const auto offer = [&](maybe candidate) {
        if (candidate && (!best || candidate->end > best->end))
            best = std::move(candidate);
    };
    if (const phrase adverb = find(i, word_class::set)) {
        reading out;
        out.begin = i;
        out.end = adverb.end;
        out.type = time_type::set;
        out.value = adverb.what->code;
        offer(out);
    }
    offer(every(i));
    offer(date_of_every_year(i));
    offer(per_unit(i));
    if (const phrase part = find(i, word_class::part_of_day, true); part && part.what->flag && !part.definite)
        if (maybe of = every(part.end); of && (of->value.starts_with("XXXX-W") || of->value == "P1D")) {
            of->begin = i;
            of->value = (of->value == "P1D" ? "XXXX-XX-XX" : of->value) + "T" + part.what->code;
            offer(of);
        }
    if (const phrase part = find(i, word_class::edge))
        if (maybe of = every(part.end); of && of->value.starts_with("P1")) {
            of->begin = i;
            of->mod = static_cast<time_mod>(part.what->number);
            offer(of);
        }
    return best;
}

// كل جمعة، كل يوم أحد، كل أسبوع، كل ثلاثة أشهر، كل صيف، كل صباح.
reader::maybe reader::every(std::size_t i) const {
    if (!is(i, role::every))
        return {};
    reading out;
    out.begin = i;
    out.type = time_type::set;
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
    if (const phrase season_word = find(i + 1, word_class::season)) {
        out.end = season_word.end;
        out.value = "XXXX-" + season_word.what->code;
        return out;
    }
    if (const auto found = length_at(i + 1); found && found->count > 0) {
        out.end = found->end;
        out.value = period_value(found->of, found->count);
        return out;
    }
    if (const phrase part = find(i + 1, word_class::part_of_day); part && part.what->flag) {
        out.end = part.end;
        out.value = "XXXX-XX-XXT" + part.what->code;
        return out;
    }
    return {};
}

// أغسطس من كل عام، 10 مارس من كل سنة.
reader::maybe reader::date_of_every_year(std::size_t i) const {
    const auto mday = day_number(i);
    std::size_t j = mday ? skip_role(mday->end, role::from) : i;
    j = skip_role(j, role::month_of);
    if (mday && (mday->in_digits || mday->definite) && is(j, role::every)) { // الأول من كل شهر
        const phrase noun = find(j + 1, word_class::unit);
        if (!noun || noun.what->number != static_cast<int>(unit::month) ||
            noun.what->more != static_cast<int>(grammatical_number::one))
            return {};
        reading out;
        out.begin = i;
        out.end = noun.end;
        out.type = time_type::set;
        out.value = "XXXX-XX-" + std::string(mday->value < 10 ? "0" : "") + std::to_string(mday->value);
        return out;
    }
    const auto m = month(j);
    if (!m || m->hijri)
        return {};
    const std::size_t k = skip_role(m->end, role::from);
    const phrase year = find(k + 1, word_class::unit);
    if (!is(k, role::every) || !year || year.what->number != static_cast<int>(unit::year) ||
        year.what->more != static_cast<int>(grammatical_number::one))
        return {};
    if (mday && !is_date(2000, m->number, mday->value))
        return {};
    reading out;
    out.begin = i;
    out.end = year.end;
    out.type = time_type::set;
    out.value = open_value(m->number, mday ? std::optional(mday->value) : std::nullopt);
    return out;
}

// برميل في اليوم، مرتين في الأسبوع، ثماني ساعات في اليوم: how often, not when.
reader::maybe reader::per_unit(std::size_t i) const {
    const phrase noun = find(i, word_class::unit, true);
    if (i < 2 || !noun || !noun.definite || noun.what->more != static_cast<int>(grammatical_number::one) ||
        !is(i - 1, role::in) ||
        (!is(i - 2, role::measure) && !find(i - 2, word_class::unit) &&
         !(i > 2 && find_role(i - 3, role::measure) == i - 1)))
        return {};
    std::size_t end = 0;
    if (relation_at(noun.end, end) || find(noun.end, word_class::ordinal, true) ||
        find(noun.end, word_class::weekday) || digits(noun.end, 1, 2200) || find(noun.end, word_class::month))
        return {};
    reading out;
    out.begin = i;
    out.end = noun.end;
    if (const phrase one = find(noun.end, word_class::cardinal, true); one && one.definite && one.what->number == 1)
        out.end = one.end; // في اليوم الواحد
    out.type = time_type::set;
    out.value = period_value(static_cast<unit>(noun.what->number), 1);
    return out;
}

} // namespace isnad::timex
