// isnad lookup: what the knowledge base has under a name, and why it would choose it.
#include "commands.hpp"
#include "engine/knowledge.hpp"
#include "output.hpp"
#include "record/json.hpp"
#include "record/names.hpp"

#include <fmt/format.h>
#include <string_view>

namespace cli {
namespace {

using isnad::knowledge::base;
using isnad::knowledge::candidate;
using isnad::knowledge::entry;
using isnad::knowledge::tenure;

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        if (static_cast<unsigned char>(c) >= 0x20)
            out += c;
    }
    return out + "\"";
}

std::string days(const tenure& held) {
    const auto or_now = [](std::string_view day, std::string_view open) {
        return day.empty() ? std::string(open) : std::string(day);
    };
    return or_now(held.from, "?") + " – " + or_now(held.to, "now");
}

std::string joined(const isnad::knowledge::packed::list<isnad::knowledge::packed::text>& of, std::string_view mark) {
    std::string out;
    for (const auto& one : of)
        out += (out.empty() ? "" : std::string(mark)) + one.str();
    return out;
}

class view {
public:
    view(const base& known, std::optional<isnad::knowledge::day> at) : known_(known), at_(at) {}

    [[nodiscard]] std::string text(const candidate& one, std::size_t rank) const {
        const auto& who = *one.what;
        const auto now = known_.on(who, at_);
        std::string out =
            fmt::format("{:>2}. {}  {}  {}  {}\n", rank, who.name.view(), who.name_en.view(), now.code, who.id.view());
        const auto line = [&](std::string_view label, std::string_view value) {
            if (!value.empty())
                out += fmt::format("      {:<10} {}\n", label, value);
        };
        line("kind", isnad::name(who.kind));
        line("names", joined(who.spellings, " · "));
        if (who.placed())
            line("place", fmt::format("{:.4f}, {:.4f} ({}){}", who.latitude, who.longitude, isnad::name(who.precision),
                                      who.population > 0 ? fmt::format(", {} people", who.population) : ""));
        for (const auto index : who.offices) {
            const auto& held = known_.tenure_at(index);
            const bool then = at_ && held.surely_on(*at_);
            line("office", fmt::format("{} {} of {}, {}{}", then ? "▸" : " ", known_.kind_of(held).en.view(),
                                       known_.body_of(held).name_en.view(), days(held),
                                       held.source.empty() ? "" : "  [" + held.source.str() + "]"));
        }
        line("links",
             fmt::format("{}{}{}", who.wikidata.view(), who.geonames.empty() ? "" : " geonames:", who.geonames.view()));
        line("source", who.source);
        std::string why;
        for (const auto& reason : one.reasons)
            why += (why.empty() ? "" : ", ") + reason;
        line("why", fmt::format("{:.2f}: {}{}", one.score, why,
                                one.spelling.starts_with('~') ? "; this form also means other things" : ""));
        return out;
    }

    [[nodiscard]] std::string json(const candidate& one) const {
        const auto& who = *one.what;
        const auto now = known_.on(who, at_);
        std::string out = fmt::format("{{\"id\":{},\"kind\":{},\"name\":{},\"name_en\":{},\"code\":{},\"score\":{:.3f}",
                                      quoted(who.id), quoted(isnad::name(who.kind)), quoted(who.name),
                                      quoted(who.name_en), quoted(now.code), one.score);
        if (who.placed())
            out += fmt::format(",\"lat\":{:.4f},\"lon\":{:.4f},\"precision\":{}", who.latitude, who.longitude,
                               quoted(isnad::name(who.precision)));
        out += ",\"spellings\":[";
        for (std::uint32_t i = 0; i < who.spellings.size(); ++i)
            out += (i == 0 ? "" : ",") + quoted(who.spellings[i]);
        out += "],\"offices\":[";
        for (std::uint32_t i = 0; i < who.offices.size(); ++i) {
            const auto& held = known_.tenure_at(who.offices[i]);
            out += fmt::format("{}{{\"office\":{},\"of\":{},\"from\":{},\"to\":{},\"held\":{},\"source\":{}}}",
                               i == 0 ? "" : ",", quoted(known_.kind_of(held).key), quoted(known_.body_of(held).id),
                               quoted(held.from), quoted(held.to), at_ && held.surely_on(*at_), quoted(held.source));
        }
        out += "],\"wikidata\":" + quoted(who.wikidata) + ",\"geonames\":" + quoted(who.geonames) +
               ",\"source\":" + quoted(who.source) + ",\"why\":[";
        for (std::size_t i = 0; i < one.reasons.size(); ++i)
            out += (i == 0 ? "" : ",") + quoted(one.reasons[i]);
        return out + "]}";
    }

private:
    const base& known_;
    std::optional<isnad::knowledge::day> at_;
};

