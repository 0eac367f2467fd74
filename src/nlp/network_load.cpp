// Weights out of the model file.
#include "nlp/network.hpp"

#include <Eigen/Core>
#include <bit>
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
        to_.table_ = array<std::int8_t>("table", {rows, to_.embedding_});
        to_.table_scale_ = halves("table_scale", rows);
        to_.shape_ = array<float>("shape.weight", {word_features::shapes, to_.small_});
        to_.place_ = array<float>("place.weight", {word_features::places, to_.small_});
        matrix("entry", wide, to_.entry_size_, to_.entry_);
        for (std::size_t i = 0; i < layers_; ++i)
            layer(i, wide);
        std::size_t at = 0;
        for (const char* name : {"mix_tag", "mix_tree", "mix_name"})
            to_.mixes_[at++].share = copy(array<float>(name, {layers_}));
        pair("tag", wide, to_.tag1_, to_.tag2_);
        pair("lemma", wide + to_.entry_size_, to_.lemma1_, to_.lemma2_);
        pair("name", wide + to_.entry_size_, to_.name1_, to_.name2_);
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
        const auto size = [&](const char* key) {
            std::uint64_t value = 0;
            return all[key].get(value) || value == 0 || value > (1U << 24) ? 0 : static_cast<std::size_t>(value);
        };
        to_.embedding_ = size("embedding");
        to_.hidden_ = size("hidden");
        to_.small_ = size("small");
        layers_ = size("layers");
        arc_ = size("arc");
        relation_ = size("relation");
        to_.space_ = {static_cast<std::uint32_t>(size("word_rows")), static_cast<std::uint32_t>(size("piece_rows"))};
        to_.entry_size_ = word_features::bags * to_.embedding_ + 2 * to_.small_;
        return to_.embedding_ > 0 && to_.small_ > 0 && layers_ > 0 && layers_ < 64 && arc_ > 0 && relation_ > 0 &&
               to_.space_.word_rows > 0 && to_.space_.piece_rows > 0 &&
               // The kernels take rows of whole panels.
               to_.hidden_ > 0 && to_.hidden_ % packed_matrix::panel == 0 && arc_ % packed_matrix::panel == 0 &&
               relation_ % packed_matrix::panel == 0;
    }

    void layer(std::size_t i, std::size_t wide) {
        const std::string prefix = "layers." + std::to_string(i) + ".";
        network::layer read;
        read.scale = copy(array<float>(prefix + "norm.weight", {wide}));
        read.shift = copy(array<float>(prefix + "norm.bias", {wide}));
        read.v = copy(array<float>(prefix + "v", {2, 2, to_.hidden_}));
        read.b = copy(array<float>(prefix + "b", {2, 2, to_.hidden_}));
        weights(prefix + "weight.weight", 6 * to_.hidden_, wide, read.weight);
        to_.layers_.push_back(std::move(read));
    }

    void tree(std::size_t wide) {
        matrix("dep", arc_, wide, to_.dep_);
        matrix("head", arc_, wide, to_.head_);
        matrix("rel_dep", relation_, wide, to_.rel_dep_);
        matrix("rel_head", relation_, wide, to_.rel_head_);
        to_.root_ = array<float>("root", {wide});
        weights("arc", arc_, arc_, to_.arc_);
        to_.arc_bias_ = array<float>("arc_bias", {arc_});
        matrix("rel_lin_dep", 0, relation_, to_.rel_lin_dep_);
        const std::size_t relations = to_.rel_lin_dep_.outputs();
        weights("rel_lin_head.weight", relations, relation_, to_.rel_lin_head_);
        weights("rel", relations * relation_, relation_, to_.rel_);
    }

    void pair(const std::string& name, std::size_t in, packed_matrix& first, packed_matrix& second) {
        matrix(name + "1", 0, in, first);
        if (first.stride() != first.outputs() && !failure_) // the second takes rows of whole panels
            failure_ = error{errc::model, "the hidden layer of " + name + " is no multiple of 16", {}, {}};
        matrix(name + "2", 0, first.outputs(), second);
    }

    void matrix(const std::string& name, std::size_t outputs, std::size_t inputs, packed_matrix& into) {
        weights(name + ".weight", outputs, inputs, into);
        const auto bias = array<float>(name + ".bias", {into.outputs()});
        for (std::size_t o = 0; o < bias.size(); ++o)
            into.set_bias(o, bias[o]);
    }

    static float widen(std::uint16_t bits) { return static_cast<float>(std::bit_cast<Eigen::half>(bits)); }

    std::vector<float> halves(const std::string& name, std::size_t size) {
        std::vector<float> out;
        for (const std::uint16_t bits : array<std::uint16_t>(name, {size}))
            out.push_back(widen(bits));
        return out;
    }

    /// A matrix in half precision; small ones are in single, large ones may be in eight bits with a scale a row.
    void weights(const std::string& name, std::size_t outputs, std::size_t inputs, packed_matrix& into) {
        const section* found = model_.find("core/" + name);
        const std::string_view dtype = found == nullptr ? "" : std::string_view(found->dtype);
        if (dtype == "f32")
            return fill(array<float>(name, {outputs, inputs}), inputs, into,
                        [](float value, std::size_t) { return value; });
        if (dtype != "i8")
            return fill(array<std::uint16_t>(name, {outputs, inputs}), inputs, into,
                        [](std::uint16_t bits, std::size_t) { return widen(bits); });
        const auto values = array<std::int8_t>(name, {outputs, inputs});
        const auto scale = halves(name + ".scale", inputs == 0 ? 0 : values.size() / inputs);
        if (!failure_)
            fill(values, inputs, into,
                 [&](std::int8_t value, std::size_t o) { return static_cast<float>(value) * scale[o]; });
    }

    template <class T, class Wide>
    void fill(std::span<const T> values, std::size_t inputs, packed_matrix& into, Wide wide) {
        if (inputs == 0 || values.empty())
            return;
        into.resize(values.size() / inputs, inputs);
        std::vector<float> row(inputs);
        for (std::size_t o = 0; o < into.outputs(); ++o) {
            for (std::size_t i = 0; i < inputs; ++i)
                row[i] = wide(values[o * inputs + i], o);
            into.set_row(o, row.data());
        }
    }

    template <class T>
    std::span<const T> array(const std::string& name, const std::vector<std::size_t>& shape) {
        auto found = model_.array<T>("core/" + name, shape);
        if (found)
            return *found;
        if (!failure_)
            failure_ = found.failure();
        return {};
    }
    static std::vector<float> copy(std::span<const float> values) { return {values.begin(), values.end()}; }

    network& to_;
    const container& model_;
    std::optional<error> failure_;
    std::size_t layers_ = 0, arc_ = 0, relation_ = 0;
};

result<network> network::open(const container& model) {
    network out(model);
    if (const auto read = network_reader(out).all(); !read)
        return read.failure();
    return out;
}

} // namespace isnad::nlp
