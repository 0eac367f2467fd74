#include "score/match.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace isnad {

namespace {

struct edge {
    std::size_t row, column;
    double weight;
};

std::size_t root(std::vector<std::size_t>& parent, std::size_t at) {
    while (parent[at] != at)
        at = parent[at] = parent[parent[at]];
    return at;
}

/// For each row its column (or the number of columns for none), rows <= columns; minimal cost.
std::vector<std::size_t> assign(const std::vector<std::vector<double>>& cost) {
    const std::size_t n = cost.size();
    const std::size_t m = cost.front().size();
    std::vector<double> u(n + 1, 0.0), v(m + 1, 0.0);
    std::vector<std::size_t> row_of(m + 1, 0), way(m + 1, 0); // column 0 and row 0 are outside
    for (std::size_t i = 1; i <= n; ++i) {
        row_of[0] = i;
        std::size_t column = 0;
        std::vector<double> least(m + 1, std::numeric_limits<double>::infinity());
        std::vector<bool> used(m + 1, false);
        do {
            used[column] = true;
            const std::size_t row = row_of[column];
            double delta = std::numeric_limits<double>::infinity();
            std::size_t next = 0;
            for (std::size_t j = 1; j <= m; ++j) {
                if (used[j])
                    continue;
                const double reduced = cost[row - 1][j - 1] - u[row] - v[j];
                if (reduced < least[j]) {
                    least[j] = reduced;
                    way[j] = column;
                }
                if (least[j] < delta) {
                    delta = least[j];
                    next = j;
                }
            }
            for (std::size_t j = 0; j <= m; ++j) {
                if (used[j]) {
                    u[row_of[j]] += delta;
                    v[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            column = next;
        } while (row_of[column] != 0);
        while (column != 0) {
            row_of[column] = row_of[way[column]];
            column = way[column];
        }
    }
    std::vector<std::size_t> out(n, m);
    for (std::size_t j = 1; j <= m; ++j)
        if (row_of[j] != 0)
            out[row_of[j] - 1] = j - 1;
    return out;
}

void match_component(const std::vector<edge>& edges, std::vector<std::pair<std::size_t, std::size_t>>& out) {
    if (edges.size() == 1) {
        out.emplace_back(edges[0].row, edges[0].column);
        return;
    }
    std::vector<std::size_t> rows, columns;
    for (const auto& e : edges) {
        rows.push_back(e.row);
        columns.push_back(e.column);
    }
    const auto unique = [](std::vector<std::size_t>& all) {
        std::sort(all.begin(), all.end());
        all.erase(std::unique(all.begin(), all.end()), all.end());
    };
    unique(rows);
    unique(columns);
    const auto place = [](const std::vector<std::size_t>& all, std::size_t what) {
        return static_cast<std::size_t>(std::lower_bound(all.begin(), all.end(), what) - all.begin());
    };
    // As many columns again stand for "unmatched", at no cost.
    std::vector<std::vector<double>> cost(rows.size(), std::vector<double>(columns.size() + rows.size(), 0.0));
    for (const auto& e : edges)
        cost[place(rows, e.row)][place(columns, e.column)] = -e.weight;
    const auto column_of = assign(cost);
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (column_of[i] < columns.size() && cost[i][column_of[i]] < 0)
            out.emplace_back(rows[i], columns[column_of[i]]);
}

} // namespace

std::vector<std::pair<std::size_t, std::size_t>>
best_matching(std::size_t rows, std::size_t columns, const std::function<double(std::size_t, std::size_t)>& weight) {
    std::vector<edge> edges;
    std::vector<std::size_t> parent(rows + columns);
    std::iota(parent.begin(), parent.end(), std::size_t{0});
    for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t j = 0; j < columns; ++j) {
            const double w = weight(i, j);
            if (!(w > 0))
                continue;
            edges.push_back({i, j, w});
            parent[root(parent, i)] = root(parent, rows + j);
        }
    }
    std::stable_sort(edges.begin(), edges.end(),
                     [&](const edge& a, const edge& b) { return root(parent, a.row) < root(parent, b.row); });
    std::vector<std::pair<std::size_t, std::size_t>> out;
    for (std::size_t from = 0; from < edges.size();) {
        std::size_t to = from;
        while (to < edges.size() && root(parent, edges[to].row) == root(parent, edges[from].row))
            ++to;
        match_component(
            {edges.begin() + static_cast<std::ptrdiff_t>(from), edges.begin() + static_cast<std::ptrdiff_t>(to)}, out);
        from = to;
    }
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace isnad
