#pragma once
// What the language core says of one sentence: written tokens, syntactic words, tags, tree, names.
#include "base/span.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace isnad::nlp {

/// Universal part-of-speech tags, in the order of the UD guidelines. `other` is UD's X.
enum class upos : std::uint8_t {
    adj,
    adp,
    adv,
    aux,
    cconj,
    det,
    intj,
    noun,
    num,
    part,
    pron,
    propn,
    punct,
    sconj,
    sym,
    verb,
    other
};

/// "ADJ", "ADP", … ; "X" for `other`.
[[nodiscard]] std::string_view name(upos tag) noexcept;
/// The inverse; `other` for an unknown name.
[[nodiscard]] upos upos_of(std::string_view tag) noexcept;

/// A syntactic word: a written token or one of its clitics. `form` is UD's (للجانب → ل + الجانب), `at` the piece of
/// the text that shows it; the words of one token share out its bytes without gaps or overlaps.
struct word {
    span at;
    std::string form;
    std::string lemma; ///< vocalised where the model knows how (قَال), bare otherwise
    std::string key;   ///< `lemma` folded for matching: no vowels, plain alef, ي for ى, ه for ة (text::fold)
    upos tag = upos::other;
    std::string xpos;       ///< PADT positional tag, ten characters
    std::string feats;      ///< "Aspect=Perf|Gender=Masc…" sorted as UD has it, "" for none
    std::int32_t head = -1; ///< index into sentence::words, -1 for the root
    std::string deprel;     ///< UD relation with subtype, "root" for the root
    std::string name;       ///< "O", "B-PER", "I-LOC" …: classes PER LOC ORG MISC
    float margin = 0;       ///< probability the parser gives to this head, 0..1
};

/// A written token: what stands between spaces and punctuation. Its words are [first, first + count).
struct token {
    span at;
    std::uint32_t first = 0;
    std::uint32_t count = 0;
};

struct sentence {
    span at;
    std::vector<token> tokens;
    std::vector<word> words;
    bool starts_paragraph = false;
};

/// Which parts of the words are asked for; the others are left empty.
struct heads {
    bool tag = true;   ///< tag, xpos, feats, lemma, key
    bool parse = true; ///< head, deprel, margin
    bool ner = true;   ///< name
};

/// The value of feature `name` ("Voice") in "A=b|Voice=Pass", or "".
[[nodiscard]] std::string_view feature(std::string_view feats, std::string_view name) noexcept;

} // namespace isnad::nlp
