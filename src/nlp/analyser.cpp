#include "nlp/analyser.hpp"

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
        known.tags.push_back(upos_of(known.upos.back()));
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
    name_decoder naming(known.names);
    return analyser(parts{model, std::move(*net), std::move(*lemmas), std::move(known), std::move(naming)});
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

void analyser::batch(std::span<sentence> sentences, scratch& use, const heads& wanted) const {
    use.words.clear();
    use.bounds.assign(1, 0);
    for (const sentence& of : sentences) {
        for (const word& w : of.words) {
            if (use.words.size() == use.cleaned.size())
                use.cleaned.emplace_back();
            text::clean(w.form, use.cleaned[use.words.size()]);
            use.words.emplace_back();
        }
        use.bounds.push_back(use.words.size());
    }
    for (std::size_t i = 0; i < use.words.size(); ++i)
        use.words[i].cleaned = use.cleaned[i];
    for (std::size_t s = 0; s < sentences.size(); ++s)
        for (const token& t : sentences[s].tokens)
            for (std::size_t i = 0; i < t.count; ++i)
                use.words[use.bounds[s] + t.first + i].place = place_in_token(i, t.count);
    parts_->net.run(use.words, use.bounds, wanted, use.network);
    if (wanted.tag) {
        tags(sentences, use);
        lemmas(sentences, use);
    }
    for (std::size_t s = 0; s < sentences.size(); ++s) {
        if (sentences[s].words.empty())
            continue;
        if (wanted.ner)
            names(sentences[s], use.bounds[s], use);
        if (wanted.parse)
            tree(sentences[s], use.bounds[s], use);
    }
}

void analyser::tags(std::span<sentence> sentences, scratch& use) const {
    const labels& known = parts_->known;
    use.tags.clear();
    for (sentence& of : sentences)
        for (word& w : of.words) {
            const float* scores = use.network.tags.data() + use.tags.size() * use.network.tag_stride;
            const std::size_t tag = best(scores, known.upos.size());
            w.tag = known.tags[tag];
            w.xpos = known.xpos[tag];
            w.feats = known.feats[tag];
            use.tags.push_back(tag);
        }
}

void analyser::lemmas(std::span<sentence> sentences, scratch& use) const {
    const labels& known = parts_->known;
    const lemma_lexicon& lexicon = parts_->lemmas;
    const auto each = [&](auto&& act) {
        for (std::size_t s = 0; s < sentences.size(); ++s)
            for (std::size_t i = 0; i < sentences[s].words.size(); ++i)
                act(sentences[s], i, use.bounds[s] + i);
    };
    // The network is asked for those words alone that are not known by heart.
    use.unknown.clear();
    each([&](sentence& of, std::size_t i, std::size_t at) {
        if (!lexicon.remembered(use.cleaned[at], known.upos[use.tags[at]], known.xpos[use.tags[at]], of.words[i].lemma))
            use.unknown.push_back(at);
    });
    parts_->net.scripts(use.unknown, use.network, use.scripts);
    std::size_t guessed = 0;
    each([&](sentence& of, std::size_t i, std::size_t at) {
        word& w = of.words[i];
        const std::string_view upos = known.upos[use.tags[at]];
        if (guessed < use.unknown.size() && use.unknown[guessed] == at)
            lexicon.guess(
                use.cleaned[at], upos,
                std::span(use.scripts).subspan(guessed++ * parts_->net.script_stride(), parts_->net.script_count()),
                w.lemma);
        const std::string_view following = i + 1 < of.words.size() ? known.xpos[use.tags[at + 1]] : std::string_view{};
        lexicon.vocalise(use.cleaned[at], upos, known.xpos[use.tags[at]], following, w.lemma, use.key);
        text::fold(w.lemma, w.key);
    });
}

void analyser::tree(sentence& of, std::size_t first, scratch& use) const {
    const std::size_t n = of.words.size();
    const labels& known = parts_->known;
    const std::size_t root = use.words.size();
    parts_->net.arcs(first, first + n, use.network, use.arcs);
    use.trees.best(use.arcs, n, use.heads);
    use.places.resize(n);
    use.governors.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        use.places[i] = first + i;
        use.governors[i] = use.heads[i] < 0 ? root : first + static_cast<std::size_t>(use.heads[i]);
    }
    parts_->net.relations(use.places, use.governors, use.network, use.relations);
    for (std::size_t i = 0; i < n; ++i) {
        word& w = of.words[i];
        w.head = use.heads[i];
        w.margin = parts_->net.used_kernels().share(use.arcs.data() + i * (n + 1), n + 1,
                                                    static_cast<std::size_t>(w.head + 1));
        float* scores = use.relations.data() + i * known.relations.size();
        if (known.root < known.relations.size()) // "root" is for the root alone
            scores[known.root] = -1e9F;
        w.deprel = w.head < 0 ? "root" : known.relations[best(scores, known.relations.size())];
    }
}

void analyser::names(sentence& of, std::size_t first, scratch& use) const {
    const std::span<const float> scores(use.network.names);
    parts_->naming.best(scores.subspan(first * use.network.name_stride), of.words.size(), use.network.name_stride,
                        use.names, use.found);
    for (std::size_t i = 0; i < of.words.size(); ++i)
        of.words[i].name = parts_->known.names[use.found[i]];
}

} // namespace isnad::nlp
