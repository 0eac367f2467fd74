#include "nlp/analyser.hpp"

#include "nlp/names.hpp"
#include "nlp/tree.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <cmath>

namespace isnad::nlp {
namespace {

/// Words taken through the network together. The weights are read once a batch: more saves little, and costs cache.
constexpr std::size_t batch_words = 192;

std::size_t best(const float* scores, std::size_t n) {
    return static_cast<std::size_t>(std::max_element(scores, scores + n) - scores);
}

} // namespace

result<analyser> analyser::open(const std::string& model_path) {
    const auto model = container::open(model_path);
    if (!model)
        return model.failure();
    return open(*model);
}

result<analyser> analyser::open(const container& model) {
    auto net = network::open(model);
    if (!net)
        return net.failure();
    auto lemmas = lemma_lexicon::open(model);
    if (!lemmas)
        return lemmas.failure();
    labels known;
    const auto tags = model.lines("core/tags.txt");
    auto feats = model.lines("core/feats.txt");
    auto relations = model.lines("core/relations.txt");
    auto names = model.lines("core/names.txt");
    for (const auto* list :
         {&tags, static_cast<const decltype(tags)*>(&feats), static_cast<const decltype(tags)*>(&relations),
          static_cast<const decltype(tags)*>(&names)})
        if (!*list)
            return list->failure();
    for (const std::string_view tag : *tags) {
        const std::size_t blank = std::min(tag.find(' '), tag.size());
        known.upos.push_back(tag.substr(0, blank));
        known.xpos.push_back(tag.substr(std::min(blank + 1, tag.size())));
    }
    known.feats = std::move(*feats);
    known.relations = std::move(*relations);
    known.names = std::move(*names);
    known.root = static_cast<std::size_t>(std::find(known.relations.begin(), known.relations.end(), "root") -
                                          known.relations.begin());
    if (known.upos.size() != net->tag_count() || known.feats.size() != net->tag_count() ||
        known.relations.size() != net->relation_count() || known.names.size() != net->name_count() ||
        known.relations.size() < 2 || lemmas->scripts() < net->script_count())
        return error{errc::model, "the model's labels do not match its weights", {}, "fetch the model file again"};
    return analyser(parts{model, std::move(*net), std::move(*lemmas), std::move(known)});
}

std::string analyser::model_id() const {
    return parts_->model.name() + "@" + parts_->model.sha256_hex().substr(0, 12);
}

void analyser::use_kernels(const kernels& chosen) {
    parts changed = *parts_;
    changed.net.use_kernels(chosen);
    parts_ = std::make_shared<const parts>(std::move(changed));
}

void analyser::analyse(std::string_view text, std::span<sentence> sentences) const {
    scratch use;
    analyse(text, sentences, use);
}

void analyser::analyse(std::string_view /*text*/, std::span<sentence> sentences, scratch& use, heads wanted) const {
    // Neighbours are taken together up to the batch's size; a longer sentence goes alone.
    std::size_t first = 0;
    while (first < sentences.size()) {
        std::size_t last = first + 1;
        std::size_t words = sentences[first].words.size();
        while (last < sentences.size() && words + sentences[last].words.size() <= batch_words)
            words += sentences[last++].words.size();
        if (words > 0)
            batch(sentences.subspan(first, last - first), use, wanted);
        first = last;
    }
}

void analyser::batch(std::span<sentence> sentences, scratch& use, heads wanted) const {
    use.cleaned.clear();
    use.words.clear();
    use.bounds.assign(1, 0);
    for (const sentence& of : sentences) {
        for (const word& w : of.words)
            use.cleaned.push_back(text::clean(w.form));
        use.bounds.push_back(use.cleaned.size());
    }
    for (const std::string& cleaned : use.cleaned)
        use.words.push_back({cleaned, 0});
    for (std::size_t s = 0; s < sentences.size(); ++s)
        for (const token& t : sentences[s].tokens)
            for (std::size_t i = 0; i < t.count; ++i)
                use.words[use.bounds[s] + t.first + i].place = place_in_token(i, t.count);
    parts_->net.run(use.words, use.bounds, use.network, use.scores);
    for (std::size_t s = 0; s < sentences.size(); ++s) {
        if (sentences[s].words.empty())
            continue;
        if (wanted.tag)
            tags(sentences[s], use.bounds[s], use);
        if (wanted.ner)
            names(sentences[s], use.bounds[s], use);
        if (wanted.parse)
            tree(sentences[s], use.bounds[s], use);
    }
}

void analyser::tags(sentence& of, std::size_t first, scratch& use) const {
    const labels& known = parts_->known;
    use.tags.resize(of.words.size());
    for (std::size_t i = 0; i < of.words.size(); ++i) {
        const std::size_t tag = best(use.scores.tags.data() + (first + i) * use.scores.tag_stride, known.upos.size());
        word& w = of.words[i];
        w.tag = upos_of(known.upos[tag]);
        w.xpos = known.xpos[tag];
        w.feats = known.feats[tag];
        use.tags[i] = tag;
    }
    for (std::size_t i = 0; i < of.words.size(); ++i)
        lemma(of, i,
              std::span(use.scores.scripts).subspan((first + i) * use.scores.script_stride, parts_->net.script_count()),
              use.cleaned[first + i], use);
}

void analyser::lemma(sentence& of, std::size_t at, std::span<const float> scores, std::string_view cleaned,
                     const scratch& use) const {
    const lemma_lexicon& lexicon = parts_->lemmas;
    const labels& known = parts_->known;
    const std::string_view following = at + 1 < use.tags.size() ? known.xpos[use.tags[at + 1]] : std::string_view{};
    const std::string_view upos = known.upos[use.tags[at]];
    const std::string_view xpos = known.xpos[use.tags[at]];
    word& w = of.words[at];
    w.lemma = lexicon.vocalised(cleaned, upos, xpos, lexicon.bare(cleaned, upos, xpos, scores), following);
    w.key = text::fold(w.lemma);
}

void analyser::tree(sentence& of, std::size_t first, scratch& use) const {
    const std::size_t n = of.words.size();
    const labels& known = parts_->known;
    const std::size_t words = use.words.size();
    parts_->net.arcs(use.scores, first, first + n, use.network, use.arcs);
    const std::vector<std::int32_t> heads = best_tree(use.arcs, n);
    use.places.resize(n);
    use.heads.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        use.places[i] = first + i;
        use.heads[i] = heads[i] < 0 ? words : first + static_cast<std::size_t>(heads[i]);
    }
    parts_->net.relations(use.scores, use.places, use.heads, use.network, use.relations);
    for (std::size_t i = 0; i < n; ++i) {
        word& w = of.words[i];
        w.head = heads[i];
        w.margin = std::exp(use.arcs[i * (n + 1) + static_cast<std::size_t>(heads[i] + 1)]);
        float* scores = use.relations.data() + i * known.relations.size();
        if (known.root < known.relations.size()) // "root" is for the root alone
            scores[known.root] = -1e9F;
        w.deprel = heads[i] < 0 ? "root" : known.relations[best(scores, known.relations.size())];
    }
}

void analyser::names(sentence& of, std::size_t first, scratch& use) const {
    const std::span<const float> scores(use.scores.names);
    const auto found = best_names(scores.subspan(first * use.scores.name_stride), of.words.size(),
                                  use.scores.name_stride, parts_->known.names);
    for (std::size_t i = 0; i < of.words.size(); ++i)
        of.words[i].name = parts_->known.names[found[i]];
}

} // namespace isnad::nlp
