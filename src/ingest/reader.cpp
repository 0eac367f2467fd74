#include "ingest/reader.hpp"

#include "base/utf8.hpp"
#include "ingest/json_article.hpp"
#include "ingest/line_source.hpp"

#include <utility>

namespace isnad::ingest {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool ends_with_any(std::string_view path, std::initializer_list<std::string_view> extensions) {
    for (const auto extension : extensions)
        if (path.ends_with(extension))
            return true;
    return false;
}

format format_of(const std::string& path, line_source& source) {
    if (ends_with_any(path, {".txt", ".text"}))
        return format::text;
    if (ends_with_any(path, {".jsonl", ".ndjson"}))
        return format::jsonl;
    return source.peek() == '{' ? format::jsonl : format::text;
}

bool is_blank(std::string_view line) {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

std::string mebibytes(std::size_t bytes) {
    return bytes % (1u << 20) == 0 ? std::to_string(bytes >> 20) + " MiB" : std::to_string(bytes) + " bytes";
}

/// Takes away what a cut at any byte left of a last character.
void drop_partial_character(std::string& text) {
    for (int i = 0; i < 4 && !text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80; ++i)
        text.pop_back();
    if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0x80)
        text.pop_back();
}

/// The line that "line N" names; 1 for anything else.
std::size_t line_in(const std::string& where) {
    constexpr std::string_view word = "line ";
    return where.starts_with(word) ? std::stoul(where.substr(word.size())) : 1;
}

} // namespace

std::string name_of(const std::string& path) {
    if (path == "-")
        return "stdin";
    const std::size_t slash = path.rfind('/');
    std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
    const std::size_t dot = name.rfind('.');
    if (dot != std::string::npos && dot > 0)
        name.resize(dot);
    return name;
}

struct reader::state {
    line_source source;
    std::string path, shown;
    limits bounds;
    format as = format::detect;
    article_parser parser;
    std::string line;
    std::size_t line_number = 0;
    bool finished = false;
    bool anything = false; ///< a line that is not blank

    [[nodiscard]] std::string here() const { return shown + ":" + std::to_string(line_number); }
    [[nodiscard]] error at_line(error failure) const {
        failure.where = here();
        return failure;
    }
    [[nodiscard]] error unreadable() {
        finished = true;
        return {errc::io, "cannot be read on: " + source.system_error(), here(), "check the disk or the pipe"};
    }
    [[nodiscard]] error too_long(std::string_view what, std::string_view limit, std::size_t bytes) const {
        return {errc::limit,
                std::string(what) + " of more than " + mebibytes(bytes) + " (limit " + std::string(limit) + ")", here(),
                "cut it into articles, or raise the limit"};
    }
    result<article> whole_file();
    std::optional<result<article>> next_line();
    result<article> parse_line();
};

result<article> reader::state::whole_file() {
    finished = true;
    line_number = 1;
    article out;
    const auto end = source.rest(out.text, bounds.max_article_bytes);
    if (end == line_source::outcome::broken)
        return unreadable();
    // The kind of a text comes before its size, so that a video is called binary and not a long article.
    const bool cut = end == line_source::outcome::too_long;
    if (cut)
        drop_partial_character(out.text);
    if (const auto fit = check_text(out.text); !fit) {
        error failure = fit.failure();
        line_number = line_in(failure.where);
        return at_line(std::move(failure));
    }
    if (cut)
        return too_long("a text", "max_article_bytes", bounds.max_article_bytes);
    out.id = name_of(path);
    return out;
}

result<article> reader::state::parse_line() {
    if (line_number == 1 && line.starts_with(byte_order_mark))
        line.erase(0, byte_order_mark.size());
    finished = line_number == 1 && is_utf16(line); // no later line can be read
    if (finished || line.find('\0') != std::string::npos || utf8::first_malformed(line) != std::string::npos) {
        if (const auto bytes = check_text(line); !bytes)
            return at_line(bytes.failure());
    }
    auto parsed = parser.parse(line);
    if (!parsed)
        return at_line(parsed.failure());
    article out = std::move(parsed).value();
    if (out.id.empty())
        out.id = name_of(path) + ":" + std::to_string(line_number);
    if (out.text.size() > bounds.max_article_bytes)
        return too_long("a text", "max_article_bytes", bounds.max_article_bytes);
    if (!out.lang.empty() && !out.lang.starts_with("ar"))
        return at_line(
            {errc::language, "an article whose \"lang\" is '" + out.lang + "'", "", "isnad reads Arabic only"});
    if (out.lang.empty())
        out.lang = "ar";
    if (!out.published.empty())
        if (const auto date = check_published(out.published); !date)
            return at_line(date.failure());
    if (const auto fit = check_text(out.text); !fit)
        return at_line(fit.failure());
    return out;
}

std::optional<result<article>> reader::state::next_line() {
    for (;;) {
        ++line_number;
        switch (source.next_line(line, bounds.max_line_bytes)) {
        case line_source::outcome::end:
            finished = true;
            --line_number;
            if (!anything)
                return error{errc::data, "nothing to read: no line with an article", shown,
                             "give one JSON object a line"};
            return std::nullopt;
        case line_source::outcome::broken:
            return unreadable();
        case line_source::outcome::too_long:
            anything = true;
            return too_long("a line", "max_line_bytes", bounds.max_line_bytes);
        case line_source::outcome::line:
            if (is_blank(line))
                continue;
            anything = true;
            return parse_line();
        }
    }
}

reader::reader(std::unique_ptr<state> begun) : state_(std::move(begun)) {}
reader::reader(reader&&) noexcept = default;
reader& reader::operator=(reader&&) noexcept = default;
reader::~reader() = default;

result<reader> reader::open(const std::string& path, const limits& bounds, format as) {
    auto source = line_source::open(path);
    if (!source)
        return source.failure();
    if (as == format::detect)
        as = format_of(path, *source);
    return reader(std::make_unique<state>(state{std::move(source).value(),
                                                path,
                                                path == "-" ? "stdin" : path,
                                                bounds,
                                                as,
                                                article_parser(),
                                                {},
                                                0,
                                                false,
                                                false}));
}

std::optional<result<article>> reader::next() {
    if (state_->finished)
        return std::nullopt;
    if (state_->as == format::text)
        return state_->whole_file();
    return state_->next_line();
}

std::string reader::where() const {
    return state_->here();
}

} // namespace isnad::ingest
