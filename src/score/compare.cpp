// One article: what of the gold record the predicted one has.
#include "base/utf8.hpp"
#include "record/names.hpp"
#include "score/match.hpp"
#include "score/score.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>
#include <tuple>

namespace isnad {

namespace {

using pairs = std::vector<std::pair<std::size_t, std::size_t>>;

constexpr double near_km = 25;

std::uint32_t overlap(span a, span b) {
    const auto begin = std::max(a.begin, b.begin);
    const auto end = std::min(a.end, b.end);
    return end > begin ? end - begin : 0;
}

/// Shared part of the span that covers both, 0..1.
double likeness(span a, span b) {
    const auto shared = overlap(a, b);
    return shared == 0 ? 0 : static_cast<double>(shared) / static_cast<double>(a.size() + b.size() - shared);
}

/// At least half of the shorter one is shared.
bool agree(span a, span b) {
    const auto shared = overlap(a, b);
    return shared > 0 && 2 * shared >= std::min(a.size(), b.size());
}

/// Great-circle distance on a sphere of the earth's mean radius (haversine).
double kilometres(double lat1, double lon1, double lat2, double lon2) {
    constexpr double rad = std::numbers::pi / 180;
    const double a = std::pow(std::sin((lat2 - lat1) * rad / 2), 2) +
                     std::cos(lat1 * rad) * std::cos(lat2 * rad) * std::pow(std::sin((lon2 - lon1) * rad / 2), 2);
    return 2 * 6371.0088 * std::asin(std::min(1.0, std::sqrt(a)));
}

template <class T>
std::set<T> as_set(const std::vector<T>& items) {
    return {items.begin(), items.end()};
}

/// The spans by which an entity is known: its names, titles and noun phrases. The verb of an elided subject and a
/// suffix say of whom they speak only through these; they stand in where the entity has nothing else.
std::vector<std::vector<span>> spans_by_entity(const record& r) {
    std::vector<std::vector<span>> spoken(r.entities.size()), silent(r.entities.size());
    for (const auto& m : r.mentions) {
        const bool is_silent = m.kind == mention_kind::elided || m.kind == mention_kind::pronoun;
        (is_silent ? silent : spoken)[m.entity].push_back(m.at);
    }
    for (std::size_t i = 0; i < spoken.size(); ++i)
        if (spoken[i].empty())
            spoken[i] = std::move(silent[i]);
    return spoken;
}

std::vector<index> mentions_in_use(const record& r) {
    std::set<index> used;
    for (const auto& v : r.events) {
        used.insert(v.actors.begin(), v.actors.end());
        used.insert(v.recipients.begin(), v.recipients.end());
    }
    for (const auto& c : r.claims)
        used.insert(c.sources.begin(), c.sources.end());
    return {used.begin(), used.end()};
}

class comparison {
public:
    comparison(const score_input& input, const score_options& options, score_report& report)
        : gold_(input.gold), read_(input.predicted), text_(input.text), code_points_(input.code_points),
          report_(report), list_(options.errors), offsets_(input.text), gold_spans_(spans_by_entity(gold_)),
          read_spans_(spans_by_entity(read_)) {}

    score_card run() {
        const auto listed = static_cast<std::ptrdiff_t>(report_.findings.size());
        events();
        claims();
        event_chains(); // after the claims, whose matching it shows
        times();
        places();
        mentions();
        sentences();
        std::stable_sort(
            report_.findings.begin() + listed, report_.findings.end(),
            [](const finding& a, const finding& b) { return std::tie(a.at, a.what) < std::tie(b.at, b.what); });
        return card_;
    }

private:
    // counting

    counts& at(measure which) { return card_[static_cast<std::size_t>(which)]; }
    void add(measure which, std::size_t right, std::size_t gold, std::size_t predicted) {
        at(which) += counts{right, gold, predicted};
    }
    bool judge(measure which, bool right) {
        add(which, right ? 1 : 0, 1, 1);
        return right;
    }

    // words for people

