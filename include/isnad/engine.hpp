#pragma once
// Reading Arabic news, in one look:
//
//     auto engine = isnad::engine::open();                   // finds its tables and its model
//     if (!engine) return complain(engine.failure().text());
//     auto read = engine->read({.id = "1", .published = "2016-10-04", .text = text});
//     for (const isnad::event& event : read->what.events) …  // spans are bytes of read->text
//
// One engine serves any number of threads; a document owns all that it shows.
#include "base/result.hpp"
#include "isnad/record.hpp"
#include "isnad/settings.hpp"
#include "nlp/sentence.hpp"

#include <memory>
#include <string>
#include <vector>

namespace isnad {

/// An article that has been read. `what` is the record; `sentences` the words, tags and trees that it came from.
struct document {
    record what;
    std::string text; ///< exactly as given
    std::vector<nlp::sentence> sentences;
};

/// Tables and model, opened once. Copies share them. Immutable: read() may be called from any thread.
class engine {
public:
    /// Some 100 ms; a second more with tables of your own. Fails with errc::io or errc::model (no model, damaged, of
    /// another version), errc::data (a broken row in a table, with file and line).
    static result<engine> open(const settings& wanted = {});

    /// Fails with errc::limit, and with errc::encoding, errc::language or errc::data for a text that is no Arabic text.
    /// The same article gives the same record, on any thread, whatever was read before. Linear in the text but for
    /// what trees cost, which the limit on sentences bounds.
    [[nodiscard]] result<document> read(article what) const;

    /// name@first 12 hex digits of the model file's SHA-256, as in the record.
    [[nodiscard]] const std::string& model() const noexcept;
    [[nodiscard]] const std::string& home() const noexcept;

private:
    struct parts;
    explicit engine(std::shared_ptr<const parts> opened);
    std::shared_ptr<const parts> parts_;
};

/// Holds the model file to its checksum and to its self-test samples and says what it is: "isnad-ar 0.1.0, 12.3 MB,
/// sha256 …". Fails with errc::io or errc::model.
[[nodiscard]] result<std::string> check_model(const settings& wanted = {});

/// The document's sentences in CoNLL-U, each closed by an empty line, as docs/reference/parse.md says.
[[nodiscard]] std::string to_conllu(const document& read);

} // namespace isnad
