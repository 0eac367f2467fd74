#pragma once
// What can be chosen when tables and model are opened.
#include "base/result.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace isnad {

struct settings {
    std::string home;                          ///< the folder with data/ and models/; empty: find_home()
    std::string model;                         ///< the model file; empty: HOME/models/isnad-ar.model
    std::vector<std::string> knowledge;        ///< folders with tables of your own, which add to and override ours
    bool every_mention = false;                ///< report also mentions that no event, claim or place speaks of
    bool candidates = false;                   ///< keep also the words that could have told of an event, and why not
    bool explain = false;                      ///< fill record::passed_over and record::senses
    std::size_t max_article_bytes = 1u << 20;  ///< a longer text is an errc::limit; memory is some 150 bytes a byte
    std::size_t max_tokens_per_sentence = 400; ///< longer sentences are cut at the best boundary before
};

/// Where data/ and models/ are: $ISNAD_HOME, else share/isnad beside the running program, else ../share/isnad. Fails
/// with errc::io, naming where it looked.
[[nodiscard]] result<std::string> find_home();

/// The version of this library: "0.1.0".
[[nodiscard]] const std::string& version();

} // namespace isnad
