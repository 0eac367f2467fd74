#pragma once
// The record as one line of JSON, out and in. The shape is docs/reference/record.md; the schema beside it says it to
// machines.
#include "base/result.hpp"
#include "isnad/record.hpp"

#include <string>
#include <string_view>

namespace isnad {

/// One line of JSON without the newline: keys in the order of the reference, optional fields that say nothing left
/// out, ids e1 m1 t1 p1 c1 v1 by position, offsets in code points of `text`, coordinates with up to five decimals,
/// confidence with up to four. `what` has byte spans and `text` is the article's text, well-formed UTF-8 (bytes that
/// are not come out as U+FFFD). Spans past the text are cut to it; never fails. Linear.
[[nodiscard]] std::string to_json(const record& what, std::string_view text);

/// Reads what to_json wrote, or any record that fits the schema; keys it does not know are passed over, ids may be any
/// strings and become positions.
///
/// UNITS: with the article's `text` the record comes out with byte spans like any other in memory. Gold and predicted
/// files do not carry the text: with an EMPTY `text` the spans stay in CODE POINTS, as the JSON has them. Such a record
/// can be compared with another of its kind, not written with to_json nor used to cut a text by bytes.
///
/// Fails with errc::json; `where` is the path inside the line ("events[2].trigger.at").
[[nodiscard]] result<record> from_json(std::string_view line, std::string_view text = {});

/// One line of JSON with the article's id and its candidates: {"id", "candidates": [{"at", "lemma", "sense", "type",
/// "evidence", "confidence", "fate"}]}, offsets in code points.
[[nodiscard]] std::string candidates_to_json(const record& what, std::string_view text);

/// `text` appended as a JSON string with its quotation marks; malformed UTF-8 becomes U+FFFD.
void append_json_string(std::string& out, std::string_view text);

} // namespace isnad
