#include "nlp/container.hpp"

#include "nlp/sha256.hpp"

#include <bit>
#include <cstring>
#include <limits>
#include <simdjson.h>

namespace isnad::nlp {
namespace {

constexpr std::string_view magic = "ISNADM1\n";
constexpr std::size_t preamble = 16;
constexpr std::size_t checksum_size = 32;
constexpr std::size_t alignment = 64;

static_assert(std::endian::native == std::endian::little, "model files are little-endian");

error broken(const std::string& path, std::string what) {
    return {errc::model, std::move(what), path, "fetch the model file again"};
}

std::size_t width_of(std::string_view dtype) {
    if (dtype == "f32" || dtype == "i32" || dtype == "u32")
        return 4;
    if (dtype == "u64")
        return 8;
    if (dtype == "f16" || dtype == "i16" || dtype == "u16")
        return 2;
    return dtype == "i8" || dtype == "u8" || dtype == "utf8" ? 1 : 0;
}

/// Elements of an array of this shape, or the largest number when it does not fit.
std::size_t elements(const std::vector<std::size_t>& shape) {
    std::size_t count = 1;
    for (const std::size_t extent : shape)
        if (__builtin_mul_overflow(count, extent, &count))
            return std::numeric_limits<std::size_t>::max();
    return count;
}

/// Reads one entry of the header's list of sections; false when it is malformed or lies outside `data`.
bool read_section(const simdjson::dom::element& entry, std::string_view data, std::string& name, section& out) {
    std::string_view label;
    std::string_view dtype;
    std::uint64_t offset = 0;
    std::uint64_t bytes = 0;
    simdjson::dom::array shape;
    if (entry["name"].get(label) || entry["dtype"].get(dtype) || entry["offset"].get(offset) ||
        entry["bytes"].get(bytes) || entry["shape"].get(shape))
        return false;
    for (const simdjson::dom::element extent : shape) {
        std::uint64_t size = 0;
        if (extent.get(size))
            return false;
        out.shape.push_back(size);
    }
    std::size_t expected = 0;
    const bool fits = !__builtin_mul_overflow(elements(out.shape), width_of(dtype), &expected) && expected == bytes;
    if (width_of(dtype) == 0 || !fits || offset % alignment != 0 || offset > data.size() ||
        bytes > data.size() - offset)
        return false;
    name = label;
    out.dtype = dtype;
    out.bytes = data.substr(offset, bytes);
    return true;
}

} // namespace

result<container> container::open(const std::string& path) {
    auto mapped = mapped_file::open(path);
    if (!mapped)
        return mapped.failure();
    auto data = std::make_shared<contents>(contents{std::move(*mapped), path, {}, {}, {}, {}, {}});
    const std::string_view file = data->file.view();
    if (file.size() < preamble + checksum_size || !file.starts_with(magic))
        return broken(path, "not an isnad model file");

    std::uint64_t header_size = 0;
    std::memcpy(&header_size, file.data() + magic.size(), sizeof header_size);
    if (header_size > file.size() - preamble - checksum_size || (preamble + header_size) % alignment != 0)
        return broken(path, "the model file is cut short");
    simdjson::dom::parser parser;
    simdjson::dom::element header;
    std::uint64_t format = 0;
    std::string_view name;
    std::string_view version;
    simdjson::dom::object parts;
    simdjson::dom::array sections;
    if (parser.parse(file.data() + preamble, header_size).get(header) || header["format"].get(format) ||
        header["name"].get(name) || header["version"].get(version) || header["parts"].get(parts) ||
        header["sections"].get(sections))
        return broken(path, "the model file's header is damaged");
    if (format != 2)
        return error{errc::model, "model format " + std::to_string(format) + " is not known to this version", path,
                     "use the model file that belongs to this version of isnad"};
    data->name = name;
    data->version = version;
    for (const auto& [key, value] : parts)
        data->parts.emplace(key, simdjson::minify(value));

    const std::size_t begin = preamble + header_size;
    const std::string_view area = file.substr(begin, file.size() - begin - checksum_size);
    for (const simdjson::dom::element entry : sections) {
        std::string label;
        section read;
        if (!read_section(entry, area, label, read))
            return broken(path, "a section of the model file lies outside it or is malformed");
        data->sections.insert_or_assign(std::move(label), std::move(read));
    }
    digest carried{};
    std::memcpy(carried.data(), file.data() + file.size() - checksum_size, checksum_size);
    data->sha256 = hex(carried);
    return container(std::move(data));
}

result<done_t> container::verify() const {
    const std::string_view file = data_->file.view();
    if (hex(sha256(file.substr(0, file.size() - checksum_size))) != data_->sha256)
        return damaged("the model file does not match its checksum");
    return done;
}

std::string_view container::part(std::string_view name) const {
    const auto found = data_->parts.find(name);
    return found == data_->parts.end() ? std::string_view{} : found->second;
}

const section* container::find(std::string_view name) const {
    const auto found = data_->sections.find(name);
    return found == data_->sections.end() ? nullptr : &found->second;
}

error container::damaged(std::string what) const {
    return broken(data_->path, std::move(what));
}

result<const section*> container::typed(std::string_view name, std::string_view dtype, std::size_t width,
                                        const std::vector<std::size_t>& shape) const {
    const section* found = find(name);
    const std::string label(name);
    if (found == nullptr)
        return damaged("the model file lacks the section " + label);
    if (dtype.find(found->dtype) == std::string_view::npos || width_of(found->dtype) != width)
        return damaged("section " + label + " is of type " + found->dtype);
    bool matches = found->shape.size() == shape.size();
    for (std::size_t i = 0; matches && i < shape.size(); ++i)
        matches = shape[i] == 0 || shape[i] == found->shape[i];
    if (!matches)
        return damaged("section " + label + " has another shape than expected");
    return found;
}

result<std::vector<std::string_view>> container::lines(std::string_view name) const {
    const section* found = find(name);
    if (found == nullptr || found->dtype != "utf8")
        return damaged("the model file lacks the text table " + std::string(name));
    std::vector<std::string_view> out;
    std::string_view rest = found->bytes;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        out.push_back(rest.substr(0, end));
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return out;
}

} // namespace isnad::nlp
