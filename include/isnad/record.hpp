#pragma once
// The record isnad/1: what one article tells. The fields and their meaning are fixed by the record's contract
// (docs/reference/record.md). In memory spans are bytes of the article's UTF-8; JSON has code points.
#include "base/span.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace isnad {

/// An article as it came in. `text` is kept exactly as given.
struct article {
    std::string id;
    std::string url;
    std::string outlet;
    std::string title;
    std::string published; ///< ISO date or date-time, or empty
    std::string lang = "ar";
    std::string text;
};

enum class entity_kind : std::uint8_t {
    person,
    organization,
    government,
    armed_group,
    party,
    media,
    international,
    company,
    group,
    place,
    other
};
enum class mention_kind : std::uint8_t { name, title, nominal, pronoun, elided };
enum class time_type : std::uint8_t { date, time, duration, set };
enum class time_mod : std::uint8_t { none, start, mid, end, approx, before, after };
enum class place_precision : std::uint8_t { point, city, region, country };
enum class source_kind : std::uint8_t { hidden, named, office, anonymous, media, body, publics, document };
enum class stance : std::uint8_t {
    state,
    report,
    announce,
    confirm,
    deny,
    reject,
    accuse,
    believe,
    expect,
    doubt,
    demand,
    warn,
    promise,
    ask
};
enum class event_status : std::uint8_t { occurred, planned, demanded, possible, conditional, negated, denied };
enum class event_type : std::uint8_t {
    agree,
    consult,
    support,
    concede,
    cooperate,
    aid,
    retreat,
    request,
    accuse,
    reject,
    threaten,
    protest,
    sanction,
    mobilize,
    coerce,
    assault
};

/// Links between parts of a record are indices into its vectors; JSON writes them as ids (m1, c2, v3 …).
using index = std::uint32_t;

struct entity {
    entity_kind kind = entity_kind::other;
    std::string name;
    std::string name_en;
    std::string country; ///< ISO 3166-1 alpha-3, or empty
    std::vector<std::string> sectors;
    std::string code; ///< CAMEO fashion: country + sectors
    std::string wikidata, geonames, iso3;
    std::string base; ///< its id in the knowledge base ("person/sergei-shoigu"), or empty: not linked
};

struct mention {
    span at;
    index entity = 0;
    mention_kind kind = mention_kind::name;
};

struct time_expression {
    span at;
    time_type type = time_type::date;
    std::string value; ///< TIMEX3
    time_mod mod = time_mod::none;
    std::string first, last;     ///< civil days, ISO; empty when unresolved
    bool from_published = false; ///< counted from the day of publication
    std::optional<index> anchor; ///< counted from this time expression of the article instead
};

struct place {
    span at;
    index entity = 0;
    std::optional<double> lat, lon; ///< degrees, WGS 84
    place_precision precision = place_precision::country;
    std::string rule; ///< for --explain: how the point or region was made of the words; not part of the JSON record
};

struct claim {
    std::optional<index> parent;
    std::vector<index> sources; ///< mentions
    source_kind kind = source_kind::hidden;
    std::optional<span> cue;
    std::string cue_lemma;
    isnad::stance stance = stance::state;
    span content;
    bool direct = false;
    std::vector<index> about; ///< events
    std::optional<index> time;
};

struct count {
    std::optional<span> at;
    std::int64_t low = 0;
    std::optional<std::int64_t> high; ///< none: "more than"
};

struct toll {
    std::optional<count> killed, wounded, arrested, missing, displaced;
    [[nodiscard]] bool empty() const { return !(killed || wounded || arrested || missing || displaced); }
};

struct event {
    event_type type = event_type::consult;
    std::string mode; ///< PLOVER mode, or empty
    std::vector<std::string> contexts;
    std::string cameo;
    span trigger;
    std::string trigger_lemma;
    std::vector<index> actors, recipients; ///< mentions
    std::optional<span> theme;
    std::optional<index> time, place;
    isnad::toll toll;
    event_status status = event_status::occurred;
    std::vector<index> chain; ///< claims, from the nearest outwards
    double confidence = 0;
    // What follows is for --explain and for the tests of the lexicon, and no part of the JSON record.
    std::vector<std::string> why;    ///< the rules and words behind it, in order
    std::vector<std::string> frames; ///< ids in the lexicon: its own sense, then those of words that tell the same
    std::optional<span> carrier; ///< the light verb that lends tense and subject: أجرى in أجرى محادثات
};

/// A word that has senses in the event lexicon and made no event. Filled where settings::explain asks for it.
struct passed_over {
    span at;
    std::string lemma;
    std::string why;
};

/// A sense of the event lexicon that was tried on a word, and what became of its conditions. Filled as passed_over.
struct sense_tried {
    struct outcome {
        std::string condition; ///< as the table spells it
        bool held = false;
    };
    span at;
    std::string frame; ///< its id
    std::vector<outcome> conditions;
    int score = 0; ///< of the senses that hold, or else of all, the highest wins
    bool won = false;
};

/// A word that could tell of an event, with what speaks for and against it.
struct candidate {
    span at;
    std::string lemma;
    std::string sense; ///< id of the frame
    event_type type = event_type::consult;
    std::vector<std::string> evidence; ///< features of data/events/evidence.tsv
    double confidence = 0;
    std::string fate; ///< empty for an event of the record, else why it is none
};

struct record {
    std::string engine_version;
    std::string engine_model; ///< name@first 12 hex digits of the file's SHA-256
    article about;            ///< without its text
    std::vector<span> sentences;
    std::vector<entity> entities;
    std::vector<mention> mentions;
    std::vector<time_expression> times;
    std::vector<place> places;
    std::vector<claim> claims;
    std::vector<event> events;
    std::vector<candidate> candidates;           ///< filled where settings ask for it; not part of the JSON record
    std::vector<isnad::passed_over> passed_over; ///< in text order; not part of the JSON record
    std::vector<sense_tried> senses;             ///< the same
};

} // namespace isnad
