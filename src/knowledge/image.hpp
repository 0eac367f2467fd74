#pragma once
// The compiled file: one block of plain data, used where it lies. Private to this layer.
//
// It begins with `image`; everything else is reached by the lists in it, which point relative to themselves.
// Little-endian. A change of any struct here or of entry, tenure, office_kind, head_noun needs a new `format`.
#include "knowledge/base.hpp"

#include <cstring>

namespace isnad::knowledge {

/// A place in a hash table (open addressing, linear probing, a power of two of places): `index` counts from 1, 0 is
/// free.
struct slot {
    std::uint32_t tag = 0, index = 0;
};

/// "From node `node` by word `word` to node `next`" in the trie of names; `next` 0 is a free place.
struct step {
    std::uint32_t node = 0, word = 0, next = 0;
};

/// One bearer of a name.
struct bearer {
    std::uint32_t entry = 0;
    std::uint32_t flagged = 0; ///< "~": also a common word
};

/// An office that a phrase names: before a state's adjective ("وزير الخارجية"), before its name ("وزير خارجية") or
/// both.
struct office_phrase {
    std::uint32_t kind = 0;
    std::uint8_t with_nisba = 0, with_name = 0;
    packed::list<packed::text> only; ///< alpha-3 codes of the states that call it so; empty: any
};

/// The end of a name in the trie.
struct node {
    std::uint32_t first = 0;               ///< in image::bearers
    std::uint16_t count = 0;               ///< bearers
    std::uint8_t flagged = 0;              ///< also a common word, or several things
    std::uint8_t stop = 0;                 ///< a phrase that is no name though it begins like one
    std::uint32_t office = 0, offices = 0; ///< range in image::office_phrases
    /// Range in image::bearers: whom the name may mean where the article is about their state or they hold an office
    /// ("الجيش", the surname of a minister), none of them among the bearers proper.
    std::uint32_t implied = 0, implieds = 0;
};

/// A word that says of whom one is: "روسي", "الروس".
struct belonging {
    std::uint32_t owner = 0; ///< entry
    std::uint32_t plural = 0;
};

/// What an adjective adds to the noun it modifies: "عسكري" → MIL, "مسلح" → armed group.
struct modifier {
    packed::text key;
    packed::list<packed::text> sectors;
    entity_kind kind = entity_kind::other; ///< overrules a head of kind group, organization or other
    std::uint8_t has_kind = 0;
};

/// A folded word of names or nisbas.
struct known_word {
    packed::text form;
    std::uint32_t nisba = 0;      ///< 1 + index of belongings, 0: none; with the article or without
    std::uint16_t former = 0;     ///< "السابق": the office before it is not held
    std::uint16_t first_name = 0; ///< persons of the tables have it before their surname
};

struct image {
    static constexpr char expected_magic[8] = {'I', 'S', 'N', 'A', 'D', 'K', '1', '\n'};
    static constexpr std::uint32_t expected_format = 2;

    char magic[8] = {};
    std::uint32_t format = 0;
    std::uint32_t size_of_entry = 0; ///< holds builds with another layout apart
    std::uint64_t bytes = 0;         ///< of the whole file
    std::uint64_t checksum = 0;      ///< of all that follows the header
    packed::list<entry> entries;     ///< in order of rank: of namesakes the first is the likelier
    packed::list<slot> ids;
    packed::list<known_word> words;
    packed::list<slot> word_slots;
    packed::list<step> steps;
    packed::list<node> nodes;
    packed::list<bearer> bearers;
    packed::list<office_phrase> office_phrases;
    packed::list<office_kind> office_kinds;
    packed::list<tenure> tenures; ///< by body, kind and first day
    packed::list<belonging> belongings;
    packed::list<head_noun> heads;
    packed::list<slot> head_slots;
    packed::list<modifier> modifiers;
    packed::list<slot> modifier_slots;
};

inline constexpr std::uint32_t no_index = 0xFFFFFFFF;

/// FNV-1a of 64 bits, folded to 32: keys are short.
[[nodiscard]] inline std::uint32_t tag_of(std::string_view key) noexcept {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : key)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}
[[nodiscard]] inline std::uint32_t tag_of(std::uint32_t node, std::uint32_t word) noexcept {
    const std::uint64_t mixed = ((std::uint64_t{node} << 32) | word) * 0x9E3779B97F4A7C15ULL;
    return static_cast<std::uint32_t>(mixed >> 32);
}

/// The index under `key`, or `no_index`; text_of(index) gives the key that stands there.
template <class TextOf>
[[nodiscard]] std::uint32_t find_key(const packed::list<slot>& slots, std::string_view key, TextOf&& text_of) noexcept {
    if (slots.empty())
        return no_index;
    const auto mask = slots.size() - 1;
    const auto tag = tag_of(key);
    for (auto at = tag & mask; slots[at].index != 0; at = (at + 1) & mask)
        if (slots[at].tag == tag && text_of(slots[at].index - 1) == key)
            return slots[at].index - 1;
    return no_index;
}

/// The number of a folded word, or `no_index`.
[[nodiscard]] inline std::uint32_t word_of(const image& in, std::string_view folded) noexcept {
    return find_key(in.word_slots, folded, [&](std::uint32_t i) { return in.words[i].form.view(); });
}

/// The node after `from` by `word`, or `no_index`. The root is node 0.
[[nodiscard]] inline std::uint32_t next_node(const image& in, std::uint32_t from, std::uint32_t word) noexcept {
    const auto mask = in.steps.size() - 1;
    for (auto at = tag_of(from, word) & mask; in.steps[at].next != 0; at = (at + 1) & mask)
        if (in.steps[at].node == from && in.steps[at].word == word)
            return in.steps[at].next;
    return no_index;
}

/// Four lanes of multiply and rotate over eight bytes at a time: fast enough to hold a whole file to at each start.
[[nodiscard]] std::uint64_t checksum_of(std::string_view bytes) noexcept;

/// The header of well-formed bytes; errc::data for a damaged file or another version. `where` names the file.
[[nodiscard]] result<const image*> image_in(std::string_view bytes, const std::string& where);

} // namespace isnad::knowledge
