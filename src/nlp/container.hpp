#pragma once
// The model file: a self-describing container of arrays, text tables and labels, mapped and shared.
//
// Layout, little-endian: magic "ISNADM1\n", u64 length of the header, the header (JSON), sections at multiples of 64
// bytes, SHA-256 of everything before. training/container.py writes it.
#include "base/mapped_file.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace isnad::nlp {

/// A dense array in row-major order. `bytes` points into the mapped file.
struct section {
    std::string dtype; ///< f32 f16 i32 u32 u64 i16 u16 i8 u8, or utf8 for a text table
    std::vector<std::size_t> shape;
    std::string_view bytes;
};

/// Immutable after open; copies share one map. Views live as long as any copy does.
class container {
public:
    /// Maps the file and checks magic, header and that every section lies within the file; not the checksum. Fails with
    /// errc::io or errc::model.
    static result<container> open(const std::string& path);

    /// Reads the whole file to hold it to its checksum: some 4 ms per megabyte. Fails with errc::model.
    [[nodiscard]] result<done_t> verify() const;

    [[nodiscard]] const std::string& name() const noexcept { return data_->name; }
    [[nodiscard]] const std::string& version() const noexcept { return data_->version; }
    /// The checksum that the file carries, in hex.
    [[nodiscard]] const std::string& sha256_hex() const noexcept { return data_->sha256; }
    /// The JSON of one part's description (labels, sizes, self-test samples), "" when the file has no such part.
    [[nodiscard]] std::string_view part(std::string_view name) const;

    /// nullptr when there is no section of that name.
    [[nodiscard]] const section* find(std::string_view name) const;
    /// The array of that name as T (float for f32, _Float16's bits std::uint16_t for f16). Fails with errc::model when
    /// it is missing, of another type, or not of `shape` (an extent of 0 allows any).
    template <class T>
    [[nodiscard]] result<std::span<const T>> array(std::string_view name, const std::vector<std::size_t>& shape) const;
    /// The lines of a utf8 section. Fails with errc::model.
    [[nodiscard]] result<std::vector<std::string_view>> lines(std::string_view name) const;

private:
    struct contents {
        mapped_file file;
        std::string path, name, version, sha256;
        std::map<std::string, std::string, std::less<>> parts;
        std::map<std::string, section, std::less<>> sections;
    };
    explicit container(std::shared_ptr<const contents> data) : data_(std::move(data)) {}
    [[nodiscard]] error damaged(std::string what) const;
    [[nodiscard]] result<const section*> typed(std::string_view name, std::string_view dtype, std::size_t width,
                                               const std::vector<std::size_t>& shape) const;
    std::shared_ptr<const contents> data_;
};

template <class T>
struct dtype_of;
template <>
struct dtype_of<float> {
    static constexpr std::string_view name = "f32";
};
template <>
struct dtype_of<std::uint64_t> {
    static constexpr std::string_view name = "u64";
};
template <>
struct dtype_of<std::int32_t> {
    static constexpr std::string_view name = "i32";
};
template <>
struct dtype_of<std::uint32_t> {
    static constexpr std::string_view name = "u32";
};
template <>
struct dtype_of<std::int16_t> {
    static constexpr std::string_view name = "i16";
};
template <>
struct dtype_of<std::uint16_t> {
    static constexpr std::string_view name = "u16|f16";
};
template <>
struct dtype_of<std::int8_t> {
    static constexpr std::string_view name = "i8";
};
template <>
struct dtype_of<std::uint8_t> {
    static constexpr std::string_view name = "u8";
};

template <class T>
result<std::span<const T>> container::array(std::string_view name, const std::vector<std::size_t>& shape) const {
    const auto found = typed(name, dtype_of<T>::name, sizeof(T), shape);
    if (!found)
        return found.failure();
    const std::string_view bytes = (*found)->bytes;
    return std::span<const T>(reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T));
}

} // namespace isnad::nlp
