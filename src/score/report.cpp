// The report in words and as JSON.
#include "record/json.hpp"
#include "record/names.hpp"
#include "score/score.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace isnad {

namespace {

std::string percent(const std::optional<double>& value) {
    return value ? fmt::format("{:6.2f}", *value * 100) : "     –";
}

void measures_table(const score_report& report, std::string& out) {
    std::string_view section;
    for (std::size_t i = 0; i < measures; ++i) {
        const auto& info = describe(static_cast<measure>(i));
        const auto& n = report.total[i];
        if (info.section != section) {
            section = info.section;
            fmt::format_to(std::back_inserter(out), "\n{:<24}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}\n", section, "P %", "R %",
                           "F1 %", "right", "gold", "read");
        }
        if (info.accuracy)
            fmt::format_to(std::back_inserter(out), "  {:<22}{:>24}{:>8}{:>8}\n", info.label,
                           percent(n.recall()) + " acc", n.right, n.gold);
        else
            fmt::format_to(std::back_inserter(out), "  {:<22}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}\n", info.label,
                           percent(n.precision()), percent(n.recall()), percent(n.f1()), n.right, n.gold, n.predicted);
    }
}

void confusion_table(const score_report& report, std::string& out) {
    const auto all = names<event_status>();
    fmt::format_to(std::back_inserter(out), "\n{:<24}", "status: gold \\ read");
    for (const auto status : all)
        fmt::format_to(std::back_inserter(out), "{:>12}", status);
    out += '\n';
    for (std::size_t g = 0; g < all.size(); ++g) {
        fmt::format_to(std::back_inserter(out), "  {:<22}", all[g]);
        for (const auto n : report.status_confusion[g])
            fmt::format_to(std::back_inserter(out), "{:>12}", n);
        out += '\n';
    }
}

void calibration_table(const score_report& report, std::string& out) {
    fmt::format_to(std::back_inserter(out), "\n{:<24}{:>8}{:>12}{:>12}\n", "confidence", "events", "mean", "right");
    for (std::size_t i = 0; i < report.calibration.size(); ++i) {
        const auto& bin = report.calibration[i];
        if (bin.events == 0)
            continue;
        const auto n = static_cast<double>(bin.events);
        fmt::format_to(std::back_inserter(out), "  {:<22}{:>8}{:>12.3f}{:>12.3f}\n",
                       fmt::format("{:.1f}–{:.1f}", static_cast<double>(i) / 10, static_cast<double>(i + 1) / 10),
                       bin.events, bin.confidence / n, static_cast<double>(bin.right) / n);
    }
    if (const auto off = report.calibration_error())
        fmt::format_to(std::back_inserter(out), "  expected calibration error {:.3f}\n", *off);
}

void articles_table(const score_report& report, std::string& out) {
    constexpr std::array shown{measure::trigger, measure::trigger_type, measure::actors,    measure::recipients,
                               measure::status,  measure::chain,        measure::claim_cue, measure::time_span};
    fmt::format_to(std::back_inserter(out), "\n{:<24}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}\n",
                   "by article (F1/acc %)", "trigger", "+ type", "actors", "recip.", "status", "chain", "claims",
                   "times");
    for (const auto& one : report.by_article) {
        fmt::format_to(std::back_inserter(out), "  {:<22}", one.id);
        for (const auto which : shown)
            fmt::format_to(std::back_inserter(out), "{:>9}", percent(one.card[static_cast<std::size_t>(which)].f1()));
        out += '\n';
    }
}

void findings_list(const score_report& report, std::string& out) {
    std::string_view article;
    for (const auto& f : report.findings) {
        if (f.article != article) {
            article = f.article;
            fmt::format_to(std::back_inserter(out), "\n== {}\n", article);
        }
        fmt::format_to(std::back_inserter(out), "  {:<9}{:<6} {}  {}\n", f.kind, f.what, f.words, f.detail);
    }
}

void put(std::string& out, std::string_view key, const std::optional<double>& value) {
    fmt::format_to(std::back_inserter(out), R"("{}":)", key);
    if (value)
        fmt::format_to(std::back_inserter(out), "{:.6g}", *value);
    else
        out += "null";
}

void put(std::string& out, const score_card& card) {
    std::string_view section;
    for (std::size_t i = 0; i < measures; ++i) {
        const auto& info = describe(static_cast<measure>(i));
        const auto& n = card[i];
        if (info.section != section) {
            out += section.empty() ? "" : "},";
            section = info.section;
            auto key = std::string(section);
            std::replace(key.begin(), key.end(), ' ', '_');
            fmt::format_to(std::back_inserter(out), R"("{}":{{)", key);
        } else {
            out += ',';
        }
        fmt::format_to(std::back_inserter(out), R"("{}":{{)", info.key);
        if (info.accuracy) {
            put(out, "accuracy", n.recall());
            fmt::format_to(std::back_inserter(out), R"(,"right":{},"of":{}}})", n.right, n.gold);
            continue;
        }
        put(out, "precision", n.precision());
        out += ',';
        put(out, "recall", n.recall());
        out += ',';
        put(out, "f1", n.f1());
        fmt::format_to(std::back_inserter(out), R"(,"right":{},"gold":{},"predicted":{}}})", n.right, n.gold,
                       n.predicted);
    }
    out += '}';
}

template <class T, class F>
void list(std::string& out, std::string_view key, const T& items, F&& each) {
    fmt::format_to(std::back_inserter(out), R"(,"{}":[)", key);
    bool first = true;
    for (const auto& item : items) {
        if (!first)
            out += ',';
        first = false;
        each(item);
    }
    out += ']';
}

} // namespace

