#pragma once
// How well one CoNLL-U file agrees with another over the same text: the measures of the CoNLL 2018 shared task (Zeman
// et al. 2018), and names. docs/reference/score.md says what each counts.
#include "base/result.hpp"
#include "score/score.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace isnad {

/// In the order of the report.
enum class tree_measure : std::uint8_t {
    tokens,
    sentences,
    words,
    upos,
    xpos,
    ufeats,
    alltags,
    lemmas,
    uas,
    las,
    las_subtypes,
    clas,
    mlas,
    blex,
    entities
};
inline constexpr std::size_t tree_measures = static_cast<std::size_t>(tree_measure::entities) + 1;

/// "UPOS", "LAS", … ; the key in JSON is the same in lower case, with _ for a blank.
[[nodiscard]] std::string_view name(tree_measure which) noexcept;

struct tree_figure {
    counts n;
    std::optional<std::size_t> aligned; ///< aligned words that count for this measure, where it is one of words
    /// Right of aligned words; none where there is none.
    [[nodiscard]] std::optional<double> aligned_accuracy() const noexcept;
};

struct tree_report {
    /// None for a measure of what the gold file does not say: its column is "_" throughout, or there is no name; for
    /// trees also where the other file has none.
    std::array<std::optional<tree_figure>, tree_measures> figures;

    [[nodiscard]] const std::optional<tree_figure>& operator[](tree_measure which) const noexcept {
        return figures[static_cast<std::size_t>(which)];
    }
};

/// Compares two files in CoNLL-U. Fails with errc::io; with errc::data or errc::encoding and "file:line" for a row that
/// is none, for heads that are no tree, and for files whose texts differ in more than white space; with errc::limit for
/// a file of more than 2 GiB and for a stretch of multi-word tokens of more than 2^24 pairs of words. Linear in the
/// files but for multi-word tokens, where it goes with the square of the words that lie in one stretch of them. Memory
/// is that of the larger words: some 100 bytes a word of both.
[[nodiscard]] result<tree_report> score_conllu(const std::string& gold_path, const std::string& system_path);
/// The same on contents in memory; the names stand in errors.
struct conllu_content {
    std::string_view content;
    std::string name;
};
[[nodiscard]] result<tree_report> score_conllu(const conllu_content& gold, const conllu_content& system);

[[nodiscard]] std::string to_table(const tree_report& report);
[[nodiscard]] std::string to_json(const tree_report& report);

} // namespace isnad
