// Reading the tables of a folder into a draft. The columns are described in data/knowledge/README.md.
#include "base/table.hpp"
#include "knowledge/draft.hpp"
#include "knowledge/names.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <utility>

namespace isnad::knowledge {
namespace {

constexpr std::array<std::pair<std::string_view, entity_kind>, 11> kinds{{
    {"person", entity_kind::person},
    {"organization", entity_kind::organization},
    {"government", entity_kind::government},
    {"armed_group", entity_kind::armed_group},
    {"party", entity_kind::party},
    {"media", entity_kind::media},
    {"international", entity_kind::international},
    {"company", entity_kind::company},
    {"group", entity_kind::group},
    {"place", entity_kind::place},
    {"other", entity_kind::other},
}};

constexpr std::array<std::pair<std::string_view, place_precision>, 4> precisions{{
    {"point", place_precision::point},
    {"city", place_precision::city},
    {"region", place_precision::region},
    {"country", place_precision::country},
}};

/// The order of namesakes: states, their capitals, bodies, media, persons, other places, the gazetteer's.
enum rank : int { of_state, of_capital, of_body, of_composed, of_media, of_person, of_place, of_gazetteer };

template <class T>
std::optional<T> number(std::string_view cell) {
    T value = 0;
    const auto [end, failure] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (cell.empty() || failure != std::errc{} || end != cell.data() + cell.size())
        return std::nullopt;
    return value;
}

using trouble = std::optional<error>;

trouble broken(const table::row& row, std::string what, std::string remedy) {
    return error{errc::data, std::move(what), row.where, std::move(remedy)};
}

/// Fills the draft file by file. Every step gives an error or nothing.
class loader {
public:
    result<draft> run(const std::vector<std::string>& folders) {
        for (std::size_t i = 0; i < folders.size(); ++i)
            if (auto failure = folder(folders[i], i == 0))
                return *failure;
        rank_capitals();
        compose_bodies();
        return std::move(out_);
    }

private:
    using step = trouble (loader::*)(const table&);
    struct file {
        std::string_view name;
        std::vector<std::string_view> columns;
        step read;
    };

    /// In the order in which they need each other.
    static const std::vector<file>& files() {
        static const std::vector<file> all{
            {"sectors.tsv", {"code", "en", "ar"}, &loader::sectors},
            {"not_names.tsv", {"phrase"}, &loader::not_names},
            {"countries.tsv",
             {"id", "name", "names", "en", "iso2", "iso3", "capital", "nisba", "people", "wikidata", "geonames",
              "flagged", "source"},
             &loader::countries},
            {"peoples.tsv", {"id", "name", "names", "en", "country", "sectors", "nisba", "people"}, &loader::peoples},
            {"places.tsv", place_columns(), &loader::places},
            {"gazetteer.tsv", place_columns(), &loader::gazetteer},
            {"titles.tsv", {"lemma", "kind", "sectors", "title", "inherits", "group", "plurals"}, &loader::titles},
            {"modifiers.tsv", {"lemma", "kind", "sectors"}, &loader::modifiers},
            {"organizations.tsv", actor_columns(), &loader::bodies},
            {"media.tsv", actor_columns(), &loader::media},
            {"persons.tsv", actor_columns(), &loader::persons},
            {"office_kinds.tsv",
             {"key", "arabic", "construct", "en", "sectors", "exclusive", "resolves", "surname", "only"},
             &loader::office_kinds},
            {"offices.tsv", {"person", "office", "of", "from", "to", "source"}, &loader::offices},
            {"bodies.tsv",
             {"key", "arabic", "construct", "gender", "en", "kind", "sectors", "bare"},
             &loader::state_bodies},
            {"former.tsv", {"word"}, &loader::former},
        };
        return all;
    }
    static std::vector<std::string_view> place_columns() {
        return {"id",   "name",     "names",    "en",      "country", "lat",       "lon",
                "type", "wikidata", "geonames", "flagged", "source",  "precision", "population"};
    }
    static std::vector<std::string_view> actor_columns() {
        return {"id",     "name", "names",    "en",       "kind",    "country", "sectors", "code", "nisba",
                "people", "type", "wikidata", "geonames", "flagged", "source",  "office",  "years"};
    }

