#include "time/vocabulary.hpp"

#include "base/table.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace isnad::timex {

/// How a table's rows become senses; nothing for a value that the table may not have.
struct table_reader {
    const char* file;
    std::optional<sense> (*read)(const table& of, const table::row& row);
};

namespace {

template <class T>
using names = std::initializer_list<std::pair<std::string_view, T>>;

template <class T>
std::optional<std::int32_t> value_in(names<T> list, std::string_view name) {
    for (const auto& [known, value] : list)
        if (known == name)
            return static_cast<std::int32_t>(value);
    return {};
}

std::optional<std::int32_t> integer(std::string_view text) {
    std::int32_t value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc{} || end != text.data() + text.size())
        return {};
    return value;
}

sense with_number(word_class cls, std::int32_t number) {
    sense out;
    out.cls = cls;
    out.number = number;
    return out;
}

timex::strength strength_of(std::string_view name) {
    return name == "weak" || name == "verb" ? strength::weak : name == "mid" ? strength::mid : strength::strong;
}

std::optional<sense> numbered(const table& of, const table::row& row, word_class cls) {
    const auto number = integer(of.cell(row, "value"));
    if (!number)
        return {};
    sense out = with_number(cls, *number);
    out.strength = strength_of(of.cell(row, "strength"));
    out.hijri = of.cell(row, "calendar") == "H";
    out.spelling = of.cell(row, "spelling");
    return out;
}

std::optional<sense> month_row(const table& of, const table::row& row) {
    return numbered(of, row, word_class::month);
}
std::optional<sense> weekday_row(const table& of, const table::row& row) {
    return numbered(of, row, word_class::weekday);
}
std::optional<sense> decade_row(const table& of, const table::row& row) {
    return numbered(of, row, word_class::decade);
}

std::optional<sense> deictic_row(const table& of, const table::row& row) {
    auto out = numbered(of, row, word_class::deictic);
    if (out)
        out->code = of.cell(row, "part");
    return out;
}

std::optional<sense> numeral_row(const table& of, const table::row& row) {
    const auto kind = of.cell(row, "kind");
    auto out = numbered(of, row, kind == "cardinal" ? word_class::cardinal : word_class::ordinal);
    if (out)
        out->flag = kind == "day";
    return out;
}

std::optional<sense> unit_row(const table& of, const table::row& row) {
    const auto value = value_in<unit>({{"S", unit::second},
                                       {"M", unit::minute},
                                       {"H", unit::hour},
                                       {"D", unit::day},
                                       {"N", unit::night},
                                       {"W", unit::week},
                                       {"WE", unit::weekend},
                                       {"MO", unit::month},
                                       {"Y", unit::year},
                                       {"DE", unit::decade},
                                       {"C", unit::century}},
                                      of.cell(row, "value"));
    const auto number = value_in<grammatical_number>(
        {{"one", grammatical_number::one}, {"two", grammatical_number::two}, {"many", grammatical_number::many}},
        of.cell(row, "number"));
    if (!value || !number)
        return {};
    sense out = with_number(word_class::unit, *value);
    out.more = *number;
    return out;
}

std::optional<sense> part_row(const table& of, const table::row& row) {
    const auto half = value_in<clock_half>(
        {{"am", clock_half::am}, {"pm", clock_half::pm}, {"noon", clock_half::noon}, {"night", clock_half::night}},
        of.cell(row, "hour"));
    if (!half)
        return {};
    sense out = with_number(word_class::part_of_day, 0);
    out.code = of.cell(row, "value");
    out.more = *half;
    out.flag = of.cell(row, "before") == "yes";
    out.strength = strength_of(of.cell(row, "strength"));
    return out;
}

std::optional<sense> edge_row(const table& of, const table::row& row) {
    const auto value = value_in<time_mod>({{"START", time_mod::start}, {"MID", time_mod::mid}, {"END", time_mod::end}},
                                          of.cell(row, "value"));
    if (!value)
        return {};
    sense out = with_number(word_class::edge, *value);
    out.flag = of.cell(row, "of") == "unit";
    return out;
}

std::optional<sense> relation_row(const table& of, const table::row& row) {
    const auto value = value_in<relation>({{"past", relation::past},
                                           {"past2", relation::past_before_last},
                                           {"next", relation::next},
                                           {"next2", relation::next_but_one},
                                           {"current", relation::current},
                                           {"same", relation::same},
                                           {"following", relation::following},
                                           {"preceding", relation::preceding},
                                           {"recent", relation::recent}},
                                          of.cell(row, "value"));
    if (!value)
        return {};
    return with_number(of.cell(row, "place") == "before" ? word_class::relation_before : word_class::relation_after,
                       *value);
}

