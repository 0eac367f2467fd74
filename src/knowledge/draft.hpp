#pragma once
// The compiled tables behind knowledge::base. Private to this layer.
#include "knowledge/base.hpp"
#include "knowledge/index.hpp"

#include <map>
#include <set>

namespace isnad::knowledge {

/// What an adjective adds to the noun it modifies: "عسكري" → MIL, "مسلح" → armed group.
struct modifier {
    std::optional<entity_kind> kind; ///< overrules a head of kind group, organization or other
    std::vector<std::string> sectors;
};

/// A word that says of whom one is: "روسي", "الروس".
struct belonging {
    std::uint32_t owner = 0; ///< index into base::tables::entries
    bool plural = false;
};

struct base::tables {
    std::vector<entry> entries;         ///< in order of rank: of namesakes the first is the likelier
    std::vector<const entry*> pointers; ///< readings of ambiguous names, addressed by ranges
    by_string<std::uint32_t> ids;
    name_index names;
    struct range {
        std::uint32_t first = 0, count = 0;
        bool flagged = false;
        bool stop = false; ///< a phrase that is no name though it begins with one
    };
    std::vector<range> by_node; ///< per node of `names`: its readings in `pointers`
    by_string<belonging> nisbas;
    by_string<head_noun> heads;
    by_string<modifier> modifiers;
    std::set<std::string, std::less<>> sectors;
    std::map<std::string, std::string, std::less<>> iso3_of; ///< ISO2 → ISO3
};

/// Reads and links all tables of DIR/knowledge.
result<std::unique_ptr<base::tables>> load_tables(const std::string& folder);

/// "person" → entity_kind::person; nothing for an unknown word.
[[nodiscard]] std::optional<entity_kind> kind_of(std::string_view word) noexcept;

/// All inflected spellings, folded and without article, of a nisba given as masculine singular ("روسي").
struct nisba_form {
    std::string key;
    bool plural = false;
};
[[nodiscard]] std::vector<nisba_form> nisba_forms(std::string_view masculine);

} // namespace isnad::knowledge
