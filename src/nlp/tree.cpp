#include "nlp/tree.hpp"

#include <algorithm>
#include <limits>

namespace isnad::nlp {
namespace {

/// Scores beyond are cut, so that even what a broken model gives is an order.
constexpr float most = 1e4F;
/// What an arc from the root costs beside its score: more than any choice of the other arcs can gain, so that the best
/// tree has but one.
constexpr double root_cost = 1e9;

constexpr std::uint8_t fresh = 0;
constexpr std::uint8_t on_path = 1;
constexpr std::uint8_t settled = 2;

float held(float score) {
    return score > -most ? std::min(score, most) : -most; // what is no number is least
}

} // namespace

void tree_search::best(std::span<const float> scores, std::size_t n, std::vector<std::int32_t>& heads) {
    size_ = n + 1;
    heads.assign(n, -1);
    if (n == 0 || greedy(scores, heads))
        return;
    start(scores);
    for (std::size_t d = 1; d < size_; ++d)
        if (id_[d] == d && state_[d] == fresh)
            grow(d);
    expand(heads);
}

/// Gives each word its best head; whether that made a tree with one root.
bool tree_search::greedy(std::span<const float> scores, std::vector<std::int32_t>& heads) {
    parent_.assign(size_, 0);
    std::size_t roots = 0;
    for (std::size_t d = 1; d < size_; ++d) {
        const float* row = scores.data() + (d - 1) * size_;
        std::size_t best = 0;
        for (std::size_t h = 1; h < size_; ++h)
            if (h != d && row[h] > row[best])
                best = h;
        parent_[d] = best;
        heads[d - 1] = static_cast<std::int32_t>(best) - 1;
        roots += best == 0 ? 1U : 0U;
    }
    if (roots != 1)
        return false;
    id_.assign(size_, 0); // the word from which a node was first reached
    for (std::size_t first = 1; first < size_; ++first) {
        std::size_t node = first;
        for (; node != 0 && id_[node] == 0; node = parent_[node])
            id_[node] = first;
        if (node != 0 && id_[node] == first)
            return false;
    }
    return true;
}

void tree_search::start(std::span<const float> scores) {
    score_.resize(size_ * size_);
    arcs_.resize(size_ * size_);
    alive_.resize(size_);
    state_.assign(size_, fresh);
    state_[0] = settled;
    id_.resize(size_);
    inside_.assign(size_, 0);
    gains_.resize(size_);
    members_.clear();
    begins_.clear();
    for (std::size_t d = 0; d < size_; ++d) {
        alive_[d] = id_[d] = d;
        for (std::size_t h = 0; h < size_; ++h) {
            arcs_[at(d, h)] = {static_cast<std::uint32_t>(d), static_cast<std::uint32_t>(h)};
            score_[at(d, h)] = d == 0 ? 0.0 : static_cast<double>(held(scores[(d - 1) * size_ + h]));
        }
        score_[at(d, 0)] -= root_cost;
    }
    for (std::size_t d = 1; d < size_; ++d)
        choose_parent(d);
}

void tree_search::choose_parent(std::size_t d) {
    double best = -std::numeric_limits<double>::infinity();
    for (const std::size_t h : alive_)
        if (h != d && score_[at(d, h)] > best) {
            best = score_[at(d, h)];
            parent_[d] = h;
        }
}

/// Follows parents from a node until they lead to what is settled; contracts each cycle on the way.
void tree_search::grow(std::size_t start) {
    path_.clear();
    std::size_t node = start;
    while (state_[node] != settled) {
        if (state_[node] == on_path)
            node = contract(static_cast<std::size_t>(std::find(path_.begin(), path_.end(), node) - path_.begin()));
        state_[node] = on_path;
        path_.push_back(node);
        node = parent_[node];
    }
    for (const std::size_t passed : path_)
        state_[passed] = settled;
}

/// Makes one node of the cycle that is the path from `first` on, and takes it off the path. Gives the node, in whose
/// row and column stand the best arcs into and out of the cycle; an arc into it is worth what it gains over the arc of
/// the cycle that it replaces.
std::size_t tree_search::contract(std::size_t first) {
    const std::span<const std::size_t> cycle = std::span(path_).subspan(first);
    const std::size_t one = cycle.front();
    const std::size_t id = size_ + begins_.size();
    begins_.push_back(members_.size());
    inside_.push_back(0);
    for (const std::size_t node : cycle) {
        members_.push_back({id_[node], arcs_[at(node, parent_[node])]});
        inside_[id_[node]] = id;
        id_[node] = id; // marks it as of this cycle
    }
    for (const std::size_t other : alive_) {
        if (id_[other] == id)
            continue;
        std::size_t leave = one;
        std::size_t enter = one;
        double best_leave = -std::numeric_limits<double>::infinity();
        double best_enter = best_leave;
        for (const std::size_t node : cycle) {
            if (score_[at(other, node)] > best_leave) {
                best_leave = score_[at(other, node)];
                leave = node;
            }
            const double gain = score_[at(node, other)] - score_[at(node, parent_[node])];
            if (gain > best_enter) {
                best_enter = gain;
                enter = node;
            }
        }
        arcs_[at(other, one)] = arcs_[at(other, leave)];
        score_[at(other, one)] = best_leave;
        // Gains are against the cycle's own arcs, of which one is in the row where they will stand: they wait.
        arcs_[at(one, other)] = arcs_[at(enter, other)];
        gains_[other] = best_enter;
    }
    std::erase_if(alive_, [&](std::size_t node) { return node != one && id_[node] == id; });
    for (const std::size_t other : alive_) {
        if (other == one)
            continue;
        score_[at(one, other)] = gains_[other];
        if (id_[parent_[other]] == id)
            parent_[other] = one;
    }
    path_.resize(first);
    choose_parent(one);
    return one;
}

/// Undoes the contractions: all arcs of a cycle hold but the one where the arc from outside enters.
void tree_search::expand(std::vector<std::int32_t>& heads) {
    entered_.assign(size_ + begins_.size(), 0);
    const auto take = [&](std::size_t id, const arc& by) {
        heads[by.to - 1] = static_cast<std::int32_t>(by.from) - 1;
        entered_[id] = by.to;
    };
    for (const std::size_t d : alive_)
        if (d != 0)
            take(id_[d], arcs_[at(d, parent_[d])]);
    for (std::size_t k = begins_.size(); k-- > 0;) {
        const std::size_t id = size_ + k;
        std::size_t entry = entered_[id];
        while (inside_[entry] != id)
            entry = inside_[entry];
        const std::size_t end = k + 1 < begins_.size() ? begins_[k + 1] : members_.size();
        for (std::size_t i = begins_[k]; i < end; ++i)
            if (members_[i].id != entry)
                take(members_[i].id, members_[i].within);
        entered_[entry] = entered_[id];
    }
}

} // namespace isnad::nlp
