#pragma once
// What is wrong with the tables of the event lexicon: codes, columns, words, and rows that can never be reached.
#include "base/result.hpp"

#include <string>
#include <vector>

namespace isnad::events {

/// An error keeps a row from meaning what it says; a warning is worth a look.
struct slip {
    error what;
    bool warning = false;
};

/// All slips of DIR/events/*.tsv, held to the codes of DIR/ontology.tsv, table by table in the order of their rows.
/// Unlike lexicon::open it does not end with the first.
[[nodiscard]] std::vector<slip> check_tables(const std::string& data_dir);

} // namespace isnad::events
