// Measures words F1 and speed of the segmenter on a treebank, from its tokens and from its raw lines. Where the data
// are is told by the environment:
//     ISNAD_GOLD=dev.conllu test_nlp_slow --gtest_filter=measure_segmenter.*
#include "nlp/segmenter.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include <gtest/gtest.h>

#include "base/table.hpp"
#include "text/fold.hpp"

namespace isnad::nlp {
namespace {

struct gold_token {
    std::string form;
    std::vector<std::string> words;
};
struct paragraph {
    std::string text;
    std::vector<gold_token> tokens;
};

std::vector<paragraph> read(const std::string& path) {
    std::vector<paragraph> out(1);
    std::ifstream file(path);
    int within = 0; // last word of the open multi-word token
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("# text = "))
            out.back().text = trim(std::string_view(line).substr(9));
        const auto cells = isnad::split(line, '\t');
        if (line.empty()) {
            out.emplace_back();
            within = 0;
        } else if (line[0] != '#' && cells[0].find('.') == std::string::npos) {
            if (const auto dash = cells[0].find('-'); dash != std::string::npos) {
                out.back().tokens.push_back({cells[1], {}});
                within = std::stoi(cells[0].substr(dash + 1));
                continue;
            }
            if (std::stoi(cells[0]) > within)
                out.back().tokens.push_back({cells[1], {}});
            out.back().tokens.back().words.push_back(text::clean(cells[1]));
        }
    }
    out.pop_back();
    return out;
}

/// Words that both have, in order (the CoNLL 2018 measure within one token).
std::size_t common(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    if (a.size() == 1 && b.size() == 1)
        return 1;
    std::vector<std::size_t> row(b.size() + 1, 0);
    for (const auto& x : a) {
        std::size_t diagonal = 0;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const auto above = row[j + 1];
            row[j + 1] = x == b[j] ? diagonal + 1 : std::max(above, row[j]);
            diagonal = above;
        }
    }
    return row.back();
}

std::vector<std::string> forms(const sentence& of, std::size_t token) {
    std::vector<std::string> out;
    for (std::uint32_t k = 0; k < of.tokens[token].count; ++k)
        out.push_back(of.words[of.tokens[token].first + k].form);
    return out;
}

std::size_t solid_size(std::string_view form) {
    return form.size() - static_cast<std::size_t>(std::count(form.begin(), form.end(), ' '));
}

struct tally {
    std::size_t right = 0, system = 0, gold = 0, tokens_right = 0, tokens_system = 0, tokens_gold = 0;
    [[nodiscard]] double words_f1() const {
        return 200.0 * static_cast<double>(right) / static_cast<double>(system + gold);
    }
    [[nodiscard]] double tokens_f1() const {
        return 200.0 * static_cast<double>(tokens_right) / static_cast<double>(tokens_system + tokens_gold);
    }
};

/// Tokens are matched by where they lie in the text without its blanks.
void compare(const paragraph& gold, std::string_view text, const std::vector<sentence>& found, tally& into) {
    struct placed {
        std::size_t begin, end;
        std::vector<std::string> words;
    };
    std::vector<placed> system;
    std::size_t at = 0;
    for (const auto& one : found)
        for (std::size_t i = 0; i < one.tokens.size(); ++i) {
            const auto size = solid_size(one.tokens[i].at.of(text));
            system.push_back({at, at + size, forms(one, i)});
            into.system += system.back().words.size();
            at += size;
        }
    into.tokens_system += system.size();
    into.tokens_gold += gold.tokens.size();
    std::size_t k = 0;
    at = 0;
    for (const auto& token : gold.tokens) {
        const auto end = at + solid_size(token.form);
        into.gold += token.words.size();
        while (k < system.size() && system[k].begin < at)
            ++k;
        if (k < system.size() && system[k].begin == at && system[k].end == end) {
            into.right += common(system[k].words, token.words);
            ++into.tokens_right;
        }
        at = end;
    }
}

TEST(measure_segmenter, words) {
    const char* path = std::getenv("ISNAD_GOLD");
    if (path == nullptr)
        GTEST_SKIP() << "ISNAD_GOLD names no treebank";
    const char* chosen = std::getenv("ISNAD_MODEL");
    const auto model = container::open(chosen != nullptr ? chosen : ISNAD_SOURCE_DIR "/models/isnad-ar.model");
    ASSERT_TRUE(model.ok()) << model.failure().text();
    const auto by = segmenter::open(*model);
    ASSERT_TRUE(by.ok()) << by.failure().text();
    tally given, raw;
    std::chrono::duration<double> spent{};
    for (const auto& gold : read(path)) {
        text::sentence_bounds bounds;
        std::string spaced;
        for (const auto& token : gold.tokens) {
            const auto begin = static_cast<std::uint32_t>(spaced.size());
            spaced += token.form;
            bounds.tokens.push_back({begin, static_cast<std::uint32_t>(spaced.size())});
            spaced += ' ';
        }
        sentence one;
        const auto start = std::chrono::steady_clock::now();
        by->segment(spaced, bounds, one);
        spent += std::chrono::steady_clock::now() - start;
        compare(gold, spaced, {one}, given);
        std::vector<sentence> all;
        for (const auto& piece : text::segment(gold.text))
            by->segment(gold.text, piece, all.emplace_back());
        compare(gold, gold.text, all, raw);
    }
    std::cout << "words F1 from gold tokens " << given.words_f1() << ", from raw paragraphs " << raw.words_f1()
              << " (tokens " << raw.tokens_f1() << "), tokens/s "
              << static_cast<double>(given.tokens_gold) / spent.count() << '\n';
    EXPECT_GE(given.words_f1(), 99.2);
    EXPECT_GE(raw.words_f1(), 99.1);
    EXPECT_GE(raw.tokens_f1(), 99.7);
}

} // namespace
} // namespace isnad::nlp
