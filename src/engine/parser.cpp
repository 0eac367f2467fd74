#include "isnad/parser.hpp"

#include "engine/parser_parts.hpp"
#include "nlp/container.hpp"
#include "text/segmentation.hpp"

#include <utility>

namespace isnad {

result<settings> settled(settings wanted) {
    if (wanted.home.empty() && wanted.model.empty()) {
        auto found = find_home();
        if (!found)
            return found.failure();
        wanted.home = std::move(found).value();
    }
    if (wanted.model.empty())
        wanted.model = wanted.home + "/models/isnad-ar.model";
    return wanted;
}

result<done_t> check_size(std::string_view text, const settings& chosen) {
    if (text.size() <= chosen.max_article_bytes)
        return done;
    return error{errc::limit,
                 "a text of " + std::to_string(text.size()) + " bytes (limit max_article_bytes is " +
                     std::to_string(chosen.max_article_bytes) + ")",
                 "", "cut it into articles, or raise the limit"};
}

parser::parser(std::shared_ptr<const parts> opened) : parts_(std::move(opened)) {}

result<parser> parser::open(const settings& wanted) {
    auto chosen = settled(wanted);
    if (!chosen)
        return chosen.failure();
    const auto model = nlp::container::open(chosen->model);
    if (!model)
        return model.failure();
    auto segmenter = nlp::segmenter::open(*model);
    if (!segmenter)
        return segmenter.failure();
    auto analyser = nlp::analyser::open(*model);
    if (!analyser)
        return analyser.failure();
    std::string name = analyser->model_id();
    return parser(std::make_shared<const parts>(
        parts{std::move(chosen).value(), std::move(name), std::move(segmenter).value(), std::move(analyser).value()}));
}

result<std::vector<nlp::sentence>> parser::parse(std::string_view text, nlp::heads wanted) const {
    if (const auto fit = check_size(text, parts_->chosen); !fit)
        return fit.failure();
    const auto bounds = text::segment(text, {.tokens_per_sentence = parts_->chosen.max_tokens_per_sentence});
    std::vector<nlp::sentence> sentences(bounds.size());
    for (std::size_t i = 0; i < bounds.size(); ++i)
        parts_->segmenter.segment(text, bounds[i], sentences[i]);
    parts_->analyser.analyse(sentences, wanted);
    return sentences;
}

void parser::annotate(std::span<nlp::sentence> sentences, nlp::heads wanted) const {
    parts_->analyser.analyse(sentences, wanted);
}

const std::string& parser::model() const noexcept {
    return parts_->model;
}

} // namespace isnad