    [[nodiscard]] std::string words(span s) const {
        if (text_.empty())
            return fmt::format("[{},{})", s.begin, s.end);
        const auto begin = code_points_ ? offsets_.to_bytes(s.begin) : s.begin;
        const auto end = code_points_ ? offsets_.to_bytes(s.end) : s.end;
        if (begin >= end || end > text_.size())
            return fmt::format("[{},{})", s.begin, s.end);
        std::string out(text_.substr(begin, end - begin));
        std::replace(out.begin(), out.end(), '\n', ' ');
        return "«" + out + "» @" + std::to_string(s.begin);
    }
    [[nodiscard]] std::string words(const record& r, const std::vector<index>& ids) const {
        std::string out;
        for (const auto id : ids) {
            const auto& m = r.mentions[id];
            out += (out.empty() ? "" : ", ") + words(m.at);
            const bool is_silent = m.kind == mention_kind::elided || m.kind == mention_kind::pronoun;
            if (is_silent)
                out += " = " + r.entities[m.entity].name;
        }
        return out.empty() ? "none" : out;
    }
    [[nodiscard]] std::string words(const record&, const std::optional<span>& s) const {
        return s ? words(*s) : "none";
    }
    void note(const char* kind, const char* what, span where, std::string detail) {
        if (list_)
            report_.findings.push_back({gold_.about.id, kind, what, words(where), std::move(detail), where.begin});
    }
    void differ(const char* what, span where, std::string_view field, std::string_view gold, std::string_view read) {
        if (list_)
            note(
                "wrong", what, where,
                fmt::format("{}: gold {}, read {}", field, gold.empty() ? "none" : gold, read.empty() ? "none" : read));
    }

    // who is who

    /// A gold and a predicted mention stand for the same: their spans agree, or their entities share a span.
    [[nodiscard]] bool same(index gold, index read) const {
        const auto& g = gold_.mentions[gold];
        const auto& p = read_.mentions[read];
        if (agree(g.at, p.at))
            return true;
        for (const auto a : gold_spans_[g.entity])
            for (const auto b : read_spans_[p.entity])
                if (agree(a, b))
                    return true;
        return false;
    }
    [[nodiscard]] pairs same_mentions(const std::vector<index>& gold, const std::vector<index>& read) const {
        return best_matching(gold.size(), read.size(), [&](std::size_t i, std::size_t j) {
            return same(gold[i], read[j]) ? 1 + likeness(gold_.mentions[gold[i]].at, read_.mentions[read[j]].at) : 0.0;
        });
    }
    /// Both hidden, or the same ones, all of them.
    [[nodiscard]] bool same_sources(const claim& gold, const claim& read) const {
        return gold.sources.size() == read.sources.size() &&
               same_mentions(gold.sources, read.sources).size() == gold.sources.size();
    }

    // events

    void events() {
        event_pairs_ = best_matching(gold_.events.size(), read_.events.size(), [&](std::size_t i, std::size_t j) {
            const auto &g = gold_.events[i], &p = read_.events[j];
            const double alike = likeness(g.trigger, p.trigger);
            if (alike <= 0)
                return 0.0;
            // In this order: as many of the same type as can be, as many as can be, the closest.
            return (g.type == p.type ? 1e8 : 0) + 1e4 + 5 * alike + (g.mode == p.mode ? 1 : 0) +
                   (g.status == p.status ? 1 : 0);
        });
        std::size_t typed = 0, moded = 0;
        std::vector<bool> right(read_.events.size(), false), met(read_.events.size(), false),
            found(gold_.events.size(), false);
        for (const auto& [i, j] : event_pairs_) {
            const auto &g = gold_.events[i], &p = read_.events[j];
            found[i] = met[j] = true;
            if (g.type != p.type) {
                differ("event", g.trigger, "type", kind_of(g), kind_of(p));
                continue;
            }
            right[j] = true;
            ++typed;
            moded += g.mode == p.mode ? 1 : 0;
            fields(g, p);
        }
        const auto g = gold_.events.size(), p = read_.events.size();
        add(measure::trigger, event_pairs_.size(), g, p);
        add(measure::trigger_type, typed, g, p);
        add(measure::trigger_type_mode, moded, g, p);
        for (std::size_t i = 0; i < g; ++i)
            if (!found[i] && list_)
                note("missed", "event", gold_.events[i].trigger, outline(gold_, gold_.events[i]));
        for (std::size_t j = 0; j < p; ++j) {
            calibrate(read_.events[j].confidence, right[j]);
            if (!met[j] && list_)
                note("spurious", "event", read_.events[j].trigger, outline(read_, read_.events[j]));
        }
    }
    static std::string kind_of(const event& v) {
        return std::string(name(v.type)) + (v.mode.empty() ? "" : "/" + v.mode);
    }
    [[nodiscard]] std::string outline(const record& r, const event& v) const {
        return fmt::format("{} {} ({}), actors {}, recipients {}", kind_of(v), name(v.status), v.trigger_lemma,
                           words(r, v.actors), words(r, v.recipients));
    }
    void calibrate(double confidence, bool right) {
        const auto bounded = std::clamp(std::isfinite(confidence) ? confidence : 0.0, 0.0, 1.0);
        auto& bin = report_.calibration[std::min<std::size_t>(9, static_cast<std::size_t>(bounded * 10))];
        ++bin.events;
        bin.right += right ? 1 : 0;
        bin.confidence += bounded;
    }

