// isnad lexicon test: reads every example of the tables and says which row does not fire.
#include "events/examples.hpp"
#include "lexicon.hpp"
#include "record/names.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace cli {
namespace {

using isnad::events::example;
using isnad::events::example_kind;
using isnad::events::verdict;

struct tally {
    std::size_t passed = 0, alike = 0, failed = 0, untold = 0;
    [[nodiscard]] std::size_t judged() const { return passed + alike + failed; }
    std::size_t& of(verdict found) {
        return found == verdict::passed   ? passed
               : found == verdict::alike  ? alike
               : found == verdict::failed ? failed
                                          : untold;
    }
};

std::string_view complaint(const example& of, verdict found) {
    if (of.counter)
        return "fires and must not";
    return found == verdict::alike ? "does not fire, another row tells the same" : "does not fire";
}

std::string file_of(const example& of) {
    const auto slash = of.where.rfind('/');
    return of.where.substr(slash == std::string::npos ? 0 : slash + 1);
}

std::string table_of(const example& of) {
    const auto file = file_of(of);
    return file.substr(0, file.find('.'));
}

/// What the sentence tells instead, a line each.
std::string told_instead(const example& of, const isnad::document& read) {
    std::string out;
    const auto line = [&](std::string_view label, std::string_view what) {
        out += fmt::format("      {:<11} {}\n", label, what);
    };
    for (const auto& event : read.what.events)
        line("event", fmt::format("{}  {}", event.trigger.of(read.text), told(event)));
    for (const auto& claim : read.what.claims)
        line("claim", fmt::format("{}  {}", claim.cue_lemma, isnad::name(claim.stance)));
    for (const auto& one : read.what.passed_over)
        line("passed over", fmt::format("{}  {}", one.at.of(read.text), one.why));
    for (const auto& sense : read.what.senses)
        if (of.kind == example_kind::frame && sense.frame == of.row)
            for (const auto& one : sense.conditions)
                if (!one.held)
                    line("failed", fmt::format("{}  {}", sense.at.of(read.text), one.condition));
    if (out.empty())
        line("nothing", "no event, no claim, and no word that could tell one");
    return out;
}

class examination {
public:
    explicit examination(const isnad::engine& by) : by_(by) {}

    void take(const example& of) {
        const auto read =
            by_.read({.id = of.row, .url = {}, .outlet = {}, .title = {}, .published = {}, .text = of.sentence});
        auto& count = counts_[table_of(of)];
        if (!read) {
            ++count.failed;
            out_ += fmt::format("{}: {}: {}\n", of.where, of.row, read.failure().text());
            return;
        }
        const auto found = judge(of, read->what, read->sentences);
        ++count.of(found);
        if (found == verdict::alike || found == verdict::failed)
            out_ += fmt::format("{}: {} {}: {}\n{}", of.where, of.row, complaint(of, found), of.sentence,
                                told_instead(of, *read));
    }

    [[nodiscard]] std::string report() const {
        std::string out = out_ + (out_.empty() ? "" : "\n");
        for (const auto& [table, count] : counts_) {
            out += fmt::format("{:<12} {:>5} of {} examples show their row", table, count.passed, count.judged());
            if (count.alike != 0)
                out += fmt::format(", {} are told alike by another", count.alike);
            if (count.untold != 0)
                out += fmt::format("; {} tell nothing that could", count.untold);
            out += "\n";
        }
        return out;
    }

    [[nodiscard]] int status() const {
        return std::any_of(counts_.begin(), counts_.end(),
                           [](const auto& one) { return one.second.passed != one.second.judged(); })
                   ? failed
                   : success;
    }

private:
    const isnad::engine& by_;
    std::map<std::string, tally> counts_;
    std::string out_;
};

bool wanted(const std::vector<std::string>& rows, const example& of) {
    return rows.empty() || std::find(rows.begin(), rows.end(), of.row) != rows.end() ||
           std::find(rows.begin(), rows.end(), table_of(of)) != rows.end();
}

} // namespace

int test_lexicon(const lexicon_options& options) {
    const auto engine = open_explaining(options);
    if (!engine) {
        complain(engine.failure());
        return failed;
    }
    const auto all = isnad::events::examples_of(engine->home() + "/data");
    if (!all) {
        complain(all.failure());
        return failed;
    }
    examination done(*engine);
    bool any = false;
    for (const auto& of : *all)
        if (wanted(options.rows, of)) {
            done.take(of);
            any = true;
        }
    if (!any) {
        complain({isnad::errc::usage, "no row or table of that name has an example", "",
                  "name the id of a frame, the first word of another row, or a table: frames, cues"});
        return failed;
    }
    return print(done.report(), done.status());
}

} // namespace cli
