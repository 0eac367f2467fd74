#include "score/conllu.hpp"

#include "base/mapped_file.hpp"
#include "base/utf8.hpp"
#include "score/align.hpp"
#include "score/treebank.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>
#include <unordered_map>

namespace isnad {
namespace {

using treebanks::alignment;
using treebanks::tree_word;
using treebanks::treebank;

constexpr std::array<std::string_view, tree_measures> names_of_measures = {
    "Tokens", "Sentences", "Words",        "UPOS", "XPOS", "UFeats", "AllTags", "Lemmas",
    "UAS",    "LAS",       "LAS subtypes", "CLAS", "MLAS", "BLEX",   "Entities"};

tree_figure spans(const std::vector<treebanks::extent>& gold, const std::vector<treebanks::extent>& system) {
    tree_figure out;
    out.n.gold = gold.size();
    out.n.predicted = system.size();
    for (std::size_t g = 0, s = 0; g < gold.size() && s < system.size();) {
        if (system[s].begin < gold[g].begin)
            ++s;
        else if (gold[g].begin < system[s].begin)
            ++g;
        else
            out.n.right += gold[g++].end == system[s++].end ? 1U : 0U;
    }
    return out;
}

/// The functional words below each word, in order.
class function_words {
public:
    explicit function_words(const std::vector<tree_word>& words) : begin_(words.size() + 1, 0) {
        for (const tree_word& w : words)
            if (w.functional && w.parent >= 0)
                ++begin_[static_cast<std::size_t>(w.parent) + 1];
        for (std::size_t i = 1; i < begin_.size(); ++i)
            begin_[i] += begin_[i - 1];
        below_.resize(begin_.back());
        auto next = begin_;
        for (std::size_t i = 0; i < words.size(); ++i)
            if (words[i].functional && words[i].parent >= 0)
                below_[next[static_cast<std::size_t>(words[i].parent)]++] = static_cast<std::uint32_t>(i);
    }
    [[nodiscard]] std::span<const std::uint32_t> of(std::size_t word) const {
        return std::span(below_).subspan(begin_[word], begin_[word + 1] - begin_[word]);
    }

private:
    std::vector<std::uint32_t> begin_, below_;
};

class comparison {
public:
    comparison(const treebank& gold, const treebank& system, const alignment& aligned)
        : gold_(gold), system_(system), aligned_(aligned), gold_below_(gold.words), system_below_(system.words) {}

    tree_report all() {
        put(tree_measure::tokens, spans(gold_.tokens, system_.tokens));
        put(tree_measure::sentences, spans(gold_.sentences, system_.sentences));
        words(tree_measure::words, true, [](auto, auto) { return true; });
        tags();
        const bool trees = gold_.has_trees && system_.has_trees;
        words(tree_measure::uas, trees, [this](auto g, auto s) { return attached(g, s); });
        words(tree_measure::las, trees, [this](auto g, auto s) { return related(g, s); });
        words(tree_measure::las_subtypes, trees,
              [this](auto g, auto s) { return attached(g, s) && gold(g).whole_relation == system(s).whole_relation; });
        content(tree_measure::clas, trees, [this](auto g, auto s) { return related(g, s); });
        content(tree_measure::mlas, trees && gold_.has_upos, [this](auto g, auto s) { return morphology(g, s); });
        content(tree_measure::blex, trees && gold_.has_lemmas,
                [this](auto g, auto s) { return related(g, s) && lemma(g, s); });
        if (gold_.has_names)
            put(tree_measure::entities, entities());
        return std::move(report_);
    }

private:
    [[nodiscard]] const tree_word& gold(std::size_t i) const { return gold_.words[i]; }
    [[nodiscard]] const tree_word& system(std::size_t i) const { return system_.words[i]; }

    void put(tree_measure which, const tree_figure& figure) {
        report_.figures[static_cast<std::size_t>(which)] = figure;
    }

    /// Counts aligned words that hold `same`, of all words or of those with relations of content.
    template <class Same>
    void count(tree_measure which, bool content_only, const Same& same) {
        const auto counts_in = [&](const tree_word& w) { return !content_only || w.content; };
        tree_figure out;
        out.aligned = 0;
        out.n.gold = static_cast<std::size_t>(std::count_if(gold_.words.begin(), gold_.words.end(), counts_in));
        out.n.predicted =
            static_cast<std::size_t>(std::count_if(system_.words.begin(), system_.words.end(), counts_in));
        for (const auto& [g, s] : aligned_.pairs) {
            if (!counts_in(gold(g)))
                continue;
            ++*out.aligned;
            out.n.right += same(g, s) ? 1U : 0U;
        }
        put(which, out);
    }
    template <class Same>
    void words(tree_measure which, bool measured, const Same& same) {
        if (measured)
            count(which, false, same);
    }
    template <class Same>
    void content(tree_measure which, bool measured, const Same& same) {
        if (measured)
            count(which, true, same);
    }

