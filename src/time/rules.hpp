#pragma once
// The rules: one named function per form that a time expression can take. Internal to the layer.
#include "time/atoms.hpp"
#include "time/calendar.hpp"

#include <optional>
#include <string>
#include <vector>

namespace isnad::timex {

/// What a reading was counted from.
enum class counted_from : std::uint8_t { nothing, published, named };

/// A date of which the words give less than a calendar needs: a name such as شارع 14 تموز can hold it.
enum class plain_form : std::uint8_t { none, month, weekday, deictic };

/// What one rule makes of atoms [begin, end).
struct reading {
    std::size_t begin = 0, end = 0;
    granule unit = granule::day;
    time_type type = time_type::date;
    std::string value;
    time_mod mod = time_mod::none;
    std::optional<interval> days;
    bool year_named = false;    ///< the words give the year
    bool whole = false;         ///< a calendar stretch (not a duration, a set or a bare reference)
    std::optional<int> weekday; ///< a weekday without a date
    bool hijri = false;         ///< the words are of the Hijri calendar
    counted_from anchor = counted_from::nothing;
    plain_form plain = plain_form::none;
};

/// What an expression may count from.
struct setting {
    std::optional<civil_day> published;
    std::optional<interval> named; ///< the last stretch that the text named
    std::string named_value;
};

class reader {
public:
    reader(const std::vector<atom>& atoms, const nlp::sentence& sentence, const std::vector<direction>& directions)
        : a_(atoms), sentence_(sentence), directions_(directions) {}

    /// The longest expression that starts at atom `i` (the first of `rules` where two are as long), or nothing.
    /// `skip` is set to the end of a name made of words of time ("الأمين العام") that stands there.
    [[nodiscard]] std::optional<reading> at(std::size_t i, const setting& where, std::size_t& skip);

private:
    using maybe = std::optional<reading>;
    struct clock_time {
        int hour = 0, minute = 0;
        bool exact = false; ///< written 17:30
        std::size_t end = 0;
    };
    struct phrase {
        const sense* what = nullptr;
        std::size_t end = 0;
        bool definite = false;
        explicit operator bool() const { return what != nullptr; }
    };
    struct quantity {
        int value = 0;
        std::size_t end = 0;
        bool definite = false, in_digits = false;
    };
    struct month_name {
        int number = 0;
        bool hijri = false;
        bool certain = false; ///< needs no support by its neighbours
        bool weak = false;
        std::size_t end = 0;
    };
    struct year_tail {
        std::optional<int> year;
        bool hijri = false;
        std::optional<relation> relative; ///< الماضي, or العام الماضي with `of_year`
        bool of_year = false;
        std::size_t end = 0;
    };
    struct length {
        unit of = unit::day;
        double count = 0; ///< 0: several
        time_mod mod = time_mod::none;
        bool named = false; ///< a number, a dual or "several" stands there
        std::size_t end = 0;
    };

    // Looking at atoms.
    [[nodiscard]] phrase find(std::size_t i, word_class cls, bool bare = false) const;
    [[nodiscard]] bool is(std::size_t i, role wanted) const { return find_role(i, wanted) != 0; }
    [[nodiscard]] std::size_t find_role(std::size_t i, role wanted) const; ///< the end, 0 for none
    [[nodiscard]] std::size_t skip_role(std::size_t i, role wanted) const;
    [[nodiscard]] bool is_bare(std::size_t i, role wanted) const; ///< without its article
    [[nodiscard]] std::size_t skip_and(std::size_t i) const;      ///< the place after a و, or `i` for none
    [[nodiscard]] bool joined(std::size_t i) const;               ///< a و stands at or on `i`
    [[nodiscard]] bool makes_name(std::size_t begin, plain_form of) const;
    [[nodiscard]] bool mark(std::size_t i, char32_t wanted) const;
    [[nodiscard]] bool before(std::size_t i, std::initializer_list<role> wanted) const;
    [[nodiscard]] const nlp::word& word(std::size_t i) const { return sentence_.words[a_[i].last_word]; }
    [[nodiscard]] bool tagged(std::size_t i, nlp::upos tag) const { return i < a_.size() && word(i).tag == tag; }
    [[nodiscard]] bool named_otherwise(std::size_t i) const;
    [[nodiscard]] bool decimal(std::size_t i) const;
    [[nodiscard]] bool closes_quotation(std::size_t i) const;
    [[nodiscard]] bool counts_a_noun(std::size_t i) const;

