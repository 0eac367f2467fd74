#pragma once
// Written tokens to syntactic words: splits و ف ب ل ك س and pronoun suffixes
// off their stems.
#include "base/pool.hpp"
#include "base/result.hpp"
#include "nlp/container.hpp"
#include "nlp/sentence.hpp"
#include "text/segmentation.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace isnad::nlp {

/// Ranks the analyses proclitics + stem + suffix of each token by a log-linear
/// model over what the stem looks like, what stands around it and how often it
/// stands alone in news (training/segmenter.py; the part "segmenter" of the
/// model file). The words are spelled as if they stood alone: للعدالة → ل +
/// العدالة, مدرسته → مدرسة + ه, واضاف → و + أضاف. Immutable after open; shared
/// by all threads.
class segmenter {
    /// Letters of Arabic take two bytes each in UTF-8; proclitics, suffix and
    /// middle are pieces of the token.
    struct candidate {
        std::string_view proclitics, suffix, middle;
        std::string stem, rule;
    };

public:
    /// Working memory of one thread, kept from call to call to save allocations.
    class scratch {
        friend class segmenter;
        std::vector<candidate> candidates; ///< the first `candidate_count` of them
        std::size_t candidate_count = 0;
        std::vector<std::string> words, clean; ///< likewise
        std::size_t word_count = 0;
        std::vector<std::uint32_t> starts;
        std::vector<std::size_t> cuts;
    };

    /// Fails with errc::model when the container has no fitting part. Copies of
    /// the container keep the map alive.
    static result<segmenter> open(const container& model);

    /// Fills `out` with the tokens and words of `bounds`, which are spans of
    /// `text`: span, form, position; the rest is left to the analyser. Forms are
    /// cleaned (text::clean). The words of a token share out its bytes in order,
    /// none empty unless the token has fewer letters than words. Linear in the
    /// tokens, some 2 µs each. `out` may be one that was used before: what its
    /// words had is gone, their memory is not.
    void segment(std::string_view text, const text::sentence_bounds& bounds, sentence& out, scratch& use) const;
    void segment(std::string_view text, const text::sentence_bounds& bounds, sentence& out) const;

    /// The words that the token is split into, for tests and tools; neighbours
    /// are "" at the sentence's edges.
    [[nodiscard]] std::vector<std::string> split(std::string_view token, std::string_view before,
                                                 std::string_view after) const;

private:
    struct context;
    struct text_hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    template <class T>
    using by_text = std::unordered_map<std::string, T, text_hash, std::equal_to<>>;

    explicit segmenter(container model) : model_(std::move(model)), memory_(std::make_shared<pool<scratch>>()) {}
    template <class... Pieces>
    [[nodiscard]] int level(const Pieces&... pieces) const;
    template <class... Pieces>
    [[nodiscard]] int bucket(const Pieces&... pieces) const;
    void spell(std::string& stem) const;
    void add(std::string_view proclitics, std::string_view middle, std::string_view suffix, std::string_view stem_begin,
             std::string_view stem_end, std::string_view rule, scratch& use) const;
    void add_stems(std::string_view proclitics, std::string_view rest, bool article, std::string_view suffix,
                   scratch& use) const;
    void add_closed(std::string_view token, scratch& use) const;
    void find_candidates(std::string_view token, scratch& use) const;
    [[nodiscard]] std::int32_t score(const candidate& one, const context& around) const;
    void take_words(const candidate& one, scratch& use) const;
    void best(std::string_view token, std::string_view before, std::string_view after, scratch& use) const;

    container model_; ///< keeps the map that the spans below look into
    std::span<const std::int8_t> weights_;
    std::span<const std::uint32_t> level_keys_;
    std::span<const std::uint8_t> levels_;
    by_text<std::vector<std::vector<std::string>>> closed_;
    by_text<std::string> respelled_;
    std::shared_ptr<pool<scratch>> memory_; ///< for those who bring none
};

} // namespace isnad::nlp
