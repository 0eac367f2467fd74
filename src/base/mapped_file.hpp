#pragma once
// A file read through the page cache, shared by threads and processes.
#include "base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace isnad {

/// Owns a read-only memory map. The view is valid as long as the object lives; moving keeps it valid.
class mapped_file {
public:
    /// Fails with errc::io when the file cannot be opened or mapped. An empty file gives an empty view.
    static result<mapped_file> open(const std::string& path);
    mapped_file(mapped_file&& other) noexcept
        : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
    mapped_file& operator=(mapped_file&& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        return *this;
    }
    mapped_file(const mapped_file&) = delete;
    mapped_file& operator=(const mapped_file&) = delete;
    ~mapped_file();

    [[nodiscard]] std::string_view view() const noexcept { return {data_, size_}; }

private:
    mapped_file(const char* data, std::size_t size) : data_(data), size_(size) {}
    const char* data_ = nullptr;
    std::size_t size_ = 0;
};

} // namespace isnad
