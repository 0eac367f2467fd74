// The model file's self-test: what training saw must come out here too.
#include "nlp/analyser.hpp"
#include "text/fold.hpp"

#include <simdjson.h>

namespace isnad::nlp {
namespace {

// What training/export_core.py writes where the best choice is too close to another to be held to.
constexpr std::string_view near_tie = "?";
constexpr std::int64_t near_tie_of_heads = -2;

error differs(std::string what) {
    return {errc::model, std::move(what), {}, "use the model file that belongs to this version of isnad"};
}

std::vector<std::string> strings(const simdjson::dom::element& of, const char* key) {
    std::vector<std::string> out;
    simdjson::dom::array items;
    if (!of[key].get(items))
        for (const simdjson::dom::element item : items)
            if (std::string_view text; !item.get(text))
                out.emplace_back(text);
    return out;
}

std::vector<std::int64_t> numbers(const simdjson::dom::element& of) {
    std::vector<std::int64_t> out;
    simdjson::dom::array items;
    if (!of.get(items))
        for (const simdjson::dom::element item : items)
            if (std::int64_t value = 0; !item.get(value))
                out.push_back(value);
    return out;
}

/// A sentence whose written tokens are its words.
sentence of_words(const std::vector<std::string>& forms) {
    sentence out;
    for (const std::string& form : forms) {
        word w;
        w.form = form;
        out.tokens.push_back({{}, static_cast<std::uint32_t>(out.words.size()), 1});
        out.words.push_back(std::move(w));
    }
    return out;
}

bool same_features(const simdjson::dom::element& sample, const feature_space& space) {
    std::string_view form;
    std::string_view clean;
    std::int64_t shape = 0;
    simdjson::dom::array bags;
    if (sample["form"].get(form) || sample["clean"].get(clean) || sample["shape"].get(shape) ||
        sample["bags"].get(bags) || text::clean(form) != clean || bags.size() != word_features::bags)
        return false;
    word_features found;
    describe(clean, space, found);
    std::size_t at = 0;
    for (const simdjson::dom::element bag : bags) {
        const auto& rows = found.rows[at++];
        if (numbers(bag) != std::vector<std::int64_t>(rows.begin(), rows.end()))
            return false;
    }
    return shape == static_cast<std::int64_t>(found.shape);
}

} // namespace

result<done_t> analyser::verify() const {
    if (const auto whole = parts_->model.verify(); !whole)
        return whole.failure();
    return samples();
}

result<done_t> analyser::samples() const {
    simdjson::dom::parser parser;
    simdjson::dom::element tests;
    simdjson::dom::array forms;
    simdjson::dom::array sentences;
    const std::string_view part = parts_->model.part("core");
    if (parser.parse(part.data(), part.size())["self_test"].get(tests) || tests["features"].get(forms) ||
        tests["sentences"].get(sentences) || sentences.size() == 0)
        return differs("the model file carries no self-test samples");
    for (const simdjson::dom::element sample : forms)
        if (!same_features(sample, parts_->net.space()))
            return differs("features differ from those that the model was trained with");
    for (const simdjson::dom::element sample : sentences) {
        sentence found = of_words(strings(sample, "words"));
        const auto tags = strings(sample, "tags");
        const auto names = strings(sample, "names");
        simdjson::dom::element given;
        const auto heads = sample["heads"].get(given) ? std::vector<std::int64_t>() : numbers(given);
        if (tags.size() != found.words.size() || names.size() != tags.size() || heads.size() != tags.size())
            return differs("a self-test sample is malformed");
        analyse(found);
        for (std::size_t i = 0; i < tags.size(); ++i) {
            const word& w = found.words[i];
            const bool same_tag = tags[i] == near_tie || std::string(name(w.tag)) + " " + w.xpos == tags[i];
            const bool same_head = heads[i] == near_tie_of_heads || w.head == heads[i];
            const bool same_name = names[i] == near_tie || w.name == names[i];
            if (!same_tag || !same_head || !same_name)
                return differs("the analysis of a self-test sample differs at word " + std::to_string(i + 1) + ", " +
                               w.form);
        }
    }
    return done;
}

} // namespace isnad::nlp
