// Any line: what can be read as a record can be written, and what was written reads and writes the same again.
#include "record/json.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view line(reinterpret_cast<const char*>(data), size);
    const std::string text(size, 'x');
    const auto first = isnad::from_json(line, text);
    if (!first)
        return 0;
    const std::string once = isnad::to_json(*first, text);
    const auto again = isnad::from_json(once, text);
    if (!again || isnad::to_json(*again, text) != once)
        std::abort();
    return 0;
}
