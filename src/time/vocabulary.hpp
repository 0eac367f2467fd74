#pragma once
// The words of time: what the tables under data/time/ say of a word or of a run of words.
#include "base/result.hpp"
#include "isnad/record.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace isnad::timex {

/// One class per table; the numerals have two, the relations too.
enum class word_class : std::uint8_t {
    month,
    weekday,
    unit,
    cardinal,
    ordinal,
    part_of_day,
    edge,
    relation_after,
    relation_before,
    deictic,
    reference,
    season,
    decade,
    feast,
    set,
    function,
    tense,
    name,
    name_head,
    zone,
    period
};

enum class unit : std::uint8_t { second, minute, hour, day, night, week, weekend, month, year, decade, century };
enum class grammatical_number : std::uint8_t { one, two, many };
enum class relation : std::uint8_t {
    past,
    past_before_last,
    next,
    next_but_one,
    current,
    same,
    following,
    preceding,
    recent
};
enum class strength : std::uint8_t { strong, mid, weak };
/// `calls`: a past verb whose object lies ahead (دعا … إلى التظاهر). `delays`: the same, with إلى or حتى alone (أرجأ).
/// `tells`: a phrase whose verb lies where the clause before it lies (قبل أن).
enum class direction : std::uint8_t { unknown, past, future, calls, tells, delays };
enum class clock_half : std::uint8_t { am, pm, noon, night };

/// What a word can do in a rule: data/time/function_words.tsv.
enum class role : std::uint8_t {
    in,
    since,
    ago,
    after,
    during,
    duration_of,
    until,
    from,
    between,
    and_,
    to,
    by,
    on,
    every,
    approx,
    more,
    less,
    several,
    few,
    era_gregorian,
    era_hijri,
    clock,
    agreeing,
    quarter,
    half,
    one_half,
    one_quarter,
    last,
    day_of,
    days_of,
    month_of,
    months_of,
    year_of,
    years_of,
    age,
    lived,
    zone,
    half_past,
    quarter_past,
    third_past,
    minus,
    due,
    in_a_row,
    before_christ,
    near_before,
    near_after,
    latest,
    of_it,
    after_that,
    before_that,
    contract,
    measure,
    yearly,
    lasts,
    or_,
    compared,
    numbered,
    fresh,
    about,
    first,
    eve
};

/// What a word before a date makes a name of: data/time/name_heads.tsv. Bits of sense::number.
enum class names_made : std::int32_t { of_months = 1, of_weekdays = 2, of_deictics = 4 };

/// One reading of a phrase. `number` and the other fields mean what the class's table says.
struct sense {
    word_class cls = word_class::name;
    std::int32_t number = 0; ///< month, weekday, numeral, days, or the value of an enum above
    std::int32_t more = 0;   ///< day of a feast, grammatical number, first month of a season or period, clock_half,
                             ///< 1 + the role that must stand before a reference
    std::int32_t length = 0; ///< days of a feast, months of a period
    bool hijri = false;
    bool flag = false; ///< part of day: may stand before a day; reference: a stretch may follow; edge: of a unit only
    timex::strength strength = timex::strength::strong;
    std::string code;     ///< TIMEX3 piece: "EV", "SU", "PAST_REF", "P1D", "Z"
    std::string spelling; ///< exact letters that make a weak word a mid one
};

/// A phrase of two words or more: the folded words after the first.
struct longer_phrase {
    std::vector<std::string> rest;
    sense what;
};

/// All that begins with one word.
struct entry {
    std::vector<sense> alone;
    std::vector<longer_phrase> longer; ///< longest first
};

class vocabulary {
public:
    /// Reads DIR/time/*.tsv. Fails with errc::io or errc::data.
    static result<vocabulary> open(const std::string& data_dir);

    /// What begins with the folded word `key`; nullptr for most words. Expected constant time.
    [[nodiscard]] const entry* find(std::string_view key) const;

private:
    struct hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
    };
    void add(std::string_view form, sense what);
    static void add_phrase(entry& content, std::vector<std::string> rest, sense what);
    result<done_t> read(const std::string& dir, struct table_reader reader);
    std::unordered_map<std::string, entry, hash, std::equal_to<>> entries_;
};

} // namespace isnad::timex
