#pragma once
// Tags, lemmas, trees and names for sentences whose words are known.
#include "base/result.hpp"
#include "nlp/container.hpp"
#include "nlp/lemma.hpp"
#include "nlp/network.hpp"
#include "nlp/sentence.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace isnad::nlp {

/// Immutable after open; shared by all threads. Copies share the weights.
class analyser {
public:
    /// Working memory of one thread, kept from call to call to save allocations.
    struct scratch {
        network_buffers network;
        network_scores scores;
        std::vector<float> arcs, relations;
        std::vector<std::string> cleaned;
        std::vector<network_input> words;
        std::vector<std::size_t> bounds, places, heads, tags;
    };

    /// Maps the model and unpacks its weights (some 30 MB, tens of milliseconds). Fails with errc::io or errc::model.
    /// The checksum is not read: see verify().
    static result<analyser> open(const std::string& model_path);
    static result<analyser> open(const container& model);

    /// Fills lemma, key, tag, xpos, feats, head, deprel, name and margin of all words, given their forms and tokens.
    /// Never fails; every sentence gets a tree with one root. The same sentence gets the same result whatever comes
    /// beside it. O(n) but for the tree's O(n²). `text` is the text that the sentences are of.
    void analyse(std::string_view text, std::span<sentence> sentences, scratch& use, heads wanted = {}) const;
    void analyse(std::string_view text, std::span<sentence> sentences) const;
    void analyse(std::string_view text, sentence& one) const { analyse(text, std::span(&one, 1)); }

    /// Holds the file to its checksum and the network to the file's self-test samples; some 0.2 s. errc::model.
    [[nodiscard]] result<done_t> verify() const;
    /// "isnad-ar@" and the first 12 hex digits of the file's SHA-256.
    [[nodiscard]] std::string model_id() const;
    /// Chooses kernels by hand; for tests and measurements.
    void use_kernels(const kernels& chosen);

private:
    struct labels {
        std::vector<std::string_view> upos, xpos, feats, relations, names; ///< tags by number: upos, xpos, feats
        std::size_t root = 0;                                              ///< among the relations
    };
    struct parts {
        container model;
        network net;
        lemma_lexicon lemmas;
        labels known;
    };
    explicit analyser(parts opened) : parts_(std::make_shared<const parts>(std::move(opened))) {}

    void batch(std::span<sentence> sentences, scratch& use, heads wanted) const;
    void tags(sentence& of, std::size_t first, scratch& use) const;
    void lemma(sentence& of, std::size_t at, std::span<const float> scores, std::string_view cleaned,
               const scratch& use) const;
    void tree(sentence& of, std::size_t first, scratch& use) const;
    void names(sentence& of, std::size_t first, scratch& use) const;
    [[nodiscard]] result<done_t> samples() const;

    std::shared_ptr<const parts> parts_;
};

} // namespace isnad::nlp
