#pragma once
// The program's commands. Each takes what the command line said and gives back the exit status: 0 all is well, 1
// something failed and was reported on standard error.
#include "base/result.hpp"
#include "isnad/parser.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace cli {

struct read_options {
    std::vector<std::string> files; ///< none: standard input
    std::string format;            ///< "text", "jsonl", "conllu" or "candidates"; empty: text on a terminal, else jsonl
    std::string published, outlet; ///< for articles that do not say it themselves
    std::string color = "auto";
    std::string out;
    std::string home, model;
    std::vector<std::string> knowledge; ///< folders with tables of the user's own
    bool explain = false;
    bool every_mention = false;
    std::size_t max_article_bytes = 1u << 20;
    std::size_t max_line_bytes = 16u << 20;
};

struct parse_options {
    std::vector<std::string> files; ///< none: standard input
    std::string input;              ///< "text" or "conllu"; empty: by the file's name
    std::vector<std::string> heads{"tag", "parse", "ner"};
    std::string out;
    std::string home, model;
    std::size_t max_paragraph_bytes = isnad::parse_options{}.max_paragraph_bytes;
    std::size_t max_sentence_words = isnad::parse_options{}.max_sentence_words;
};

struct score_options {
    std::string gold, predicted, articles;
    std::string as; ///< "records" or "conllu"; empty: by the gold file's name
    bool json = false;
    bool errors = false;
    bool by_article = false;
};

struct lookup_options {
    std::string name, date, home;
    std::vector<std::string> knowledge;
    bool json = false;
};

struct knowledge_options {
    std::string home, out;
    std::vector<std::string> knowledge;
};

struct lexicon_options {
    std::string home, model;
    std::string data;                   ///< the folder with events/; empty: HOME/data
    std::vector<std::string> knowledge; ///< as in read_options
    std::vector<std::string> rows;      ///< ids of frames or names of tables whose examples are read; none: all
    std::string word, sentence;
    bool list = false;
};

struct linking_options {
    std::string links, places; ///< files of corpus/linking
    std::string home, model;
    std::vector<std::string> knowledge;
    bool errors = false;
};

struct model_options {
    std::string home, model;
};

int read(const read_options& options);
int parse(const parse_options& options);
int score(const score_options& options);
int check_model(const model_options& options);
int lookup(const lookup_options& options);
int check_knowledge(const knowledge_options& options);
int compile_knowledge(const knowledge_options& options);
int check_lexicon(const lexicon_options& options);
int test_lexicon(const lexicon_options& options);
int measure_lexicon(const lexicon_options& options);
int explain_word(const lexicon_options& options);
int score_linking(const linking_options& options);

/// The language core of --home and --model; empty: as the library finds it.
[[nodiscard]] isnad::result<isnad::parser> open_parser(const std::string& home, const std::string& model);

/// "isnad: file:line: what (remedy)" on standard error.
void complain(const isnad::error& failure);

/// Exit statuses.
inline constexpr int success = 0;
inline constexpr int failed = 1;
inline constexpr int misused = 2;

} // namespace cli