    trouble folder(const std::string& path, bool whole) {
        std::error_code failed;
        if (!std::filesystem::is_directory(path, failed))
            return error{errc::io, "there is no such folder of tables", path, "name a folder with *.tsv files"};
        if (auto strange = unknown_file(path))
            return strange;
        ++folder_;
        for (const auto& one : files()) {
            const auto name = path + "/" + std::string(one.name);
            if (!whole && !std::filesystem::exists(name, failed))
                continue;
            const auto rows = table::read(name);
            if (!rows)
                return rows.failure();
            if (const auto strange = rows->columns_beside(one.columns); !strange.empty())
                return error{errc::data, "no column is called " + strange.front(), name,
                             "use the columns that data/knowledge/README.md names"};
            if (auto failure = (this->*one.read)(*rows))
                return failure;
        }
        return std::nullopt;
    }

    /// A misspelled file name would be passed over in silence.
    static trouble unknown_file(const std::string& path) {
        std::error_code failed;
        std::string names;
        for (const auto& one : files())
            names += (names.empty() ? "" : ", ") + std::string(one.name);
        for (const auto& item : std::filesystem::directory_iterator(path, failed)) {
            const auto name = item.path().filename().string();
            if (name.ends_with(".tsv") && std::ranges::find(files(), name, &file::name) == files().end())
                return error{errc::data, "no table is called " + name, item.path().string(), "the tables are " + names};
        }
        return std::nullopt;
    }

    trouble sectors(const table& rows) {
        for (const auto& row : rows.rows())
            out_.sectors.emplace(rows.cell(row, "code"), row.where);
        return std::nullopt;
    }

    [[nodiscard]] trouble unknown_sector(const table::row& row, const std::vector<std::string>& codes) const {
        for (const auto& sector : codes)
            if (!out_.sectors.contains(sector))
                return broken(row, "no sector has the code " + sector, "use the codes of sectors.tsv");
        return std::nullopt;
    }

    /// Phrases that begin with a name and are none: "مسقط رأس".
    trouble not_names(const table& rows) {
        for (const auto& row : rows.rows())
            out_.not_names.emplace(rows.cell(row, "phrase"));
        return std::nullopt;
    }

    trouble former(const table& rows) {
        for (const auto& row : rows.rows())
            out_.former.insert(text::fold(rows.cell(row, "word")));
        return std::nullopt;
    }

    /// A row with an id that an earlier folder had takes its place.
    trouble add(const table& rows, const table::row& row, draft_entry item) {
        item.id = rows.cell(row, "id");
        item.name = rows.cell(row, "name");
        item.name_en = rows.cell(row, "en");
        item.wikidata = rows.cell(row, "wikidata");
        item.geonames = rows.cell(row, "geonames");
        item.source = rows.has_column("source") ? std::string(rows.cell(row, "source")) : "own";
        item.type = rows.cell(row, "type");
        item.sectors = rows.list(row, "sectors");
        item.code = rows.cell(row, "code");
        item.nisba = rows.list(row, "nisba");
        item.people = rows.list(row, "people");
        item.where = row.where;
        if (item.id.empty() || item.name.empty())
            return broken(row, "the row has no id or no name", "fill the columns id and name");
        if (auto bad = unknown_sector(row, item.sectors))
            return bad;
        if (item.code.empty())
            item.code = code_of(item.country, item.sectors);
        item.names = rows.list(row, "names");
        if (!rows.cell(row, "flagged").empty())
            item.names.push_back("~" + item.name);
        else if (std::ranges::find(item.names, "~" + item.name) == item.names.end())
            item.names.push_back(item.name);
        const auto [known, fresh] = out_.by_id.emplace(item.id, out_.entries.size());
        if (fresh) {
            folder_of_.push_back(folder_);
            out_.entries.push_back(std::move(item));
            return std::nullopt;
        }
        if (folder_of_[known->second] == folder_)
            return broken(row, "the id " + item.id + " is there twice (" + out_.entries[known->second].where + ")",
                          "choose another id");
        folder_of_[known->second] = folder_;
        out_.entries[known->second] = std::move(item);
        return std::nullopt;
    }

