#pragma once
// Data that is used where it lies in the mapped file: texts and lists that point relative to themselves, so that a file
// needs no unpacking and can be mapped anywhere.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace isnad::knowledge::packed {

/// Bytes somewhere after or before this object. Only valid at its own address: it cannot be copied or moved.
class text {
public:
    text() = default;
    text(const text&) = delete;
    text& operator=(const text&) = delete;

    [[nodiscard]] std::string_view view() const noexcept {
        return {reinterpret_cast<const char*>(this) + distance_, size_};
    }
    operator std::string_view() const noexcept { return view(); }
    [[nodiscard]] std::string str() const { return std::string(view()); }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] bool starts_with(std::string_view front) const noexcept { return view().starts_with(front); }
    friend bool operator==(const text& a, const text& b) noexcept { return a.view() == b.view(); }
    friend bool operator==(const text& a, std::string_view b) noexcept { return a.view() == b; }

private:
    std::int32_t distance_ = 0; ///< from this object
    std::uint32_t size_ = 0;
};

/// An array of T somewhere in the same file.
template <class T>
class list {
public:
    list() = default;
    list(const list&) = delete;
    list& operator=(const list&) = delete;

    [[nodiscard]] const T* begin() const noexcept {
        return reinterpret_cast<const T*>(reinterpret_cast<const char*>(this) + distance_);
    }
    [[nodiscard]] const T* end() const noexcept { return begin() + count_; }
    [[nodiscard]] std::uint32_t size() const noexcept { return count_; }
    [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
    [[nodiscard]] const T& operator[](std::uint32_t i) const noexcept { return begin()[i]; }

private:
    std::int32_t distance_ = 0;
    std::uint32_t count_ = 0;
};

[[nodiscard]] inline std::vector<std::string> strings(const list<text>& of) {
    std::vector<std::string> out;
    for (const auto& one : of)
        out.emplace_back(one.view());
    return out;
}

} // namespace isnad::knowledge::packed
