#pragma once
// A CoNLL-U file as the scorer needs it: characters without blanks, and words over them with numbers for strings.
#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace isnad::treebanks {

/// Strings as numbers, the same for both files.
class interner {
public:
    std::uint32_t number(std::string_view text);

private:
    struct text_hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    std::unordered_map<std::string, std::uint32_t, text_hash, std::equal_to<>> numbers_;
};

inline constexpr std::int32_t no_parent = -1; ///< the root's
inline constexpr std::int32_t unknown_parent = -2;

/// Bytes of treebank::characters.
struct extent {
    std::uint32_t begin = 0, end = 0;
    friend bool operator==(const extent&, const extent&) = default;
};

struct tree_word {
    extent at; ///< of its token
    std::uint32_t form = 0, lemma = 0, upos = 0, xpos = 0, feats = 0, relation = 0, whole_relation = 0;
    std::uint32_t name = 0;               ///< class of the entity that it is in; 0 outside
    std::int32_t parent = unknown_parent; ///< index into treebank::words
    bool begins_name = false;
    bool multiword = false;  ///< one of several words of its token
    bool content = false;    ///< its relation counts for CLAS
    bool functional = false; ///< its relation counts for its head in MLAS
    bool lemma_given = false;
};

struct treebank {
    std::string characters; ///< all forms of tokens in a row, without blanks
    std::vector<extent> tokens;
    std::vector<std::size_t> token_lines;
    std::vector<extent> sentences;
    std::vector<tree_word> words;
    bool has_upos = false, has_xpos = false, has_feats = false, has_lemmas = false, has_trees = false,
         has_names = false;
};

/// Forms in lower case, features restricted to the universal ones, relations cut at ":". Fails with errc::data,
/// errc::encoding or errc::limit and "where:line".
[[nodiscard]] result<treebank> load(std::string_view content, const std::string& where, interner& strings);

} // namespace isnad::treebanks