    void tags() {
        const auto upos = [this](auto g, auto s) { return gold(g).upos == system(s).upos; };
        const auto xpos = [this](auto g, auto s) { return gold(g).xpos == system(s).xpos; };
        const auto feats = [this](auto g, auto s) { return gold(g).feats == system(s).feats; };
        words(tree_measure::upos, gold_.has_upos, upos);
        words(tree_measure::xpos, gold_.has_xpos, xpos);
        words(tree_measure::ufeats, gold_.has_feats, feats);
        words(tree_measure::alltags, gold_.has_upos,
              [&](auto g, auto s) { return upos(g, s) && xpos(g, s) && feats(g, s); });
        words(tree_measure::lemmas, gold_.has_lemmas, [this](auto g, auto s) { return lemma(g, s); });
    }

    /// Any lemma will do where gold has none.
    [[nodiscard]] bool lemma(std::size_t g, std::size_t s) const {
        return !gold(g).lemma_given || gold(g).lemma == system(s).lemma;
    }
    /// The gold word that a system word's head is.
    [[nodiscard]] std::int32_t parent(std::size_t s) const {
        const auto at = system(s).parent;
        return at < 0 ? at : aligned_.gold_of[static_cast<std::size_t>(at)];
    }
    [[nodiscard]] bool attached(std::size_t g, std::size_t s) const {
        return gold(g).parent != treebanks::unknown_parent && gold(g).parent == parent(s);
    }
    [[nodiscard]] bool related(std::size_t g, std::size_t s) const {
        return attached(g, s) && gold(g).relation == system(s).relation;
    }
    [[nodiscard]] bool tagged(std::size_t g, std::size_t s) const {
        return gold(g).relation == system(s).relation && gold(g).upos == system(s).upos &&
               gold(g).feats == system(s).feats;
    }
    /// Relation, tag and features of the word and of the function words below it.
    [[nodiscard]] bool morphology(std::size_t g, std::size_t s) const {
        const auto below_gold = gold_below_.of(g);
        const auto below_system = system_below_.of(s);
        return attached(g, s) && tagged(g, s) &&
               std::equal(below_gold.begin(), below_gold.end(), below_system.begin(), below_system.end(),
                          [this](auto a, auto b) {
                              return aligned_.gold_of[b] == static_cast<std::int32_t>(a) && tagged(a, b);
                          });
    }

    struct entity {
        std::size_t first = 0, last = 0;
        std::uint32_t kind = 0;
    };
    static std::vector<entity> entities_of(const std::vector<tree_word>& words) {
        std::vector<entity> out;
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (words[i].begins_name)
                out.push_back({i, i, words[i].name});
            else if (words[i].name != 0)
                out.back().last = i;
        }
        return out;
    }

    /// Right where first and last word are aligned with those of a gold entity of the same class.
    [[nodiscard]] tree_figure entities() const {
        const auto wanted = entities_of(gold_.words);
        const auto found = entities_of(system_.words);
        std::unordered_map<std::int32_t, const entity*> by_first;
        for (const entity& one : wanted)
            by_first.emplace(static_cast<std::int32_t>(one.first), &one);
        tree_figure out;
        out.n.gold = wanted.size();
        out.n.predicted = found.size();
        for (const entity& one : found) {
            const auto same = by_first.find(aligned_.gold_of[one.first]);
            if (same != by_first.end() && same->second->kind == one.kind &&
                static_cast<std::int32_t>(same->second->last) == aligned_.gold_of[one.last])
                ++out.n.right;
        }
        return out;
    }

