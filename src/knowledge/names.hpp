#pragma once
// Names as sequences of folded words, in a trie. Private to this layer.
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace isnad::knowledge {

struct string_hash {
    using is_transparent = void;
    [[nodiscard]] std::size_t operator()(std::string_view text) const noexcept {
        return std::hash<std::string_view>{}(text);
    }
};
template <class T>
using by_string = std::unordered_map<std::string, T, string_hash, std::equal_to<>>;

/// One spelling of a name as the tables give it.
struct spelling {
    std::vector<std::string> words; ///< folded
    bool flagged = false;           ///< "~": also a common word
};

/// The spellings that one cell of a `names` column stands for. "~" flags the bare form; "[حركة/جماعة] حماس" makes the
/// words in brackets optional (a form that has them is never flagged). "عبد", "أبو" also glued to what follows; a name
/// with dots or hyphens both cut at them and whole.
[[nodiscard]] std::vector<spelling> spellings(std::string_view cell_piece);
/// Folded words of a name: cut at blanks, quotes, brackets, dots and hyphens.
[[nodiscard]] std::vector<std::string> name_words(std::string_view name);
/// The folded word without its article; words of two letters and less after it keep it.
[[nodiscard]] std::string_view without_article(std::string_view folded) noexcept;

/// What stands between the words of a name in a text.
enum class mark : std::uint8_t { none, opening, closing, quote, joint, dot };
/// The mark that a token is, `none` for words and for punctuation that ends a name (comma, colon …).
[[nodiscard]] mark mark_of(std::string_view form) noexcept;

/// Word sequences → values (indices of the caller's). Building: add; then read only.
class name_index {
public:
    static constexpr std::uint32_t unknown = 0xFFFFFFFF;
    static constexpr std::uint32_t root = 0;

    struct reading {
        std::uint32_t value = 0;
        bool flagged = false;
    };

    void add(const std::vector<std::string>& words, reading what);
    /// The number of a folded word, or `unknown`.
    [[nodiscard]] std::uint32_t word(std::string_view folded) const;
    /// The node after `node` by `word`, or `unknown`.
    [[nodiscard]] std::uint32_t step(std::uint32_t node, std::uint32_t word) const;
    [[nodiscard]] std::vector<reading>& readings(std::uint32_t node) { return nodes_[node]; }
    [[nodiscard]] const std::vector<reading>& readings(std::uint32_t node) const { return nodes_[node]; }
    [[nodiscard]] std::size_t size() const noexcept { return nodes_.size(); }

private:
    by_string<std::uint32_t> words_;
    std::unordered_map<std::uint64_t, std::uint32_t> steps_;
    std::vector<std::vector<reading>> nodes_ = {{}};
};

} // namespace isnad::knowledge
