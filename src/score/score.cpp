// Two files of records, and the texts that belong to them.
#include "score/score.hpp"

#include "base/mapped_file.hpp"
#include "base/table.hpp"
#include "record/json.hpp"

#include <simdjson.h>

#include <cmath>
#include <map>
#include <set>

namespace isnad {

namespace {

constexpr std::array<measure_info, measures> infos{{
    {"events", "trigger", "trigger", false},
    {"events", "trigger_type", "trigger + type", false},
    {"events", "trigger_type_mode", "trigger + type + mode", false},
    {"event fields", "actors", "actors", false},
    {"event fields", "recipients", "recipients", false},
    {"event fields", "party_country", "country of parties", true},
    {"event fields", "party_sectors", "sectors of parties", true},
    {"event fields", "status", "status", true},
    {"event fields", "mode", "mode", true},
    {"event fields", "source", "innermost source", true},
    {"event fields", "chain", "whole chain", true},
    {"event fields", "time", "time", false},
    {"event fields", "place", "place", false},
    {"event fields", "theme", "theme (characters)", false},
    {"event fields", "contexts", "contexts", false},
    {"event fields", "toll", "toll", false},
    {"claims", "cue", "claim", false},
    {"claims", "content", "content (characters)", false},
    {"claims", "stance", "stance", true},
    {"claims", "source", "sources", true},
    {"claims", "source_kind", "source kind", true},
    {"claims", "direct", "direct", true},
    {"claims", "parent", "parent", true},
    {"times", "span", "overlapping", false},
    {"times", "strict", "exact span", false},
    {"times", "value", "value", true},
    {"times", "days", "first and last day", true},
    {"places", "span", "overlapping", false},
    {"places", "near", "within 25 km", true},
    {"mentions", "span", "overlapping", false},
    {"sentences", "span", "exact span", false},
}};

std::optional<double> share(std::size_t part, std::size_t whole) {
    if (whole == 0)
        return std::nullopt;
    return static_cast<double>(part) / static_cast<double>(whole);
}

error at_line(error failure, const std::string& path, std::size_t line) {
    const auto inside = failure.where.empty() ? "" : ": " + failure.where;
    failure.where = path + ":" + std::to_string(line) + inside;
    if (failure.remedy.empty())
        failure.remedy = "give one record a line, as isnad read --format jsonl writes it";
    return failure;
}

/// Calls `use(line)` for each line that is not blank; its error ends the reading and gets its place.
template <class F>
result<done_t> each_line(const std::string& path, F&& use) {
    auto file = mapped_file::open(path);
    if (!file)
        return file.failure();
    std::string_view rest = file->view();
    for (std::size_t line = 1; !rest.empty(); ++line) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const auto content = trim(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (content.empty())
            continue;
        if (const std::optional<error> failure = use(content))
            return at_line(*failure, path, line);
    }
    return done;
}

result<std::vector<record>> read_records(const std::string& path) {
    std::vector<record> out;
    std::set<std::string> ids;
    const auto all = each_line(path, [&](std::string_view line) -> std::optional<error> {
        auto one = from_json(line);
        if (!one)
            return one.failure();
        if (!ids.insert(one->about.id).second)
            return error{errc::json, "the article \"" + one->about.id + "\" is given twice", "article.id",
                         "keep one of them"};
        out.push_back(std::move(one).value());
        return std::nullopt;
    });
    if (!all)
        return all.failure();
    return out;
}

using texts = std::map<std::string, std::string, std::less<>>;

result<texts> read_texts(const std::string& path) {
    texts out;
    simdjson::dom::parser parser;
    const auto all = each_line(path, [&](std::string_view line) -> std::optional<error> {
        simdjson::dom::element root;
        std::string_view id, text;
        if (parser.parse(line.data(), line.size()).get(root) != simdjson::SUCCESS ||
            root["id"].get(id) != simdjson::SUCCESS || root["text"].get(text) != simdjson::SUCCESS)
            return error{errc::json, "an article is an object with the strings id and text", "", ""};
        out.insert_or_assign(std::string(id), std::string(text));
        return std::nullopt;
    });
    if (!all)
        return all.failure();
    return out;
}

} // namespace

const measure_info& describe(measure which) noexcept {
    return infos[static_cast<std::size_t>(which)];
}

std::optional<double> counts::precision() const noexcept {
    return share(right, predicted);
}
std::optional<double> counts::recall() const noexcept {
    return share(right, gold);
}
std::optional<double> counts::f1() const noexcept {
    return share(2 * right, gold + predicted);
}
counts& counts::operator+=(const counts& other) noexcept {
    right += other.right;
    gold += other.gold;
    predicted += other.predicted;
    return *this;
}

std::optional<double> score_report::calibration_error() const noexcept {
    double off = 0;
    std::size_t events = 0;
    for (const auto& bin : calibration) {
        events += bin.events;
        off += std::abs(static_cast<double>(bin.right) - bin.confidence);
    }
    if (events == 0)
        return std::nullopt;
    return off / static_cast<double>(events);
}

result<score_report> score(const std::string& gold_path, const std::string& predicted_path,
                           const score_options& options) {
    const auto gold = read_records(gold_path);
    if (!gold)
        return gold.failure();
    const auto predicted = read_records(predicted_path);
    if (!predicted)
        return predicted.failure();
    texts words;
    if (!options.articles.empty()) {
        auto read = read_texts(options.articles);
        if (!read)
            return read.failure();
        words = std::move(read).value();
    }
    std::map<std::string_view, const record*> by_id;
    for (const auto& r : *predicted)
        by_id.emplace(r.about.id, &r);
    score_report report;
    const record nothing;
    for (const auto& g : *gold) {
        const auto found = by_id.find(g.about.id);
        const auto text = words.find(g.about.id);
        if (found == by_id.end())
            report.missing.push_back(g.about.id);
        score_article({g, found == by_id.end() ? nothing : *found->second,
                       text == words.end() ? std::string_view{} : std::string_view(text->second), true},
                      options, report);
        if (found != by_id.end())
            by_id.erase(found);
    }
    for (const auto& r : *predicted)
        if (by_id.contains(r.about.id))
            report.extra.push_back(r.about.id);
    return report;
}

} // namespace isnad