    void fields(const event& g, const event& p) {
        parties(measure::actors, "actors", g, g.actors, p.actors);
        parties(measure::recipients, "recipients", g, g.recipients, p.recipients);
        ++report_.status_confusion[static_cast<std::size_t>(g.status)][static_cast<std::size_t>(p.status)];
        if (!judge(measure::status, g.status == p.status))
            differ("event", g.trigger, "status", name(g.status), name(p.status));
        if (!judge(measure::mode, g.mode == p.mode))
            differ("event", g.trigger, "mode", g.mode, p.mode);
        when_and_where(g, p);
        if (g.theme || p.theme) {
            const auto shared = g.theme && p.theme ? overlap(*g.theme, *p.theme) : 0;
            add(measure::theme, shared, g.theme ? g.theme->size() : 0, p.theme ? p.theme->size() : 0);
            if (g.theme != p.theme && list_)
                differ("event", g.trigger, "theme", words(gold_, g.theme), words(read_, p.theme));
        }
        const auto wanted = as_set(g.contexts), given = as_set(p.contexts);
        const auto shared =
            std::count_if(wanted.begin(), wanted.end(), [&](const auto& c) { return given.contains(c); });
        add(measure::contexts, static_cast<std::size_t>(shared), wanted.size(), given.size());
        if (wanted != given)
            differ("event", g.trigger, "contexts", fmt::format("{}", fmt::join(wanted, "|")),
                   fmt::format("{}", fmt::join(given, "|")));
        counted("killed", g, g.toll.killed, p.toll.killed);
        counted("wounded", g, g.toll.wounded, p.toll.wounded);
        counted("arrested", g, g.toll.arrested, p.toll.arrested);
        counted("missing", g, g.toll.missing, p.toll.missing);
        counted("displaced", g, g.toll.displaced, p.toll.displaced);
    }
    void parties(measure which, std::string_view field, const event& g, const std::vector<index>& gold,
                 const std::vector<index>& read) {
        const auto met = same_mentions(gold, read);
        add(which, met.size(), gold.size(), read.size());
        if (list_ && (met.size() < gold.size() || met.size() < read.size()))
            differ("event", g.trigger, field, words(gold_, gold), words(read_, read));
        for (const auto& [i, j] : met) {
            const auto& a = gold_.entities[gold_.mentions[gold[i]].entity];
            const auto& b = read_.entities[read_.mentions[read[j]].entity];
            if (!judge(measure::party_country, a.country == b.country))
                differ("event", g.trigger, fmt::format("country of {}", a.name), a.country, b.country);
            if (!judge(measure::party_sectors, as_set(a.sectors) == as_set(b.sectors)))
                differ("event", g.trigger, fmt::format("sectors of {}", a.name),
                       fmt::format("{}", fmt::join(a.sectors, "|")), fmt::format("{}", fmt::join(b.sectors, "|")));
        }
    }
    void when_and_where(const event& g, const event& p) {
        const auto gold_time = g.time ? gold_.times[*g.time].value : "";
        const auto read_time = p.time ? read_.times[*p.time].value : "";
        add(measure::event_time, g.time && p.time && gold_time == read_time ? 1 : 0, g.time ? 1 : 0, p.time ? 1 : 0);
        if (gold_time != read_time)
            differ("event", g.trigger, "time", gold_time, read_time);
        const auto gold_place = g.place ? std::optional(gold_.places[*g.place].at) : std::nullopt;
        const auto read_place = p.place ? std::optional(read_.places[*p.place].at) : std::nullopt;
        const bool right = gold_place && read_place && gold_place->overlaps(*read_place);
        add(measure::event_place, right ? 1 : 0, g.place ? 1 : 0, p.place ? 1 : 0);
        if (!right && (gold_place || read_place) && list_)
            differ("event", g.trigger, "place", words(gold_, gold_place), words(read_, read_place));
    }
    static std::string shown(const std::optional<count>& n) {
        return !n ? "none" : n->high ? fmt::format("{}–{}", n->low, *n->high) : fmt::format("{} and more", n->low);
    }
    void counted(std::string_view field, const event& g, const std::optional<count>& gold,
                 const std::optional<count>& read) {
        const bool right = gold && read && gold->low == read->low && gold->high == read->high;
        add(measure::toll, right ? 1 : 0, gold ? 1 : 0, read ? 1 : 0);
        if (!right && (gold || read))
            differ("event", g.trigger, field, shown(gold), shown(read));
    }

