// isnad score-linking: links and places on sentences marked by hand (corpus/linking/README.md).
#include "base/mapped_file.hpp"
#include "base/table.hpp"
#include "commands.hpp"
#include "engine/knowledge.hpp"
#include "output.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <numbers>
#include <string_view>

namespace cli {
namespace {

using isnad::span;

/// "[surface|cell|cell]" in a line.
struct mark {
    span at;
    std::vector<std::string> cells;
};

struct line {
    std::string date, text;
    std::vector<mark> marks;
};

line parsed(std::string_view raw) {
    line out;
    const auto tab = std::min(raw.find('\t'), raw.size());
    out.date = raw.substr(0, tab);
    raw.remove_prefix(std::min(tab + 1, raw.size()));
    while (!raw.empty()) {
        const auto open = std::min(raw.find('['), raw.size());
        out.text += raw.substr(0, open);
        raw.remove_prefix(open);
        if (raw.empty())
            break;
        const auto close = std::min(raw.find(']'), raw.size());
        const auto inside = raw.substr(1, close - 1);
        mark made;
        const auto bar = std::min(inside.find('|'), inside.size());
        made.at.begin = static_cast<std::uint32_t>(out.text.size());
        out.text += inside.substr(0, bar);
        made.at.end = static_cast<std::uint32_t>(out.text.size());
        made.cells = isnad::split(inside.substr(std::min(bar + 1, inside.size())), '|');
        out.marks.push_back(std::move(made));
        raw.remove_prefix(std::min(close + 1, raw.size()));
    }
    return out;
}

isnad::result<std::vector<line>> lines_of(const std::string& path) {
    const auto file = isnad::mapped_file::open(path);
    if (!file)
        return file.failure();
    std::vector<line> out;
    for (const auto& raw : isnad::split(file->view(), '\n'))
        if (!raw.starts_with('#'))
            out.push_back(parsed(raw));
    return out;
}

/// Shared part of two spans: 1 for the same, 0 for none.
double likeness(span a, span b) {
    const auto shared =
        std::min(a.end, b.end) > std::max(a.begin, b.begin) ? std::min(a.end, b.end) - std::max(a.begin, b.begin) : 0U;
    return shared == 0 ? 0 : static_cast<double>(shared) / (a.size() + b.size() - shared);
}

struct share {
    int right = 0, all = 0;
    void add(bool yes) {
        right += yes ? 1 : 0;
        ++all;
    }
    [[nodiscard]] std::string text() const {
        return all == 0 ? "–" : fmt::format("{:6.2f}  {:>5} of {}", 100.0 * right / all, right, all);
    }
};

class scorer {
public:
    scorer(const isnad::engine& engine, const isnad::knowledge::base& known, bool errors)
        : engine_(engine), known_(known), errors_(errors) {}

    bool links(const std::vector<line>& lines) {
        for (const auto& one : lines)
            if (const auto read = reading(one))
                for (const auto& gold : one.marks)
                    link(*read, one, gold);
            else
                return false;
        return true;
    }
    bool places(const std::vector<line>& lines) {
        for (const auto& one : lines)
            if (const auto read = reading(one))
                place_row(*read, one);
            else
                return false;
        return true;
    }
    [[nodiscard]] std::string report() const {
        std::string out;
        const auto row = [&](std::string_view label, const share& of) {
            if (of.all > 0)
                out += fmt::format("{:<34}{}\n", label, of.text());
        };
        row("links: precision", precision_);
        row("links: recall", recall_);
        row("links: unknown left unlinked", unknown_);
        row("country of parties", country_);
        row("places within 25 km or same unit", near_);
        row("no place where there is none", no_place_);
        row("place of the event", event_place_);
        return out + complaints_;
    }

private:
    std::optional<isnad::document> reading(const line& one) {
        isnad::article about;
        about.id = "line";
        about.published = one.date;
        about.text = one.text;
        auto read = engine_.read(std::move(about));
        if (read)
            return std::move(*read);
        complain(read.failure());
        return std::nullopt;
    }

    void wrong(const line& one, const mark& gold, std::string_view what) {
        if (errors_)
            complaints_ += fmt::format("{}  [{}] {}: {}\n", one.date, gold.at.of(one.text), what, one.text);
    }

    /// The state of what a mark means: as the mark says; if it says nothing, that of the linked party on the day.
    [[nodiscard]] std::string state_of(const line& one, const mark& gold) const {
        if (gold.cells.size() > 1)
            return gold.cells[1];
        const auto* entry = known_.by_id(gold.cells.at(0));
        return entry == nullptr || entry->toponym != 0 ? ""
                                                       : known_.on(*entry, isnad::knowledge::day_of(one.date)).country;
    }

