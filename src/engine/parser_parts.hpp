#pragma once
// What a parser is made of, for the files of this layer.
#include "isnad/parser.hpp"
#include "nlp/analyser.hpp"
#include "nlp/segmenter.hpp"

#include <string>
#include <string_view>

namespace isnad {

struct parser::parts {
    settings chosen;
    std::string model;
    nlp::segmenter segmenter;
    nlp::analyser analyser;
};

/// The settings with a model: where none is named, home's; where no home is either, that of find_home(). Fails as that.
[[nodiscard]] result<settings> settled(settings wanted);

/// Fails with errc::limit for a text beyond max_article_bytes.
[[nodiscard]] result<done_t> check_size(std::string_view text, const settings& chosen);

} // namespace isnad
