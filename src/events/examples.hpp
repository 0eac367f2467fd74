#pragma once
// The sentences of the column `example` as tests of their rows: does a reading of the sentence show the row?
#include "base/result.hpp"
#include "isnad/record.hpp"
#include "nlp/sentence.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace isnad::events {

/// The tables whose examples are meant for a reading.
enum class example_kind : std::uint8_t { frame, cue, light_verb, prepositional_cue, scope };

struct example {
    example_kind kind = example_kind::frame;
    std::string where;             ///< "file:line"
    std::string row;               ///< a frame's id, else the row's first word
    std::string sentence;          ///< without its mark, and with a full stop, as sentences of an article have one
    bool counter = false;          ///< marked with "!": the row must not fire
    std::vector<std::string> keys; ///< lemma keys of the row's words
    std::string reads;             ///< "TYPE/mode", the stance or the status that the row gives
};

/// All examples of DIR/events in the order of their rows. A cell may hold several, parted by " | ". Fails with errc::io
/// or errc::data.
[[nodiscard]] result<std::vector<example>> examples_of(const std::string& data_dir);

enum class verdict : std::uint8_t {
    passed,
    alike, ///< fails: the row does not fire, and another one tells the same type and mode, or the same stance
    failed,
    untold, ///< nothing could show the row: an example of scope.tsv without any deed, of prep_cues.tsv with a source
            ///< alone
};

/// Whether the reading of the example's sentence shows its row: an event by the frame, a claim by the cue, an event
/// carried by the light verb, an event with the status.
[[nodiscard]] verdict judge(const example& of, const record& read, const std::vector<nlp::sentence>& sentences);

} // namespace isnad::events
