#include "score/align.hpp"

#include <algorithm>

namespace isnad::treebanks {
namespace {

using words = std::vector<tree_word>;

/// Cells of the table of common subsequences; a stretch in a treebank has some tens.
constexpr std::size_t most_cells = 1u << 24;

class aligner {
public:
    aligner(const treebank& gold, const treebank& system) : gold_(gold.words), system_(system.words) {}

    result<alignment> all() {
        out_.gold_of.assign(system_.size(), unaligned);
        while (g_ < gold_.size() && s_ < system_.size()) {
            if (!gold_[g_].multiword && !system_[s_].multiword)
                by_characters();
            else if (!stretch())
                return error{errc::limit,
                             "multi-word tokens that run into one another over " + std::to_string(g_ - first_gold_) +
                                 " and " + std::to_string(s_ - first_system_) + " words (limit of " +
                                 std::to_string(most_cells) + " pairs of words)",
                             "", "check the numbers of multi-word tokens"};
        }
        return std::move(out_);
    }

private:
    void pair(std::size_t g, std::size_t s) {
        out_.pairs.emplace_back(static_cast<std::uint32_t>(g), static_cast<std::uint32_t>(s));
        out_.gold_of[s] = static_cast<std::int32_t>(g);
    }

    void by_characters() {
        if (gold_[g_].at == system_[s_].at)
            pair(g_++, s_++);
        else if (gold_[g_].at.begin <= system_[s_].at.begin)
            ++g_;
        else
            ++s_;
    }

    static bool beyond(const words& of, std::size_t i, std::uint32_t end) {
        return i >= of.size() || (of[i].multiword ? of[i].at.begin >= end : of[i].at.end > end);
    }
    static std::uint32_t extended(const tree_word& by, std::uint32_t end) {
        return by.multiword ? std::max(by.at.end, end) : end;
    }

    /// Aligns the words of the multi-word tokens here; false when they are too many.
    bool stretch() {
        std::uint32_t end = 0;
        if (gold_[g_].multiword) {
            end = gold_[g_].at.end;
            if (!system_[s_].multiword && system_[s_].at.begin < gold_[g_].at.begin)
                ++s_;
        } else {
            end = system_[s_].at.end;
            if (gold_[g_].at.begin < system_[s_].at.begin)
                ++g_;
        }
        first_gold_ = g_;
        first_system_ = s_;
        while (!beyond(gold_, g_, end) || !beyond(system_, s_, end)) {
            if (g_ < gold_.size() && (s_ >= system_.size() || gold_[g_].at.begin <= system_[s_].at.begin))
                end = extended(gold_[g_++], end);
            else
                end = extended(system_[s_++], end);
        }
        return common();
    }

    bool common() {
        const std::size_t n = g_ - first_gold_;
        const std::size_t m = s_ - first_system_;
        if (n == 0 || m == 0)
            return true;
        if (n > most_cells / m)
            return false;
        const auto same = [&](std::size_t g, std::size_t s) {
            return gold_[first_gold_ + g].form == system_[first_system_ + s].form;
        };
        // longest_[g][s]: of the words from g and s on; a row and a column of zeros at the end.
        longest_.assign((n + 1) * (m + 1), 0);
        const auto at = [&](std::size_t g, std::size_t s) -> std::uint32_t& { return longest_[g * (m + 1) + s]; };
        for (std::size_t g = n; g-- > 0;)
            for (std::size_t s = m; s-- > 0;)
                at(g, s) = same(g, s) ? at(g + 1, s + 1) + 1 : std::max(at(g + 1, s), at(g, s + 1));
        for (std::size_t g = 0, s = 0; g < n && s < m;) {
            if (same(g, s)) {
                pair(first_gold_ + g++, first_system_ + s++);
            } else if (at(g, s) == at(g + 1, s)) {
                ++g;
            } else {
                ++s;
            }
        }
        return true;
    }

    const words& gold_;
    const words& system_;
    std::size_t g_ = 0, s_ = 0;
    std::size_t first_gold_ = 0, first_system_ = 0; ///< of the stretch
    std::vector<std::uint32_t> longest_;
    alignment out_;
};

} // namespace

result<alignment> align(const treebank& gold, const treebank& system) {
    return aligner(gold, system).all();
}

} // namespace isnad::treebanks
