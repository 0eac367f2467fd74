#include "nlp/evaluate.hpp"

#include <chrono>
#include <set>
#include <tuple>

namespace isnad::nlp {
namespace {

using entity = std::tuple<std::size_t, std::size_t, std::string>;

std::set<entity> entities(const sentence& of) {
    std::set<entity> out;
    const std::size_t n = of.words.size();
    for (std::size_t i = 0; i < n; ++i) {
        if (!of.words[i].name.starts_with('B'))
            continue;
        const std::string kind = of.words[i].name.substr(1);
        std::size_t end = i + 1;
        while (end < n && of.words[end].name == "I" + kind)
            ++end;
        out.emplace(i, end, kind);
    }
    return out;
}

sentence stripped(const sentence& gold) {
    sentence out;
    out.at = gold.at;
    out.tokens = gold.tokens;
    for (const word& w : gold.words) {
        word bare;
        bare.at = w.at;
        bare.form = w.form;
        out.words.push_back(std::move(bare));
    }
    return out;
}

} // namespace

double figures::name_f1() const noexcept {
    const std::size_t all = names_found + names_gold;
    return all == 0 ? 0.0 : 2.0 * static_cast<double>(names_right) / static_cast<double>(all);
}

figures evaluate(const analyser& by, const treebank& gold) {
    std::vector<sentence> found;
    for (const sentence& of : gold.sentences)
        found.push_back(stripped(of));
    figures out;
    const auto started = std::chrono::steady_clock::now();
    by.analyse(gold.text, found);
    out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    for (std::size_t s = 0; s < found.size(); ++s) {
        for (std::size_t i = 0; i < found[s].words.size(); ++i) {
            const word& right = gold.sentences[s].words[i];
            const word& now = found[s].words[i];
            ++out.words;
            out.upos += now.tag == right.tag ? 1U : 0U;
            out.xpos += now.xpos == right.xpos ? 1U : 0U;
            out.feats += now.feats == right.feats ? 1U : 0U;
            out.lemma += now.lemma == right.lemma ? 1U : 0U;
            out.uas += now.head == right.head ? 1U : 0U;
            out.las += now.head == right.head && now.deprel == right.deprel ? 1U : 0U;
        }
        const auto wanted = entities(gold.sentences[s]);
        const auto got = entities(found[s]);
        out.names_gold += wanted.size();
        out.names_found += got.size();
        for (const entity& one : got)
            out.names_right += wanted.contains(one) ? 1U : 0U;
    }
    return out;
}

} // namespace isnad::nlp
