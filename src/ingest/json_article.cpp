#include "ingest/json_article.hpp"

#include <array>
#include <simdjson.h>
#include <utility>

namespace isnad::ingest {
namespace {

namespace dom = simdjson::dom;

/// A parser that has grown beyond this is thrown away: simdjson needs some 15 bytes a byte of the longest line.
constexpr std::size_t usual_line = 1u << 20;

error wrong(std::string what, std::string remedy) {
    return {errc::json, std::move(what), "", std::move(remedy)};
}

constexpr const char* shape = R"(one object a line: {"id":…,"outlet":…,"published":…,"title":…,"text":…})";

/// A string field into `out`; missing and null leave it as it is.
result<done_t> take_text(dom::object object, std::string_view key, std::string& out) {
    dom::element value;
    if (object.at_key(key).get(value) != simdjson::SUCCESS || value.is_null())
        return done;
    std::string_view content;
    if (value.get(content) != simdjson::SUCCESS)
        return wrong("\"" + std::string(key) + "\" is not a string", "write \"" + std::string(key) + "\": \"…\"");
    out = content;
    return done;
}

/// Archives number their articles as often as they name them.
result<done_t> take_id(dom::object object, std::string& out) {
    std::int64_t number = 0;
    if (object.at_key("id").get(number) == simdjson::SUCCESS) {
        out = std::to_string(number);
        return done;
    }
    return take_text(object, "id", out);
}

result<article> take_article(dom::object object) {
    article out;
    out.lang.clear();
    if (const auto id = take_id(object, out.id); !id)
        return id.failure();
    const std::array<std::pair<std::string_view, std::string*>, 6> fields{{{"url", &out.url},
                                                                           {"outlet", &out.outlet},
                                                                           {"title", &out.title},
                                                                           {"published", &out.published},
                                                                           {"lang", &out.lang},
                                                                           {"text", &out.text}}};
    for (const auto& [key, field] : fields)
        if (const auto taken = take_text(object, key, *field); !taken)
            return taken.failure();
    dom::element text;
    if (object.at_key("text").get(text) != simdjson::SUCCESS || text.is_null())
        return wrong("no \"text\" in the object", shape);
    return out;
}

} // namespace

struct article_parser::buffers {
    dom::parser parser;
};

article_parser::article_parser() : buffers_(std::make_unique<buffers>()) {}
article_parser::article_parser(article_parser&&) noexcept = default;
article_parser& article_parser::operator=(article_parser&&) noexcept = default;
article_parser::~article_parser() = default;

result<article> article_parser::parse(std::string& line) {
    if (buffers_->parser.capacity() > usual_line && line.size() <= usual_line)
        buffers_ = std::make_unique<buffers>();
    const std::size_t size = line.size();
    line.resize(size + simdjson::SIMDJSON_PADDING, ' ');
    dom::element root;
    const auto failure = buffers_->parser.parse(line.data(), size, false).get(root);
    line.resize(size);
    if (failure != simdjson::SUCCESS)
        return wrong(std::string("broken JSON: ") + simdjson::error_message(failure), shape);
    dom::object object;
    if (root.get(object) != simdjson::SUCCESS)
        return wrong("JSON, but not an object", shape);
    return take_article(object);
}

} // namespace isnad::ingest
