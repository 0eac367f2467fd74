// Any bytes: what is read as CoNLL-U can be written, and what was written reads and writes the same again; the scorer
// says of a file that can be scored that it agrees with itself.
#include "nlp/conllu.hpp"
#include "score/conllu.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace isnad;

void require(bool holds) {
    if (!holds)
        std::abort();
}

/// What can be read, written again with the columns of the file.
std::string rewritten(std::string_view content, std::size_t most_bytes) {
    std::string out;
    nlp::conllu_reader reader("fuzz", {.max_sentence_words = 50, .max_paragraph_bytes = most_bytes});
    const nlp::conllu_writer writer({.tag = false, .parse = false, .ner = false});
    const auto take = [&](const std::optional<result<nlp::conllu_sentence>>& read) {
        if (!read)
            return;
        if (!*read)
            return require(!read->failure().remedy.empty() && read->failure().where.starts_with("fuzz:"));
        std::string text;
        const nlp::sentence sentence = nlp::to_sentence(**read, text);
        require(sentence.words.size() == (*read)->rows.size() && sentence.words.size() <= 50);
        for (const nlp::word& word : sentence.words)
            require(word.at.begin <= word.at.end && word.at.end <= text.size());
        (void)nlp::check_tree(**read, "fuzz");
        writer.append(**read, sentence, out);
    };
    while (!content.empty()) {
        const std::size_t end = std::min(content.find('\n'), content.size());
        take(reader.take(content.substr(0, end)));
        content.remove_prefix(std::min(end + 1, content.size()));
    }
    take(reader.finish());
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view content(reinterpret_cast<const char*>(data), size);
    const std::string once = rewritten(content, 4096);
    require(rewritten(once, 1u << 20) == once); // "_" for nothing makes it longer
    const auto report = score_conllu({content, "gold"}, {content, "read"});
    for (const auto which : {tree_measure::tokens, tree_measure::sentences, tree_measure::words, tree_measure::upos,
                             tree_measure::lemmas, tree_measure::entities})
        if (report && (*report)[which]) {
            const counts n = (*report)[which]->n;
            require(n.right == n.gold && n.right == n.predicted);
        }
    return 0;
}
