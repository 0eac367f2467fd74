#pragma once
// The tables as they were read, before they are compiled. Private to this layer.
#include "knowledge/base.hpp"

#include <map>
#include <set>

namespace isnad::knowledge {

struct draft_entry {
    std::string id, name, name_en, country, code, wikidata, geonames, stands_for, source, type;
    std::vector<std::string> sectors;
    std::vector<std::string> names; ///< cells of the table, the name among them, "~" before flagged ones
    std::vector<std::string> nisba, people;
    std::vector<std::string> bare; ///< of a composed body: phrases that mean it where its state is spoken of
    std::string capital;           ///< of a state: id of the place
    std::optional<double> lat, lon;
    std::uint32_t population = 0;
    entity_kind kind = entity_kind::other;
    place_precision precision = place_precision::country;
    bool toponym = false, minor = false;
    int rank = 0;          ///< by file: states first
    bool nameless = false; ///< known by its nisba alone
    bool composed = false; ///< made of a kind of body and a state; gives way to a row with the same name
    std::string where;     ///< "file:line"
};

struct draft_kind {
    std::string key, en, where;
    std::vector<std::string> with_nisba, with_name, sectors, only;
    bool exclusive = false, resolves = false;
    bool surname = false; ///< the news calls its holders by the surname alone
};

struct draft_tenure {
    std::string person, office, of, from, to, source, where;
};

struct draft_noun {
    std::vector<std::string> lemmas, plurals, sectors;
    entity_kind kind = entity_kind::other;
    bool title = false, plural = false, inherits = false;
};

struct draft_modifier {
    std::optional<entity_kind> kind;
    std::vector<std::string> sectors;
};

/// A kind of body that every state has: "وزارة الدفاع".
struct draft_body {
    std::string key, en, where;
    std::vector<std::string> with_nisba, with_name, sectors;
    entity_kind kind = entity_kind::government;
    bool feminine = false;
    bool bare = false; ///< its phrase alone means that of the state which the article is about
};

struct draft {
    std::vector<draft_entry> entries;                        ///< as read
    std::map<std::string, std::size_t, std::less<>> by_id;   ///< into entries
    std::set<std::string, std::less<>> countries;            ///< alpha-3
    std::map<std::string, std::string, std::less<>> sectors; ///< code → where
    std::vector<draft_kind> kinds;                           ///< several rows may have one key
    std::vector<draft_tenure> tenures;
    std::map<std::string, draft_noun, std::less<>> heads;         ///< by folded lemma
    std::map<std::string, draft_modifier, std::less<>> modifiers; ///< by folded lemma
    std::vector<draft_body> bodies;
    std::set<std::string, std::less<>> not_names; ///< phrases
    std::set<std::string, std::less<>> former;    ///< folded words
};

/// Reads the table folders, a later one adding to and overriding those before. Fails with errc::io or errc::data.
result<draft> load_tables(const std::vector<std::string>& folders);

/// What the tables say wrongly of each other: dangling ids, offices with two holders, one name for two persons …; all
/// of it, each with file, line and remedy.
[[nodiscard]] std::vector<error> check(const draft& all);

/// The compiled file.
[[nodiscard]] std::string compile(const draft& all);

/// The first and the last day that "2016", "2016-10" or "2016-10-04" can mean; nothing for any other text.
[[nodiscard]] std::optional<std::pair<day, day>> days_of(std::string_view written) noexcept;

/// "person" → entity_kind::person; nothing for an unknown word.
[[nodiscard]] std::optional<entity_kind> kind_named(std::string_view word) noexcept;

/// The folded word without its article, if it has one as the table writes it.
[[nodiscard]] std::string folded_without_article(std::string_view word);

/// All inflected spellings, folded and without article, of a nisba given as masculine singular ("روسي").
struct nisba_form {
    std::string key;
    bool plural = false;
};
[[nodiscard]] std::vector<nisba_form> nisba_forms(std::string_view masculine);

} // namespace isnad::knowledge
