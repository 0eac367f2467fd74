// CoNLL-U, the form in which the field exchanges trees: universaldependencies.org/format.html
#include "base/utf8.hpp"
#include "isnad/engine.hpp"

#include <string_view>

namespace isnad {
namespace {

/// An empty field is "_"; blanks may not stand in one, and a tab or newline would break the table.
std::string field(std::string_view value) {
    if (value.empty())
        return "_";
    std::string out(value);
    for (char& c : out)
        if (c == '\t' || c == '\n' || c == '\r' || c == ' ')
            c = '_';
    return out;
}

class writer {
public:
    explicit writer(const document& read) : read_(read), offsets_(read.text) {}

    std::string all() {
        for (std::size_t i = 0; i < read_.sentences.size(); ++i)
            sentence(read_.sentences[i], i + 1);
        return std::move(out_);
    }

private:
    void comments(const nlp::sentence& of, std::size_t number) {
        if (number == 1)
            out_ += "# newdoc id = " + field(read_.what.about.id) + "\n";
        if (of.starts_paragraph)
            out_ += "# newpar\n";
        out_ += "# sent_id = " + field(read_.what.about.id) + "-" + std::to_string(number) + "\n# text = ";
        for (const char c : of.at.of(read_.text))
            out_ += c == '\n' || c == '\r' ? ' ' : c;
        out_ += '\n';
    }

    /// What a token says beside its words: its place in the text, and whether the next one touches it.
    [[nodiscard]] std::string misc(span at, bool touches) const {
        return "TokenRange=" + std::to_string(offsets_.to_code_points(at.begin)) + ":" +
               std::to_string(offsets_.to_code_points(at.end)) + (touches ? "|SpaceAfter=No" : "");
    }

    void word(const nlp::word& what, std::size_t number, const std::string& token_misc) {
        std::string extra = token_misc;
        if (!what.name.empty() && what.name != "O")
            extra = "NER=" + what.name + (extra.empty() ? "" : "|" + extra);
        out_ += std::to_string(number) + "\t" + field(what.form) + "\t" + field(what.lemma) + "\t" +
                std::string(nlp::name(what.tag)) + "\t" + field(what.xpos) + "\t" + field(what.feats) + "\t" +
                std::to_string(what.head + 1) + "\t" + field(what.deprel) + "\t_\t" + field(extra) + "\n";
    }

    void sentence(const nlp::sentence& of, std::size_t number) {
        comments(of, number);
        for (std::size_t t = 0; t < of.tokens.size(); ++t) {
            const nlp::token& token = of.tokens[t];
            const bool touches = t + 1 < of.tokens.size() && of.tokens[t + 1].at.begin == token.at.end;
            const std::string about = misc(token.at, touches);
            if (token.count > 1)
                out_ += std::to_string(token.first + 1) + "-" + std::to_string(token.first + token.count) + "\t" +
                        field(token.at.of(read_.text)) + "\t_\t_\t_\t_\t_\t_\t_\t" + about + "\n";
            for (std::uint32_t w = token.first; w < token.first + token.count; ++w)
                word(of.words[w], w + 1, token.count > 1 ? "" : about);
        }
        out_ += '\n';
    }

    const document& read_;
    utf8::offsets offsets_;
    std::string out_;
};

} // namespace

std::string to_conllu(const document& read) {
    return writer(read).all();
}

} // namespace isnad
