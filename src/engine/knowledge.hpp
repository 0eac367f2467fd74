#pragma once
// The knowledge base that the settings ask for: the compiled file HOME/knowledge.base, or, where there is none or where
// there are tables of the user's own, the tables themselves.
#include "isnad/engine.hpp"
#include "knowledge/base.hpp"

namespace isnad {

/// Milliseconds for the compiled file; some 300 ms for the tables. Fails with errc::io or errc::data.
[[nodiscard]] result<knowledge::base> open_knowledge(const settings& wanted);

} // namespace isnad