    void link(const isnad::document& read, const line& one, const mark& gold) {
        const isnad::entity* found = nullptr;
        double best = 0.2;
        for (const auto& mention : read.what.mentions) {
            const bool words =
                mention.kind != isnad::mention_kind::pronoun && mention.kind != isnad::mention_kind::elided;
            if (const auto like = likeness(mention.at, gold.at); words && like > best) {
                best = like;
                found = &read.what.entities[mention.entity];
            }
        }
        const auto& id = gold.cells.at(0);
        const std::string linked = found == nullptr ? "" : found->base;
        if (id == "-") {
            unknown_.add(linked.empty());
        } else {
            recall_.add(linked == id);
        }
        if (!linked.empty())
            precision_.add(linked == id);
        if (linked != (id == "-" ? "" : id))
            wrong(one, gold, fmt::format("link {} for {}", linked.empty() ? "none" : linked, id));
        const auto country = state_of(one, gold);
        if (country.size() != 3)
            return;
        const bool right =
            found != nullptr && (country == "IGO" ? found->code.starts_with(country) : found->country == country);
        country_.add(right);
        if (!right)
            wrong(one, gold, fmt::format("country {} for {}", found == nullptr ? "?" : found->country, country));
    }

    static double kilometres(double lat1, double lon1, double lat2, double lon2) {
        constexpr double radians = std::numbers::pi / 180;
        return 111.195 * std::hypot(lat1 - lat2, (lon1 - lon2) * std::cos((lat1 + lat2) / 2 * radians));
    }

    /// Whether a place of the record is the one that the mark says: a state by its code, else by coordinates.
    static bool same(const isnad::record& what, const isnad::place& place, const std::vector<std::string>& cells) {
        const auto& entity = what.entities[place.entity];
        if (cells.at(0).starts_with("country/"))
            return "country/" + entity.iso3 == cells[0];
        const auto comma = cells[0].find(',');
        if (comma == std::string::npos || !place.lat || !place.lon || !entity.iso3.empty())
            return false;
        const bool region = cells[0].ends_with(",r");
        const double lat = std::stod(cells[0].substr(0, comma)), lon = std::stod(cells[0].substr(comma + 1));
        return kilometres(lat, lon, *place.lat, *place.lon) <= (region ? 90 : 25);
    }

    void place_row(const isnad::document& read, const line& one) {
        const auto& what = read.what;
        bool any = false, first = true, event = false, right_event = false;
        for (const auto& gold : one.marks) {
            if (gold.cells.size() > 1)
                continue; // "?": not known to the annotator
            const isnad::place* found = nullptr;
            double best = 0;
            for (const auto& place : what.places)
                if (const auto like = likeness(place.at, gold.at); like > best) {
                    best = like;
                    found = &place;
                }
            if (gold.cells.at(0) == "-") {
                no_place_.add(found == nullptr);
                continue;
            }
            any = true;
            const bool right = found != nullptr && same(what, *found, gold.cells);
            near_.add(right);
            if (!right)
                wrong(one, gold,
                      found == nullptr ? "no place"
                                       : fmt::format("place {} {}", what.entities[found->entity].base, found->rule));
            for (const auto& happening : what.events)
                if (happening.place) {
                    event = true;
                    right_event = right_event || (first && same(what, what.places[*happening.place], gold.cells));
                }
            first = false;
        }
        if (any && event)
            event_place_.add(right_event);
    }

    const isnad::engine& engine_;
    const isnad::knowledge::base& known_;
    bool errors_;
    share precision_, recall_, unknown_, country_, near_, no_place_, event_place_;
    std::string complaints_;
};

} // namespace

int score_linking(const linking_options& options) {
    isnad::settings wanted;
    wanted.home = options.home;
    wanted.model = options.model;
    wanted.knowledge = options.knowledge;
    wanted.every_mention = true;
    const auto engine = isnad::engine::open(wanted);
    const auto known = isnad::open_knowledge(wanted);
    for (const auto* failure : {engine ? nullptr : &engine.failure(), known ? nullptr : &known.failure()})
        if (failure != nullptr) {
            complain(*failure);
            return failed;
        }
    scorer scored(*engine, *known, options.errors);
    for (const bool links : {true, false}) {
        const auto& path = links ? options.links : options.places;
        if (path.empty())
            continue;
        const auto lines = lines_of(path);
        if (!lines) {
            complain(lines.failure());
            return failed;
        }
        if (!(links ? scored.links(*lines) : scored.places(*lines)))
            return failed;
    }
    auto to = output::open("");
    if (!to) {
        complain(to.failure());
        return failed;
    }
    to->write(scored.report());
    if (const auto closed = to->close(); !closed) {
        complain(closed.failure());
        return failed;
    }
    return success;
}

} // namespace cli
