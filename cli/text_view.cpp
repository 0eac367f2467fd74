#include "text_view.hpp"

#include "record/names.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <string_view>
#include <vector>

namespace cli {
namespace {

using isnad::event_status;

constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view dim = "\x1b[2m";
constexpr std::string_view plain = "\x1b[0m";

/// ISO 6429 colours that read on light and dark grounds alike.
constexpr std::string_view color_of(event_status status) {
    switch (status) {
    case event_status::occurred:
        return "\x1b[32m";
    case event_status::planned:
        return "\x1b[36m";
    case event_status::demanded:
        return "\x1b[33m";
    case event_status::possible:
    case event_status::conditional:
        return "\x1b[35m";
    case event_status::negated:
    case event_status::denied:
        return "\x1b[31m";
    }
    return plain;
}

class renderer {
public:
    renderer(const isnad::document& read, const view_options& options) : read_(read), options_(options) {}

    std::string all() {
        header();
        for (std::size_t i = 0; i < record().sentences.size(); ++i)
            sentence(i);
        return std::move(out_);
    }

private:
    [[nodiscard]] const isnad::record& record() const { return read_.what; }

    [[nodiscard]] std::string styled(std::string_view text, std::string_view style) const {
        return options_.color ? fmt::format("{}{}{}", style, text, plain) : std::string(text);
    }

    /// The words of a span on one line.
    [[nodiscard]] std::string words(isnad::span at) const {
        std::string out;
        for (const char c : at.of(read_.text)) {
            const bool blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
            if (!blank)
                out += c;
            else if (!out.empty() && out.back() != ' ')
                out += ' ';
        }
        return out;
    }

    void line(std::string_view label, std::string_view latin, std::string_view arabic) {
        std::string text = fmt::format("      {}  ", styled(fmt::format("{:<12}", label), dim));
        text += latin;
        if (!latin.empty() && !arabic.empty())
            text += "  ";
        text += arabic;
        while (!text.empty() && text.back() == ' ')
            text.pop_back();
        out_ += text;
        out_ += '\n';
    }

    void header() {
        const isnad::article& about = record().about;
        out_ += styled(fmt::format("== {}", about.id), bold);
        if (!about.published.empty())
            out_ += "  " + about.published;
        out_ += '\n';
        for (const auto& [label, value] : {std::pair<std::string_view, std::string_view>{"outlet", about.outlet},
                                           std::pair<std::string_view, std::string_view>{"title", about.title}})
            if (!value.empty())
                out_ += fmt::format("   {}  {}\n", styled(fmt::format("{:<6}", label), dim), value);
        out_ += '\n';
    }

    void sentence(std::size_t number) {
        const isnad::span at = record().sentences[number];
        out_ += fmt::format("{} {}\n", styled(fmt::format("{:>2}.", number + 1), dim), words(at));
        for (const isnad::event* event : events_in(at))
            show(*event);
        if (options_.explain)
            passed_over_in(at);
        out_ += '\n';
    }

    void passed_over_in(isnad::span at) {
        for (const isnad::passed_over& one : record().passed_over)
            if (one.at.begin >= at.begin && one.at.begin < at.end)
                out_ += fmt::format("    · {}  {}\n", words(one.at), styled(one.why, dim));
    }

    /// In the order of their triggers.
    [[nodiscard]] std::vector<const isnad::event*> events_in(isnad::span at) const {
        std::vector<const isnad::event*> inside;
        for (const isnad::event& event : record().events)
            if (event.trigger.begin >= at.begin && event.trigger.begin < at.end)
                inside.push_back(&event);
        std::stable_sort(inside.begin(), inside.end(),
                         [](const auto* a, const auto* b) { return a->trigger.begin < b->trigger.begin; });
        return inside;
    }

    void show(const isnad::event& event) {
        std::string what(isnad::name(event.type));
        if (!event.mode.empty())
            what += "/" + event.mode;
        out_ += fmt::format("    ▸ {}  {}  {:.2f}  {}\n", styled(what, bold),
                            styled(isnad::name(event.status), color_of(event.status)), event.confidence,
                            words(event.trigger));
        for (const isnad::index who : event.actors)
            party("who", who);
        for (const isnad::index whom : event.recipients)
            party("→ whom", whom);
        if (event.theme)
            line("what", "", words(*event.theme));
        when(event);
        where(event);
        toll(event.toll);
        chain(event);
        if (options_.explain)
            for (const std::string& reason : event.why)
                line("because", reason, "");
    }

    /// A pronoun or a hidden subject shows the name of the one that it stands for; a noun phrase its own words.
    void party(std::string_view label, isnad::index id) {
        const isnad::mention& mention = record().mentions[id];
        const isnad::entity& entity = record().entities[mention.entity];
        const bool hidden = mention.kind == isnad::mention_kind::pronoun || mention.kind == isnad::mention_kind::elided;
        line(label, entity.code, hidden ? entity.name : words(mention.at));
    }

    void when(const isnad::event& event) {
        if (!event.time)
            return;
        const isnad::time_expression& time = record().times[*event.time];
        std::string days = time.value;
        if (!time.first.empty() && (time.first != time.value || time.last != time.value))
            days += time.first == time.last ? fmt::format(" = {}", time.first)
                                            : fmt::format(" = {}..{}", time.first, time.last);
        line("when", days, words(time.at));
        if (options_.explain && time.anchor)
            line("  counted", "from " + record().times[*time.anchor].value, words(record().times[*time.anchor].at));
        else if (options_.explain && time.from_published)
            line("  counted", "from the day of publication", "");
    }

    void where(const isnad::event& event) {
        if (!event.place)
            return;
        const isnad::place& place = record().places[*event.place];
        const isnad::entity& entity = record().entities[place.entity];
        line("where", entity.name_en.empty() ? entity.country : entity.name_en, words(place.at));
    }

    void toll(const isnad::toll& of) {
        const std::pair<std::string_view, const std::optional<isnad::count>*> fields[] = {{"killed", &of.killed},
                                                                                          {"wounded", &of.wounded},
                                                                                          {"arrested", &of.arrested},
                                                                                          {"missing", &of.missing},
                                                                                          {"displaced", &of.displaced}};
        for (const auto& [label, field] : fields) {
            if (!*field)
                continue;
            const isnad::count& count = **field;
            std::string number = std::to_string(count.low);
            if (!count.high)
                number = "more than " + number;
            else if (*count.high != count.low)
                number += ".." + std::to_string(*count.high);
            line(label, number, count.at ? words(*count.at) : "");
        }
    }

    /// From the one nearest to the event out to the outlet, as a reader would retrace it.
    void chain(const isnad::event& event) {
        std::string_view label = "according to";
        for (const isnad::index id : event.chain) {
            const isnad::claim& claim = record().claims[id];
            const std::string act = fmt::format("{}: {}", isnad::name(claim.kind), isnad::name(claim.stance));
            if (claim.sources.empty())
                line(label, act + " (source not named)", "");
            for (const isnad::index source : claim.sources) {
                const isnad::mention& mention = record().mentions[source];
                const bool hidden =
                    mention.kind == isnad::mention_kind::pronoun || mention.kind == isnad::mention_kind::elided;
                line(label, act, hidden ? record().entities[mention.entity].name : words(mention.at));
            }
            label = "← told by";
        }
        if (event.chain.empty())
            line(label, "the outlet itself", "");
    }

    const isnad::document& read_;
    const view_options options_;
    std::string out_;
};

} // namespace

std::string text_view(const isnad::document& read, const view_options& options) {
    return renderer(read, options).all();
}

} // namespace cli