    [[nodiscard]] bool same_link(const event& g, const event& p, std::size_t link) const {
        return same_sources(gold_.claims[g.chain[link]], read_.claims[p.chain[link]]);
    }
    [[nodiscard]] std::string chain_words(const record& r, const event& v) const {
        std::string out;
        for (const auto link : v.chain)
            out += (out.empty() ? "" : " ← ") +
                   (r.claims[link].sources.empty() ? std::string("hidden") : words(r, r.claims[link].sources));
        return out.empty() ? "the outlet" : out;
    }
    void event_chains() {
        for (const auto& [i, j] : event_pairs_) {
            const auto &g = gold_.events[i], &p = read_.events[j];
            if (g.type != p.type)
                continue;
            const bool both = !g.chain.empty() && !p.chain.empty();
            const bool inner = both ? same_link(g, p, 0) : g.chain.empty() && p.chain.empty();
            bool whole = g.chain.size() == p.chain.size();
            for (std::size_t link = 0; whole && link < g.chain.size(); ++link)
                whole = same_link(g, p, link);
            judge(measure::source, inner);
            if (!judge(measure::chain, whole) && list_)
                differ("event", g.trigger, "chain", chain_words(gold_, g), chain_words(read_, p));
        }
    }

    // claims

    void claims() {
        const auto met = best_matching(gold_.claims.size(), read_.claims.size(), [&](std::size_t i, std::size_t j) {
            const auto &g = gold_.claims[i], &p = read_.claims[j];
            const double content = likeness(g.content, p.content);
            if (g.cue && p.cue) {
                const double cue = likeness(*g.cue, *p.cue);
                return cue > 0 ? 1e4 + 5 * cue + content : 0.0;
            }
            return !g.cue && !p.cue && content > 0 ? 1e4 + 5 * content : 0.0;
        });
        add(measure::claim_cue, met.size(), gold_.claims.size(), read_.claims.size());
        std::vector<std::optional<std::size_t>> gold_of(read_.claims.size());
        std::vector<bool> found(gold_.claims.size(), false);
        for (const auto& [i, j] : met) {
            gold_of[j] = i;
            found[i] = true;
        }
        for (const auto& [i, j] : met)
            claim_fields(gold_.claims[i], read_.claims[j], gold_of);
        for (std::size_t i = 0; i < found.size() && list_; ++i)
            if (!found[i])
                note("missed", "claim", where(gold_.claims[i]), outline(gold_, gold_.claims[i]));
        for (std::size_t j = 0; j < gold_of.size() && list_; ++j)
            if (!gold_of[j])
                note("spurious", "claim", where(read_.claims[j]), outline(read_, read_.claims[j]));
    }
    [[nodiscard]] static span where(const claim& c) { return c.cue.value_or(c.content); }
    [[nodiscard]] std::string outline(const record& r, const claim& c) const {
        return fmt::format("{}, sources {}, content {}", name(c.stance), words(r, c.sources), words(c.content));
    }
    void claim_fields(const claim& g, const claim& p, const std::vector<std::optional<std::size_t>>& gold_of) {
        const span shown = where(g);
        add(measure::claim_content, overlap(g.content, p.content), g.content.size(), p.content.size());
        if (g.content != p.content && list_)
            differ("claim", shown, "content", words(g.content), words(p.content));
        if (!judge(measure::claim_stance, g.stance == p.stance))
            differ("claim", shown, "stance", name(g.stance), name(p.stance));
        if (!judge(measure::claim_source, same_sources(g, p)) && list_)
            differ("claim", shown, "sources", words(gold_, g.sources), words(read_, p.sources));
        if (!judge(measure::claim_source_kind, g.kind == p.kind))
            differ("claim", shown, "source_kind", name(g.kind), name(p.kind));
        if (!judge(measure::claim_direct, g.direct == p.direct))
            differ("claim", shown, "direct", g.direct ? "true" : "false", p.direct ? "true" : "false");
        const bool both = g.parent && p.parent;
        const bool right = both ? gold_of[*p.parent] == std::optional<std::size_t>(*g.parent) : !g.parent && !p.parent;
        if (!judge(measure::claim_parent, right) && list_)
            differ("claim", shown, "parent", g.parent ? words(where(gold_.claims[*g.parent])) : "",
                   p.parent ? words(where(read_.claims[*p.parent])) : "");
    }

    // times, places, mentions, sentences

