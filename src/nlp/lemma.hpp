#pragma once
// Lemmas: edit trees give the bare one, a table its vowels. training/lemma.py and training/lexicon.py are the makers.
#include "nlp/container.hpp"

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace isnad::nlp {

/// Rewrites `form` into `out` by an edit tree (Chrupala 2008) written as text: "." nothing from nothing, "[a|b]"
/// exactly a becomes b, "(i,j L R)" the middle stays while L rewrites the first i characters and R the last j. False,
/// and `out` is of no use, when the tree does not fit the form or is malformed. Linear.
[[nodiscard]] bool apply_edit_tree(std::string_view tree, std::string_view form, std::string& out);

/// Views into a model file, which must outlive it.
class lemma_lexicon {
public:
    /// Fails with errc::model when a text table is missing.
    static result<lemma_lexicon> open(const container& model);

    /// Edit trees by number: first the network's classes, then more that only the memory of forms uses.
    [[nodiscard]] std::size_t scripts() const noexcept { return scripts_.size(); }
    /// The bare lemma that the treebank has for a cleaned form under this tag, if that is one thing alone.
    [[nodiscard]] bool remembered(std::string_view cleaned, std::string_view upos, std::string_view xpos,
                                  std::string& out) const;
    /// The bare lemma by the edit tree that fits and scores best of `scores` [classes]; of those close to it, one that
    /// gives a known lemma. The form itself when no likely tree fits.
    void guess(std::string_view cleaned, std::string_view upos, std::span<const float> scores, std::string& out) const;
    /// Gives a bare lemma its vowels; leaves it as it is when it is not known. `following` is the next word's xpos, ""
    /// at the end: أن before a verb is أَن, before a noun أَنَّ. `key` is working memory.
    void vocalise(std::string_view cleaned, std::string_view upos, std::string_view xpos, std::string_view following,
                  std::string& lemma, std::string& key) const;

private:
    [[nodiscard]] bool known(std::string_view bare_lemma, std::string_view upos) const;

    std::vector<std::string_view> scripts_;
    std::span<const std::uint32_t> keys_;   ///< hashes of "form upos" and "form upos xpos", sorted
    std::span<const std::uint16_t> values_; ///< edit trees of them
    std::span<const std::uint32_t> known_;  ///< hashes of "lemma upos", sorted
    std::unordered_map<std::string_view, std::string_view> vowels_;
};

} // namespace isnad::nlp
