// isnad parse: text or words in, CoNLL-U out.
#include "isnad/parser.hpp"

#include "commands.hpp"
#include "output.hpp"

#include <algorithm>

namespace cli {
namespace {

isnad::parse_options chosen(const parse_options& options) {
    isnad::parse_options out;
    if (options.input == "text")
        out.input = isnad::parse_input::text;
    if (options.input == "conllu")
        out.input = isnad::parse_input::conllu;
    const auto wants = [&](const char* head) {
        return std::find(options.heads.begin(), options.heads.end(), head) != options.heads.end();
    };
    out.wanted = {wants("tag"), wants("parse"), wants("ner")};
    out.max_paragraph_bytes = options.max_paragraph_bytes;
    out.max_sentence_words = options.max_sentence_words;
    return out;
}

/// The exit status; none when the output is closed and going on is of no use.
std::optional<int> parse_file(const isnad::parser& by, const std::string& path, const isnad::parse_options& options,
                              output& out) {
    auto stream = isnad::parse_stream::open(by, path, options);
    if (!stream) {
        complain(stream.failure());
        return failed;
    }
    int status = success;
    while (const auto piece = stream->next()) {
        if (!*piece) {
            complain(piece->failure());
            status = failed;
        } else if (!out.write(**piece)) {
            return std::nullopt;
        }
    }
    return status;
}

} // namespace

isnad::result<isnad::parser> open_parser(const std::string& home, const std::string& model) {
    isnad::settings wanted;
    wanted.home = home;
    wanted.model = model;
    return isnad::parser::open(wanted);
}

int parse(const parse_options& options) {
    const auto parser = open_parser(options.home, options.model);
    if (!parser) {
        complain(parser.failure());
        return failed;
    }
    auto out = output::open(options.out);
    if (!out) {
        complain(out.failure());
        return failed;
    }
    int status = success;
    const std::vector<std::string> standard_input{"-"};
    for (const std::string& path : options.files.empty() ? standard_input : options.files) {
        const auto done = parse_file(*parser, path, chosen(options), *out);
        if (!done)
            break;
        status = std::max(status, *done);
    }
    if (const auto closed = out->close(); !closed) {
        complain(closed.failure());
        return failed;
    }
    return status;
}

} // namespace cli