    template <class T>
    pairs by_span(const std::vector<T>& gold, const std::vector<T>& read) const {
        return best_matching(gold.size(), read.size(), [&](std::size_t i, std::size_t j) {
            const double alike = likeness(gold[i].at, read[j].at);
            return alike > 0 ? 1e4 + alike : 0.0;
        });
    }
    template <class T>
    void unmatched(const char* what, const std::vector<T>& gold, const std::vector<T>& read, const pairs& met) {
        if (!list_)
            return;
        std::set<std::size_t> rows, columns;
        for (const auto& [i, j] : met) {
            rows.insert(i);
            columns.insert(j);
        }
        for (std::size_t i = 0; i < gold.size(); ++i)
            if (!rows.contains(i))
                note("missed", what, gold[i].at, detail(gold_, gold[i]));
        for (std::size_t j = 0; j < read.size(); ++j)
            if (!columns.contains(j))
                note("spurious", what, read[j].at, detail(read_, read[j]));
    }
    static std::string detail(const record&, const time_expression& t) {
        return std::string(name(t.type)) + " " + t.value;
    }
    static std::string detail(const record& r, const place& p) { return r.entities[p.entity].name; }

    void times() {
        const auto met = by_span(gold_.times, read_.times);
        const auto g_size = gold_.times.size(), p_size = read_.times.size();
        std::size_t exact = 0;
        for (const auto& [i, j] : met) {
            const auto &g = gold_.times[i], &p = read_.times[j];
            exact += g.at == p.at ? 1 : 0;
            if (!judge(measure::time_value, g.value == p.value))
                differ("time", g.at, "value", g.value, p.value);
            if (g.first.empty())
                continue;
            if (!judge(measure::time_days, g.first == p.first && g.last == p.last))
                differ("time", g.at, "days", g.first + ".." + g.last, p.first + ".." + p.last);
        }
        add(measure::time_span, met.size(), g_size, p_size);
        add(measure::time_strict, exact, g_size, p_size);
        unmatched("time", gold_.times, read_.times, met);
    }
    void places() {
        const auto met = by_span(gold_.places, read_.places);
        add(measure::place_span, met.size(), gold_.places.size(), read_.places.size());
        for (const auto& [i, j] : met) {
            const auto &g = gold_.places[i], &p = read_.places[j];
            if (!g.lat || !g.lon)
                continue;
            if (!judge(measure::place_near, near(g, p)) && list_)
                differ("place", g.at, "coordinates", fmt::format("{},{}", *g.lat, *g.lon),
                       p.lat && p.lon ? fmt::format("{},{}", *p.lat, *p.lon) : "");
        }
        unmatched("place", gold_.places, read_.places, met);
    }
    /// A country has no one point: the country is compared, not the distance.
    [[nodiscard]] bool near(const place& g, const place& p) const {
        const auto& country = gold_.entities[g.entity].country;
        if (g.precision == place_precision::country && !country.empty())
            return p.precision == place_precision::country && country == read_.entities[p.entity].country;
        return p.lat && p.lon && kilometres(*g.lat, *g.lon, *p.lat, *p.lon) <= near_km;
    }
    void mentions() {
        const auto gold = mentions_in_use(gold_), read = mentions_in_use(read_);
        const auto met = best_matching(gold.size(), read.size(), [&](std::size_t i, std::size_t j) {
            const auto &g = gold_.mentions[gold[i]], &p = read_.mentions[read[j]];
            return agree(g.at, p.at) ? 1e4 + 5 * likeness(g.at, p.at) + (g.kind == p.kind ? 1 : 0) : 0.0;
        });
        add(measure::mentions, met.size(), gold.size(), read.size());
    }
    void sentences() {
        const auto gold = as_set(gold_.sentences), read = as_set(read_.sentences);
        const auto right = std::count_if(gold.begin(), gold.end(), [&](span s) { return read.contains(s); });
        add(measure::sentences, static_cast<std::size_t>(right), gold.size(), read.size());
    }

    const record& gold_;
    const record& read_;
    std::string_view text_;
    bool code_points_;
    score_report& report_;
    bool list_;
    utf8::offsets offsets_;
    std::vector<std::vector<span>> gold_spans_, read_spans_; ///< by entity
    pairs event_pairs_;
    score_card card_{};
};

} // namespace

void score_article(const score_input& input, const score_options& options, score_report& report) {
    const auto card = comparison(input, options, report).run();
    ++report.articles;
    for (std::size_t i = 0; i < measures; ++i)
        report.total[i] += card[i];
    if (options.by_article)
        report.by_article.push_back({input.gold.about.id, card});
}

} // namespace isnad
