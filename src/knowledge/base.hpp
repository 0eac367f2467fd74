#pragma once
// What isnad knows of the world before it reads: states, peoples, cities, bodies, groups, media, persons, offices.
#include "base/result.hpp"
#include "isnad/record.hpp"
#include "knowledge/packed.hpp"
#include "nlp/sentence.hpp"

#include <cmath>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace isnad::knowledge {

/// A civil day as days since 1970-01-01.
using day = std::int32_t;
/// The day that "2016-10-04" or a date-time begins with; nothing for any other text.
[[nodiscard]] std::optional<day> day_of(std::string_view iso) noexcept;

/// A kind of office: "foreign-minister". Those that come first in the table rank higher.
struct office_kind {
    packed::text key, arabic, en;
    packed::list<packed::text> sectors; ///< empty: those of the body
    packed::list<packed::text> titles;  ///< folded first words of its phrases: "وزير"
    std::uint8_t exclusive = 0;         ///< one holder at a time
    std::uint8_t resolves = 0;          ///< the office alone may be linked to its holder
};

struct entry;

/// Somebody in an office from one day to another. The four days are the edges that the table's precision allows.
struct tenure {
    std::uint32_t holder = 0, body = 0, kind = 0; ///< indices of entries, of kinds
    day from_first = 0, from_last = 0, to_first = 0, to_last = 0;
    packed::text from, to, source; ///< as the table writes them; `to` is empty for one still in office

    [[nodiscard]] bool surely_on(day at) const noexcept { return from_last <= at && at <= to_first; }
    [[nodiscard]] bool maybe_on(day at) const noexcept { return from_first <= at && at <= to_last; }
};

/// One thing in the world, as the tables under data/knowledge/ tell it. Lives in the base's file; never copied.
struct entry {
    packed::text id;   ///< "country/RUS", "person/vladimir-putin", "place/benghazi"
    packed::text name; ///< the fullest usual Arabic name
    packed::text name_en;
    packed::text country;               ///< ISO 3166-1 alpha-3
    packed::list<packed::text> sectors; ///< of the main role
    packed::text code;                  ///< CAMEO fashion: the table's own ("IGOUNO") or code_of(country, sectors)
    packed::text wikidata, geonames;
    packed::text stands_for;              ///< id of the state that this capital can stand for, or ""
    packed::text source;                  ///< where the row is from: "own", "dr5hn" …
    packed::text type;                    ///< "city", "camp", "newspaper" … as the table says it
    packed::list<packed::text> spellings; ///< as the table writes them, the name among them
    packed::list<std::uint32_t> offices;  ///< indices of tenures, the earliest first
    double latitude = 0, longitude = 0;   ///< degrees, WGS 84; NaN for none
    std::uint32_t population = 0;
    entity_kind kind = entity_kind::other;
    place_precision precision = place_precision::country;
    std::uint8_t toponym = 0; ///< names a place: country, region, city, site
    std::uint8_t minor = 0;   ///< a place of the gazetteer: known by name alone, so it wants more support

    [[nodiscard]] bool placed() const noexcept { return !std::isnan(latitude); }
    [[nodiscard]] std::optional<double> lat() const { return placed() ? std::optional(latitude) : std::nullopt; }
    [[nodiscard]] std::optional<double> lon() const { return placed() ? std::optional(longitude) : std::nullopt; }
};

/// A name found in a sentence: words [first, first + count), clitics at its front left out.
struct match {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
    const entry* what = nullptr;        ///< owned by the base
    bool ambiguous = false;             ///< also a common noun or several things; needs support from the context
    std::vector<const entry*> readings; ///< all that bear this name, `what` first; owned by the base
    std::vector<bool> doubtful;         ///< per reading: it bears the name with "~"
    std::uint32_t owner_first = 0, owner_count = 0; ///< of an office: the words that name whose it is, 0 for none
    const tenure* office = nullptr; ///< the words name an office ("وزير الخارجية الروسي"), `what` held it then
};

/// What a common noun says of the one it names: "وزير" a person in government, "كتيبة" an armed group.
struct head_noun {
    packed::text key;
    packed::list<packed::text> sectors;
    entity_kind kind = entity_kind::other;
    std::uint8_t title = 0;    ///< stands before a name ("الرئيس فلان")
    std::uint8_t plural = 0;   ///< names a group of people
    std::uint8_t inherits = 0; ///< its sectors are a default that the words inside overrule: "رئيس" of what?
};

/// What a noun phrase says of itself.
struct description {
    entity_kind kind = entity_kind::other;
    std::string country;
    std::vector<std::string> sectors;
    std::string code; ///< country + sectors in CAMEO fashion
};