    const treebank& gold_;
    const treebank& system_;
    const alignment& aligned_;
    function_words gold_below_, system_below_;
    tree_report report_;
};

/// Up to 20 code points from `at` on.
std::string glimpse(std::string_view characters, std::size_t at) {
    std::size_t end = at;
    for (int i = 0; i < 20 && end < characters.size(); ++i)
        end += utf8::decode(characters, end).size;
    return end == at ? "the end" : "'" + std::string(characters.substr(at, end - at)) + "'";
}

/// The token that holds byte `at`, or the last.
std::size_t token_at(const treebank& of, std::size_t at) {
    const auto after = std::upper_bound(of.tokens.begin(), of.tokens.end(), at,
                                        [](std::size_t byte, const auto& token) { return byte < token.end; });
    return after == of.tokens.end() ? of.tokens.size() - 1 : static_cast<std::size_t>(after - of.tokens.begin());
}

error texts_differ(const treebank& gold, const std::string& gold_name, const treebank& system,
                   const std::string& system_name) {
    const auto parted = std::mismatch(gold.characters.begin(), gold.characters.end(), system.characters.begin(),
                                      system.characters.end());
    const auto at = static_cast<std::size_t>(parted.first - gold.characters.begin());
    const auto shown = [&](const treebank& of, std::size_t token) {
        return glimpse(of.characters, at < of.characters.size() ? of.tokens[token].begin : of.characters.size());
    };
    const std::size_t here = token_at(system, at);
    const std::size_t there = token_at(gold, at);
    return {errc::data,
            "the texts differ: " + shown(system, here) + " where " + gold_name + ":" +
                std::to_string(gold.token_lines[there]) + " has " + shown(gold, there),
            system_name + ":" + std::to_string(system.token_lines[here]),
            "both files must hold the same text; only white space may differ"};
}

} // namespace

std::string_view name(tree_measure which) noexcept {
    return names_of_measures[static_cast<std::size_t>(which)];
}

std::optional<double> tree_figure::aligned_accuracy() const noexcept {
    if (!aligned || *aligned == 0)
        return std::nullopt;
    return static_cast<double>(n.right) / static_cast<double>(*aligned);
}

result<tree_report> score_conllu(const conllu_content& gold, const conllu_content& system) {
    treebanks::interner strings;
    const auto wanted = treebanks::load(gold.content, gold.name, strings);
    if (!wanted)
        return wanted.failure();
    const auto found = treebanks::load(system.content, system.name, strings);
    if (!found)
        return found.failure();
    if (wanted->characters != found->characters)
        return texts_differ(*wanted, gold.name, *found, system.name);
    const auto aligned = treebanks::align(*wanted, *found);
    if (!aligned) {
        error failure = aligned.failure();
        failure.where = system.name;
        return failure;
    }
    return comparison(*wanted, *found, *aligned).all();
}

result<tree_report> score_conllu(const std::string& gold_path, const std::string& system_path) {
    const auto gold = mapped_file::open(gold_path);
    if (!gold)
        return gold.failure();
    const auto system = mapped_file::open(system_path);
    if (!system)
        return system.failure();
    return score_conllu({gold->view(), gold_path}, {system->view(), system_path});
}

std::string to_table(const tree_report& report) {
    const auto percent = [](const std::optional<double>& value) {
        return value ? fmt::format("{:.2f}", *value * 100) : std::string("–");
    };
    std::string out = fmt::format("{:<14}{:>8}{:>8}{:>8}{:>10}{:>9}{:>9}{:>9}\n", "", "P %", "R %", "F1 %", "aligned %",
                                  "right", "gold", "read");
    for (std::size_t i = 0; i < tree_measures; ++i) {
        if (!report.figures[i])
            continue;
        const tree_figure& figure = *report.figures[i];
        fmt::format_to(std::back_inserter(out), "{:<14}{:>8}{:>8}{:>8}{:>10}{:>9}{:>9}{:>9}\n", names_of_measures[i],
                       percent(figure.n.precision()), percent(figure.n.recall()), percent(figure.n.f1()),
                       percent(figure.aligned_accuracy()), figure.n.right, figure.n.gold, figure.n.predicted);
    }
    return out;
}

std::string to_json(const tree_report& report) {
    const auto number = [](const std::optional<double>& value) {
        return value ? fmt::format("{:.6g}", *value) : std::string("null");
    };
    std::string out = "{";
    for (std::size_t i = 0; i < tree_measures; ++i) {
        std::string key(names_of_measures[i]);
        std::transform(key.begin(), key.end(), key.begin(), [](char c) {
            return c == ' ' ? '_' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        fmt::format_to(std::back_inserter(out), R"({}"{}":)", i > 0 ? "," : "", key);
        if (!report.figures[i]) {
            out += "null";
            continue;
        }
        const tree_figure& figure = *report.figures[i];
        fmt::format_to(
            std::back_inserter(out),
            R"({{"precision":{},"recall":{},"f1":{},"aligned_accuracy":{},"right":{},"gold":{},"predicted":{}}})",
            number(figure.n.precision()), number(figure.n.recall()), number(figure.n.f1()),
            number(figure.aligned_accuracy()), figure.n.right, figure.n.gold, figure.n.predicted);
    }
    return out + "}";
}

} // namespace isnad
