#include "nlp/tree.hpp"

#include <algorithm>
#include <limits>

namespace isnad::nlp {
namespace {

constexpr float never = -1e9F;

/// Maximum spanning arborescence over nodes 0..n with node 0 the root. Cycles are contracted in place into their first
/// node; which real arc stands behind a contracted one is kept beside its score.
class arborescence {
public:
    /// score(dependent, head) as in best_tree; words other than `only_root` (a node, 0 for any) may not hang from it.
    arborescence(std::span<const float> scores, std::size_t n, std::size_t only_root)
        : size_(n + 1), score_(size_ * size_, never), from_(size_ * size_), to_(size_ * size_), head_(size_, 0),
          parent_(size_, 0) {
        for (std::size_t d = 0; d < size_; ++d)
            for (std::size_t h = 0; h < size_; ++h) {
                from_[at(d, h)] = static_cast<std::uint32_t>(h);
                to_[at(d, h)] = static_cast<std::uint32_t>(d);
                if (d > 0 && d != h)
                    score_[at(d, h)] = scores[(d - 1) * size_ + h];
                if (h == 0 && d > 0 && only_root > 0 && d != only_root)
                    score_[at(d, h)] += never;
            }
        for (std::size_t i = 0; i < size_; ++i) {
            alive_.push_back(i);
            members_.push_back({i});
        }
    }

    /// Heads by node; head_[0] is meaningless.
    const std::vector<std::size_t>& solve() {
        std::vector<contraction> undone;
        while (true) {
            choose_parents();
            const auto cycle = find_cycle();
            if (cycle.empty())
                break;
            undone.push_back(contract(cycle));
        }
        for (const std::size_t d : alive_)
            if (d != 0)
                take(d, parent_[d]);
        for (; !undone.empty(); undone.pop_back())
            expand(undone.back());
        return head_;
    }

private:
    struct contraction {
        std::vector<std::size_t> cycle;
        std::vector<std::size_t> parents;                ///< of the cycle's nodes, within it
        std::vector<std::vector<std::size_t>> members;   ///< the words inside each of them
        std::vector<std::size_t> behind_from, behind_to; ///< the real arc behind each one of the cycle
    };

    [[nodiscard]] std::size_t at(std::size_t d, std::size_t h) const { return d * size_ + h; }

    void choose_parents() {
        for (const std::size_t d : alive_) {
            if (d == 0)
                continue;
            float best = -std::numeric_limits<float>::infinity();
            for (const std::size_t h : alive_)
                if (h != d && score_[at(d, h)] > best) {
                    best = score_[at(d, h)];
                    parent_[d] = h;
                }
        }
    }

    [[nodiscard]] std::vector<std::size_t> find_cycle() const {
        std::vector<std::size_t> seen(size_, 0); // the start of the walk that came by; 0 for none
        for (const std::size_t start : alive_) {
            std::size_t node = start;
            while (node != 0 && seen[node] == 0) {
                seen[node] = start;
                node = parent_[node];
            }
            if (node == 0 || seen[node] != start)
                continue;
            std::vector<std::size_t> cycle = {node};
            for (std::size_t next = parent_[node]; next != node; next = parent_[next])
                cycle.push_back(next);
            return cycle;
        }
        return {};
    }

    contraction contract(const std::vector<std::size_t>& cycle) {
        contraction done;
        done.cycle = cycle;
        for (const std::size_t node : cycle) {
            done.parents.push_back(parent_[node]);
            done.members.push_back(members_[node]);
            done.behind_from.push_back(from_[at(node, parent_[node])]);
            done.behind_to.push_back(to_[at(node, parent_[node])]);
        }
        const std::size_t rep = cycle.front();
        std::vector<char> inside(size_, 0);
        for (const std::size_t node : cycle)
            inside[node] = 1;
        for (const std::size_t other : alive_) {
            if (inside[other] != 0)
                continue;
            // The best arc that leaves the cycle for `other`, and the best that enters it from there: the latter
            // replaces the arc of the cycle at its end.
            std::size_t leave = rep;
            std::size_t enter = rep;
            float best_leave = -std::numeric_limits<float>::infinity();
            float best_enter = best_leave;
            for (const std::size_t node : cycle) {
                if (score_[at(other, node)] > best_leave) {
                    best_leave = score_[at(other, node)];
                    leave = node;
                }
                const float gain = score_[at(node, other)] - score_[at(node, parent_[node])];
                if (gain > best_enter) {
                    best_enter = gain;
                    enter = node;
                }
            }
            move_arc(at(other, leave), at(other, rep), best_leave);
            move_arc(at(enter, other), at(rep, other), best_enter);
        }
        for (const std::size_t node : cycle)
            if (node != rep)
                members_[rep].insert(members_[rep].end(), members_[node].begin(), members_[node].end());
        std::erase_if(alive_, [&](std::size_t node) { return node != rep && inside[node] != 0; });
        return done;
    }

    void move_arc(std::size_t source, std::size_t target, float score) {
        score_[target] = score;
        from_[target] = from_[source];
        to_[target] = to_[source];
    }

    void take(std::size_t d, std::size_t h) {
        head_[to_[at(d, h)]] = from_[at(d, h)];
        taken_.push_back(to_[at(d, h)]);
    }

    /// All arcs of the cycle hold but the one whose end has got its head from outside.
    void expand(const contraction& of) {
        std::vector<char> has_head(size_, 0);
        for (const std::size_t node : taken_)
            has_head[node] = 1;
        for (std::size_t i = 0; i < of.cycle.size(); ++i) {
            const bool entered = std::any_of(of.members[i].begin(), of.members[i].end(),
                                             [&](std::size_t node) { return has_head[node] != 0; });
            if (entered)
                continue;
            head_[of.behind_to[i]] = of.behind_from[i];
            taken_.push_back(of.behind_to[i]);
        }
    }

    std::size_t size_;
    std::vector<float> score_;
    std::vector<std::uint32_t> from_, to_;
    std::vector<std::size_t> head_, parent_, alive_, taken_;
    std::vector<std::vector<std::size_t>> members_;
};

double total(std::span<const float> scores, const std::vector<std::size_t>& heads) {
    double sum = 0;
    for (std::size_t d = 1; d < heads.size(); ++d)
        sum += static_cast<double>(scores[(d - 1) * heads.size() + heads[d]]);
    return sum;
}

} // namespace

std::vector<std::int32_t> best_tree(std::span<const float> scores, std::size_t n) {
    if (n == 0)
        return {};
    std::vector<std::size_t> heads = arborescence(scores, n, 0).solve();
    std::vector<std::size_t> roots;
    for (std::size_t d = 1; d <= n; ++d)
        if (heads[d] == 0)
            roots.push_back(d);
    if (roots.size() > 1) {
        double best = -std::numeric_limits<double>::infinity();
        for (const std::size_t root : roots) {
            std::vector<std::size_t> candidate = arborescence(scores, n, root).solve();
            if (const double sum = total(scores, candidate); sum > best) {
                best = sum;
                heads = std::move(candidate);
            }
        }
    }
    std::vector<std::int32_t> out;
    for (std::size_t d = 1; d <= n; ++d)
        out.push_back(static_cast<std::int32_t>(heads[d]) - 1);
    return out;
}

} // namespace isnad::nlp