    // Small parts.
    [[nodiscard]] std::optional<quantity> digits(std::size_t i, int low, int high) const;
    [[nodiscard]] std::optional<quantity> cardinal(std::size_t i) const;
    [[nodiscard]] std::optional<quantity> ordinal(std::size_t i) const;
    [[nodiscard]] std::optional<quantity> number(std::size_t i) const;
    [[nodiscard]] std::optional<quantity> day_number(std::size_t i) const;
    [[nodiscard]] std::optional<month_name> month(std::size_t i) const;
    [[nodiscard]] std::optional<month_name> one_month(std::size_t i) const;
    [[nodiscard]] bool weak_but_led(std::size_t i, const sense& name) const;
    [[nodiscard]] bool linked_to_month(std::size_t begin, std::size_t end) const;
    [[nodiscard]] std::optional<relation> relation_at(std::size_t i, std::size_t& end) const;
    [[nodiscard]] std::optional<year_tail> year_after_month(std::size_t i) const;
    [[nodiscard]] std::size_t era(std::size_t i, bool& hijri) const;
    [[nodiscard]] std::optional<length> length_at(std::size_t i) const;
    /// The length as an expression that begins at word `begin`.
    [[nodiscard]] static reading as_duration(std::size_t begin, const length& of);
    [[nodiscard]] std::size_t half_more(std::size_t i, length& of) const;
    [[nodiscard]] bool of_a_noun(std::size_t i) const;
    [[nodiscard]] bool lasts(std::size_t i, const length& of) const;
    [[nodiscard]] bool beside_name(std::size_t begin, std::size_t end) const;
    [[nodiscard]] bool of_contracts(std::size_t i, unit of) const;
    [[nodiscard]] std::optional<clock_time> hour_at(std::size_t i) const;
    void minutes_after(clock_time& of) const;
    [[nodiscard]] std::size_t zone_after(std::size_t i, std::string& code) const;
    [[nodiscard]] std::optional<int> two_years(std::size_t i, std::size_t& end) const;

    // Dates.
    [[nodiscard]] maybe date(std::size_t i) const;
    [[nodiscard]] maybe dated(std::size_t i) const;
    void take_other_calendar(reading& of) const;
    [[nodiscard]] maybe feast(std::size_t i) const;
    [[nodiscard]] maybe day_of_feast(std::size_t i) const;
    [[nodiscard]] maybe day_bounded(std::size_t i) const;
    [[nodiscard]] maybe deictic(std::size_t i) const;
    [[nodiscard]] maybe numeric_date(std::size_t i) const;
    [[nodiscard]] maybe day_and_month(std::size_t i, std::optional<int> weekday) const;
    [[nodiscard]] maybe day_of_relative_month(std::size_t i) const;
    [[nodiscard]] maybe full_date(std::size_t i) const;
    [[nodiscard]] maybe weekday_date(std::size_t i) const;
    [[nodiscard]] maybe month_date(std::size_t i) const;
    [[nodiscard]] maybe year_date(std::size_t i) const;
    [[nodiscard]] bool beside_year_seen(std::size_t i, std::size_t end) const;
    [[nodiscard]] bool pair_of_years(std::size_t i) const;
    [[nodiscard]] bool compared_years(std::size_t i, std::size_t end) const;
    [[nodiscard]] maybe decade(std::size_t i) const;
    [[nodiscard]] maybe century(std::size_t i) const;
    [[nodiscard]] maybe season(std::size_t i) const;
    [[nodiscard]] maybe period(std::size_t i) const;
    [[nodiscard]] maybe part_of_year(std::size_t i) const;
    [[nodiscard]] maybe quarter_alone(std::size_t i, std::size_t end, int which) const;
    [[nodiscard]] maybe part_of_month(std::size_t i) const;
    [[nodiscard]] maybe first_of(std::size_t i) const;
    [[nodiscard]] maybe relative_unit(std::size_t i) const;
    [[nodiscard]] maybe new_year(std::size_t begin, std::size_t end) const;
    [[nodiscard]] maybe same_in_year(std::size_t begin, std::size_t end, unit of, relation how) const;
    [[nodiscard]] maybe edge(std::size_t i) const;
    [[nodiscard]] bool edge_before(std::size_t i) const;
    [[nodiscard]] maybe day_part(std::size_t i) const;
    [[nodiscard]] maybe day_part_alone(std::size_t i) const;
    void take_day_part_after(reading& of) const;

