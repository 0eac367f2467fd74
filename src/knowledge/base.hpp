#pragma once
// What isnad knows of the world before it reads: states, peoples, cities, bodies, groups, media, persons, offices.
#include "base/result.hpp"
#include "isnad/record.hpp"
#include "nlp/sentence.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace isnad::knowledge {

/// One thing in the world, as the tables under data/knowledge/ tell it.
struct entry {
    std::string id; ///< "country/RUS", "person/vladimir-putin", "place/benghazi"
    entity_kind kind = entity_kind::other;
    std::string name; ///< the fullest usual Arabic name
    std::string name_en;
    std::string country; ///< ISO 3166-1 alpha-3
    std::vector<std::string> sectors;
    std::string code; ///< CAMEO fashion: the table's own ("IGOUNO") or code_of(country, sectors)
    std::string wikidata, geonames;
    std::optional<double> lat, lon; ///< degrees, WGS 84; places and countries (their capital)
    place_precision precision = place_precision::country;
    bool toponym = false;   ///< names a place: country, region, city, site
    std::string stands_for; ///< id of the state that this capital can stand for ("country/RUS" for موسكو), or ""
};

/// A name found in a sentence: words [first, first + count), clitics at its front left out.
struct match {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
    const entry* what = nullptr;            ///< owned by the base
    bool ambiguous = false;                 ///< also a common noun or several things; needs support from the context
    std::span<const entry* const> readings; ///< all that bear this name, `what` first; owned by the base
};

/// What a common noun says of the one it names: "وزير" a person in government, "كتيبة" an armed group.
struct head_noun {
    entity_kind kind = entity_kind::other;
    std::vector<std::string> sectors;
    bool title = false;    ///< stands before a name ("الرئيس فلان")
    bool plural = false;   ///< names a group of people
    bool inherits = false; ///< its sectors are a default that the words inside the phrase overrule: "رئيس" of what?
};

/// What a noun phrase says of itself.
struct description {
    entity_kind kind = entity_kind::other;
    std::string country;
    std::vector<std::string> sectors;
    std::string code; ///< country + sectors in CAMEO fashion
};

/// The compiled tables. Immutable after open; shared by all threads.
class base {
public:
    /// Reads DIR/knowledge/*.tsv. Fails with errc::data (file and line) for a broken row.
    static result<base> open(const std::string& data_dir);
    base(base&&) noexcept;
    base& operator=(base&&) noexcept;
    ~base();

    /// The longest known names in the sentence, none overlapping, in order. Linear in the sentence's words.
    [[nodiscard]] std::vector<match> find(const nlp::sentence& sentence) const;
    /// The state that a nisba or a people's name belongs to: "الروسي", "روسية", "الروس" → country/RUS; else nullptr.
    /// `word` is any spelling of one word.
    [[nodiscard]] const entry* nisba(std::string_view word) const;
    /// By id; nullptr when there is none.
    [[nodiscard]] const entry* by_id(std::string_view id) const;
    /// What the noun with this lemma key (text::fold of a bare lemma) says of the one it names; nullptr for none.
    [[nodiscard]] const head_noun* head(std::string_view lemma_key) const;
    /// Kind, country and sectors of a noun phrase from its own words: words[i] for i in `members` in text order, the
    /// head at `head`. Uses head nouns, nisbas and known names inside it; abstains (kind other) when nothing speaks.
    /// Precedence. Kind: a known name at the head, the head noun, a nisba used as a noun. Sectors: the head noun's own;
    /// where it inherits or has none, its adjectives ("مصدر عسكري"), then bodies and nouns after it, the nearest first,
    /// then its default. Country: a body named inside, the nisba that hangs on the head, another nisba, a state's name
    /// that no preposition governs. `members` ascending. Cost: linear in the words between the outermost members.
    [[nodiscard]] description describe(const nlp::sentence& sentence, std::uint32_t head,
                                       const std::vector<std::uint32_t>& members) const;

    struct tables; ///< defined inside the layer

private:
    explicit base(std::unique_ptr<tables> content);
    std::unique_ptr<tables> tables_;
};

/// "LBY" + {"MIL"} → "LBYMIL"; a person or body without country gives its sectors alone.
[[nodiscard]] std::string code_of(std::string_view country, const std::vector<std::string>& sectors);

} // namespace isnad::knowledge