/// What the linker would do with the name where an article says nothing else.
std::string verdict(const std::vector<candidate>& found) {
    using isnad::knowledge::clearly, isnad::knowledge::enough;
    if (found.empty())
        return "nothing is known by this name\n";
    if (found.front().score < enough)
        return "by itself the name is not linked: it needs support from the article\n";
    if (found.size() > 1 && found[0].score - found[1].score < clearly)
        return "by itself the name is not linked: no reading is clearly before the next\n";
    return "by itself the name is linked to the first\n";
}

} // namespace

int lookup(const lookup_options& options) {
    const auto at = isnad::knowledge::day_of(options.date);
    if (!options.date.empty() && !at) {
        complain({isnad::errc::usage, "\"" + options.date + "\" is no date", "", "write it as 2016-10-04"});
        return misused;
    }
    isnad::settings wanted;
    wanted.home = options.home;
    wanted.knowledge = options.knowledge;
    const auto known = isnad::open_knowledge(wanted);
    if (!known) {
        complain(known.failure());
        return failed;
    }
    const auto found = known->lookup(options.name, at);
    const view shown(*known, at);
    std::string out;
    for (std::size_t i = 0; i < found.size(); ++i)
        out += options.json ? (i == 0 ? "[" : ",") + shown.json(found[i]) : shown.text(found[i], i + 1);
    if (options.json)
        out += found.empty() ? "[]\n" : "]\n";
    else
        out += verdict(found);
    auto to = output::open("");
    if (!to) {
        complain(to.failure());
        return failed;
    }
    to->write(out);
    if (const auto closed = to->close(); !closed) {
        complain(closed.failure());
        return failed;
    }
    return found.empty() ? failed : success;
}

namespace {

/// HOME/data/knowledge and the user's folders after it.
isnad::result<std::vector<std::string>> folders_of(const knowledge_options& options) {
    std::string home = options.home;
    if (home.empty()) {
        auto found = isnad::find_home();
        if (!found)
            return found.failure();
        home = *found;
    }
    std::vector<std::string> out{home + "/data/knowledge"};
    out.insert(out.end(), options.knowledge.begin(), options.knowledge.end());
    return out;
}

} // namespace

int check_knowledge(const knowledge_options& options) {
    const auto folders = folders_of(options);
    if (!folders) {
        complain(folders.failure());
        return failed;
    }
    const auto wrong = base::check(*folders);
    for (const auto& one : wrong)
        complain(one);
    return wrong.empty() ? success : failed;
}

int compile_knowledge(const knowledge_options& options) {
    const auto folders = folders_of(options);
    if (!folders) {
        complain(folders.failure());
        return failed;
    }
    const auto bytes = base::compile(*folders);
    if (!bytes) {
        complain(bytes.failure());
        return failed;
    }
    auto to = output::open(options.out);
    if (!to) {
        complain(to.failure());
        return failed;
    }
    to->write(*bytes);
    if (const auto closed = to->close(); !closed) {
        complain(closed.failure());
        return failed;
    }
    return success;
}

} // namespace cli