std::optional<sense> coded(const table& of, const table::row& row, word_class cls) {
    sense out = with_number(cls, 0);
    out.code = of.cell(row, "value");
    if (out.code.empty())
        return {};
    return out;
}

std::optional<std::int32_t> role_named(std::string_view name) {
    return value_in<role>({{"in", role::in},
                           {"since", role::since},
                           {"ago", role::ago},
                           {"after", role::after},
                           {"during", role::during},
                           {"for", role::duration_of},
                           {"until", role::until},
                           {"from", role::from},
                           {"between", role::between},
                           {"and", role::and_},
                           {"to", role::to},
                           {"by", role::by},
                           {"on", role::on},
                           {"every", role::every},
                           {"approx", role::approx},
                           {"more", role::more},
                           {"less", role::less},
                           {"several", role::several},
                           {"few", role::few},
                           {"era_g", role::era_gregorian},
                           {"era_h", role::era_hijri},
                           {"clock", role::clock},
                           {"agree", role::agreeing},
                           {"quarter", role::quarter},
                           {"half", role::half},
                           {"one_half", role::one_half},
                           {"one_quarter", role::one_quarter},
                           {"last", role::last},
                           {"day_of", role::day_of},
                           {"days_of", role::days_of},
                           {"month_of", role::month_of},
                           {"months_of", role::months_of},
                           {"year_of", role::year_of},
                           {"years_of", role::years_of},
                           {"age", role::age},
                           {"lived", role::lived},
                           {"zone", role::zone},
                           {"half_past", role::half_past},
                           {"quarter_past", role::quarter_past},
                           {"third_past", role::third_past},
                           {"minus", role::minus},
                           {"due", role::due},
                           {"in_a_row", role::in_a_row},
                           {"bc", role::before_christ},
                           {"near_before", role::near_before},
                           {"near_after", role::near_after},
                           {"latest", role::latest},
                           {"of_it", role::of_it},
                           {"after_that", role::after_that},
                           {"before_that", role::before_that},
                           {"contract", role::contract},
                           {"measure", role::measure},
                           {"yearly", role::yearly},
                           {"lasts", role::lasts},
                           {"or", role::or_},
                           {"compared", role::compared},
                           {"numbered", role::numbered},
                           {"new", role::fresh},
                           {"about", role::about},
                           {"first", role::first},
                           {"eve", role::eve}},
                          name);
}

std::optional<sense> reference_row(const table& of, const table::row& row) {
    auto out = coded(of, row, word_class::reference);
    if (!out)
        return {};
    out->flag = of.cell(row, "of") == "yes";
    if (const auto led_by = of.cell(row, "after"); !led_by.empty()) {
        const auto wanted = role_named(led_by);
        if (!wanted)
            return {};
        out->more = *wanted + 1;
    }
    return out;
}

std::optional<sense> set_row(const table& of, const table::row& row) {
    return coded(of, row, word_class::set);
}

std::optional<sense> season_row(const table& of, const table::row& row) {
    auto out = coded(of, row, word_class::season);
    const auto month = integer(of.cell(row, "month"));
    if (!out || !month)
        return {};
    out->more = *month;
    return out;
}

std::optional<sense> feast_row(const table& of, const table::row& row) {
    auto out = numbered(of, row, word_class::feast);
    const auto day = integer(of.cell(row, "day")), length = integer(of.cell(row, "length"));
    if (!out || !day || !length)
        return {};
    out->more = *day;
    out->length = *length;
    return out;
}

std::optional<sense> tense_row(const table& of, const table::row& row) {
    const auto value = value_in<direction>({{"past", direction::past},
                                            {"future", direction::future},
                                            {"none", direction::unknown},
                                            {"calls", direction::calls},
                                            {"tells", direction::tells},
                                            {"delays", direction::delays}},
                                           of.cell(row, "value"));
    if (!value)
        return {};
    return with_number(word_class::tense, *value);
}

std::optional<sense> name_row(const table&, const table::row&) {
    return with_number(word_class::name, 0);
}

