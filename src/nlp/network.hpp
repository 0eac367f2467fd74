#pragma once
// The network of the core: hashed features → recurrent layers → heads. training/model.py is its maker.
#include "nlp/container.hpp"
#include "nlp/features.hpp"
#include "nlp/kernels.hpp"

#include <array>
#include <span>
#include <vector>

namespace isnad::nlp {

/// What the network reads of a word.
struct network_input {
    std::string_view cleaned; ///< text::clean of the form
    std::uint32_t place = 0;  ///< place_in_token()
};

/// Scores by word, [words][stride] with log-probabilities in the first columns where not said otherwise.
struct network_scores {
    std::vector<float> tags, scripts, names; ///< tags and scripts are plain scores
    std::vector<float> dep, head;            ///< [words][arc]; `head` has one row more, the root
    std::vector<float> rel_dep, rel_head;    ///< likewise
    std::size_t tag_stride = 0, script_stride = 0, name_stride = 0;
};

/// Working memory of one thread; grows to what the longest batch needs.
struct network_buffers {
    word_features features;
    std::vector<float> entry, x, normed, gates, next, mixed, hidden, state;
    std::array<std::vector<float>, 3> mixes;
    packed_matrix heads;
    std::vector<float> projected;
};

/// Immutable after open; shared by threads.
class network {
public:
    /// Unpacks the weights: some 25 MB of memory. Fails with errc::model when sections are missing or do not fit.
    static result<network> open(const container& model);

    /// Runs the encoder and the heads over sentences laid end to end: `bounds` has the first word of each and then
    /// the number of words. Results do not depend on what else is in the batch.
    void run(std::span<const network_input> words, std::span<const std::size_t> bounds, network_buffers& use,
             network_scores& out) const;
    /// Log-probabilities of heads for the words [first, last) of one sentence: [n][1 + n], column 0 the root.
    void arcs(const network_scores& of, std::size_t first, std::size_t last, network_buffers& use,
              std::vector<float>& out) const;
    /// Scores of relations for word `word` of the batch under `head` (a word of the batch; the number of words for
    /// the root), for n pairs at once: [n][relations].
    void relations(const network_scores& of, std::span<const std::size_t> words, std::span<const std::size_t> heads,
                   network_buffers& use, std::vector<float>& out) const;

    [[nodiscard]] const feature_space& space() const noexcept { return space_; }
    [[nodiscard]] std::size_t tag_count() const noexcept { return tag2_.outputs(); }
    [[nodiscard]] std::size_t script_count() const noexcept { return lemma2_.outputs(); }
    [[nodiscard]] std::size_t relation_count() const noexcept { return rel_lin_dep_.outputs(); }
    [[nodiscard]] std::size_t name_count() const noexcept { return name2_.outputs(); }
    /// Chooses kernels by hand; for tests and measurements.
    void use_kernels(const kernels& chosen) noexcept { kernels_ = &chosen; }

private:
    struct layer {
        std::vector<float> scale, shift; ///< of the normalisation
        packed_matrix weight;
        std::vector<float> v, b;
    };
    struct mix {
        std::vector<float> share;
    };

    void look_up(std::span<const network_input> words, network_buffers& use) const;
    void encode(std::span<const std::size_t> bounds, std::size_t n, network_buffers& use) const;
    void product(const packed_matrix& by, const float* x, std::size_t rows, std::vector<float>& y) const;
    void two_layers(const packed_matrix& first, const packed_matrix& second, const std::vector<float>& x,
                    std::size_t rows, network_buffers& use, std::vector<float>& y) const;

    const kernels* kernels_ = &best_kernels();
    container model_; ///< keeps the map alive
    feature_space space_;
    std::size_t embedding_ = 0, small_ = 0, hidden_ = 0, entry_size_ = 0;
    std::span<const std::int8_t> table_;
    std::vector<float> table_scale_;
    std::span<const float> shape_, place_, root_;
    packed_matrix entry_, tag1_, tag2_, lemma1_, lemma2_, name1_, name2_, dep_, head_, rel_dep_, rel_head_, arc_, rel_,
        rel_lin_dep_, rel_lin_head_;
    std::span<const float> arc_bias_;
    std::vector<layer> layers_;
    std::array<mix, 3> mixes_; ///< tag, tree, name

    explicit network(container model) : model_(std::move(model)) {}
    friend class network_reader;
};

} // namespace isnad::nlp
