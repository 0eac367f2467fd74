// Any line: parsing gives an article or an error with a remedy, and the checks do not contradict themselves.
#include "base/utf8.hpp"
#include "ingest/json_article.hpp"
#include "ingest/reader.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string line(reinterpret_cast<const char*>(data), size);
    const auto fit = isnad::ingest::check_text(line);
    if (fit ? isnad::utf8::first_malformed(line) != std::string::npos : fit.failure().remedy.empty())
        std::abort();
    const auto date = isnad::ingest::check_published(line);
    if (!date && date.failure().remedy.empty())
        std::abort();
    isnad::ingest::article_parser parser;
    const auto parsed = parser.parse(line);
    if (!parsed && parsed.failure().remedy.empty())
        std::abort();
    if (line.size() != size)
        std::abort();
    return 0;
}
