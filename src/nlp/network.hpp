#pragma once
// The network of the core: hashed features → recurrent layers → heads. training/model.py is its maker.
#include "nlp/container.hpp"
#include "nlp/features.hpp"
#include "nlp/kernels.hpp"
#include "nlp/sentence.hpp"

#include <array>
#include <span>
#include <vector>

namespace isnad::nlp {

/// What the network reads of a word.
struct network_input {
    std::string_view cleaned; ///< text::clean of the form
    std::uint32_t place = 0;  ///< place_in_token()
};

/// A matrix that is not known before, in eight bits like those of the model file. Inputs are a multiple of 16.
class dynamic_matrix {
public:
    void resize(std::size_t outputs, std::size_t inputs);
    void set_row(std::size_t output, const float* row, const kernels& by);
    [[nodiscard]] const matrix_view& view() const noexcept { return view_; }

private:
    std::size_t inputs_ = 0;
    std::vector<std::int8_t> weights_, row_;
    std::vector<float> scale_, bias_;
    std::vector<std::int32_t> sum_;
    matrix_view view_;
};

/// Working memory of one thread, and what network::run leaves for the calls after it. Grows to what the longest batch
/// needs.
struct network_buffers {
    std::size_t words = 0;
    std::vector<float> tags, names;       ///< scores [words][stride]
    std::vector<float> projected, head;   ///< arcs: [words][arc], and [words + the root]
    std::vector<float> rel_dep, rel_head; ///< relations: likewise
    std::size_t tag_stride = 0, name_stride = 0;

    word_features features;
    std::vector<float> entry, states, row, gates, hidden, scores, pairs;
    byte_rows bytes, more_bytes;
    dynamic_matrix heads;
};

/// Immutable after open; shared by threads.
class network {
public:
    /// Looks the weights up in the mapped file, which it keeps. Fails with errc::model when sections are missing or do
    /// not fit.
    static result<network> open(const container& model);

    /// Runs the encoder and the wanted heads over sentences laid end to end: `bounds` has the first word of each and
    /// then the number of words. Results do not depend on what else is in the batch.
    void run(std::span<const network_input> words, std::span<const std::size_t> bounds, const heads& wanted,
             network_buffers& use) const;
    /// Scores of edit trees for some words of the batch: [chosen][script_stride()]. After run().
    void scripts(std::span<const std::size_t> chosen, network_buffers& use, std::vector<float>& out) const;
    /// Scores of heads for the words [first, last) of one sentence: [n][1 + n], column 0 the root. After run() with
    /// `parse`.
    void arcs(std::size_t first, std::size_t last, network_buffers& use, std::vector<float>& out) const;
    /// Scores of relations for words of the batch under their heads (words of the batch; the number of words for the
    /// root), for n pairs at once: [n][relations]. After run() with `parse`.
    void relations(std::span<const std::size_t> words, std::span<const std::size_t> heads, network_buffers& use,
                   std::vector<float>& out) const;

    [[nodiscard]] const feature_space& space() const noexcept { return space_; }
    [[nodiscard]] std::size_t tag_count() const noexcept { return tags_; }
    [[nodiscard]] std::size_t script_count() const noexcept { return scripts_; }
    [[nodiscard]] std::size_t script_stride() const noexcept { return lemma2_.outputs; }
    [[nodiscard]] std::size_t relation_count() const noexcept { return relations_; }
    [[nodiscard]] std::size_t name_count() const noexcept { return names_; }
    /// Multiplications that the encoder makes for a word.
    [[nodiscard]] std::size_t encoder_products() const noexcept;
    /// The kernels in use; those chosen by hand are for tests and measurements.
    [[nodiscard]] const kernels& used_kernels() const noexcept { return *kernels_; }
    void use_kernels(const kernels& chosen) noexcept { kernels_ = &chosen; }

private:
    struct layer {
        std::span<const float> scale, shift; ///< of the normalisation
        matrix_view narrow;                  ///< what the gates see of the input
        matrix_view weight;                  ///< [direction][gate][hidden]
        std::span<const float> v;            ///< [direction][forget, reset][hidden]
    };
    using mix = std::span<const float>; ///< shares of the layers

    void look_up(std::span<const network_input> words, network_buffers& use) const;
    void encode(std::span<const std::size_t> bounds, network_buffers& use) const;
    void recur(const layer& by, std::span<const std::size_t> bounds, const float* x, float* h,
               network_buffers& use) const;
    void mixed(const mix& by, std::size_t word, const network_buffers& use, float* row) const;
    void round_mix(const mix& by, network_buffers& use, byte_rows& into) const;
    void round_joined(const mix& by, std::size_t word, std::size_t at, network_buffers& use, byte_rows& into) const;
    void round_rows(const float* x, std::size_t rows, std::size_t width, byte_rows& into) const;
    void product(const byte_rows& x, std::size_t rows, const matrix_view& by, float slope, std::vector<float>& y) const;
    void two_layers(const byte_rows& x, std::size_t rows, const matrix_view& first, const matrix_view& second,
                    network_buffers& use, std::vector<float>& y) const;
    void trees(network_buffers& use) const;

    const kernels* kernels_ = &best_kernels();
    container model_; ///< keeps the map alive
    feature_space space_;
    std::size_t embedding_ = 0, small_ = 0, hidden_ = 0, entry_size_ = 0;
    std::size_t tags_ = 0, scripts_ = 0, relations_ = 0, names_ = 0, relation_ = 0;
    std::span<const std::int8_t> table_;
    std::span<const std::uint16_t> table_scale_; ///< in half precision
    std::span<const float> shape_, place_, root_;
    matrix_view entry_, tag1_, tag2_, lemma1_, lemma2_, name1_, name2_, dep_, head_, rel_dep_, rel_head_, arc_, rel_,
        rel_lin_dep_;
    std::vector<layer> layers_;
    mix mix_tag_, mix_tree_, mix_name_;

    explicit network(container model) : model_(std::move(model)) {}
    friend class network_reader;
};

} // namespace isnad::nlp
