// isnad: the command line. It says which command is wanted; the commands are in their own files.
#include "commands.hpp"
#include "isnad/engine.hpp"
#include "suggest.hpp"

#include <CLI/CLI.hpp>
#include <csignal>
#include <exception>
#include <fmt/format.h>

namespace {

constexpr const char* examples = R"(
Examples:
  isnad read article.txt --published 2016-10-04      one article, made for reading
  isnad read archive/*.jsonl -o records.jsonl        many articles, one record a line
  zcat news.jsonl.gz | isnad read --format jsonl     from a pipe
  isnad read article.txt --explain                   with the rule and the words behind each event
  isnad parse article.txt                            words, tags and trees as CoNLL-U
  isnad lookup "وزير الدفاع الروسي" --date 2016-10-04  who it is, and why
  isnad lexicon why قصف --in "قصف الطيران المدينة"     senses of a word, and which one wins
  isnad score gold.jsonl records.jsonl               precision, recall and F1 of each field

Exit status: 0 all is well, 1 something could not be read (the rest was), 2 wrong usage.
See also: man isnad)";

const std::vector<std::string> command_names{"read",          "parse",     "lookup",  "score",
                                             "score-linking", "knowledge", "lexicon", "model"};

void add_home(CLI::App& command, std::string& home, std::string& model) {
    command.add_option("--home", home, "Folder with data/ and models/ (default: $ISNAD_HOME, or beside the program)");
    command.add_option("--model", model, "Model file (default: HOME/models/isnad-ar.model)");
}

void add_tables(CLI::App& command, std::vector<std::string>& folders) {
    command.add_option("--knowledge", folders, "Folder with tables of your own, which add to and override ours")
        ->allow_extra_args(false);
}

void add_read(CLI::App& app, cli::read_options& options) {
    CLI::App* command = app.add_subcommand("read", "Read articles and give back what they tell");
    command->footer(examples);
    command->add_option("FILE", options.files,
                        "Articles: .txt (one a file), .jsonl (one a line); - or none: standard input");
    command
        ->add_option(
            "-f,--format", options.format,
            "text, jsonl (the record), conllu (trees) or candidates (words that could tell of events, with what "
            "speaks for and against them); default: text on a terminal, else jsonl")
        ->check(CLI::IsMember({"text", "jsonl", "conllu", "candidates"}));
    command->add_option("-p,--published", options.published,
                        "Date of publication for articles that have none: 2016-10-04");
    command->add_option("--outlet", options.outlet, "Outlet for articles that name none");
    command->add_flag("-e,--explain", options.explain,
                      "Say for each event which rules and words made it, and why other words made none (text)");
    command->add_option("--color", options.color, "auto, always or never")
        ->check(CLI::IsMember({"auto", "always", "never"}));
    command->add_option("-o,--output", options.out, "Write here instead of standard output");
    command->add_option("--max-article-bytes", options.max_article_bytes, "Longest text of an article")
        ->capture_default_str();
    command->add_option("--max-line-bytes", options.max_line_bytes, "Longest line of JSON Lines")
        ->capture_default_str();
    command->add_flag("--every-mention", options.every_mention,
                      "Report also mentions that no event, claim or place speaks of");
    add_home(*command, options.home, options.model);
    add_tables(*command, options.knowledge);
}

void add_lookup(CLI::App& app, cli::lookup_options& options) {
    CLI::App* command = app.add_subcommand("lookup", "Show what is known by a name, and why it would be chosen");
    command->add_option("NAME", options.name, "A name, an office (\"وزير الخارجية الروسي\") or an id")->required();
    command->add_option("-d,--date", options.date, "The day whose offices count: 2016-10-04");
    command->add_flag("--json", options.json, "JSON instead of text");
    command->add_option("--home", options.home, "Folder with data/ and models/");
    add_tables(*command, options.knowledge);
}

void add_knowledge(CLI::App& app, cli::knowledge_options& options) {
    CLI::App* command = app.add_subcommand("knowledge", "Look after the tables of names");
    command->require_subcommand(1);
    CLI::App* check = command->add_subcommand("check", "List all that is wrong with the tables");
    CLI::App* compile = command->add_subcommand("compile", "Write the tables as one file that the program maps");
    compile->add_option("-o,--output", options.out, "Write here instead of standard output");
    for (CLI::App* one : {check, compile}) {
        one->add_option("--home", options.home, "Folder with data/ and models/");
        add_tables(*one, options.knowledge);
    }
}

void add_lexicon(CLI::App& app, cli::lexicon_options& options) {
    CLI::App* command = app.add_subcommand("lexicon", "Look after the tables of events and sources");
    command->require_subcommand(1);
    CLI::App* check = command->add_subcommand("check", "List all that is wrong with the tables");
    CLI::App* test = command->add_subcommand("test", "Read every example of the tables and list rows that do not fire");
    CLI::App* stats =
        command->add_subcommand("stats", "Count rows and senses by type and mode, and name what is missing");
    CLI::App* why =
        command->add_subcommand("why", "Show all senses and cues of a word, and what a sentence makes of it");
    test->add_option("ROW", options.rows, "Ids of frames, first words of other rows, or tables (frames, cues …)");
    stats->add_flag("--list", options.list, "Name the lemmas that stand in no example of their row");
    why->add_option("WORD", options.word, "A word in any spelling and form")->required();
    why->add_option("-i,--in", options.sentence, "A sentence with the word: which conditions hold, and what wins");
    for (CLI::App* one : {check, stats})
        one->add_option("--data", options.data, "Folder with events/ (default: HOME/data)");
    for (CLI::App* one : {check, test, stats, why})
        add_home(*one, options.home, options.model);
    for (CLI::App* one : {test, why})
        add_tables(*one, options.knowledge);
}

/// For those who work on the linker: the hand-made sentences under corpus/linking.
void add_linking(CLI::App& app, cli::linking_options& options) {
    CLI::App* command = app.add_subcommand("score-linking", "Score links and places on sentences marked by hand");
    command->add_option("--links", options.links, "Sentences with their links");
    command->add_option("--places", options.places, "Sentences with their places");
    command->add_flag("--errors", options.errors, "List what was missed or wrong; never for a part that is set apart");
    add_home(*command, options.home, options.model);
    add_tables(*command, options.knowledge);
}

void add_parse(CLI::App& app, cli::parse_options& options) {
    CLI::App* command = app.add_subcommand("parse", "Words, tags, lemmas, trees and names as CoNLL-U");
    command->add_option("FILE", options.files, "Text, a paragraph a line, or CoNLL-U; - or none: standard input");
    command
        ->add_option("-i,--input", options.input,
                     "text, or conllu to keep the words given there (default: conllu for *.conllu, else text)")
        ->check(CLI::IsMember({"text", "conllu"}));
    command->add_option("--heads", options.heads, "What is filled in, others are _: tag, parse, ner")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->check(CLI::IsMember({"tag", "parse", "ner"}))
        ->capture_default_str();
    command->add_option("-o,--output", options.out, "Write here instead of standard output");
    command
        ->add_option("--max-paragraph-bytes", options.max_paragraph_bytes,
                     "Longest line of text, or sentence of CoNLL-U")
        ->capture_default_str();
    command->add_option("--max-sentence-words", options.max_sentence_words, "Longest sentence of CoNLL-U")
        ->capture_default_str();
    add_home(*command, options.home, options.model);
}

void add_score(CLI::App& app, cli::score_options& options) {
    CLI::App* command = app.add_subcommand("score", "Score records, or trees in CoNLL-U, against some made by hand");
    command->add_option("GOLD", options.gold, "Made by hand: records, one a line, or CoNLL-U")->required();
    command->add_option("PREDICTED", options.predicted, "What is scored, in the same form")->required();
    command->add_option("--as", options.as, "records or conllu (default: conllu where GOLD is *.conllu)")
        ->check(CLI::IsMember({"records", "conllu"}));
    command->add_flag("--json", options.json, "JSON instead of a table");
    command->add_option("--articles", options.articles, "The articles, for the words behind --errors (records)");
    command->add_flag("--by-article", options.by_article, "Figures for each article too (records)");
    command->add_flag("--errors", options.errors, "List what was missed, invented or wrong (records)");
}

void add_model(CLI::App& app, cli::model_options& options) {
    CLI::App* command = app.add_subcommand("model", "Look after the model file");
    command->require_subcommand(1);
    CLI::App* check = command->add_subcommand("check", "Hold the model file to its checksum and say what it is");
    add_home(*check, options.home, options.model);
}

int run_lexicon(const CLI::App& command, const cli::lexicon_options& options) {
    if (command.got_subcommand("check"))
        return cli::check_lexicon(options);
    if (command.got_subcommand("test"))
        return cli::test_lexicon(options);
    return command.got_subcommand("stats") ? cli::measure_lexicon(options) : cli::explain_word(options);
}

/// The first argument that is no option, when it names no command.
std::string unknown_command(int count, char** arguments) {
    const std::string first = count > 1 ? arguments[1] : "";
    const bool option = first.empty() || first.front() == '-';
    const bool known = std::find(command_names.begin(), command_names.end(), first) != command_names.end();
    return option || known ? "" : first;
}

int run(int count, char** arguments) {
    if (const std::string unknown = unknown_command(count, arguments); !unknown.empty()) {
        const std::string meant = cli::nearest(unknown, command_names);
        fmt::print(stderr, "isnad: no command '{}' ({})\n", unknown,
                   meant.empty() ? "isnad --help lists them" : "did you mean 'isnad " + meant + "'?");
        return cli::misused;
    }
    CLI::App app{"Reads Arabic news: who did what to whom, when, where, and according to whom.", "isnad"};
    app.set_version_flag("--version", "isnad " + isnad::version());
    app.require_subcommand(1);
    app.footer(examples);
    cli::read_options reading;
    cli::parse_options parsing;
    cli::score_options scoring;
    cli::model_options checking;
    cli::lookup_options looking;
    cli::knowledge_options keeping;
    cli::linking_options linking;
    cli::lexicon_options lexicon;
    add_read(app, reading);
    add_parse(app, parsing);
    add_lookup(app, looking);
    add_score(app, scoring);
    add_linking(app, linking);
    add_knowledge(app, keeping);
    add_lexicon(app, lexicon);
    add_model(app, checking);
    try {
        app.parse(count, arguments);
    } catch (const CLI::ParseError& refused) {
        return app.exit(refused) == 0 ? cli::success : cli::misused;
    }
    if (app.got_subcommand("read"))
        return cli::read(reading);
    if (app.got_subcommand("parse"))
        return cli::parse(parsing);
    if (app.got_subcommand("score"))
        return cli::score(scoring);
    if (app.got_subcommand("lookup"))
        return cli::lookup(looking);
    if (app.got_subcommand("score-linking"))
        return cli::score_linking(linking);
    if (app.got_subcommand("lexicon"))
        return run_lexicon(*app.get_subcommand("lexicon"), lexicon);
    if (app.got_subcommand("knowledge"))
        return app.get_subcommand("knowledge")->got_subcommand("check") ? cli::check_knowledge(keeping)
                                                                        : cli::compile_knowledge(keeping);
    return cli::check_model(checking);
}

} // namespace

int main(int count, char** arguments) {
    std::signal(SIGPIPE, SIG_IGN); // a reader that leaves early is no failure: write() tells, and we stop
    try {
        return run(count, arguments);
    } catch (const std::exception& unexpected) { // memory, or a fault of ours
        fmt::print(stderr, "isnad: {} (please report this with the input)\n", unexpected.what());
        return cli::failed;
    }
}
