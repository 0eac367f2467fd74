#include "base/utf8.hpp"
#include "record/json.hpp"
#include "record/names.hpp"

#include <simdjson.h>

#include <limits>
#include <unordered_map>
#include <utility>

namespace isnad {

namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

/// Where a value stands in the line; printed only when something is wrong there.
struct path {
    const path* up = nullptr;
    std::string_view key = {};
    std::size_t at = 0; ///< position in an array, where `key` is empty

    [[nodiscard]] std::string text() const {
        std::string out = up ? up->text() : std::string();
        if (key.empty())
            return up ? out + "[" + std::to_string(at) + "]" : out;
        return out.empty() ? std::string(key) : out + "." + std::string(key);
    }
};

/// Reads field by field. The first failure is kept, all reads after it give defaults, so that reading code needs no
/// check after each step.
class reader {
public:
    explicit reader(std::string_view text) : in_bytes_(!text.empty()), offsets_(text), length_(utf8::length(text)) {}

    result<record> read(element root) {
        record out;
        object top;
        if (root.get(top) != simdjson::SUCCESS)
            return error{errc::json, "a record is an object {…}", "", ""};
        const path here;
        if (const auto schema = string(top, "schema", here, true); !failure_ && schema != record_schema)
            fail(here, "schema is \"" + schema + "\", not \"" + std::string(record_schema) + "\"", "schema");
        for (auto& [section, ids] : ids_)
            collect(top, section, here, ids);
        sub(top, "engine", here, true, [&](object o, const path& at) {
            out.engine_version = string(o, "version", at, true);
            out.engine_model = string(o, "model", at, true);
        });
        sub(top, "article", here, true, [&](object o, const path& at) { out.about = about(o, at); });
        each(top, "sentences", here, true, [&](element e, const path& at) { out.sentences.push_back(span_of(e, at)); });
        items(top, "entities", here, out.entities, &reader::read_entity);
        items(top, "mentions", here, out.mentions, &reader::read_mention);
        items(top, "times", here, out.times, &reader::read_time);
        items(top, "places", here, out.places, &reader::read_place);
        items(top, "claims", here, out.claims, &reader::read_claim);
        items(top, "events", here, out.events, &reader::read_event);
        if (failure_)
            return *failure_;
        return out;
    }

private:
    using id_map = std::unordered_map<std::string_view, index>;

