#include "base/table.hpp"

#include "base/mapped_file.hpp"
#include "base/utf8.hpp"

namespace isnad {

std::string_view trim(std::string_view text) noexcept {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::vector<std::string> split(std::string_view text, char mark) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto end = std::min(text.find(mark), text.size());
        if (const auto piece = trim(text.substr(0, end)); !piece.empty())
            out.emplace_back(piece);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

namespace {
std::vector<std::string> cells_of(std::string_view line) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at <= line.size();) {
        const auto end = std::min(line.find('\t', at), line.size());
        const auto cell = trim(line.substr(at, end - at));
        out.emplace_back(cell == "-" ? std::string_view{} : cell);
        at = end + 1;
    }
    return out;
}
} // namespace

result<table> table::read(const std::string& path) {
    auto file = mapped_file::open(path);
    if (!file)
        return file.failure();
    return parse(file->view(), path);
}

result<table> table::parse(std::string_view content, const std::string& path) {
    table out;
    std::size_t number = 0;
    while (!content.empty()) {
        const auto end = std::min(content.find('\n'), content.size());
        const auto line = content.substr(0, end);
        content.remove_prefix(std::min(end + 1, content.size()));
        ++number;
        if (trim(line).empty() || line.front() == '#')
            continue;
        const std::string where = path + ":" + std::to_string(number);
        if (utf8::first_malformed(line) != std::string_view::npos)
            return error{errc::data, "the row is not UTF-8", where, "save the table as UTF-8"};
        auto cells = cells_of(line);
        if (out.columns_.empty()) {
            for (std::size_t i = 0; i < cells.size(); ++i)
                out.columns_.emplace(cells[i], i);
            continue;
        }
        if (cells.size() > out.columns_.size())
            return error{errc::data,
                         "the row has " + std::to_string(cells.size()) + " cells, the header names " +
                             std::to_string(out.columns_.size()),
                         where, "part cells with one tab each"};
        out.rows_.push_back({std::move(cells), where});
    }
    return out;
}

std::vector<std::string> table::columns_beside(const std::vector<std::string_view>& known) const {
    std::vector<std::string> out;
    for (const auto& [name, at] : columns_)
        if (std::find(known.begin(), known.end(), name) == known.end())
            out.push_back(name);
    return out;
}

std::string_view table::cell(const row& of, std::string_view column) const {
    const auto found = columns_.find(column);
    if (found == columns_.end() || found->second >= of.cells.size())
        return {};
    return of.cells[found->second];
}

std::vector<std::string> table::list(const row& of, std::string_view column) const {
    return split(cell(of, column), '|');
}

} // namespace isnad