    trouble countries(const table& rows) {
        for (const auto& row : rows.rows()) {
            draft_entry item;
            item.kind = entity_kind::place;
            item.country = rows.cell(row, "iso3");
            item.toponym = true;
            item.rank = of_state;
            item.capital = rows.cell(row, "capital");
            if (item.country.size() != 3 || rows.cell(row, "id") != "country/" + item.country)
                return broken(row, "the code \"" + item.country + "\" is no alpha-3 code, or not that of the id",
                              "correct the columns iso3 and id");
            out_.countries.insert(item.country);
            if (auto bad = add(rows, row, std::move(item)))
                return bad;
        }
        return std::nullopt;
    }

    trouble peoples(const table& rows) {
        for (const auto& row : rows.rows()) {
            draft_entry item;
            item.kind = entity_kind::group;
            item.country = rows.cell(row, "country");
            item.rank = of_body;
            item.nameless = true; // known by nisba() alone: "سنة" is a year before it is a confession
            if (auto bad = add(rows, row, std::move(item)))
                return bad;
        }
        return std::nullopt;
    }

    trouble places(const table& rows) { return places_of(rows, of_place); }
    trouble gazetteer(const table& rows) { return places_of(rows, of_gazetteer); }

    trouble places_of(const table& rows, int rank) {
        for (const auto& row : rows.rows()) {
            draft_entry item;
            item.kind = entity_kind::place;
            item.toponym = true;
            item.rank = rank;
            item.minor = rank == of_gazetteer;
            item.country = rows.cell(row, "country");
            item.lat = number<double>(rows.cell(row, "lat"));
            item.lon = number<double>(rows.cell(row, "lon"));
            item.population = number<std::uint32_t>(rows.cell(row, "population")).value_or(0);
            const auto precision = std::ranges::find(precisions, rows.cell(row, "precision"),
                                                     &std::pair<std::string_view, place_precision>::first);
            if (precision == precisions.end())
                return broken(row, "unknown precision", "use point, city, region or country");
            item.precision = precision->second;
            const bool cells = rows.cell(row, "lat").empty() == !item.lat && rows.cell(row, "lon").empty() == !item.lon;
            if (!cells || item.lat.has_value() != item.lon.has_value() || std::abs(item.lat.value_or(0)) > 90 ||
                std::abs(item.lon.value_or(0)) > 180)
                return broken(row, "the coordinates are no degrees", "give lat and lon as decimal numbers");
            if (auto bad = add(rows, row, std::move(item)))
                return bad;
        }
        return std::nullopt;
    }

    trouble bodies(const table& rows) { return actors(rows, of_body); }
    trouble media(const table& rows) { return actors(rows, of_media); }
    trouble persons(const table& rows) { return actors(rows, of_person); }

    trouble actors(const table& rows, int rank) {
        for (const auto& row : rows.rows()) {
            const auto kind = kind_named(rows.cell(row, "kind"));
            if (!kind)
                return broken(row, "unknown kind", "use the kinds of the record");
            draft_entry item;
            item.kind = *kind;
            item.country = rows.cell(row, "country");
            item.rank = rank;
            if (auto bad = add(rows, row, std::move(item)))
                return bad;
        }
        return std::nullopt;
    }

    /// Lemmas of a table whose rows override those of earlier folders, but not each other.
    trouble once(const table::row& row, std::string_view what, const std::string& key) {
        const auto [at, fresh] = lemma_folder_.emplace(std::string(what) + "/" + key, folder_);
        if (!fresh && at->second == folder_)
            return broken(row, "the lemma " + key + " is there twice", "keep one of the rows");
        at->second = folder_;
        return std::nullopt;
    }

    trouble titles(const table& rows) {
        for (const auto& row : rows.rows()) {
            const auto kind = kind_named(rows.cell(row, "kind"));
            if (!kind)
                return broken(row, "unknown kind", "use the kinds of the record");
            draft_noun noun;
            noun.kind = *kind;
            noun.sectors = rows.list(row, "sectors");
            noun.title = !rows.cell(row, "title").empty();
            noun.plural = !rows.cell(row, "group").empty();
            noun.inherits = !rows.cell(row, "inherits").empty();
            if (auto bad = unknown_sector(row, noun.sectors))
                return bad;
            for (const auto& lemma : rows.list(row, "lemma")) {
                auto key = text::fold(lemma);
                if (auto bad = once(row, "noun", key))
                    return bad;
                out_.heads.insert_or_assign(std::move(key), noun); // before another noun's plural
            }
            noun.plural = true;
            for (const auto& plural : rows.list(row, "plurals"))
                out_.heads.emplace(text::fold(plural), noun);
        }
        return std::nullopt;
    }