/// A reading is taken when it has this score, and so much more than the next one.
inline constexpr double enough = 1.5, clearly = 0.35;

/// One thing that a name may stand for, and what speaks for it.
struct candidate {
    const entry* what = nullptr;
    const tenure* office = nullptr; ///< where the name asked for is an office
    std::string spelling;           ///< the table's spelling that fits, with its "~"
    double score = 0;
    std::vector<std::string> reasons;
};

/// Where names, nouns and nisbas lie in the file. Private to this layer.
struct image;

/// The compiled tables. Immutable after open; shared by all threads.
class base {
public:
    /// Reads DIR/knowledge/*.tsv and then the same files of each folder in `more`, whose rows add to and override
    /// those before (same id). Fails with errc::data (file and line) for a broken row. Compiles in memory: some
    /// seconds per million rows.
    static result<base> open(const std::string& data_dir, const std::vector<std::string>& more = {});
    /// Maps a compiled file: milliseconds. Fails with errc::io, or errc::data for a file that is damaged or of another
    /// version.
    static result<base> map(const std::string& path);
    /// All that is wrong with these table folders, each with file, line and remedy. The second and later ones add to
    /// and override the first.
    static std::vector<error> check(const std::vector<std::string>& folders);
    /// The bytes of the compiled file of these table folders; the first of the errors that check() finds.
    static result<std::string> compile(const std::vector<std::string>& folders);
    base(base&&) noexcept;
    base& operator=(base&&) noexcept;
    ~base();

    /// The longest known names in the sentence, none overlapping, in order. An office is a name where `at` tells who
    /// held it. Linear in the sentence's words.
    [[nodiscard]] std::vector<match> find(const nlp::sentence& sentence, std::optional<day> at = std::nullopt) const;
    /// The names of an article's sentences, each settled on the one reading that the article supports; names for which
    /// nothing speaks clearly are left out. Linear in words and readings.
    [[nodiscard]] std::vector<std::vector<match>> link(std::string_view text, std::span<const nlp::sentence> sentences,
                                                       std::optional<day> at) const;
    /// All that a name or an office can stand for on a day, the likeliest first.
    [[nodiscard]] std::vector<candidate> lookup(std::string_view name, std::optional<day> at) const;

    /// The state that a nisba or a people's name belongs to: "الروسي", "روسية", "الروس" → country/RUS; else nullptr.
    /// `word` is any spelling of one word.
    [[nodiscard]] const entry* nisba(std::string_view word) const;
    /// By id; nullptr when there is none.
    [[nodiscard]] const entry* by_id(std::string_view id) const;
    /// What the noun with this lemma key (text::fold of a bare lemma) says of the one it names; nullptr for none.
    [[nodiscard]] const head_noun* head(std::string_view lemma_key) const;
    /// Kind, country, sectors and code of an entry on a day: a person's by the offices held then.
    [[nodiscard]] description on(const entry& who, std::optional<day> at) const;
    /// Kind, country and sectors of a noun phrase from its own words: words[i] for i in `members` in text order, the
    /// head at `head`. Uses head nouns, nisbas and known names inside it; abstains (kind other) when nothing speaks.
    /// Precedence. Kind: a known name at the head, the head noun, a nisba used as a noun. Sectors: the head noun's own;
    /// where it inherits or has none, its adjectives ("مصدر عسكري"), then bodies and nouns after it, the nearest first,
    /// then its default. Country: a body named inside, the nisba that hangs on the head, another nisba, a state's name
    /// that no preposition governs. `members` ascending. Cost: linear in the words between the outermost members.
    /// `names`: what link() found in the sentence.
    [[nodiscard]] description describe(const nlp::sentence& sentence, std::uint32_t head,
                                       const std::vector<std::uint32_t>& members, std::span<const match> names) const;
    /// The same with the names that find() finds and that are not ambiguous.
    [[nodiscard]] description describe(const nlp::sentence& sentence, std::uint32_t head,
                                       const std::vector<std::uint32_t>& members) const;

    [[nodiscard]] const office_kind& kind_of(const tenure& held) const;
    [[nodiscard]] const entry& body_of(const tenure& held) const;
    [[nodiscard]] const tenure& tenure_at(std::uint32_t index) const;

    struct content; ///< the bytes and who owns them

private:
    explicit base(std::unique_ptr<content> held);
    [[nodiscard]] const image& in() const noexcept;
    std::unique_ptr<content> content_;
};

/// "LBY" + {"MIL"} → "LBYMIL"; a person or body without country gives its sectors alone.
[[nodiscard]] std::string code_of(std::string_view country, const std::vector<std::string>& sectors);

} // namespace isnad::knowledge
