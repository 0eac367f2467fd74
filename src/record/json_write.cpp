#include "base/utf8.hpp"
#include "record/json.hpp"
#include "record/names.hpp"

#include <simdjson.h>

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace isnad {

namespace {

/// What JSON wants escaped: the quotation mark, the backslash and the control characters.
constexpr std::array<bool, 256> escape_table() {
    std::array<bool, 256> out{};
    for (std::size_t i = 0; i < 0x20; ++i)
        out[i] = true;
    out['"'] = out['\\'] = true;
    return out;
}
constexpr auto escaped = escape_table();

void append_escape(std::string& out, unsigned char c) {
    constexpr std::string_view hex = "0123456789abcdef";
    switch (c) {
    case '"':
        out += "\\\"";
        break;
    case '\\':
        out += "\\\\";
        break;
    case '\n':
        out += "\\n";
        break;
    case '\r':
        out += "\\r";
        break;
    case '\t':
        out += "\\t";
        break;
    default:
        out += "\\u00";
        out += hex[c >> 4U];
        out += hex[c & 0xFU];
    }
}

std::string well_formed(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 8);
    for (std::size_t at = 0; at < text.size();) {
        const auto next = utf8::decode(text, at);
        utf8::append(out, next.code == utf8::bad ? U'\uFFFD' : next.code);
        at += next.size;
    }
    return out;
}

/// Appends one record. Each object or array remembers by itself whether a comma is due: the last character says so.
class writer {
public:
    explicit writer(std::string_view text) : text_(text), offsets_(text) {}

    std::string write(const record& r) {
        out_.reserve(256 + r.mentions.size() * 96 + r.entities.size() * 112 + r.events.size() * 224 +
                     r.claims.size() * 176 + r.sentences.size() * 12 + (r.times.size() + r.places.size()) * 128);
        out_ += '{';
        field("schema", record_schema);
        key("engine");
        out_ += '{';
        field("version", r.engine_version);
        field("model", r.engine_model);
        out_ += '}';
        about(r.about);
        list("sentences", r.sentences, [&](span at, std::size_t) { put(at); });
        list("entities", r.entities, [&](const auto& x, std::size_t i) { put(x, i); });
        list("mentions", r.mentions, [&](const auto& x, std::size_t i) { put(x, i); });
        list("times", r.times, [&](const auto& x, std::size_t i) { put(x, i); });
        list("places", r.places, [&](const auto& x, std::size_t i) { put(x, i); });
        list("claims", r.claims, [&](const auto& x, std::size_t i) { put(x, i); });
        list("events", r.events, [&](const auto& x, std::size_t i) { put(x, i); });
        out_ += '}';
        return std::move(out_);
    }

    std::string write_candidates(const record& r) {
        out_ += '{';
        field("id", r.about.id);
        list("candidates", r.candidates, [&](const candidate& x, std::size_t) { put(x); });
        out_ += '}';
        return std::move(out_);
    }

private:
    void put(const candidate& x) {
        out_ += '{';
        field("at", x.at);
        field("lemma", x.lemma);
        field("sense", x.sense);
        field("type", name(x.type));
        strings("evidence", x.evidence);
        key("confidence");
        number(x.confidence, 4);
        given("fate", x.fate);
        out_ += '}';
    }
    void comma() {
        if (const char last = out_.back(); last != '{' && last != '[' && last != ':')
            out_ += ',';
    }
    void key(std::string_view name) {
        comma();
        out_ += '"';
        out_ += name;
        out_ += "\":";
    }
    void field(std::string_view name, std::string_view value) {
        key(name);
        append_json_string(out_, value);
    }
    void given(std::string_view name, std::string_view value) {
        if (!value.empty())
            field(name, value);
    }
    void number(std::int64_t value) {
        std::array<char, 24> digits{};
        out_.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
    }
    /// Up to `decimals` places, without trailing zeros.
    void number(double value, int decimals) {
        std::array<char, 64> digits{};
        auto end =
            std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, decimals).ptr;
        while (end[-1] == '0')
            --end;
        if (end[-1] == '.')
            --end;
        const std::string_view shown(digits.data(), static_cast<std::size_t>(end - digits.data()));
        out_ += shown == "-0" ? std::string_view("0") : shown;
    }
    [[nodiscard]] std::uint32_t cut(std::uint32_t byte) const {
        return std::min(byte, static_cast<std::uint32_t>(text_.size()));
    }
    [[nodiscard]] std::string_view words(span at) const {
        const auto begin = cut(at.begin);
        return text_.substr(begin, std::max(begin, cut(at.end)) - begin);
    }
    void put(span at) {
        const auto begin = cut(at.begin);
        out_ += '[';
        number(offsets_.to_code_points(begin));
        out_ += ',';
        number(offsets_.to_code_points(std::max(begin, cut(at.end))));
        out_ += ']';
    }
    void field(std::string_view name, span at) {
        key(name);
        put(at);
    }
    void id(char letter, std::size_t position) {
        out_ += '"';
        out_ += letter;
        number(static_cast<std::int64_t>(position) + 1);
        out_ += '"';
    }
    void ref(std::string_view name, char letter, std::size_t position) {
        key(name);
        id(letter, position);
    }
    template <class T, class F>
    void list(std::string_view name, const std::vector<T>& items, F&& each) {
        key(name);
        out_ += '[';
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (i)
                out_ += ',';
            each(items[i], i);
        }
        out_ += ']';
    }
    void refs(std::string_view name, char letter, const std::vector<index>& items) {
        list(name, items, [&](index item, std::size_t) { id(letter, item); });
    }
    void strings(std::string_view name, const std::vector<std::string>& items) {
        list(name, items, [&](const std::string& item, std::size_t) { append_json_string(out_, item); });
    }

    void about(const article& a) {
        key("article");
        out_ += '{';
        field("id", a.id);
        given("url", a.url);
        given("outlet", a.outlet);
        given("title", a.title);
        given("published", a.published);
        field("lang", a.lang);
        out_ += '}';
    }
    void put(const entity& e, std::size_t i) {
        out_ += '{';
        ref("id", 'e', i);
        field("kind", name(e.kind));
        field("name", e.name);
        given("name_en", e.name_en);
        given("country", e.country);
        strings("sectors", e.sectors);
        given("code", e.code);
        if (!e.wikidata.empty() || !e.geonames.empty() || !e.iso3.empty() || !e.base.empty()) {
            key("links");
            out_ += '{';
            given("wikidata", e.wikidata);
            given("geonames", e.geonames);
            given("iso3", e.iso3);
            given("isnad", e.base);
            out_ += '}';
        }
        out_ += '}';
    }
    void put(const mention& m, std::size_t i) {
        out_ += '{';
        ref("id", 'm', i);
        field("at", m.at);
        field("text", words(m.at));
        ref("entity", 'e', m.entity);
        field("kind", name(m.kind));
        out_ += '}';
    }
    void put(const time_expression& t, std::size_t i) {
        out_ += '{';
        ref("id", 't', i);
        field("at", t.at);
        field("text", words(t.at));
        field("type", name(t.type));
        field("value", t.value);
        given("mod", name(t.mod));
        given("first", t.first);
        given("last", t.last);
        if (t.anchor)
            ref("anchor", 't', *t.anchor);
        else if (t.from_published)
            field("anchor", std::string_view("published"));
        out_ += '}';
    }
    void put(const place& p, std::size_t i) {
        out_ += '{';
        ref("id", 'p', i);
        field("at", p.at);
        field("text", words(p.at));
        ref("entity", 'e', p.entity);
        // Not a coordinate, nor a number that JSON has: left out rather than written wrong.
        if (p.lat && p.lon && std::abs(*p.lat) <= 90 && std::abs(*p.lon) <= 180) {
            key("lat");
            number(*p.lat, 5);
            key("lon");
            number(*p.lon, 5);
        }
        field("precision", name(p.precision));
        out_ += '}';
    }
    void put(const claim& c, std::size_t i) {
        out_ += '{';
        ref("id", 'c', i);
        if (c.parent)
            ref("parent", 'c', *c.parent);
        refs("sources", 'm', c.sources);
        field("source_kind", name(c.kind));
        if (c.cue)
            field("cue", *c.cue);
        given("cue_lemma", c.cue_lemma);
        field("stance", name(c.stance));
        field("content", c.content);
        key("direct");
        out_ += c.direct ? "true" : "false";
        if (!c.about.empty())
            refs("about", 'v', c.about);
        if (c.time)
            ref("time", 't', *c.time);
        out_ += '}';
    }
    void put(std::string_view name, const std::optional<count>& n) {
        if (!n)
            return;
        key(name);
        out_ += '{';
        if (n->at)
            field("at", *n->at);
        key("low");
        number(n->low);
        if (n->high) {
            key("high");
            number(*n->high);
        }
        out_ += '}';
    }
    void put(const event& v, std::size_t i) {
        out_ += '{';
        ref("id", 'v', i);
        field("type", name(v.type));
        given("mode", v.mode);
        strings("contexts", v.contexts);
        given("cameo", v.cameo);
        key("trigger");
        out_ += '{';
        field("at", v.trigger);
        field("lemma", v.trigger_lemma);
        out_ += '}';
        refs("actors", 'm', v.actors);
        refs("recipients", 'm', v.recipients);
        if (v.theme)
            field("theme", *v.theme);
        if (v.time)
            ref("time", 't', *v.time);
        if (v.place)
            ref("place", 'p', *v.place);
        if (!v.toll.empty()) {
            key("toll");
            out_ += '{';
            put("killed", v.toll.killed);
            put("wounded", v.toll.wounded);
            put("arrested", v.toll.arrested);
            put("missing", v.toll.missing);
            put("displaced", v.toll.displaced);
            out_ += '}';
        }
        field("status", name(v.status));
        refs("chain", 'c', v.chain);
        key("confidence");
        number(v.confidence > 0 ? std::min(v.confidence, 1.0) : 0.0, 4); // NaN, too, is no confidence
        out_ += '}';
    }

    std::string_view text_;
    utf8::offsets offsets_;
    std::string out_;
};

} // namespace

void append_json_string(std::string& out, std::string_view text) {
    if (!simdjson::validate_utf8(text.data(), text.size())) {
        append_json_string(out, well_formed(text));
        return;
    }
    out += '"';
    std::size_t from = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto c = static_cast<unsigned char>(text[at]);
        if (!escaped[c])
            continue;
        out.append(text, from, at - from);
        append_escape(out, c);
        from = at + 1;
    }
    out.append(text, from);
    out += '"';
}

std::string to_json(const record& what, std::string_view text) {
    return writer(text).write(what);
}

std::string candidates_to_json(const record& what, std::string_view text) {
    return writer(text).write_candidates(what);
}

} // namespace isnad
