#include "knowledge/image.hpp"

#include <bit>

namespace isnad::knowledge {

static_assert(std::endian::native == std::endian::little, "the compiled base is little-endian");

std::uint64_t checksum_of(std::string_view bytes) noexcept {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15ULL;
    std::uint64_t lanes[4] = {1, 2, 3, 4};
    std::size_t at = 0;
    for (; at + 32 <= bytes.size(); at += 32)
        for (std::size_t lane = 0; lane < 4; ++lane) {
            std::uint64_t piece = 0;
            std::memcpy(&piece, bytes.data() + at + lane * 8, 8);
            lanes[lane] = std::rotl((lanes[lane] ^ piece) * odd, 29);
        }
    std::uint64_t out = bytes.size();
    for (const auto lane : lanes)
        out = std::rotl((out ^ lane) * odd, 29);
    for (; at < bytes.size(); ++at)
        out = (out ^ static_cast<unsigned char>(bytes[at])) * odd;
    return out ^ (out >> 32);
}

result<const image*> image_in(std::string_view bytes, const std::string& where) {
    const std::string remedy = "make it anew: isnad-knowledge-compile, or build the program";
    const auto* header = reinterpret_cast<const image*>(bytes.data());
    if (bytes.size() < sizeof(image) ||
        std::memcmp(header->magic, image::expected_magic, sizeof image::expected_magic) != 0)
        return error{errc::data, "this is no compiled knowledge base", where, remedy};
    if (header->format != image::expected_format || header->size_of_entry != sizeof(entry))
        return error{errc::data, "the compiled knowledge base is of another version", where, remedy};
    if (header->bytes != bytes.size() || header->checksum != checksum_of(bytes.substr(sizeof(image))))
        return error{errc::data, "the compiled knowledge base is damaged: its checksum does not fit", where, remedy};
    return header;
}

} // namespace isnad::knowledge