    trouble modifiers(const table& rows) {
        for (const auto& row : rows.rows()) {
            const draft_modifier what{kind_named(rows.cell(row, "kind")), rows.list(row, "sectors")};
            if (auto bad = unknown_sector(row, what.sectors))
                return bad;
            for (const auto& lemma : rows.list(row, "lemma")) {
                const auto key = text::fold(lemma);
                if (auto bad = once(row, "modifier", key))
                    return bad;
                out_.modifiers.insert_or_assign(key, what);
            }
        }
        return std::nullopt;
    }

    trouble office_kinds(const table& rows) {
        for (const auto& row : rows.rows()) {
            draft_kind kind;
            kind.key = rows.cell(row, "key");
            kind.en = rows.cell(row, "en");
            kind.with_nisba = rows.list(row, "arabic");
            kind.with_name = rows.list(row, "construct");
            kind.sectors = rows.list(row, "sectors");
            kind.only = rows.list(row, "only");
            kind.exclusive = !rows.cell(row, "exclusive").empty();
            kind.resolves = !rows.cell(row, "resolves").empty();
            kind.surname = rows.has_column("surname") && !rows.cell(row, "surname").empty();
            kind.where = row.where;
            if (kind.key.empty())
                return broken(row, "the row has no key", "fill the column key");
            if (auto bad = unknown_sector(row, kind.sectors))
                return bad;
            out_.kinds.push_back(std::move(kind));
        }
        return std::nullopt;
    }

    /// A row with the person, office, body and first day of an earlier folder's takes its place.
    trouble offices(const table& rows) {
        for (const auto& row : rows.rows()) {
            draft_tenure held{std::string(rows.cell(row, "person")),
                              std::string(rows.cell(row, "office")),
                              std::string(rows.cell(row, "of")),
                              std::string(rows.cell(row, "from")),
                              std::string(rows.cell(row, "to")),
                              std::string(rows.cell(row, "source")),
                              row.where};
            const auto key = held.person + "\t" + held.office + "\t" + held.of + "\t" + held.from;
            const auto [at, fresh] = tenure_at_.emplace(key, std::pair(out_.tenures.size(), folder_));
            if (fresh) {
                out_.tenures.push_back(std::move(held));
                continue;
            }
            if (at->second.second == folder_)
                return broken(row, held.person + " holds this office twice from the same day", "keep one of the rows");
            at->second.second = folder_;
            out_.tenures[at->second.first] = std::move(held);
        }
        return std::nullopt;
    }

    trouble state_bodies(const table& rows) {
        for (const auto& row : rows.rows()) {
            draft_body body;
            body.key = rows.cell(row, "key");
            body.en = rows.cell(row, "en");
            body.with_nisba = rows.list(row, "arabic");
            body.with_name = rows.list(row, "construct");
            body.feminine = rows.cell(row, "gender") == "f";
            body.bare = rows.has_column("bare") && !rows.cell(row, "bare").empty();
            body.sectors = rows.list(row, "sectors");
            body.where = row.where;
            const auto kind = kind_named(rows.cell(row, "kind"));
            if (!kind)
                return broken(row, "unknown kind", "use the kinds of the record");
            body.kind = *kind;
            if (auto bad = unknown_sector(row, body.sectors))
                return bad;
            std::erase_if(out_.bodies, [&](const draft_body& old) { return old.key == body.key; });
            out_.bodies.push_back(std::move(body));
        }
        return std::nullopt;
    }

    /// Capitals rank before bodies and persons; they can stand for their state, which takes their coordinates.
    void rank_capitals() {
        for (std::size_t i = 0; i < out_.entries.size(); ++i) {
            const auto found = out_.by_id.find(out_.entries[i].capital);
            if (found == out_.by_id.end() || found->second == i)
                continue;
            auto& capital = out_.entries[found->second];
            capital.rank = std::min<int>(capital.rank, of_capital);
            capital.stands_for = out_.entries[i].id;
            out_.entries[i].lat = capital.lat;
            out_.entries[i].lon = capital.lon;
        }
    }

