#pragma once
// CoNLL-U (universaldependencies.org/format.html) in and out.
#include "base/result.hpp"
#include "base/utf8.hpp"
#include "nlp/sentence.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace isnad::nlp {

/// The head of a word whose column HEAD is "_".
inline constexpr std::int32_t headless = -2;

/// A word's line as the file has it, "_" where a column is empty.
struct conllu_row {
    std::string form, lemma, upos, xpos, feats, deprel, misc;
    std::int32_t head = headless; ///< index into conllu_sentence::rows, -1 for the root
    std::size_t line = 0;
};

/// A written token, whose words are rows [first, first + count).
struct conllu_token {
    std::string form;
    std::string row; ///< the line of a multi-word token as given; "" where the token is its one word
    std::uint32_t first = 0, count = 0;
    bool space_after = true;
};

struct conllu_sentence {
    std::vector<std::string> comments; ///< with their "#", in order
    std::vector<conllu_token> tokens;
    std::vector<conllu_row> rows;
};

struct conllu_limits {
    std::size_t max_sentence_words = 1000;
    std::size_t max_paragraph_bytes = 1u << 20; ///< the lines of one sentence together
};

/// Reads CoNLL-U line by line and holds one sentence at a time. Empty nodes and enhanced dependencies are passed over.
class conllu_reader {
public:
    /// `where` names the file in errors.
    explicit conllu_reader(std::string where, const conllu_limits& limits = {});

    /// Takes the next line, with or without its line end. Gives the sentence that it closes, or what was first wrong
    /// with that: errc::data for a row that is none (not ten columns, no form, numbers that do not run on, a head that
    /// is no number), errc::encoding (also for zero bytes), errc::limit. A broken sentence is passed over as a whole,
    /// and without holding it.
    [[nodiscard]] std::optional<result<conllu_sentence>> take(std::string_view line);
    /// What is still open at the file's end. Comments that no sentence follows are dropped.
    [[nodiscard]] std::optional<result<conllu_sentence>> finish();
    /// For a line that could not even be held: counts it, and breaks the sentence that it is in.
    void lose_line(error why);

private:
    using cells = std::array<std::string_view, 10>;
    [[nodiscard]] std::optional<result<conllu_sentence>> close();
    void row(std::string_view line);
    void multiword(const cells& of, std::string_view line);
    void word(const cells& of);
    void open_token(const cells& of, std::uint32_t count, std::string_view line);
    void fail(errc code, std::string what, std::string remedy);

    std::string where_;
    conllu_limits limits_;
    std::size_t line_ = 0;
    std::size_t bytes_ = 0; ///< of the open sentence
    conllu_sentence now_;
    std::optional<error> broken_;
};

/// Holds the heads to being a tree: either none is given at all, or each is a word of the sentence, one is the root,
/// and there is no cycle. Fails with errc::data; `where` is for its "file:line". Linear.
[[nodiscard]] result<done_t> check_tree(const conllu_sentence& read, const std::string& where);

/// The value of `key` in a column MISC, or "".
[[nodiscard]] std::string_view misc_value(std::string_view misc, std::string_view key) noexcept;

/// Forms, tokens and spans of the words that were read, for the analyser to fill in the rest. `text` becomes the
/// sentence's text; the words of a multi-word token share out its bytes.
[[nodiscard]] sentence to_sentence(const conllu_sentence& read, std::string& text);

/// Writes sentences as CoNLL-U: the one form that all commands share. Columns that were not asked for are "_".
class conllu_writer {
public:
    explicit conllu_writer(heads filled = {}) : filled_(filled) {}

    /// The sentences after this are a document's: `id` goes into "# newdoc id" and begins each "# sent_id".
    void begin_document(std::string_view id);

    /// What the spans of sentences refer to.
    struct origin {
        std::string_view text;
        const utf8::offsets& offsets; ///< of `text`
        std::size_t code_points = 0;  ///< that stand before `text`, for TokenRange
    };
    /// Appends a sentence that was cut from a text. `following` is where the next sentence begins: without white
    /// space between, SpaceAfter=No says so.
    void append(const sentence& of, const origin& from, std::optional<std::uint32_t> following, std::string& out);

    /// Appends a sentence that was read from CoNLL-U with what the analyser filled into to_sentence() of it. Comments,
    /// forms, multi-word tokens and MISC (but for NE) stay as given; DEPS is "_".
    void append(const conllu_sentence& given, const sentence& of, std::string& out) const;

private:
    void word_row(std::size_t number, std::string_view form, const word& of, std::string_view misc,
                  std::string& out) const;

    heads filled_;
    std::string id_;
    std::size_t number_ = 0;
};

} // namespace isnad::nlp
