#pragma once
// Where things happen: toponyms in locative use, with the noun of place, the direction or the distance before them.
#include "events/cast.hpp"
#include "events/lexicon.hpp"
#include "isnad/record.hpp"

#include <vector>

namespace isnad::events {

/// Fills record::places. Known places get their coordinates; "على بعد 30 كيلومترا غربي سرت" gets a point of its own,
/// "شمالي حلب" is a region. place::rule says so. Linear in words.
void read_places(const std::vector<reading>& sentences, const lexicon& words, const knowledge::base& base, cast& who,
                 record& out);

} // namespace isnad::events
