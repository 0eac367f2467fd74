#include "knowledge/names.hpp"

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

/// "المجلس الأعلى للقوات" → also with its clitics parted, as the words of a parsed sentence are: ل + القوات. Those
/// before an article are clitics for certain; single letters before others may be part of the word, so both readings
/// are kept.
std::vector<std::vector<std::string>> parted(const std::vector<std::string>& words) {
    static constexpr std::array<std::string_view, 4> with_article{"وال", "بال", "كال", "فال"};
    static constexpr std::string_view assimilated = "لل", article = "ال";
    static constexpr std::array<std::string_view, 3> letters{"ل", "و", "ب"};
    std::vector<std::string> sure, all;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& word = words[i];
        const bool long_enough = i > 0 && word.size() > 8;
        const bool joined =
            long_enough && std::ranges::any_of(with_article, [&](auto front) { return word.starts_with(front); });
        const bool lam = long_enough && word.starts_with(assimilated);
        const bool letter = i > 0 && word.size() > 6 &&
                            std::ranges::any_of(letters, [&](auto front) { return word.starts_with(front); });
        for (auto* out : {&sure, &all}) {
            if (lam) {
                out->emplace_back("ل");
                out->push_back(std::string(article) + word.substr(assimilated.size()));
            } else if (joined || (letter && out == &all)) {
                out->push_back(word.substr(0, 2)); // one letter
                out->push_back(word.substr(2));
            } else {
                out->push_back(word);
            }
        }
    }
    std::vector<std::vector<std::string>> out;
    for (auto* one : {&sure, &all})
        if (*one != words)
            out.push_back(std::move(*one));
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
        if (words.size() > 1 && words.front() == "ابو") // أبا بكر, أبي بكر: its cases
            for (const auto* other : {"ابا", "ابي"}) {
                auto inflected = words;
                inflected.front() = other;
                keep(std::move(inflected), flag);
            }
        for (auto& other : parted(words))
            keep(std::move(other), flag);
        if (text.find_first_of(".-") != std::string::npos) {
            std::vector<std::string> whole;
            for (const auto& piece : split(text, ' '))
                whole.push_back(text::fold(piece));
            keep(std::move(whole), flag);
        }
    }
    return out;
}

} // namespace isnad::knowledge
