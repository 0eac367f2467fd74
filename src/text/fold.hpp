#pragma once
// Folding of spelling: what makes two spellings of one Arabic word the same key.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace isnad::text {

/// Spelling without decoration: NFKC of presentation forms and ligatures, no tatweel, no vowel marks, no bidi or
/// zero-width marks, Arabic-Indic and Persian digits as 0-9, Persian ی/ک as ي/ك. Hamza, ى and ة stay.
/// Linear; bytes that are not UTF-8 are kept as they are.
[[nodiscard]] std::string clean(std::string_view utf8);
/// The same into a buffer, which is not `utf8`'s own.
void clean(std::string_view utf8, std::string& out);

/// The matching key: clean(), then أ إ آ ٱ → ا, ى → ي, ة → ه, ؤ → و, ئ → ي, ء dropped, Latin lower case.
[[nodiscard]] std::string fold(std::string_view utf8);
void fold(std::string_view utf8, std::string& out);

/// A folded text and the way back: folded[i] came from the original's character that begins at byte origin[i].
struct folded_view {
    std::string folded;
    std::vector<std::uint32_t> origin;
};

/// fold() with the byte offsets of the text as given. Linear.
[[nodiscard]] folded_view fold_with_origin(std::string_view utf8);

} // namespace isnad::text
