#pragma once
// How well predicted records agree with gold ones. What is compared, and when two things count as the same, is said in
// docs/reference/score.md.
#include "base/result.hpp"
#include "isnad/record.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace isnad {

struct score_options {
    std::string articles;    ///< JSON Lines with id and text, for words in the findings; "" for none
    bool errors = false;     ///< list what was missed, spurious and wrong
    bool by_article = false; ///< figures for each article
};

/// What is measured, in the order of the report.
enum class measure : std::uint8_t {
    trigger,
    trigger_type,
    trigger_type_mode,
    actors,
    recipients,
    party_country,
    party_sectors,
    status,
    mode,
    source,
    chain,
    event_time,
    event_place,
    theme,
    contexts,
    toll,
    claim_cue,
    claim_content,
    claim_stance,
    claim_source,
    claim_source_kind,
    claim_direct,
    claim_parent,
    time_span,
    time_strict,
    time_value,
    time_days,
    place_span,
    place_near,
    mentions,
    sentences
};
inline constexpr std::size_t measures = static_cast<std::size_t>(measure::sentences) + 1;

struct measure_info {
    std::string_view section; ///< "events", "event fields", …
    std::string_view key;     ///< for programs
    std::string_view label;   ///< for people
    bool accuracy;            ///< right of gold on matched items, where there is no precision and recall to tell apart
};
[[nodiscard]] const measure_info& describe(measure which) noexcept;

/// For an accuracy `gold` is the number of items looked at, and `predicted` is the same.
struct counts {
    std::size_t right = 0, gold = 0, predicted = 0;
    [[nodiscard]] std::optional<double> precision() const noexcept; ///< none where nothing was predicted
    [[nodiscard]] std::optional<double> recall() const noexcept;    ///< none where gold has nothing; the accuracy
    [[nodiscard]] std::optional<double> f1() const noexcept;        ///< none where neither side has anything
    counts& operator+=(const counts& other) noexcept;
    friend bool operator==(const counts&, const counts&) = default;
};

using score_card = std::array<counts, measures>;

struct calibration_bin {
    std::size_t events = 0, right = 0;
    double confidence = 0; ///< sum over the events
};

/// One disagreement. `words` are those of the text where it was given, else offsets.
struct finding {
    std::string article;
    std::string kind; ///< "missed", "spurious" or "wrong"
    std::string what; ///< "event", "claim", "time", "place"
    std::string words;
    std::string detail;
    std::uint32_t at = 0; ///< where in the article; findings of one article come in this order
};

struct article_score {
    std::string id;
    score_card card;
};

struct score_report {
    std::size_t articles = 0;         ///< of the gold file
    std::vector<std::string> missing; ///< gold articles without a prediction: all their items are missed
    std::vector<std::string> extra;   ///< predicted articles without gold: not counted
    score_card total;
    std::array<std::array<std::size_t, 7>, 7> status_confusion{}; ///< [gold][predicted]
    std::array<calibration_bin, 10> calibration{};
    std::vector<article_score> by_article; ///< where asked for
    std::vector<finding> findings;         ///< where asked for

    [[nodiscard]] const counts& operator[](measure which) const noexcept {
        return total[static_cast<std::size_t>(which)];
    }
    /// Expected calibration error of the events' confidence in ten bins; none without predicted events.
    [[nodiscard]] std::optional<double> calibration_error() const noexcept;
};

/// Compares two files of records, JSON Lines, article by article id. Fails with errc::io, or errc::json for a broken
/// line or an id given twice (`where` is "file:line: path"). Quadratic in the items of one article, linear in articles.
[[nodiscard]] result<score_report> score(const std::string& gold_path, const std::string& predicted_path,
                                         const score_options& options = {});

/// The same on records in memory. Both sides' spans in the same unit; `text` is only for the findings and in UTF-8,
/// with `code_points` saying which unit the spans have. Adds to `report`.
struct score_input {
    const record& gold;
    const record& predicted;
    std::string_view text = {};
    bool code_points = true;
};
void score_article(const score_input& input, const score_options& options, score_report& report);

/// Aligned tables for people.
[[nodiscard]] std::string to_table(const score_report& report);
/// One JSON object for programs; figures that do not exist (0 of 0) are null.
[[nodiscard]] std::string to_json(const score_report& report);

} // namespace isnad
