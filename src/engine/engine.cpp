#include "isnad/engine.hpp"

#include "engine/knowledge.hpp"
#include "events/reader.hpp"
#include "ingest/reader.hpp"
#include "knowledge/base.hpp"
#include "nlp/analyser.hpp"
#include "nlp/container.hpp"
#include "nlp/segmenter.hpp"
#include "text/segmentation.hpp"
#include "time/grammar.hpp"

#include <cstdio>
#include <filesystem>
#include <utility>

namespace isnad {
namespace {

/// The settings with their blanks filled in.
result<settings> settled(settings wanted) {
    if (wanted.home.empty()) {
        auto found = find_home();
        if (!found)
            return found.failure();
        wanted.home = std::move(found).value();
    }
    if (wanted.model.empty())
        wanted.model = wanted.home + "/models/isnad-ar.model";
    return wanted;
}

} // namespace

struct engine::parts {
    settings chosen;
    std::string model;
    nlp::segmenter segmenter;
    nlp::analyser analyser;
    knowledge::base base;
    timex::grammar times;
    events::reader reader;

    [[nodiscard]] std::vector<nlp::sentence> parse(std::string_view text) const;
};

std::vector<nlp::sentence> engine::parts::parse(std::string_view text) const {
    const auto bounds = text::segment(text, {.tokens_per_sentence = chosen.max_tokens_per_sentence});
    std::vector<nlp::sentence> sentences(bounds.size());
    for (std::size_t i = 0; i < bounds.size(); ++i)
        segmenter.segment(text, bounds[i], sentences[i]);
    analyser.analyse(text, sentences);
    return sentences;
}

engine::engine(std::shared_ptr<const parts> opened) : parts_(std::move(opened)) {}

result<engine> engine::open(const settings& wanted) {
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
    const std::string data = chosen->home + "/data";
    auto base = open_knowledge(*chosen);
    if (!base)
        return base.failure();
    auto times = timex::grammar::open(data);
    if (!times)
        return times.failure();
    auto reader = events::reader::open(data);
    if (!reader)
        return reader.failure();
    std::string name = analyser->model_id();
    return engine(std::make_shared<const parts>(
        parts{std::move(chosen).value(), std::move(name), std::move(segmenter).value(), std::move(analyser).value(),
              std::move(base).value(), std::move(times).value(), std::move(reader).value()}));
}

result<document> engine::read(article what) const {
    if (what.text.size() > parts_->chosen.max_article_bytes)
        return error{errc::limit,
                     "a text of " + std::to_string(what.text.size()) + " bytes (limit max_article_bytes is " +
                         std::to_string(parts_->chosen.max_article_bytes) + ")",
                     "", "cut it into articles, or raise the limit"};
    if (const auto fit = ingest::check_text(what.text); !fit)
        return fit.failure();
    document out;
    out.sentences = parts_->parse(what.text);
    out.what = parts_->reader.read(what, out.sentences, parts_->base, parts_->times, parts_->chosen.every_mention);
    out.text = std::move(what.text);
    what.text.clear();
    out.what.about = std::move(what);
    out.what.engine_version = version();
    out.what.engine_model = parts_->model;
    return out;
}

result<knowledge::base> open_knowledge(const settings& wanted) {
    const auto chosen = settled(wanted);
    if (!chosen)
        return chosen.failure();
    const std::string compiled = chosen->home + "/knowledge.base";
    std::error_code failed;
    if (chosen->knowledge.empty() && std::filesystem::exists(compiled, failed))
        return knowledge::base::map(compiled);
    return knowledge::base::open(chosen->home + "/data", chosen->knowledge);
}

const std::string& engine::model() const noexcept {
    return parts_->model;
}

const std::string& engine::home() const noexcept {
    return parts_->chosen.home;
}

const std::string& version() {
    static const std::string number = ISNAD_VERSION;
    return number;
}

result<std::string> check_model(const settings& wanted) {
    const auto chosen = settled(wanted);
    if (!chosen)
        return chosen.failure();
    const auto model = nlp::container::open(chosen->model);
    if (!model)
        return model.failure();
    const auto analyser = nlp::analyser::open(*model);
    if (!analyser)
        return analyser.failure();
    if (const auto whole = analyser->verify(); !whole)
        return whole.failure();
    std::error_code failed;
    const auto bytes = static_cast<double>(std::filesystem::file_size(chosen->model, failed));
    char megabytes[32];
    std::snprintf(megabytes, sizeof megabytes, "%.1f MB", bytes / 1e6);
    return model->name() + " " + model->version() + ", " + megabytes + ", sha256 " + model->sha256_hex();
}

} // namespace isnad