std::string to_table(const score_report& report) {
    std::string out = fmt::format("{} articles", report.articles);
    if (!report.missing.empty())
        out += fmt::format(", {} not predicted: {}", report.missing.size(), fmt::join(report.missing, ", "));
    if (!report.extra.empty())
        out += fmt::format(", {} predicted without gold: {}", report.extra.size(), fmt::join(report.extra, ", "));
    out += '\n';
    measures_table(report, out);
    confusion_table(report, out);
    calibration_table(report, out);
    if (!report.by_article.empty())
        articles_table(report, out);
    findings_list(report, out);
    return out;
}

std::string to_json(const score_report& report) {
    std::string out = fmt::format(R"({{"articles":{})", report.articles);
    const auto text = [&](const std::string& s) { append_json_string(out, s); };
    list(out, "missing", report.missing, text);
    list(out, "extra", report.extra, text);
    out += ',';
    put(out, report.total);
    out += R"(,"status_confusion":{"names":[)";
    for (std::size_t i = 0; i < names<event_status>().size(); ++i)
        fmt::format_to(std::back_inserter(out), R"({}"{}")", i ? "," : "", names<event_status>()[i]);
    out += ']';
    list(out, "gold_by_predicted", report.status_confusion,
         [&](const auto& row) { fmt::format_to(std::back_inserter(out), "[{}]", fmt::join(row, ",")); });
    out += R"(},"calibration":{)";
    put(out, "ece", report.calibration_error());
    list(out, "bins", report.calibration, [&](const calibration_bin& bin) {
        fmt::format_to(std::back_inserter(out), R"({{"events":{},"right":{},)", bin.events, bin.right);
        put(out, "mean_confidence",
            bin.events ? std::optional(bin.confidence / static_cast<double>(bin.events)) : std::nullopt);
        out += '}';
    });
    out += '}';
    if (!report.by_article.empty())
        list(out, "by_article", report.by_article, [&](const article_score& one) {
            out += R"({"id":)";
            append_json_string(out, one.id);
            out += ',';
            put(out, one.card);
            out += '}';
        });
    if (!report.findings.empty())
        list(out, "findings", report.findings, [&](const finding& f) {
            out += R"({"article":)";
            append_json_string(out, f.article);
            fmt::format_to(std::back_inserter(out), R"(,"kind":"{}","what":"{}","words":)", f.kind, f.what);
            append_json_string(out, f.words);
            out += R"(,"detail":)";
            append_json_string(out, f.detail);
            out += '}';
        });
    out += '}';
    return out;
}

} // namespace isnad
