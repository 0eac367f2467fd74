// isnad read: articles in, what they tell out.
#include "commands.hpp"
#include "ingest/reader.hpp"
#include "isnad/engine.hpp"
#include "output.hpp"
#include "record/json.hpp"
#include "text_view.hpp"

#include <cstdlib>
#include <fmt/format.h>
#include <string>
#include <utility>

namespace cli {
namespace {

enum class form { text, jsonl, conllu, candidates };

class reading {
public:
    reading(const isnad::engine& engine, const read_options& options, output& out, form as, bool color)
        : engine_(engine), options_(options), out_(out), as_(as), view_{color, options.explain} {}

    /// False when the output is closed and reading on is of no use.
    bool file(const std::string& path) {
        auto source = isnad::ingest::reader::open(path, {options_.max_line_bytes, options_.max_article_bytes});
        if (!source) {
            report(source.failure());
            return true;
        }
        while (auto next = source->next()) {
            if (!*next)
                report(next->failure());
            else if (!article(std::move(*next).value(), source->where()))
                return false;
        }
        return true;
    }

    [[nodiscard]] int status() const { return status_; }

private:
    void report(const isnad::error& failure) {
        complain(failure);
        status_ = failed;
    }

    bool article(isnad::article what, const std::string& where) {
        if (what.published.empty())
            what.published = options_.published;
        if (what.outlet.empty())
            what.outlet = options_.outlet;
        const auto read = engine_.read(std::move(what));
        if (!read) {
            isnad::error failure = read.failure();
            failure.where = where;
            report(failure);
            return true;
        }
        return out_.write(rendered(*read));
    }

    [[nodiscard]] std::string rendered(const isnad::document& read) const {
        switch (as_) {
        case form::text:
            return text_view(read, view_);
        case form::conllu:
            return isnad::to_conllu(read);
        case form::candidates:
            return isnad::candidates_to_json(read.what, read.text) + "\n";
        case form::jsonl:
            break;
        }
        return isnad::to_json(read.what, read.text) + "\n";
    }

    const isnad::engine& engine_;
    const read_options& options_;
    output& out_;
    form as_;
    view_options view_;
    int status_ = success;
};

form form_of(const read_options& options, const output& out) {
    if (options.format == "conllu")
        return form::conllu;
    if (options.format == "jsonl")
        return form::jsonl;
    if (options.format == "candidates")
        return form::candidates;
    return options.format == "text" || options.explain || out.is_terminal() ? form::text : form::jsonl;
}

/// https://no-color.org: the variable counts when it is set and not empty.
bool wants_color(const std::string& wish, const output& out) {
    if (wish != "auto")
        return wish == "always";
    const char* refused = std::getenv("NO_COLOR");
    return out.is_terminal() && (refused == nullptr || *refused == '\0');
}

} // namespace

int read(const read_options& options) {
    if (!options.published.empty()) {
        if (const auto date = isnad::ingest::check_published(options.published); !date) {
            complain(date.failure());
            return misused;
        }
    }
    isnad::settings wanted;
    wanted.home = options.home;
    wanted.model = options.model;
    wanted.knowledge = options.knowledge;
    wanted.every_mention = options.every_mention;
    wanted.candidates = options.format == "candidates";
    wanted.explain = options.explain;
    wanted.max_article_bytes = options.max_article_bytes;
    const auto engine = isnad::engine::open(wanted);
    if (!engine) {
        complain(engine.failure());
        return failed;
    }
    auto out = output::open(options.out);
    if (!out) {
        complain(out.failure());
        return failed;
    }
    reading all(*engine, options, *out, form_of(options, *out), wants_color(options.color, *out));
    const std::vector<std::string> standard_input{"-"};
    for (const std::string& path : options.files.empty() ? standard_input : options.files)
        if (!all.file(path))
            break;
    if (const auto closed = out->close(); !closed) {
        complain(closed.failure());
        return failed;
    }
    return all.status();
}

int check_model(const model_options& options) {
    isnad::settings wanted;
    wanted.home = options.home;
    wanted.model = options.model;
    const auto told = isnad::check_model(wanted);
    if (!told) {
        complain(told.failure());
        return failed;
    }
    fmt::print("{}\n", *told);
    return success;
}

void complain(const isnad::error& failure) {
    fmt::print(stderr, "isnad: {}\n", failure.text());
}

} // namespace cli
