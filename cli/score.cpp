// isnad score: how well records, or trees, agree with those made by hand.
#include "score/score.hpp"

#include "commands.hpp"
#include "output.hpp"
#include "score/conllu.hpp"

namespace cli {
namespace {

template <class Report>
int print(const isnad::result<Report>& report, bool json) {
    if (!report) {
        complain(report.failure());
        return failed;
    }
    auto out = output::open("");
    if (!out) {
        complain(out.failure());
        return failed;
    }
    out->write(json ? isnad::to_json(*report) + "\n" : isnad::to_table(*report));
    if (const auto closed = out->close(); !closed) {
        complain(closed.failure());
        return failed;
    }
    return success;
}

} // namespace

int score(const score_options& options) {
    const bool trees = options.as.empty() ? options.gold.ends_with(".conllu") : options.as == "conllu";
    if (!trees) {
        isnad::score_options wanted;
        wanted.articles = options.articles;
        wanted.errors = options.errors;
        wanted.by_article = options.by_article;
        return print(isnad::score(options.gold, options.predicted, wanted), options.json);
    }
    if (options.errors || options.by_article || !options.articles.empty()) {
        complain({isnad::errc::usage, "--errors, --by-article and --articles are for records, not for CoNLL-U", "",
                  "leave them out"});
        return misused;
    }
    return print(isnad::score_conllu(options.gold, options.predicted), options.json);
}

} // namespace cli
