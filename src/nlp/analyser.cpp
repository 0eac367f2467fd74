#include "nlp/analyser.hpp"

#include "text/fold.hpp"

#include <algorithm>
#include <cmath>

namespace isnad::nlp {
namespace {

/// Words taken through the network together. The weights are read once a batch: more saves little, and costs cache.
constexpr std::size_t batch_words = 192;
/// Words of a sentence analysed together; the tree's memory grows with the square. text::segment counts tokens,
/// not words: such a sentence may come from a text too.
constexpr std::size_t longest_piece = 1000;

std::size_t best(const float* scores, std::size_t n) {
    return static_cast<std::size_t>(std::max_element(scores, scores + n) - scores);
}

/// Tells the words of a piece their places in their tokens.
void places(const analyser::scratch::piece& of, std::span<network_input> words) {
    const std::span<const token> tokens(of.of->tokens);
    auto t = std::partition_point(tokens.begin(), tokens.end(),
                                  [&](const token& before) { return before.first + before.count <= of.first; });
    for (; t != tokens.end() && t->first < of.first + of.count; ++t)
        for (std::size_t i = 0; i < t->count; ++i)
            if (const std::size_t at = t->first + i; at >= of.first && at < of.first + of.count)
                words[at - of.first].place = place_in_token(i, t->count);
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

void analyser::analyse(std::span<sentence> sentences, heads wanted) const {
    const auto use = memory_->borrow();
    analyse(sentences, *use, wanted);
}

void analyser::analyse(std::span<sentence> sentences, scratch& use, heads wanted) const {
    use.pieces.clear();
    for (sentence& of : sentences)
        for (std::size_t first = 0; first < of.words.size(); first += longest_piece)
            use.pieces.push_back({&of, first, std::min(longest_piece, of.words.size() - first)});
    // Neighbours are taken together up to the batch's size; what is longer goes alone.
    const std::span<const scratch::piece> pieces(use.pieces);
    std::size_t first = 0;
    while (first < pieces.size()) {
        std::size_t last = first + 1;
        std::size_t words = pieces[first].count;
        while (last < pieces.size() && words + pieces[last].count <= batch_words)
            words += pieces[last++].count;
        batch(pieces.subspan(first, last - first), use, wanted);
        first = last;
    }
}

void analyser::batch(std::span<const scratch::piece> pieces, scratch& use, const heads& wanted) const {
    use.words.clear();
    use.bounds.assign(1, 0);
    for (const scratch::piece& piece : pieces) {
        for (std::size_t i = 0; i < piece.count; ++i) {
            if (use.words.size() == use.cleaned.size())
                use.cleaned.emplace_back();
            text::clean(piece.of->words[piece.first + i].form, use.cleaned[use.words.size()]);
            use.words.emplace_back();
        }
        use.bounds.push_back(use.words.size());
    }
    for (std::size_t i = 0; i < use.words.size(); ++i)
        use.words[i].cleaned = use.cleaned[i];
    for (std::size_t p = 0; p < pieces.size(); ++p)
        places(pieces[p], std::span(use.words).subspan(use.bounds[p], pieces[p].count));
    parts_->net.run(use.words, use.bounds, wanted, use.network);
    if (wanted.tag) {
        tags(pieces, use);
        lemmas(pieces, use);
    }
    for (std::size_t p = 0; p < pieces.size(); ++p) {
        if (wanted.ner)
            names(pieces[p], use.bounds[p], use);
        if (wanted.parse)
            tree(pieces[p], use.bounds[p], use);
    }
    for (std::size_t i = 0; i < use.words.size(); ++i)
        keep_small(use.cleaned[i]);
    keep_small(use.key);
}

void analyser::tags(std::span<const scratch::piece> pieces, scratch& use) const {
    const labels& known = parts_->known;
    use.tags.clear();
    for (const scratch::piece& piece : pieces)
        for (std::size_t i = 0; i < piece.count; ++i) {
            const float* scores = use.network.tags.data() + use.tags.size() * use.network.tag_stride;
            const std::size_t tag = best(scores, known.upos.size());
            word& w = piece.of->words[piece.first + i];
            w.tag = known.tags[tag];
            w.xpos = known.xpos[tag];
            w.feats = known.feats[tag];
            use.tags.push_back(tag);
        }
}

void analyser::lemmas(std::span<const scratch::piece> pieces, scratch& use) const {
    const labels& known = parts_->known;
    const lemma_lexicon& lexicon = parts_->lemmas;
    // The network is asked for those words alone that are not known by heart.
    use.unknown.clear();
    for (std::size_t p = 0; p < pieces.size(); ++p)
        for (std::size_t i = 0; i < pieces[p].count; ++i) {
            const std::size_t at = use.bounds[p] + i;
            std::string& lemma = pieces[p].of->words[pieces[p].first + i].lemma;
            if (!lexicon.remembered(use.cleaned[at], known.upos[use.tags[at]], known.xpos[use.tags[at]], lemma))
                use.unknown.push_back(at);
        }
    parts_->net.scripts(use.unknown, use.network, use.scripts);
    std::size_t guessed = 0;
    for (std::size_t p = 0; p < pieces.size(); ++p)
        for (std::size_t i = 0; i < pieces[p].count; ++i) {
            const std::size_t at = use.bounds[p] + i;
            const std::string_view upos = known.upos[use.tags[at]];
            word& w = pieces[p].of->words[pieces[p].first + i];
            if (guessed < use.unknown.size() && use.unknown[guessed] == at) {
                const std::size_t row = guessed++ * parts_->net.script_stride();
                lexicon.guess(use.cleaned[at], upos,
                              std::span<const float>(use.scripts).subspan(row, parts_->net.script_count()), w.lemma);
            }
            const std::string_view following =
                i + 1 < pieces[p].count ? known.xpos[use.tags[at + 1]] : std::string_view{};
            lexicon.vocalise(use.cleaned[at], upos, known.xpos[use.tags[at]], following, w.lemma, use.key);
            text::fold(w.lemma, w.key);
        }
}

void analyser::tree(const scratch::piece& of, std::size_t first, scratch& use) const {
    const std::size_t n = of.count;
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
    if (of.first == 0)
        use.root = static_cast<std::int32_t>(std::find(use.heads.begin(), use.heads.end(), -1) - use.heads.begin());
    const auto offset = static_cast<std::int32_t>(of.first);
    for (std::size_t i = 0; i < n; ++i) {
        word& w = of.of->words[of.first + i];
        const std::int32_t head = use.heads[i];
        w.margin =
            parts_->net.used_kernels().share(use.arcs.data() + i * (n + 1), n + 1, static_cast<std::size_t>(head + 1));
        if (head < 0) {
            w.head = offset == 0 ? -1 : use.root;
            w.deprel = offset == 0 ? "root" : "parataxis";
            continue;
        }
        w.head = head + offset;
        float* scores = use.relations.data() + i * known.relations.size();
        if (known.root < known.relations.size()) // "root" is for the root alone
            scores[known.root] = -1e9F;
        w.deprel = known.relations[best(scores, known.relations.size())];
    }
}

void analyser::names(const scratch::piece& of, std::size_t first, scratch& use) const {
    const std::span<const float> scores(use.network.names);
    parts_->naming.best(scores.subspan(first * use.network.name_stride), of.count, use.network.name_stride, use.names,
                        use.found);
    for (std::size_t i = 0; i < of.count; ++i)
        of.of->words[of.first + i].name = parts_->known.names[use.found[i]];
}

} // namespace isnad::nlp
