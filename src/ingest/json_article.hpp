#pragma once
// One line of JSON Lines as an article.
#include "base/result.hpp"
#include "isnad/record.hpp"

#include <memory>
#include <string>

namespace isnad::ingest {

/// Keeps simdjson's buffers from line to line, and lets them go after a line that was far longer than most.
class article_parser {
public:
    article_parser();
    article_parser(article_parser&&) noexcept;
    article_parser& operator=(article_parser&&) noexcept;
    ~article_parser();

    /// Fails with errc::json for a line that is no JSON object, or whose fields are of the wrong type or missing.
    /// Null stands for a missing field; a number may stand for an id. Unknown fields are passed over. `line` gets
    /// room for simdjson's padding.
    [[nodiscard]] result<article> parse(std::string& line);

private:
    struct buffers;
    std::unique_ptr<buffers> buffers_;
};

} // namespace isnad::ingest
