#pragma once
// The bytes of a file or pipe, by lines or as a whole, never more of them in memory than asked for.
#include "base/result.hpp"

#include <array>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

namespace isnad::ingest {

/// Closes what we opened, not standard input.
struct file_closer {
    bool owned = true;
    void operator()(std::FILE* file) const noexcept;
};
using file_handle = std::unique_ptr<std::FILE, file_closer>;

class line_source {
public:
    /// "-" is standard input. Fails with errc::io, also for a folder.
    static result<line_source> open(const std::string& path);

    enum class outcome { line, too_long, end, broken };
    /// The next line without its newline into `line`. `too_long`: it had more than `most` bytes and was skipped;
    /// `line` then holds nothing. `broken`: the system refused to read on; system_error() says why.
    outcome next_line(std::string& line, std::size_t most);
    /// Code points of the last line that was too long, a malformed byte counting one.
    [[nodiscard]] std::size_t skipped_code_points() const noexcept { return skipped_; }
    /// Everything that is left into `out`; `too_long` when that is more than `most` bytes, with the first of them
    /// there.
    outcome rest(std::string& out, std::size_t most);
    /// The first byte that is no blank and no byte-order mark among the first 64 KiB, '\0' when there is none. Takes
    /// nothing away.
    char peek();

    [[nodiscard]] std::string system_error() const;

private:
    explicit line_source(file_handle file);
    bool fill();
    [[nodiscard]] std::string_view waiting() const { return {buffer_->data() + begin_, end_ - begin_}; }

    static constexpr std::size_t buffer_size = 64u << 10;
    file_handle file_;
    std::unique_ptr<std::array<char, buffer_size>> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t skipped_ = 0;
    int errno_ = 0;
};

} // namespace isnad::ingest
