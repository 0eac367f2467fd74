#pragma once
// The rows of the lexicon for people: all that it has under a word, with conditions in words, and how much it has.
#include "base/result.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace isnad::events {

/// "!obj=رسالة|خطاب" → "the object is none of رسالة, خطاب".
[[nodiscard]] std::string in_words(std::string_view condition);

/// A row that has the word.
struct known_row {
    std::string where;                   ///< "file:line"
    std::string table;                   ///< "frames" …
    std::string as;                      ///< the columns that have the word: "verb, masdar"
    std::string id;                      ///< a frame's, else ""
    std::string what;                    ///< what it makes of the word: "CONSULT/visit, CAMEO 042", "stance deny" …
    std::string slots;                   ///< where its arguments or its source and content stand
    std::vector<std::string> conditions; ///< of a frame, as the table spells them
    std::vector<std::string> examples;
};

/// The rows of DIR/events that have one of these lemma keys: senses, then cues, light verbs, words of scope. Fails with
/// errc::io or errc::data.
[[nodiscard]] result<std::vector<known_row>> rows_of(const std::string& data_dir, const std::vector<std::string>& keys);

struct lexicon_size {
    struct part {
        std::size_t rows = 0;
        std::size_t senses = 0; ///< lemma × row
    };
    std::map<std::string, std::size_t> tables;             ///< rows by table
    part frames;                                           ///< all of them
    std::map<std::string, part> types;                     ///< by "TYPE"
    std::map<std::string, part> modes;                     ///< by "TYPE/mode", all that ontology.tsv names
    std::vector<std::pair<std::string, std::string>> bare; ///< lemma of no example of its row, and where the row is
    std::size_t lemmas = 0;                                ///< different ones
};

/// Counts DIR/events. `keys_in` gives the lemma keys of a sentence's words, by which a lemma counts as shown by an
/// example of its row. Fails with errc::io or errc::data.
[[nodiscard]] result<lexicon_size> measure(const std::string& data_dir,
                                           const std::function<std::vector<std::string>(const std::string&)>& keys_in);

} // namespace isnad::events
