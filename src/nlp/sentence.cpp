#include "nlp/sentence.hpp"

#include <array>

namespace isnad::nlp {
namespace {
constexpr std::array<std::string_view, 17> names = {"ADJ",   "ADP",   "ADV", "AUX",  "CCONJ", "DET",
                                                    "INTJ",  "NOUN",  "NUM", "PART", "PRON",  "PROPN",
                                                    "PUNCT", "SCONJ", "SYM", "VERB", "X"};
static_assert(static_cast<std::size_t>(upos::other) + 1 == names.size());
} // namespace

std::string_view name(upos tag) noexcept {
    return names[static_cast<std::size_t>(tag)];
}

upos upos_of(std::string_view tag) noexcept {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == tag)
            return static_cast<upos>(i);
    return upos::other;
}

std::string_view feature(std::string_view feats, std::string_view name) noexcept {
    while (!feats.empty()) {
        const std::size_t end = feats.find('|');
        const std::string_view pair = feats.substr(0, end);
        if (pair.size() > name.size() && pair[name.size()] == '=' && pair.starts_with(name))
            return pair.substr(name.size() + 1);
        feats.remove_prefix(end == std::string_view::npos ? feats.size() : end + 1);
    }
    return {};
}

} // namespace isnad::nlp
