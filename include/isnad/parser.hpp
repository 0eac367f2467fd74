#pragma once
// The language core alone: words, tags, lemmas, trees and names, without events.
//
//     auto parser = isnad::parser::open();                   // the model, and no other table
//     if (!parser) return complain(parser.failure().text());
//     auto sentences = parser->parse(text);                  // spans are bytes of text
//     for (const isnad::nlp::word& word : sentences->front().words) …
//
// Whole files into CoNLL-U: parse_stream.
#include "base/result.hpp"
#include "isnad/settings.hpp"
#include "nlp/sentence.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace isnad {

/// A model, opened once. Copies share it. Immutable: any number of threads parse with one.
class parser {
public:
    /// Tens of milliseconds. Fails with errc::io or errc::model.
    static result<parser> open(const settings& wanted = {});

    /// Any UTF-8 will do, and bytes that are none come out as tokens. Newlines part paragraphs. Fails with errc::limit.
    /// The same text gives the same sentences on any thread. Linear but for what trees cost, which the limit on
    /// sentences bounds.
    [[nodiscard]] result<std::vector<nlp::sentence>> parse(std::string_view text, nlp::heads wanted = {}) const;

    /// Fills in sentences whose words are known: forms, and tokens that say which words are written together. Every
    /// sentence gets a tree with one root; working memory goes with the square of a sentence's words up to
    /// 1,000 of them, where it is some 30 MB; longer ones are taken in pieces.
    void annotate(std::span<nlp::sentence> sentences, nlp::heads wanted = {}) const;

    /// name@first 12 hex digits of the model file's SHA-256.
    [[nodiscard]] const std::string& model() const noexcept;

private:
    friend class parse_stream;
    struct parts;
    explicit parser(std::shared_ptr<const parts> opened);
    std::shared_ptr<const parts> parts_;
};

enum class parse_input {
    detect, ///< by the file's name: .conllu, else text
    text,   ///< a newline ends a paragraph
    conllu  ///< words and multi-word tokens are kept as they are given
};

struct parse_options {
    parse_input input = parse_input::detect;
    nlp::heads wanted = {};                     ///< the columns of the others are "_"
    std::size_t max_paragraph_bytes = 1u << 20; ///< a longer line of text or sentence of CoNLL-U is an errc::limit
    std::size_t max_sentence_words = 1000;      ///< a longer sentence of CoNLL-U is an errc::limit
};

/// Turns one file or pipe into CoNLL-U, piece by piece: memory does not grow with the file. For one thread.
class parse_stream {
public:
    /// `path` "-" is standard input, named "stdin" in errors. Fails with errc::io.
    static result<parse_stream> open(const parser& by, const std::string& path, const parse_options& options = {});
    parse_stream(parse_stream&&) noexcept;
    parse_stream& operator=(parse_stream&&) noexcept;
    ~parse_stream();

    /// The next whole sentences as CoNLL-U, or why the next paragraph or sentence of the file cannot be read, with
    /// "file:line" and a remedy: errc::encoding, errc::data, errc::limit. The call after an error goes on behind what
    /// was broken. nullopt at the end.
    [[nodiscard]] std::optional<result<std::string>> next();

private:
    struct state;
    explicit parse_stream(std::unique_ptr<state> begun);
    std::unique_ptr<state> state_;
};

} // namespace isnad
