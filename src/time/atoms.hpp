#pragma once
// A sentence's words as the rules see them: cut finer where digits and punctuation stick together, known words looked
// up.
#include "nlp/sentence.hpp"
#include "time/vocabulary.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace isnad::timex {

enum class atom_kind : std::uint8_t { word, number, mark };

struct atom {
    span at;                                     ///< without a clitic that the segmentation left on the word
    std::uint32_t first_word = 0, last_word = 0; ///< indices into sentence::words, both included
    atom_kind kind = atom_kind::word;
    bool glued = false;       ///< nothing visible between this and the atom before
    bool coordinated = false; ///< an unsplit و or ف was taken off
    bool prefixed = false;    ///< an unsplit preposition was taken off
    char32_t mark = 0;        ///< for marks: the code point, dashes as '-', commas as ','
    int number = -1;          ///< for numbers of up to nine digits
    int digits = 0;
    std::string key;               ///< folded
    const entry* direct = nullptr; ///< what the vocabulary has under `key`
    const entry* bare = nullptr;   ///< and under `key` without the article
};

/// The atoms of a sentence in order. Linear in its bytes.
[[nodiscard]] std::vector<atom> atoms_of(std::string_view text, const nlp::sentence& sentence, const vocabulary& words);

/// For each atom the direction in time of the verb or cue (سوف، من المقرر) that governs it by nearness: the last one
/// before it, or the first one after it when there is none. Linear.
[[nodiscard]] std::vector<direction> directions_of(const nlp::sentence& sentence, const std::vector<atom>& atoms);

} // namespace isnad::timex
