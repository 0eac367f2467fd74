#pragma once
// Articles out of files and pipes, one at a time, whatever else is in there.
#include "base/result.hpp"
#include "isnad/record.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace isnad::ingest {

/// Running into one of these is an errc::limit that names it, and skips what was too long without holding it.
struct limits {
    std::size_t max_line_bytes = 16u << 20;   ///< a line of JSON Lines
    std::size_t max_article_bytes = 1u << 20; ///< the text of one article
};

enum class format {
    detect, ///< by the file's name (.txt, .jsonl, .ndjson), else by its first byte that is no blank: "{" means JSONL
    text,   ///< the whole file is one article
    jsonl   ///< one article a line: {id, outlet, published, title, text, url, lang}
};

/// Pulls the articles of one file or pipe. Holds at most one line, or one article, and what parsing it takes: memory
/// does not grow with the file. For one thread.
class reader {
public:
    /// `path` "-" is standard input, named "stdin" in errors. Fails with errc::io.
    static result<reader> open(const std::string& path, const limits& bounds = {}, format as = format::detect);
    reader(reader&&) noexcept;
    reader& operator=(reader&&) noexcept;
    ~reader();

    /// The next article, or why the next one cannot be read; nullopt at the end. An error does not end the reading: the
    /// call after it goes on with the next line. Every error carries "file:line" and a remedy.
    ///
    /// The text is kept byte for byte, a byte-order mark, \r and all: spans count from the file's first byte. An
    /// article without id gets "name" for a text file and "name:line" for a line, with the file's name less its folder
    /// and extension. Unknown fields of JSON are passed over; "text" must be there.
    [[nodiscard]] std::optional<result<article>> next();

    /// "file:line" of what next() gave last.
    [[nodiscard]] std::string where() const;

private:
    struct state;
    explicit reader(std::unique_ptr<state> begun);
    std::unique_ptr<state> state_;
};

/// "archive/2016/a.txt" → "a", "-" → "stdin": what an article without id is called by.
[[nodiscard]] std::string name_of(const std::string& path);

/// Whether a text begins with the byte order mark of UTF-16, of either order.
[[nodiscard]] bool is_utf16(std::string_view text);

/// Whether these bytes are text in well-formed UTF-8. Fails with errc::encoding; `where` is "line N" within the text.
/// Linear.
[[nodiscard]] result<done_t> check_encoding(std::string_view text);
/// The same of a part of a text, a line: how many of its bytes are control characters says nothing there.
[[nodiscard]] result<done_t> check_bytes(std::string_view text);

/// Whether isnad can read this text: well-formed UTF-8 with some of it Arabic. Fails with errc::encoding or
/// errc::language, errc::data for a blank text; `where` is "line N" within the text. Linear.
[[nodiscard]] result<done_t> check_text(std::string_view text);

/// An ISO date or date-time: 2016-10-04, 2016-10-04T09:30, …:30:00Z, …+03:00. Fails with errc::data.
[[nodiscard]] result<done_t> check_published(std::string_view published);

} // namespace isnad::ingest
