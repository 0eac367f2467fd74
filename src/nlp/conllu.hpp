#pragma once
// CoNLL-U (universaldependencies.org/format.html) in and out, with gold words.
#include "base/result.hpp"
#include "nlp/sentence.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace isnad::nlp {

/// A text and its sentences; spans are bytes of `text`, where sentences stand on lines of their own.
struct treebank {
    std::string text;
    std::vector<sentence> sentences;
};

/// Reads basic trees: words, multiword tokens (whose bytes their words share out), NER=… in the last column. Empty
/// nodes and comments are passed over; the text is made from the tokens and SpaceAfter=No. Fails with errc::data where
/// a line has fewer than ten columns, numbers do not run on, or a head is no word of its sentence. Linear.
[[nodiscard]] result<treebank> read_conllu(std::string_view content, const std::string& where);

/// Sentences of `text`, with NER=… and SpaceAfter=No in the last column. Linear.
[[nodiscard]] std::string write_conllu(std::string_view text, const std::vector<sentence>& sentences);

} // namespace isnad::nlp
