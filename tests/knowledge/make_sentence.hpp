#pragma once
// Sentences built by hand: words parted by blanks, each with its form as lemma key.
#include "nlp/sentence.hpp"
#include "text/fold.hpp"

#include <sstream>
#include <string>

namespace isnad::test {

inline nlp::sentence make_sentence(const std::string& words) {
    nlp::sentence out;
    std::istringstream in(words);
    for (std::string form; in >> form;) {
        nlp::word word;
        word.form = form;
        word.lemma = form;
        word.key = text::fold(form);
        word.name = "O";
        if (form == "في" || form == "إلى" || form == "لدى" || form == "من" || form == "ب")
            word.tag = nlp::upos::adp;
        out.words.push_back(std::move(word));
    }
    return out;
}

inline std::vector<std::uint32_t> all_words(const nlp::sentence& of) {
    std::vector<std::uint32_t> out(of.words.size());
    for (std::uint32_t i = 0; i < out.size(); ++i)
        out[i] = i;
    return out;
}

} // namespace isnad::test
