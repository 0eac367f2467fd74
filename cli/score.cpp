// isnad score: how well records agree with those made by hand.
#include "score/score.hpp"

#include "commands.hpp"
#include "output.hpp"

namespace cli {
int score(const score_options& options) {
    isnad::score_options wanted;
    wanted.articles = options.articles;
    wanted.errors = options.errors;
    wanted.by_article = options.by_article;
    const auto report = isnad::score(options.gold, options.predicted, wanted);
    if (!report) {
        complain(report.failure());
        return failed;
    }
    auto out = output::open("");
    if (!out) {
        complain(out.failure());
        return failed;
    }
    out->write(options.json ? isnad::to_json(*report) + "\n" : isnad::to_table(*report));
    if (const auto closed = out->close(); !closed) {
        complain(closed.failure());
        return failed;
    }
    return success;
}

} // namespace cli
