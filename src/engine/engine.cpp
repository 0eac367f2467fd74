#include "isnad/engine.hpp"

#include "engine/knowledge.hpp"
#include "engine/parser_parts.hpp"
#include "events/reader.hpp"
#include "ingest/reader.hpp"
#include "isnad/parser.hpp"
#include "knowledge/base.hpp"
#include "nlp/conllu.hpp"
#include "time/grammar.hpp"

#include <cstdio>
#include <filesystem>
#include <utility>

namespace isnad {

struct engine::parts {
    settings chosen;
    parser words;
    knowledge::base base;
    timex::grammar times;
    events::reader reader;
};

namespace {

/// The settings with a home, which tables need even where the model is named.
result<settings> at_home(settings wanted) {
    if (!wanted.home.empty())
        return wanted;
    auto found = find_home();
    if (!found)
        return found.failure();
    wanted.home = std::move(found).value();
    return wanted;
}

} // namespace

engine::engine(std::shared_ptr<const parts> opened) : parts_(std::move(opened)) {}

result<engine> engine::open(const settings& wanted) {
    auto chosen = at_home(wanted);
    if (!chosen)
        return chosen.failure();
    auto words = parser::open(*chosen);
    if (!words)
        return words.failure();
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
    return engine(std::make_shared<const parts>(parts{std::move(chosen).value(), std::move(words).value(),
                                                      std::move(base).value(), std::move(times).value(),
                                                      std::move(reader).value()}));
}

result<document> engine::read(article what) const {
    if (const auto fit = check_size(what.text, parts_->chosen); !fit)
        return fit.failure();
    if (const auto fit = ingest::check_text(what.text); !fit)
        return fit.failure();
    auto sentences = parts_->words.parse(what.text);
    if (!sentences)
        return sentences.failure();
    document out;
    out.sentences = std::move(sentences).value();
    out.what = parts_->reader.read(what, out.sentences, parts_->base, parts_->times,
                                   {parts_->chosen.every_mention, parts_->chosen.candidates, parts_->chosen.explain});
    out.text = std::move(what.text);
    what.text.clear();
    out.what.about = std::move(what);
    out.what.engine_version = version();
    out.what.engine_model = model();
    return out;
}

result<knowledge::base> open_knowledge(const settings& wanted) {
    const auto chosen = at_home(wanted);
    if (!chosen)
        return chosen.failure();
    const std::string compiled = chosen->home + "/knowledge.base";
    std::error_code failed;
    if (chosen->knowledge.empty() && std::filesystem::exists(compiled, failed))
        return knowledge::base::map(compiled);
    return knowledge::base::open(chosen->home + "/data", chosen->knowledge);
}

const std::string& engine::model() const noexcept {
    return parts_->words.model();
}

const std::string& engine::home() const noexcept {
    return parts_->chosen.home;
}

const std::string& version() {
    static const std::string number = ISNAD_VERSION;
    return number;
}

std::string to_conllu(const document& read) {
    const utf8::offsets offsets(read.text);
    nlp::conllu_writer writer;
    writer.begin_document(read.what.about.id);
    std::string out;
    for (std::size_t i = 0; i < read.sentences.size(); ++i) {
        const bool last = i + 1 == read.sentences.size();
        writer.append(read.sentences[i], {read.text, offsets},
                      last ? std::nullopt : std::optional(read.sentences[i + 1].at.begin), out);
    }
    return out;
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
