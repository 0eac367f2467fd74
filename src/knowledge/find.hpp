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

/// The longest short form at a word of which the tables only imply whom it means ("الجيش"), and its node; 0 for none.
struct implied_form {
    std::uint32_t count = 0;
    std::uint32_t node = 0;
};
[[nodiscard]] implied_form implied_at(const image& in, const std::vector<seen>& words, std::uint32_t first,
                                      std::uint32_t end);

/// "الملك", "وزير الخارجية" alone: whoever holds the office in the state that the article is about (`no_index` for
/// none: then only offices of one state, خادم الحرمين). Nothing where a name, a state or an adjective follows.
[[nodiscard]] std::optional<match> office_alone(const image& in, const nlp::sentence& of,
                                                const std::vector<seen>& words, std::uint32_t first,
                                                std::uint32_t state, day at);

/// The one who surely held an office of this kind in this body on that day; nullptr for nobody and for several.
[[nodiscard]] const tenure* holder_on(const image& in, std::uint32_t kind, std::uint32_t body, day at) noexcept;

/// "مدينة المرج": the noun before says that a place is meant.
[[nodiscard]] bool called_place(const image& in, const nlp::sentence& of, std::uint32_t first);

/// A surname alone inside a longer name that the tables do not have may be somebody else's.
[[nodiscard]] bool inside_longer_name(const nlp::sentence& of, const match& found);

} // namespace isnad::knowledge
