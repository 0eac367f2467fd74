#pragma once
// When a claim was made, and what its speaker's "today" and "tomorrow" are.
#include "events/claims.hpp"

namespace isnad::events {

/// Sets claim::time: the date beside the cue (قال الأحد). Where that is another day than that of publication, the
/// expressions inside a direct quotation are read again, counted from it, in `sentences` and in `out`. Linear in the
/// claims and in the sentences of those quotations.
void date_claims(std::string_view text, const timex::grammar& times, const std::vector<claim_reading>& claims,
                 std::vector<reading>& sentences, record& out);

} // namespace isnad::events
