// Weights out of the model file.
#include "nlp/network.hpp"

#include <optional>
#include <simdjson.h>

namespace isnad::nlp {

/// Reads sections one by one and keeps the first failure.
class network_reader {
public:
    explicit network_reader(network& into) : to_(into), model_(into.model_) {}

    result<done_t> all() {
        if (!sizes())
            return error{errc::model, "the model file does not tell the core's sizes", {}, "fetch it again"};
        const std::size_t wide = 2 * to_.hidden_;
        const std::size_t rows = to_.space_.word_rows + std::size_t{to_.space_.piece_rows};
        array(to_.table_, "table", {rows, to_.embedding_});
        array(to_.table_scale_, "table_scale", {rows});
        array(to_.shape_, "shape.weight", {word_features::shapes, to_.small_});
        array(to_.place_, "place.weight", {word_features::places, to_.small_});
        matrix(to_.entry_, "entry", wide, to_.entry_size_);
        for (std::size_t i = 0; i < layers_; ++i)
            layer(i, wide);
        array(to_.mix_tag_, "mix_tag", {layers_});
        array(to_.mix_tree_, "mix_tree", {layers_});
        array(to_.mix_name_, "mix_name", {layers_});
        matrix(to_.tag1_, "tag1", tag_, wide);
        matrix(to_.tag2_, "tag2", to_.tags_, tag_);
        matrix(to_.lemma1_, "lemma1", lemma_, wide + to_.entry_size_);
        matrix(to_.lemma2_, "lemma2", to_.scripts_, lemma_);
        matrix(to_.name1_, "name1", name_, wide + to_.entry_size_);
        matrix(to_.name2_, "name2", to_.names_, name_);
        tree(wide);
        if (failure_)
            return *failure_;
        return done;
    }

private:
    bool sizes() {
        simdjson::dom::parser parser;
        simdjson::dom::object all;
        const std::string_view part = model_.part("core");
        if (parser.parse(part.data(), part.size())["sizes"].get(all))
            return false;
        bool fine = true;
        // Rows of activations are whole panels; numbers of classes and rows may be any.
        const auto size = [&](const char* key, std::size_t multiple = 1) {
            std::uint64_t value = 0;
            fine = fine && !all[key].get(value) && value > 0 && value <= (1U << 24) && value % multiple == 0;
            return static_cast<std::size_t>(value);
        };
        constexpr std::size_t panel = matrix_view::panel;
        to_.embedding_ = size("embedding", 4);
        to_.small_ = size("small", 8);
        to_.hidden_ = size("hidden", panel);
        rank_ = size("rank", panel);
        layers_ = size("layers");
        tag_ = size("tag", panel);
        lemma_ = size("lemma", panel);
        name_ = size("name", panel);
        arc_ = size("arc", panel);
        to_.relation_ = size("relation", panel);
        to_.tags_ = size("tags");
        to_.scripts_ = size("scripts");
        to_.names_ = size("names");
        to_.relations_ = size("relations");
        to_.space_ = {static_cast<std::uint32_t>(size("word_rows")), static_cast<std::uint32_t>(size("piece_rows"))};
        to_.entry_size_ = word_features::bags * to_.embedding_ + 2 * to_.small_;
        return fine && layers_ < 64;
    }

    void layer(std::size_t i, std::size_t wide) {
        const std::string name = "layers." + std::to_string(i);
        network::layer read;
        array(read.scale, name + ".norm.weight", {wide});
        array(read.shift, name + ".norm.bias", {wide});
        array(read.v, name + ".v", {2, 2, to_.hidden_});
        matrix(read.narrow, name + ".narrow", rank_, wide);
        matrix(read.weight, name, 6 * to_.hidden_, rank_);
        to_.layers_.push_back(read);
    }

    void tree(std::size_t wide) {
        matrix(to_.dep_, "dep", arc_, wide);
        matrix(to_.head_, "head", arc_, wide);
        matrix(to_.rel_dep_, "rel_dep", to_.relation_, wide);
        matrix(to_.rel_head_, "rel_head", to_.relation_, wide);
        array(to_.root_, "root", {wide});
        matrix(to_.arc_, "arc", arc_, arc_);
        matrix(to_.rel_lin_dep_, "rel_lin_dep", to_.relations_, to_.relation_);
        matrix(to_.rel_, "rel", to_.relations_ * to_.relation_, to_.relation_);
    }

    void matrix(matrix_view& into, const std::string& name, std::size_t outputs, std::size_t inputs) {
        constexpr std::size_t panel = matrix_view::panel;
        constexpr std::size_t group = matrix_view::group;
        const std::size_t panels = (outputs + panel - 1) / panel;
        into.outputs = panels * panel;
        into.groups = (inputs + group - 1) / group;
        std::span<const std::int8_t> weights;
        std::span<const float> scale;
        std::span<const float> bias;
        std::span<const std::int32_t> sum;
        array(weights, name + ".weight", {panels, into.groups, panel, group});
        array(scale, name + ".scale", {into.outputs});
        array(bias, name + ".bias", {into.outputs});
        array(sum, name + ".sum", {into.outputs});
        into.weights = weights.data();
        into.scale = scale.data();
        into.bias = bias.data();
        into.sum = sum.data();
    }

    template <class T>
    void array(std::span<const T>& into, const std::string& name, const std::vector<std::size_t>& shape) {
        const auto found = model_.array<T>("core/" + name, shape);
        if (found)
            into = *found;
        else if (!failure_)
            failure_ = found.failure();
    }

    network& to_;
    const container& model_;
    std::optional<error> failure_;
    std::size_t layers_ = 0, rank_ = 0, tag_ = 0, lemma_ = 0, name_ = 0, arc_ = 0;
};

result<network> network::open(const container& model) {
    network out(model);
    if (const auto read = network_reader(out).all(); !read)
        return read.failure();
    return out;
}

} // namespace isnad::nlp