    void fail(const path& at, std::string what, std::string_view key = {}) {
        if (!failure_)
            failure_ = error{errc::json, std::move(what), key.empty() ? at.text() : path{&at, key}.text(), ""};
    }
    /// The value under `key`; none where it is absent, and a failure if it was `needed`.
    std::optional<element> get(object from, std::string_view key, const path& at, bool needed) {
        element found;
        if (failure_)
            return std::nullopt;
        if (from[key].get(found) == simdjson::SUCCESS)
            return found;
        if (needed)
            fail(at, "is missing", key);
        return std::nullopt;
    }
    template <class T>
    std::optional<T> value(object from, std::string_view key, const path& at, bool needed, std::string_view wanted) {
        const auto found = get(from, key, at, needed);
        T out{};
        if (!found)
            return std::nullopt;
        if (found->get(out) == simdjson::SUCCESS)
            return out;
        fail(at, "should be " + std::string(wanted), key);
        return std::nullopt;
    }
    std::string string(object from, std::string_view key, const path& at, bool needed = false) {
        return std::string(value<std::string_view>(from, key, at, needed, "a string").value_or(""));
    }
    template <class E>
    E named(object from, std::string_view key, const path& at, bool needed = true) {
        const auto text = value<std::string_view>(from, key, at, needed, "a string");
        if (!text)
            return E{};
        const auto out = value_of<E>(*text);
        if (!out)
            fail(at, "\"" + std::string(*text) + "\" is not one of its values", key);
        return out.value_or(E{});
    }
    template <class F>
    void sub(object from, std::string_view key, const path& at, bool needed, F&& then) {
        if (const auto found = value<object>(from, key, at, needed, "an object"))
            then(*found, path{&at, key});
    }
    template <class F>
    void each(object from, std::string_view key, const path& at, bool needed, F&& then) {
        const auto found = value<array>(from, key, at, needed, "an array");
        if (!found)
            return;
        const path list{&at, key};
        std::size_t position = 0;
        for (element item : *found) {
            if (failure_)
                return;
            then(item, path{&list, {}, position++});
        }
    }
    template <class T>
    void items(object top, std::string_view key, const path& here, std::vector<T>& out,
               T (reader::*one)(object, const path&)) {
        each(top, key, here, true, [&](element e, const path& at) {
            object item;
            if (e.get(item) != simdjson::SUCCESS)
                return fail(at, "should be an object");
            out.push_back((this->*one)(item, at));
        });
    }
    /// The ids of a section and their positions, before anything refers to them.
    void collect(object top, std::string_view section, const path& here, id_map& out) {
        each(top, section, here, true, [&](element e, const path& at) {
            object item;
            if (e.get(item) != simdjson::SUCCESS)
                return fail(at, "should be an object");
            const auto id = value<std::string_view>(item, "id", at, true, "a string");
            if (id && !out.emplace(*id, static_cast<index>(out.size())).second)
                fail(at, "\"" + std::string(*id) + "\" is given twice", "id");
        });
    }
    index target(std::string_view id, std::string_view section, const path& at) {
        for (const auto& [name, ids] : ids_) {
            if (name != section)
                continue;
            if (const auto found = ids.find(id); found != ids.end())
                return found->second;
        }
        fail(at, "there is no \"" + std::string(id) + "\" among the " + std::string(section));
        return 0;
    }
    std::optional<index> ref(object from, std::string_view key, const path& at, std::string_view section,
                             bool needed = false) {
        const auto id = value<std::string_view>(from, key, at, needed, "a string");
        if (!id)
            return std::nullopt;
        return target(*id, section, path{&at, key});
    }
    std::vector<index> refs(object from, std::string_view key, const path& at, std::string_view section,
                            bool needed = true) {
        std::vector<index> out;
        each(from, key, at, needed, [&](element e, const path& here) {
            std::string_view id;
            if (e.get(id) != simdjson::SUCCESS)
                return fail(here, "should be a string");
            out.push_back(target(id, section, here));
        });
        return out;
    }
    std::vector<std::string> strings(object from, std::string_view key, const path& at, bool needed = true) {
        std::vector<std::string> out;
        each(from, key, at, needed, [&](element e, const path& here) {
            std::string_view text;
            if (e.get(text) != simdjson::SUCCESS)
                return fail(here, "should be a string");
            out.emplace_back(text);
        });
        return out;
    }
    span span_of(element from, const path& at) {
        array pair;
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
        if (from.get(pair) != simdjson::SUCCESS || pair.size() != 2 || pair.at(0).get(begin) != simdjson::SUCCESS ||
            pair.at(1).get(end) != simdjson::SUCCESS) {
            fail(at, "should be [begin, end)");
            return {};
        }
        if (begin > end || end > std::numeric_limits<std::uint32_t>::max() || (in_bytes_ && end > length_)) {
            fail(at, "[" + std::to_string(begin) + ", " + std::to_string(end) + ") is no part of the text");
            return {};
        }
        const span out{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
        return in_bytes_ ? span{offsets_.to_bytes(out.begin), offsets_.to_bytes(out.end)} : out;
    }
    std::optional<span> spanning(object from, std::string_view key, const path& at, bool needed = false) {
        const auto found = get(from, key, at, needed);
        if (!found)
            return std::nullopt;
        return span_of(*found, path{&at, key});
    }

    article about(object from, const path& at) {
        article out;
        out.id = string(from, "id", at, true);
        out.url = string(from, "url", at);
        out.outlet = string(from, "outlet", at);
        out.title = string(from, "title", at);
        out.published = string(from, "published", at);
        out.lang = string(from, "lang", at, true);
        return out;
    }
    entity read_entity(object from, const path& at) {
        entity out;
        out.kind = named<entity_kind>(from, "kind", at);
        out.name = string(from, "name", at, true);
        out.name_en = string(from, "name_en", at);
        out.country = string(from, "country", at);
        out.sectors = strings(from, "sectors", at);
        out.code = string(from, "code", at);
        sub(from, "links", at, false, [&](object links, const path& here) {
            out.wikidata = string(links, "wikidata", here);
            out.geonames = string(links, "geonames", here);
            out.iso3 = string(links, "iso3", here);
            out.base = string(links, "isnad", here);
        });
        return out;
    }
    mention read_mention(object from, const path& at) {
        mention out;
        out.at = spanning(from, "at", at, true).value_or(span{});
        out.entity = ref(from, "entity", at, "entities", true).value_or(0);
        out.kind = named<mention_kind>(from, "kind", at);
        return out;
    }
    time_expression read_time(object from, const path& at) {
        time_expression out;
        out.at = spanning(from, "at", at, true).value_or(span{});
        out.type = named<time_type>(from, "type", at);
        out.value = string(from, "value", at, true);
        out.mod = named<time_mod>(from, "mod", at, false);
        out.first = string(from, "first", at);
        out.last = string(from, "last", at);
        if (string(from, "anchor", at) == "published")
            out.from_published = true;
        else
            out.anchor = ref(from, "anchor", at, "times");
        return out;
    }
    place read_place(object from, const path& at) {
        place out;
        out.at = spanning(from, "at", at, true).value_or(span{});
        out.entity = ref(from, "entity", at, "entities", true).value_or(0);
        out.lat = value<double>(from, "lat", at, false, "a number");
        out.lon = value<double>(from, "lon", at, false, "a number");
        out.precision = named<place_precision>(from, "precision", at);
        return out;
    }
    claim read_claim(object from, const path& at) {
        claim out;
        out.parent = ref(from, "parent", at, "claims");
        out.sources = refs(from, "sources", at, "mentions");
        out.kind = named<source_kind>(from, "source_kind", at);
        out.cue = spanning(from, "cue", at);
        out.cue_lemma = string(from, "cue_lemma", at);
        out.stance = named<stance>(from, "stance", at);
        out.content = spanning(from, "content", at, true).value_or(span{});
        out.direct = value<bool>(from, "direct", at, true, "true or false").value_or(false);
        out.about = refs(from, "about", at, "events", false);
        out.time = ref(from, "time", at, "times");
        return out;
    }
    std::optional<count> counted(object toll, std::string_view key, const path& at) {
        std::optional<count> out;
        sub(toll, key, at, false, [&](object from, const path& here) {
            out.emplace();
            out->at = spanning(from, "at", here);
            out->low = value<std::int64_t>(from, "low", here, true, "a whole number").value_or(0);
            out->high = value<std::int64_t>(from, "high", here, false, "a whole number");
        });
        return out;
    }
    event read_event(object from, const path& at) {
        event out;
        out.type = named<event_type>(from, "type", at);
        out.mode = string(from, "mode", at);
        out.contexts = strings(from, "contexts", at);
        out.cameo = string(from, "cameo", at);
        sub(from, "trigger", at, true, [&](object trigger, const path& here) {
            out.trigger = spanning(trigger, "at", here, true).value_or(span{});
            out.trigger_lemma = string(trigger, "lemma", here, true);
        });
        out.actors = refs(from, "actors", at, "mentions");
        out.recipients = refs(from, "recipients", at, "mentions");
        out.theme = spanning(from, "theme", at);
        out.time = ref(from, "time", at, "times");
        out.place = ref(from, "place", at, "places");
        sub(from, "toll", at, false, [&](object toll, const path& here) {
            out.toll.killed = counted(toll, "killed", here);
            out.toll.wounded = counted(toll, "wounded", here);
            out.toll.arrested = counted(toll, "arrested", here);
            out.toll.missing = counted(toll, "missing", here);
            out.toll.displaced = counted(toll, "displaced", here);
        });
        out.status = named<event_status>(from, "status", at);
        out.chain = refs(from, "chain", at, "claims");
        out.confidence = value<double>(from, "confidence", at, true, "a number").value_or(0);
        return out;
    }

    bool in_bytes_;
    utf8::offsets offsets_;
    std::size_t length_;
    std::optional<error> failure_;
    std::vector<std::pair<std::string_view, id_map>> ids_{{"entities", {}}, {"mentions", {}}, {"times", {}},
                                                          {"places", {}},   {"claims", {}},   {"events", {}}};
};

} // namespace

result<record> from_json(std::string_view line, std::string_view text) {
    simdjson::dom::parser parser;
    element root;
    if (const auto code = parser.parse(line.data(), line.size()).get(root); code != simdjson::SUCCESS)
        return error{errc::json, std::string("not JSON: ") + simdjson::error_message(code), "", ""};
    return reader(text).read(root);
}

} // namespace isnad
