#pragma once
// A document made for reading in a terminal.
#include "isnad/engine.hpp"

#include <string>

namespace cli {

struct view_options {
    bool color = false;
    bool explain = false; ///< for each event the rules and words behind it
};

/// Sentence by sentence: its words, then its events, each field on a line of its own. A line has its label and Latin
/// values first and at most one Arabic value, which ends it: so a line comes out right both on a terminal that orders
/// bidirectional text and on one that does not.
[[nodiscard]] std::string text_view(const isnad::document& read, const view_options& options);

} // namespace cli
