#pragma once
// Sentences for the tests of time expressions, written as words: a blank parts tokens, "+" parts the words of a token
// or glues a mark to it, and a word ending in ^p or ^i is a perfect or an imperfect verb, ^n a person's name.
#include "nlp/sentence.hpp"

#include <string>
#include <string_view>

namespace isnad::timex::testing {

struct written {
    std::string text;
    nlp::sentence sentence;
};

inline written write(std::string_view marked) {
    written out;
    std::size_t at = 0;
    while (at < marked.size()) {
        const std::size_t end = std::min(marked.find_first_of(" +", at), marked.size());
        std::string_view piece = marked.substr(at, end - at);
        nlp::word w;
        if (const auto sign = piece.find('^'); sign != std::string_view::npos) {
            const char kind = piece[sign + 1];
            w.tag = kind == 'n' ? nlp::upos::propn : nlp::upos::verb;
            if (kind == 'n')
                w.name = "B-PER";
            else
                w.feats = kind == 'p' ? "Aspect=Perf" : "Aspect=Imp";
            piece = piece.substr(0, sign);
        }
        if (!piece.empty()) {
            w.form = piece;
            w.at.begin = static_cast<std::uint32_t>(out.text.size());
            out.text += piece;
            w.at.end = static_cast<std::uint32_t>(out.text.size());
            out.sentence.words.push_back(w);
        }
        if (end < marked.size() && marked[end] == ' ')
            out.text += ' ';
        at = end + 1;
    }
    out.sentence.at = {0, static_cast<std::uint32_t>(out.text.size())};
    return out;
}

} // namespace isnad::timex::testing
