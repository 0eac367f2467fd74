#pragma once
// Which lemmas a verb's form may belong to: for forms whose lemma the language core guesses wrong.
#include <string>
#include <string_view>
#include <vector>

namespace isnad::events {

/// A lemma that a form may belong to.
struct verb_reading {
    std::string key; ///< text::fold of the lemma
    bool first_person = false;
};

/// Lemmas of which `folded` (text::fold of a form without clitics) may be a finite form, likelier ones first: the
/// perfect (تظاهرتا, نفت, قضوا), the imperfect (ينسحب, نؤكد, يستقيل) and, where the segmenter left it, the future
/// (سيجمدون). Only spelling is looked at; most results are no words, and the caller asks a lexicon which are. At most
/// some twenty, none twice; linear.
[[nodiscard]] std::vector<verb_reading> possible_lemmas(std::string_view folded);
/// The same of the perfect alone.
[[nodiscard]] std::vector<verb_reading> lemmas_of_perfect(std::string_view folded);

} // namespace isnad::events
