#pragma once
// What the commands of isnad lexicon share.
#include "commands.hpp"
#include "isnad/engine.hpp"
#include "output.hpp"

#include <string>
#include <string_view>

namespace cli {

/// The engine that they read examples with: it keeps what was passed over.
[[nodiscard]] isnad::result<isnad::engine> open_explaining(const lexicon_options& options);
/// The folder with events/: --data, else HOME/data.
[[nodiscard]] isnad::result<std::string> data_folder(const lexicon_options& options);
/// Writes to standard output; `status`, or `failed` when that cannot be written.
int print(std::string_view text, int status);
/// "ASSAULT/aerial occurred, frame air-strike".
[[nodiscard]] std::string told(const isnad::event& event);

} // namespace cli