    // The rest.
    [[nodiscard]] maybe bounded(std::size_t i) const;
    [[nodiscard]] maybe near(std::size_t i) const;
    [[nodiscard]] maybe about(std::size_t i) const;
    [[nodiscard]] maybe list(std::size_t i) const;
    [[nodiscard]] maybe day_list(std::size_t i) const;
    [[nodiscard]] maybe range(std::size_t i) const;
    [[nodiscard]] maybe reference(std::size_t i) const;
    [[nodiscard]] maybe clock(std::size_t i) const;
    [[nodiscard]] maybe at_the_clock(std::size_t i, const clock_time& time, bool named) const;
    [[nodiscard]] maybe counted_from_now(std::size_t i) const;
    [[nodiscard]] maybe counted_from_that(std::size_t i) const;
    [[nodiscard]] bool narrow_enough(unit of) const;
    [[nodiscard]] bool again_and_again(std::size_t i) const;
    [[nodiscard]] bool opens_clause(std::size_t i) const;
    [[nodiscard]] bool told_of_age(std::size_t i) const;
    [[nodiscard]] maybe latest_stretch(std::size_t i) const;
    [[nodiscard]] maybe stretch_beside_now(std::size_t i) const;
    [[nodiscard]] maybe duration(std::size_t i) const;
    [[nodiscard]] maybe set(std::size_t i) const;
    [[nodiscard]] maybe every(std::size_t i) const;
    [[nodiscard]] maybe date_of_every_year(std::size_t i) const;
    [[nodiscard]] maybe per_unit(std::size_t i) const;

    // Resolving.
    [[nodiscard]] reading stretch(std::size_t begin, std::size_t end, granule unit, std::string value,
                                  std::optional<interval> days) const;
    [[nodiscard]] direction direction_at(std::size_t i) const { return directions_[i]; }
    [[nodiscard]] maybe resolve_month(std::size_t begin, const month_name& m, std::optional<int> mday,
                                      const year_tail& tail, std::optional<int> weekday) const;
    [[nodiscard]] bool counts_from_text(const year_tail& tail) const;
    [[nodiscard]] std::optional<int> year_of_month(int month, int mday, const year_tail& tail, direction way,
                                                   std::optional<civil> now) const;
    [[nodiscard]] maybe relative(std::size_t begin, std::size_t end, unit of, relation how) const;
    [[nodiscard]] maybe around(std::size_t begin, std::size_t end, unit of, civil_day at, int offset) const;
    [[nodiscard]] maybe moved(std::size_t begin, const length& by, civil_day from, int sign) const;
    [[nodiscard]] std::optional<interval> beside_now(unit of, double count, int sign) const;
    [[nodiscard]] maybe join(const reading& from, reading to, bool inclusive_weekdays) const;
    void resolve_weekday(reading& of, int weekday, std::optional<relation> how, direction way) const;

    const std::vector<atom>& a_;
    const nlp::sentence& sentence_;
    const std::vector<direction>& directions_;
    setting now_;
    mutable bool listed_ = false;          ///< inside a list that شهري and its like announce
    mutable std::size_t edge_ends_ = 0;    ///< where the words of an edge ended (العشر الأواخر من)
    mutable std::optional<int> year_hint_; ///< the year of a range's end, for its beginning
    std::size_t last_end_ = 0;             ///< where the expression before ended
    bool last_was_year_ = false, last_was_month_ = false;
    bool year_seen_ = false;           ///< the sentence has named a year in digits
    std::optional<interval> day_seen_; ///< the last day that the sentence named
};

} // namespace isnad::timex