    /// "وزارة الدفاع" with each state's adjective and name.
    void compose_bodies() {
        const auto states = out_.entries.size();
        for (std::size_t i = 0; i < states; ++i) {
            if (!out_.entries[i].id.starts_with("country/") || out_.entries[i].nisba.empty())
                continue;
            for (const auto& body : out_.bodies)
                compose(body, i);
        }
    }

    void compose(const draft_body& body, std::size_t state_at) {
        const auto& state = out_.entries[state_at];
        draft_entry made;
        made.id = "body/" + body.key + "/" + state.country;
        made.kind = body.kind;
        made.country = state.country;
        made.sectors = body.sectors;
        made.code = code_of(made.country, made.sectors);
        made.name_en = body.en + " of " + state.name_en;
        made.rank = of_composed;
        made.composed = true;
        made.source = "own";
        made.where = body.where;
        for (const auto& phrase : body.with_nisba)
            for (const auto& nisba : state.nisba)
                made.names.push_back(phrase + " ال" + nisba + (body.feminine ? "ة" : ""));
        std::vector<std::string> states = state.names;
        for (const auto& phrase : body.with_name)
            for (const auto& name : states)
                if (!name.starts_with('~') && name.find('[') == std::string::npos)
                    made.names.push_back(phrase + " " + name);
        if (made.names.empty())
            return;
        made.name = made.names.front();
        if (body.bare)
            made.bare = body.with_nisba;
        if (out_.by_id.emplace(made.id, out_.entries.size()).second)
            out_.entries.push_back(std::move(made));
    }

    draft out_;
    int folder_ = 0;
    std::vector<int> folder_of_; ///< per entry: the number of the folder that its row is from
    std::map<std::string, int> lemma_folder_;
    std::map<std::string, std::pair<std::size_t, int>> tenure_at_;
};

} // namespace

std::optional<entity_kind> kind_named(std::string_view word) noexcept {
    const auto found = std::ranges::find(kinds, word, &std::pair<std::string_view, entity_kind>::first);
    return found == kinds.end() ? std::nullopt : std::optional{found->second};
}

std::string folded_without_article(std::string_view word) {
    constexpr std::string_view article = "ال"; // ألماني begins so only when it is folded
    auto key = text::fold(word);
    return word.starts_with(article) ? std::string(without_article(key)) : key;
}

std::vector<nisba_form> nisba_forms(std::string_view masculine) {
    const auto key = folded_without_article(masculine);
    std::vector<nisba_form> out{{key, false},       {key + "ه", false}, {key + "ا", false},  {key + "ون", true},
                                {key + "ين", true}, {key + "ان", true}, {key + "تان", true}, {key + "تين", true},
                                {key + "ات", true}, {key + "و", true}};
    return out;
}

std::optional<std::pair<day, day>> days_of(std::string_view written) noexcept {
    namespace ch = std::chrono;
    const auto year = number<int>(written.substr(0, std::min<std::size_t>(written.size(), 4)));
    if (!year || written.size() < 4)
        return std::nullopt;
    const auto days = [](ch::year_month_day at) {
        return static_cast<day>(ch::sys_days(at).time_since_epoch().count());
    };
    const ch::year y(*year);
    if (written.size() == 4)
        return std::pair(days(y / 1 / 1), days(y / 12 / 31));
    const auto month = written[4] == '-' && written.size() >= 7 ? number<unsigned>(written.substr(5, 2)) : std::nullopt;
    if (!month || *month < 1 || *month > 12)
        return std::nullopt;
    const auto m = y / ch::month(*month);
    if (written.size() == 7)
        return std::pair(days(m / 1), days(ch::year_month_day(m / ch::last)));
    const auto mday = written[7] == '-' && written.size() == 10 ? number<unsigned>(written.substr(8, 2)) : std::nullopt;
    const auto whole = m / ch::day(mday.value_or(0));
    if (!mday || !whole.ok())
        return std::nullopt;
    return std::pair(days(whole), days(whole));
}

std::optional<day> day_of(std::string_view iso) noexcept {
    if (iso.size() < 10)
        return std::nullopt;
    const auto days = days_of(iso.substr(0, 10));
    return days ? std::optional(days->first) : std::nullopt;
}

result<draft> load_tables(const std::vector<std::string>& folders) {
    return loader().run(folders);
}

} // namespace isnad::knowledge
