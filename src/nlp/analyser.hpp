#pragma once
// Tags, lemmas, trees and names for sentences whose words are known.
#include "base/pool.hpp"
#include "base/result.hpp"
#include "nlp/container.hpp"
#include "nlp/lemma.hpp"
#include "nlp/names.hpp"
#include "nlp/network.hpp"
#include "nlp/sentence.hpp"
#include "nlp/tree.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace isnad::nlp {

/// Immutable after open; shared by all threads. Copies share the weights.
class analyser {
public:
    /// Working memory of one thread, kept from call to call: once it has grown, analyses allocate nothing but what the
    /// sentences themselves need.
    struct scratch {
        /// Words of a sentence that are analysed together: all of them, but for the longest sentences.
        struct piece {
            sentence* of = nullptr;
            std::size_t first = 0, count = 0; ///< among its words
        };
        std::vector<piece> pieces;
        network_buffers network;
        tree_search trees;
        name_decoder::scratch names;
        std::vector<float> arcs, relations, scripts;
        std::vector<std::string> cleaned;
        std::vector<network_input> words;
        std::vector<std::size_t> bounds, places, governors, tags, found, unknown;
        std::vector<std::int32_t> heads;
        std::int32_t root = 0; ///< of the sentence whose pieces come now
        std::string key;
    };

    /// Maps the model; its weights are used where they lie, so that processes share them. Milliseconds. Fails with
    /// errc::io or errc::model. The checksum is not read: see verify().
    static result<analyser> open(const std::string& model_path);
    static result<analyser> open(const container& model);

    /// Fills what the wanted heads say of all words, given their forms and tokens: lemma, key, tag, xpos and feats;
    /// head, deprel and margin; name. What is not wanted stays as it was. Never fails; every sentence gets a tree with
    /// one root. The same sentence gets the same result whatever comes beside it. O(n) but for the tree's O(n²), which
    /// is bounded: a sentence of more than 1,000 words is analysed in pieces, whose roots hang from the first one's as
    /// "parataxis".
    void analyse(std::span<sentence> sentences, scratch& use, heads wanted = {}) const;
    /// Likewise with working memory that the analyser lends.
    void analyse(std::span<sentence> sentences, heads wanted = {}) const;
    void analyse(sentence& one) const { analyse(std::span(&one, 1)); }

    /// Holds the file to its checksum and the network to the file's self-test samples; some 0.2 s. errc::model.
    [[nodiscard]] result<done_t> verify() const;
    /// "isnad-ar@" and the first 12 hex digits of the file's SHA-256.
    [[nodiscard]] std::string model_id() const;
    /// The network alone, for measurements.
    [[nodiscard]] const network& net() const noexcept { return parts_->net; }
    /// Chooses kernels by hand; for tests and measurements.
    void use_kernels(const kernels& chosen);

private:
    struct labels {
        std::vector<nlp::upos> tags;                                       ///< by number of a tag, as the next three
        std::vector<std::string_view> upos, xpos, feats, relations, names; ///< relations and names by their own
        std::size_t root = 0;                                              ///< among the relations
    };
    struct parts {
        container model;
        network net;
        lemma_lexicon lemmas;
        labels known;
        name_decoder naming;
    };
    explicit analyser(parts opened)
        : parts_(std::make_shared<const parts>(std::move(opened))), memory_(std::make_shared<pool<scratch>>()) {}

    void batch(std::span<const scratch::piece> pieces, scratch& use, const heads& wanted) const;
    void tags(std::span<const scratch::piece> pieces, scratch& use) const;
    void lemmas(std::span<const scratch::piece> pieces, scratch& use) const;
    void tree(const scratch::piece& of, std::size_t first, scratch& use) const;
    void names(const scratch::piece& of, std::size_t first, scratch& use) const;
    [[nodiscard]] result<done_t> samples() const;

    std::shared_ptr<const parts> parts_;
    std::shared_ptr<pool<scratch>> memory_; ///< for those who bring none
};

} // namespace isnad::nlp
