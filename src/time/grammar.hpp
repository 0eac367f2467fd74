#pragma once
// Time expressions of Arabic news and the days that they can mean.
#include "base/result.hpp"
#include "isnad/record.hpp"
#include "nlp/sentence.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace isnad::timex {

/// One expression: words [first_word, first_word + word_count) of its sentence, leading prepositions left out.
struct expression {
    time_expression what; ///< span in bytes, TIMEX3 value, first and last day
    std::uint32_t first_word = 0;
    std::uint32_t word_count = 0;
};

/// What "حينه", "اليوم نفسه" and "العام التالي" point back at: the last stretch of days that the text named. Empty at
/// the start of an article.
struct discourse {
    std::string value, first, last; ///< TIMEX3 value and ISO days
    index named = 0;                ///< which expression of the article that was
    index count = 0;                ///< expressions of the sentences so far
};

/// The grammar over tokens; vocabularies from DIR/time/*.tsv. Immutable after open; shared by all threads.
class grammar {
public:
    static result<grammar> open(const std::string& data_dir);
    grammar(grammar&&) noexcept;
    grammar& operator=(grammar&&) noexcept;
    ~grammar();

    /// The expressions of one sentence in order, none overlapping. `published` (ISO date or date-time, or "") is the
    /// day that "أمس" counts from; without it relative expressions keep a value without first and last.
    /// Linear in the sentence's words.
    [[nodiscard]] std::vector<expression> find(std::string_view text, const nlp::sentence& sentence,
                                               std::string_view published) const;
    /// The same for the sentences of one article in order: reads what `before` points back at and leaves the last
    /// stretch of this sentence there.
    [[nodiscard]] std::vector<expression> find(std::string_view text, const nlp::sentence& sentence,
                                               std::string_view published, discourse& before) const;

private:
    struct tables;
    explicit grammar(std::unique_ptr<tables> content);
    std::unique_ptr<tables> tables_;
};

} // namespace isnad::timex
