#pragma once
// Where a command writes: standard output or a file, whole lines at a time.
#include "base/result.hpp"

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

namespace cli {

/// Closes what we opened, not standard output.
struct file_closer {
    bool owned = true;
    void operator()(std::FILE* file) const noexcept;
};
using file_handle = std::unique_ptr<std::FILE, file_closer>;

class output {
public:
    /// "" or "-" is standard output.
    static isnad::result<output> open(const std::string& path);

    /// False when nothing more can be written: the reader of the pipe has gone, or the disk is full.
    bool write(std::string_view text);
    /// What went wrong, if anything but a closed pipe did, after flushing.
    [[nodiscard]] isnad::result<isnad::done_t> close();
    [[nodiscard]] bool is_terminal() const;

private:
    output(file_handle file, std::string path) : file_(std::move(file)), path_(std::move(path)) {}
    file_handle file_;
    std::string path_;
    int errno_ = 0;
};

} // namespace cli
