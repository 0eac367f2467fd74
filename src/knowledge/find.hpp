#pragma once
// Names in the words of a sentence. Private to this layer.
#include "knowledge/image.hpp"
#include "knowledge/names.hpp"

namespace isnad::knowledge {

/// A word of the sentence as the base sees it.
struct seen {
    std::uint32_t word = no_index; ///< number of its folded form
    mark kind = mark::none;
    bool letter = false; ///< a single letter, as in "أ.ف.ب"
    bool owned = false;  ///< has a possessive suffix, which no name has
    /// The segmenter parts names that it does not know: سبها → س + ب + ها. This word with the rest of its token:
    std::uint32_t joined = no_index, joined_count = 0;
};

/// Words [begin, end) of the sentence; those before `begin` stay unseen. `text` is the article's, or empty.
[[nodiscard]] std::vector<seen> look_at(const image& in, const nlp::sentence& of, std::string_view text,
                                        std::uint32_t begin, std::uint32_t end);

/// The state or people that a word says of whom one is, or nullptr.
[[nodiscard]] const belonging* nisba_of(const image& in, const seen& word) noexcept;

/// The names in `words`, which are those of the sentence.
[[nodiscard]] std::vector<match> names_in(const image& in, const nlp::sentence& of, const std::vector<seen>& words,
                                          std::uint32_t begin, std::uint32_t end, std::optional<day> at);

/// The one who surely held an office of this kind in this body on that day; nullptr for nobody and for several.
[[nodiscard]] const tenure* holder_on(const image& in, std::uint32_t kind, std::uint32_t body, day at) noexcept;

/// "مدينة المرج": the noun before says that a place is meant.
[[nodiscard]] bool called_place(const image& in, const nlp::sentence& of, std::uint32_t first);

/// A surname alone inside a longer name that the tables do not have may be somebody else's.
[[nodiscard]] bool inside_longer_name(const nlp::sentence& of, const match& found);

} // namespace isnad::knowledge
