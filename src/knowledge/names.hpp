#pragma once
// Names as sequences of folded words: what the tables write, and what a text can show of it. Private to this layer.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace isnad::knowledge {

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

} // namespace isnad::knowledge
