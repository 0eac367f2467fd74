// isnad lexicon: check and stats, for those who add rows to data/events.
#include "lexicon.hpp"

#include "events/check.hpp"
#include "events/describe.hpp"
#include "isnad/parser.hpp"
#include "record/names.hpp"
#include "text/fold.hpp"

#include <fmt/format.h>

namespace cli {

isnad::result<std::string> data_folder(const lexicon_options& options) {
    if (!options.data.empty())
        return options.data;
    if (!options.home.empty())
        return options.home + "/data";
    auto home = isnad::find_home();
    if (!home)
        return home.failure();
    return *home + "/data";
}

isnad::result<isnad::engine> open_explaining(const lexicon_options& options) {
    isnad::settings wanted;
    wanted.home = options.home;
    wanted.model = options.model;
    wanted.knowledge = options.knowledge;
    wanted.explain = true;
    return isnad::engine::open(wanted);
}

int print(std::string_view text, int status) {
    auto to = output::open("");
    if (!to) {
        complain(to.failure());
        return failed;
    }
    to->write(text);
    if (const auto closed = to->close(); !closed) {
        complain(closed.failure());
        return failed;
    }
    return status;
}

std::string told(const isnad::event& event) {
    std::string frames;
    for (const auto& id : event.frames)
        frames += (frames.empty() ? "" : " + ") + id;
    return fmt::format("{}{}{} {}, frame {}", isnad::name(event.type), event.mode.empty() ? "" : "/", event.mode,
                       isnad::name(event.status), frames);
}

int check_lexicon(const lexicon_options& options) {
    const auto folder = data_folder(options);
    if (!folder) {
        complain(folder.failure());
        return failed;
    }
    std::size_t errors = 0, warnings = 0;
    for (auto slip : isnad::events::check_tables(*folder)) {
        ++(slip.warning ? warnings : errors);
        if (slip.warning)
            slip.what.what = "warning: " + slip.what.what;
        complain(slip.what);
    }
    return print(fmt::format("{} errors, {} warnings\n", errors, warnings), errors == 0 ? success : failed);
}

namespace {

/// The keys of a sentence's words, with and without the article.
std::vector<std::string> keys_in(const isnad::parser& parser, const std::string& text) {
    constexpr std::string_view article = "ال";
    std::vector<std::string> out;
    const auto sentences = parser.parse(text, {.parse = false, .ner = false});
    if (!sentences)
        return out;
    for (const auto& sentence : *sentences)
        for (const auto& word : sentence.words) {
            out.push_back(word.key);
            out.push_back(isnad::text::fold(word.form));
            if (out.back().starts_with(article))
                out.push_back(out.back().substr(article.size()));
        }
    return out;
}

std::string table_of(const isnad::events::lexicon_size& size, bool list) {
    std::string out;
    for (const auto& [name, rows] : size.tables)
        out += fmt::format("{:<15} {:>6} rows\n", name, rows);
    out += fmt::format("\n{:<24} {:>6} {:>7}\n", "frames", "rows", "senses");
    for (const auto& [type, part] : size.types) {
        out += fmt::format("{:<24} {:>6} {:>7}\n", type, part.rows, part.senses);
        for (const auto& [mode, of] : size.modes)
            if (mode.starts_with(type + "/"))
                out += fmt::format("  {:<22} {:>6} {:>7}\n", mode.substr(type.size() + 1), of.rows, of.senses);
    }
    out += fmt::format("{:<24} {:>6} {:>7}   {} lemmas\n", "all", size.frames.rows, size.frames.senses, size.lemmas);
    std::string missing;
    for (const auto* parts : {&size.types, &size.modes})
        for (const auto& [name, part] : *parts)
            if (part.rows == 0)
                missing += " " + name;
    out += "\ntypes and modes without a row:" + (missing.empty() ? " none" : missing) + "\n";
    out += fmt::format("senses whose lemma stands in no example of its row: {}{}\n", size.bare.size(),
                       list || size.bare.empty() ? "" : " (--list names them)");
    if (list)
        for (const auto& [lemma, where] : size.bare)
            out += fmt::format("  {}  {}\n", where, lemma);
    return out;
}

} // namespace

int measure_lexicon(const lexicon_options& options) {
    const auto folder = data_folder(options);
    if (!folder) {
        complain(folder.failure());
        return failed;
    }
    const auto parser = open_parser(options.home, options.model);
    if (!parser) {
        complain(parser.failure());
        return failed;
    }
    const auto size =
        isnad::events::measure(*folder, [&](const std::string& sentence) { return keys_in(*parser, sentence); });
    if (!size) {
        complain(size.failure());
        return failed;
    }
    return print(table_of(*size, options.list), success);
}

} // namespace cli
