#pragma once
// Lemmas: edit trees give the bare one, a table its vowels. training/lemma.py and training/lexicon.py are the makers.
#include "nlp/container.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace isnad::nlp {

/// Rewrites `form` by an edit tree (Chrupala 2008) written as text: "." nothing from nothing, "[a|b]" exactly a becomes
/// b, "(i,j L R)" the middle stays while L rewrites the first i characters and R the last j. Nothing when the tree does
/// not fit the form, or is malformed. Linear.
[[nodiscard]] std::optional<std::string> apply_edit_tree(std::string_view tree, std::string_view form);

/// Views into a model file, which must outlive it.
class lemma_lexicon {
public:
    /// Fails with errc::model when a text table is missing.
    static result<lemma_lexicon> open(const container& model);

    [[nodiscard]] std::size_t scripts() const noexcept { return scripts_.size(); }
    /// The bare lemma of a cleaned form by the first of `ranked` edit trees that fits; the form itself when none does.
    [[nodiscard]] std::optional<std::string> bare(std::string_view cleaned, std::size_t script) const;
    /// The lemma with its vowels, or `bare_lemma` as it is when it is not known.
    [[nodiscard]] std::string vocalised(std::string_view cleaned, std::string_view upos, std::string_view xpos,
                                        std::string_view bare_lemma) const;

private:
    std::vector<std::string_view> scripts_;
    std::unordered_map<std::string_view, std::string_view> vowels_;
};

} // namespace isnad::nlp
