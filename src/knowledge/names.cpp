#include "knowledge/index.hpp"

#include "base/table.hpp"
#include "base/utf8.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <array>

namespace isnad::knowledge {
namespace {

constexpr std::array<std::pair<std::string_view, mark>, 22> marks{{
    {"«", mark::opening}, {"»", mark::closing}, {"“", mark::opening}, {"”", mark::closing}, {"\"", mark::quote},
    {"'", mark::quote},   {"’", mark::quote},   {"‘", mark::quote},   {"(", mark::opening}, {")", mark::closing},
    {"[", mark::opening}, {"]", mark::closing}, {"{", mark::opening}, {"}", mark::closing}, {"-", mark::joint},
    {"–", mark::joint},   {"/", mark::joint},   {".", mark::dot},     {"‹", mark::opening}, {"›", mark::closing},
    {"„", mark::opening}, {"''", mark::quote},
}};

/// The length of the mark that `text` begins with, 0 for none.
std::size_t mark_at_front(std::string_view text) noexcept {
    for (const auto& [form, kind] : marks)
        if (text.starts_with(form))
            return form.size();
    return 0;
}

/// "[a/b] c [d] e" → every reading of it; `with` tells whether an optional word is in.
struct expansion {
    std::string text;
    bool with = false;
};

std::vector<expansion> expand(std::string_view text) {
    const auto open = text.find('[');
    const auto close = text.find(']');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open)
        return {{std::string(text), false}};
    const auto head = text.substr(0, open);
    std::vector<expansion> out;
    for (const auto& tail : expand(text.substr(close + 1))) {
        out.push_back({std::string(head) + tail.text, tail.with});
        for (const auto& choice : split(text.substr(open + 1, close - open - 1), '/'))
            out.push_back({std::string(head) + choice + " " + tail.text, true});
    }
    return out;
}

/// "عبد الله" → also "عبدالله": editors write both.
std::vector<std::string> glued(const std::vector<std::string>& words) {
    static constexpr std::array<std::string_view, 3> prefixes{"عبد", "ابو", "ابي"};
    std::vector<std::string> out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool glue = i + 1 < words.size() && std::ranges::find(prefixes, words[i]) != prefixes.end();
        out.push_back(glue ? words[i] + words[i + 1] : words[i]);
        i += glue ? 1 : 0;
    }
    return out;
}

} // namespace

mark mark_of(std::string_view form) noexcept {
    if (form.size() > 3)
        return mark::none;
    for (const auto& [text, kind] : marks)
        if (form == text)
            return kind;
    return mark::none;
}

std::vector<std::string> name_words(std::string_view name) {
    std::vector<std::string> out;
    std::string piece;
    const auto flush = [&] {
        if (auto key = text::fold(piece); !key.empty())
            out.push_back(std::move(key));
        piece.clear();
    };
    while (!name.empty()) {
        const auto cut = name.front() == ' ' ? 1 : mark_at_front(name);
        if (cut > 0) {
            flush();
            name.remove_prefix(cut);
        } else {
            piece += name.front();
            name.remove_prefix(1);
        }
    }
    flush();
    return out;
}

std::string_view without_article(std::string_view folded) noexcept {
    constexpr std::string_view article = "ال";
    if (folded.starts_with(article) && folded.size() > article.size() + 4)
        folded.remove_prefix(article.size());
    return folded;
}

std::vector<spelling> spellings(std::string_view cell_piece) {
    const bool flagged = cell_piece.starts_with('~');
    if (flagged)
        cell_piece.remove_prefix(1);
    std::vector<spelling> out;
    const auto keep = [&](std::vector<std::string> words, bool flag) {
        const auto same = [&](const spelling& known) { return known.words == words; };
        if (!words.empty() && std::ranges::none_of(out, same))
            out.push_back({std::move(words), flag});
    };
    for (const auto& [text, with] : expand(cell_piece)) {
        const bool flag = flagged && !with;
        const auto words = name_words(text);
        keep(words, flag);
        keep(glued(words), flag);
        if (text.find_first_of(".-") != std::string::npos) {
            std::vector<std::string> whole;
            for (const auto& piece : split(text, ' '))
                whole.push_back(text::fold(piece));
            keep(std::move(whole), flag);
        }
    }
    return out;
}

void name_index::add(const std::vector<std::string>& words, reading what) {
    std::uint32_t node = root;
    for (const auto& word : words) {
        const auto number = words_.try_emplace(word, static_cast<std::uint32_t>(words_.size())).first->second;
        const auto key = std::uint64_t{node} << 32 | number;
        const auto [next, fresh] = steps_.try_emplace(key, static_cast<std::uint32_t>(nodes_.size()));
        if (fresh)
            nodes_.emplace_back();
        node = next->second;
    }
    auto& here = nodes_[node];
    const auto same = [&](const reading& known) { return known.value == what.value; };
    if (const auto found = std::ranges::find_if(here, same); found != here.end())
        found->flagged = found->flagged && what.flagged;
    else
        here.push_back(what);
}

std::uint32_t name_index::word(std::string_view folded) const {
    const auto found = words_.find(folded);
    return found == words_.end() ? unknown : found->second;
}

std::uint32_t name_index::step(std::uint32_t node, std::uint32_t word) const {
    const auto found = steps_.find(std::uint64_t{node} << 32 | word);
    return found == steps_.end() ? unknown : found->second;
}

} // namespace isnad::knowledge
