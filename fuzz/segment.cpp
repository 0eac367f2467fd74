// Any bytes: sentences and tokens lie in order within the text, do not overlap, and leave out nothing but blanks.
#include "base/utf8.hpp"
#include "text/fold.hpp"
#include "text/segmentation.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void require(bool holds) {
    if (!holds)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    constexpr std::size_t most = 50;
    std::uint32_t end = 0;
    for (const auto& sentence : isnad::text::segment(text, {.tokens_per_sentence = most})) {
        require(sentence.at.begin >= end && sentence.at.end <= size && !sentence.at.empty());
        require(!sentence.tokens.empty() && sentence.tokens.size() <= most);
        end = sentence.at.begin;
        for (const isnad::span token : sentence.tokens) {
            require(token.begin >= end && !token.empty() && token.end <= sentence.at.end);
            end = token.end;
        }
    }
    // Of well-formed text folding folds nothing further the second time.
    const std::string once = isnad::text::fold(text);
    if (isnad::utf8::first_malformed(text) == std::string::npos)
        require(isnad::text::fold(once) == once);
    return 0;
}