std::optional<sense> function_row(const table& of, const table::row& row) {
    const auto value = role_named(of.cell(row, "role"));
    if (!value)
        return {};
    return with_number(word_class::function, *value);
}

std::optional<sense> name_head_row(const table& of, const table::row& row) {
    const auto value = value_in<names_made>(
        {{"month", names_made::of_months}, {"weekday", names_made::of_weekdays}, {"deictic", names_made::of_deictics}},
        of.cell(row, "before"));
    if (!value)
        return {};
    return with_number(word_class::name_head, *value);
}

std::optional<sense> zone_row(const table& of, const table::row& row) {
    sense out = with_number(word_class::zone, 0);
    out.code = of.cell(row, "value");
    return out;
}

std::optional<sense> period_row(const table& of, const table::row& row) {
    auto out = with_number(word_class::period, 0);
    const auto month = integer(of.cell(row, "month")), length = integer(of.cell(row, "length"));
    if (!month || !length || *month < 1 || *month > 12 || *length < 1 || *length > 12)
        return {};
    out.more = *month;
    out.length = *length;
    out.code = of.cell(row, "prefix");
    return out;
}

constexpr table_reader readers[] = {
    {"months.tsv", month_row},       {"weekdays.tsv", weekday_row},        {"units.tsv", unit_row},
    {"numerals.tsv", numeral_row},   {"parts_of_day.tsv", part_row},       {"edges.tsv", edge_row},
    {"relations.tsv", relation_row}, {"deictics.tsv", deictic_row},        {"references.tsv", reference_row},
    {"seasons.tsv", season_row},     {"decades.tsv", decade_row},          {"feasts.tsv", feast_row},
    {"sets.tsv", set_row},           {"function_words.tsv", function_row}, {"tense_cues.tsv", tense_row},
    {"names.tsv", name_row},         {"name_heads.tsv", name_head_row},    {"zones.tsv", zone_row},
    {"periods.tsv", period_row},
};

} // namespace

result<vocabulary> vocabulary::open(const std::string& data_dir) {
    vocabulary out;
    for (const table_reader& reader : readers)
        if (auto read = out.read(data_dir + "/time/", reader); !read)
            return read.failure();
    for (auto& [key, content] : out.entries_)
        std::stable_sort(content.longer.begin(), content.longer.end(),
                         [](const auto& a, const auto& b) { return a.rest.size() > b.rest.size(); });
    return out;
}

result<done_t> vocabulary::read(const std::string& dir, table_reader reader) {
    const auto rows = table::read(dir + reader.file);
    if (!rows)
        return rows.failure();
    for (const auto& row : rows->rows()) {
        auto what = reader.read(*rows, row);
        if (!what || rows->cell(row, "form").empty())
            return error{errc::data, "a form is missing or its value is not one of this table's", row.where,
                         "see the comment at the head of the table"};
        add(rows->cell(row, "form"), std::move(*what));
    }
    return done;
}

void vocabulary::add(std::string_view form, sense what) {
    auto words = split(text::fold(form), ' ');
    if (words.empty())
        return;
    entry& content = entries_[words.front()];
    words.erase(words.begin());
    if (words.empty())
        content.alone.push_back(std::move(what));
    else
        add_phrase(content, std::move(words), std::move(what));
}

// A phrase as it is written, and once for each clitic that the segmentation may part from a word: اليوم العالمي ل+حقوق
// الإنسان.
void vocabulary::add_phrase(entry& content, std::vector<std::string> rest, sense what) {
    constexpr std::size_t letter = 2;            // bytes
    constexpr std::size_t shortest = 4 * letter; // a shorter word has no clitic that a table would list
    for (std::size_t i = 0; i < rest.size(); ++i) {
        const std::string& word = rest[i];
        if (word.size() < shortest || !(word.starts_with("و") || word.starts_with("ل") || word.starts_with("ب")))
            continue;
        std::vector<std::string> parted = rest;
        parted[i] = word.starts_with("لل") ? "ال" + word.substr(2 * letter) : word.substr(letter);
        parted.insert(parted.begin() + static_cast<std::ptrdiff_t>(i), word.substr(0, letter));
        content.longer.push_back({std::move(parted), what});
    }
    content.longer.push_back({std::move(rest), std::move(what)});
}

const entry* vocabulary::find(std::string_view key) const {
    const auto found = entries_.find(key);
    return found == entries_.end() ? nullptr : &found->second;
}

} // namespace isnad::timex
