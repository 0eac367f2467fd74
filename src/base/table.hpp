#pragma once
// The tables under data/: tab-separated UTF-8, "#" comments, a header line that names the columns.
#include "base/result.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace isnad {

/// A table that an editor can correct in a text editor. The first line that is no comment names the columns; "-" and
/// nothing both stand for an empty cell. Rows may be shorter than the header. A row starting with "#" is a comment.
class table {
public:
    struct row {
        std::vector<std::string> cells;
        std::string where; ///< "file:line"
    };

    /// Fails with errc::io, or errc::data for a row with more cells than columns or bytes that are not UTF-8.
    static result<table> read(const std::string& path);
    static result<table> parse(std::string_view content, const std::string& path);

    [[nodiscard]] const std::vector<row>& rows() const noexcept { return rows_; }
    [[nodiscard]] bool has_column(std::string_view name) const { return columns_.contains(name); }
    /// The names of the header that are not among `known`.
    [[nodiscard]] std::vector<std::string> columns_beside(const std::vector<std::string_view>& known) const;
    /// The cell under `column`; "" where the row or the table has none.
    [[nodiscard]] std::string_view cell(const row& of, std::string_view column) const;
    /// The cell cut at "|", blanks trimmed, empty pieces left out.
    [[nodiscard]] std::vector<std::string> list(const row& of, std::string_view column) const;

private:
    std::map<std::string, std::size_t, std::less<>> columns_;
    std::vector<row> rows_;
};

/// `text` cut at each `mark`, blanks trimmed, empty pieces left out.
[[nodiscard]] std::vector<std::string> split(std::string_view text, char mark);
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;

} // namespace isnad
