#pragma once
// Written tokens to syntactic words: splits و ف ب ل ك س and pronoun suffixes off their stems.
#include "base/result.hpp"
#include "nlp/container.hpp"
#include "nlp/sentence.hpp"
#include "text/segmentation.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace isnad::nlp {

/// Ranks the analyses proclitics + stem + suffix of each token by a log-linear model (training/segmenter.py, the
/// part "segmenter" of the model file). Immutable after open; shared by all threads.
class segmenter {
public:
    /// Fails with errc::model when the container has no fitting part. Copies of the container keep the map alive.
    static result<segmenter> open(const container& model);

    /// Fills `out` with the tokens and words of `bounds`, which are spans of `text`: span, form, position; the rest is
    /// left to the analyser. The words of a token share out its bytes in order. Linear in the tokens.
    void segment(std::string_view text, const text::sentence_bounds& bounds, sentence& out) const;

    /// The words that the token is split into, for tests and tools; neighbours are "" at the sentence's edges.
    [[nodiscard]] std::vector<std::string> split(std::string_view token, std::string_view before,
                                                 std::string_view after) const;

private:
    struct candidate {
        std::vector<std::u32string> proclitics;
        std::u32string stem, suffix, rule;
    };
    explicit segmenter(container model) : model_(std::move(model)) {}
    [[nodiscard]] int bucket(std::u32string_view word) const;
    [[nodiscard]] std::u32string spelled(const std::u32string& stem) const;
    [[nodiscard]] std::vector<candidate> candidates(const std::u32string& token) const;
    [[nodiscard]] std::vector<std::string> best(const std::string& token, const std::string& before,
                                                const std::string& after) const;
    [[nodiscard]] std::int64_t score(const candidate& one, const std::string& token, int whole,
                                     const std::u32string& before, const std::u32string& after) const;

    container model_; ///< keeps the map that the spans below look into
    std::span<const std::int8_t> weights_;
    std::span<const std::uint32_t> count_keys_;
    std::span<const std::uint8_t> count_buckets_;
    std::unordered_map<std::string, std::vector<std::string>> closed_;
};

} // namespace isnad::nlp
