#pragma once
// The best dependency tree under arc scores.
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace isnad::nlp {

/// Finds trees; keeps its working memory from one to the next.
class tree_search {
public:
    /// The highest-scoring tree with one root (Chu & Liu 1965, Edmonds 1967). `scores` is [n][1 + n]: row the
    /// dependent, column 0 the root, column 1 + i word i as its head; they count within ±10,000. Gives the head of each
    /// word, -1 for the root. O(n²).
    void best(std::span<const float> scores, std::size_t n, std::vector<std::int32_t>& heads);

private:
    /// An arc between words, which may stand for one between contracted nodes.
    struct arc {
        std::uint32_t to = 0, from = 0;
    };
    /// A node of a contracted cycle, or of the end, with the arc that enters it there.
    struct member {
        std::size_t id = 0;
        arc within;
    };

    [[nodiscard]] bool greedy(std::span<const float> scores, std::vector<std::int32_t>& heads);
    void start(std::span<const float> scores);
    void choose_parent(std::size_t d);
    void grow(std::size_t start);
    [[nodiscard]] std::size_t contract(std::size_t first);
    void expand(std::vector<std::int32_t>& heads);
    [[nodiscard]] std::size_t at(std::size_t d, std::size_t h) const { return d * size_ + h; }

    std::size_t size_ = 0;      ///< nodes: the root, which is 0, and the words
    std::vector<double> score_; ///< [dependent][head]
    std::vector<arc> arcs_;     ///< what stands behind them
    std::vector<double> gains_; ///< of a contraction, by node
    std::vector<std::size_t> parent_, alive_, path_;
    std::vector<std::uint8_t> state_;  ///< new, on the path, done
    std::vector<std::size_t> id_;      ///< of a node: itself, or size_ + number of the contraction that it stands for
    std::vector<std::size_t> inside_;  ///< the contraction, as an id, that swallowed an id
    std::vector<std::size_t> entered_; ///< by id: the word where the arc from outside ends
    std::vector<member> members_;      ///< of the contractions one after another
    std::vector<std::size_t> begins_;  ///< where each one's members begin
};

} // namespace isnad::nlp
