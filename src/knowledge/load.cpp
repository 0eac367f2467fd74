// Reading data/knowledge/*.tsv into base::tables. The columns are described in data/knowledge/README.md.
#include "base/table.hpp"
#include "knowledge/tables.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <array>
#include <charconv>

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

std::optional<double> number(std::string_view cell) {
    double value = 0;
    const auto [end, failure] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (failure != std::errc{} || end != cell.data() + cell.size())
        return std::nullopt;
    return value;
}

/// Fills the tables file by file. Every step gives an error or nothing.
class loader {
public:
    explicit loader(std::string folder) : folder_(std::move(folder)) {}

    result<std::unique_ptr<base::tables>> run() {
        for (const auto step : {&loader::sectors, &loader::not_names, &loader::countries, &loader::peoples,
                                &loader::capitals_and_places, &loader::titles, &loader::modifiers})
            if (auto failure = (this->*step)())
                return *failure;
        for (const auto* file : {"organizations.tsv", "media.tsv", "persons.tsv"})
            if (auto failure = actors(file))
                return *failure;
        if (auto failure = places_as_entries())
            return *failure;
        if (auto failure = link_capitals())
            return *failure;
        index_names();
        return std::move(out_);
    }

private:
    using trouble = std::optional<error>;

    static trouble broken(const table::row& row, std::string what, std::string remedy) {
        return error{errc::data, std::move(what), row.where, std::move(remedy)};
    }

    /// Reads a file into `rows`.
    trouble open(const std::string& name, table& rows) const {
        auto read = table::read(folder_ + "/" + name);
        if (!read)
            return read.failure();
        rows = std::move(*read);
        return std::nullopt;
    }

    trouble sectors() {
        table rows;
        if (auto bad = open("sectors.tsv", rows))
            return bad;
        for (const auto& row : rows.rows())
            out_->sectors.emplace(rows.cell(row, "code"));
        return std::nullopt;
    }

    trouble add(const table& rows, const table::row& row, entry item) {
        item.id = rows.cell(row, "id");
        item.name = rows.cell(row, "name");
        item.name_en = rows.cell(row, "en");
        item.wikidata = rows.cell(row, "wikidata");
        item.geonames = rows.cell(row, "geonames");
        item.sectors = rows.list(row, "sectors");
        item.code = rows.cell(row, "code");
        if (item.id.empty() || item.name.empty())
            return broken(row, "the row has no id or no name", "fill the columns id and name");
        if (!out_->ids.emplace(item.id, static_cast<std::uint32_t>(out_->entries.size())).second)
            return broken(row, "the id " + item.id + " is there twice", "choose another id");
        if (!item.country.empty() && !countries_.contains(item.country))
            return broken(row, "no country has the code " + item.country, "use ISO 3166-1 alpha-3");
        for (const auto& sector : item.sectors)
            if (!out_->sectors.contains(sector))
                return broken(row, "no sector has the code " + sector, "use the codes of sectors.tsv");
        if (item.code.empty())
            item.code = code_of(item.country, item.sectors);
        std::vector<std::string> names = rows.list(row, "names");
        if (!rows.cell(row, "flagged").empty())
            names.push_back("~" + item.name);
        else if (std::ranges::find(names, "~" + item.name) == names.end())
            names.push_back(item.name);
        names_.push_back(std::move(names));
        out_->entries.push_back(std::move(item));
        return nisba(rows, row, static_cast<std::uint32_t>(out_->entries.size() - 1));
    }

    /// Columns `nisba` (masculine singulars, all forms follow) and `people` (further forms as they are, plurals).
    trouble nisba(const table& rows, const table::row& row, std::uint32_t owner) {
        for (const auto& masculine : rows.list(row, "nisba"))
            for (auto& form : nisba_forms(masculine))
                out_->nisbas.try_emplace(std::move(form.key), belonging{owner, form.plural});
        for (const auto& form : rows.list(row, "people"))
            out_->nisbas.insert_or_assign(std::string(without_article(text::fold(form))), belonging{owner, true});
        return std::nullopt;
    }

    trouble countries() {
        table rows;
        if (auto bad = open("countries.tsv", rows))
            return bad;
        for (const auto& row : rows.rows()) {
            const auto code = std::string(rows.cell(row, "iso3"));
            if (code.size() != 3 || !countries_.insert(code).second)
                return broken(row, "the code \"" + code + "\" is not a new alpha-3 code", "correct the column iso3");
            out_->iso3_of.emplace(rows.cell(row, "iso2"), code);
            entry item;
            item.kind = entity_kind::place;
            item.country = code;
            item.toponym = true;
            if (auto bad = add(rows, row, std::move(item)))
                return bad;
            capital_of_.emplace_back(rows.cell(row, "capital"), row.where);
        }
        return std::nullopt;
    }

    trouble peoples() {
        table rows;
        if (auto bad = open("peoples.tsv", rows))
            return bad;
        for (const auto& row : rows.rows()) {
            entry item;
            item.kind = entity_kind::group;
            item.country = rows.cell(row, "country");
            if (auto bad = add(rows, row, std::move(item)))
                return bad;
            names_.back().clear(); // known by nisba() alone: "سنة" is a year before it is a confession
        }
        return std::nullopt;
    }

    /// Phrases that begin with a name and are none: "مسقط رأس".
    trouble not_names() {
        table rows;
        if (auto bad = open("not_names.tsv", rows))
            return bad;
        for (const auto& row : rows.rows())
            for (const auto& one : spellings(rows.cell(row, "phrase")))
                out_->names.add(one.words, {no_name, false});
        return std::nullopt;
    }

    /// Capitals rank before bodies and persons, other places after them.
    trouble capitals_and_places() {
        if (auto bad = open("places.tsv", places_))
            return bad;
        std::set<std::string, std::less<>> capitals;
        for (const auto& [id, where] : capital_of_)
            capitals.insert(id);
        for (const auto& row : places_.rows()) {
            if (!capitals.contains(places_.cell(row, "id")))
                continue;
            if (auto bad = place(row))
                return bad;
        }
        return std::nullopt;
    }

    trouble places_as_entries() {
        for (const auto& row : places_.rows())
            if (!placed_.contains(row.where))
                if (auto bad = place(row))
                    return bad;
        return std::nullopt;
    }

    trouble place(const table::row& row) {
        entry item;
        item.kind = entity_kind::place;
        item.toponym = true;
        item.country = places_.cell(row, "country");
        item.lat = number(places_.cell(row, "lat"));
        item.lon = number(places_.cell(row, "lon"));
        const auto precision = std::ranges::find(precisions, places_.cell(row, "precision"),
                                                 &std::pair<std::string_view, place_precision>::first);
        if (precision == precisions.end())
            return broken(row, "unknown precision", "use point, city, region or country");
        item.precision = precision->second;
        if (item.lat.has_value() != item.lon.has_value() || std::abs(item.lat.value_or(0)) > 90 ||
            std::abs(item.lon.value_or(0)) > 180)
            return broken(row, "the coordinates are no degrees", "give lat and lon as decimal numbers");
        placed_.insert(row.where);
        return add(places_, row, std::move(item));
    }

    trouble actors(const std::string& file) {
        table rows;
        if (auto bad = open(file, rows))
            return bad;
        for (const auto& row : rows.rows()) {
            const auto kind = kind_of(rows.cell(row, "kind"));
            if (!kind)
                return broken(row, "unknown kind", "use the kinds of the record");
            entry item;
            item.kind = *kind;
            item.country = rows.cell(row, "country");
            if (auto bad = add(rows, row, std::move(item)))
                return bad;
        }
        return std::nullopt;
    }

    trouble titles() {
        table rows;
        if (auto bad = open("titles.tsv", rows))
            return bad;
        std::set<std::string> lemmas;
        for (const auto& row : rows.rows()) {
            const auto kind = kind_of(rows.cell(row, "kind"));
            if (!kind)
                return broken(row, "unknown kind", "use the kinds of the record");
            head_noun noun{*kind, rows.list(row, "sectors"), !rows.cell(row, "title").empty(),
                           !rows.cell(row, "group").empty(), !rows.cell(row, "inherits").empty()};
            for (const auto& sector : noun.sectors)
                if (!out_->sectors.contains(sector))
                    return broken(row, "no sector has the code " + sector, "use the codes of sectors.tsv");
            for (const auto& lemma : rows.list(row, "lemma")) {
                auto key = text::fold(lemma);
                if (!lemmas.insert(key).second)
                    return broken(row, "the lemma " + lemma + " is there twice", "keep one of the rows");
                out_->heads.insert_or_assign(std::move(key), noun); // before another noun's plural
            }
            noun.plural = true;
            for (const auto& plural : rows.list(row, "plurals"))
                out_->heads.emplace(text::fold(plural), noun);
        }
        return std::nullopt;
    }

    trouble modifiers() {
        table rows;
        if (auto bad = open("modifiers.tsv", rows))
            return bad;
        for (const auto& row : rows.rows()) {
            modifier what{kind_of(rows.cell(row, "kind")), rows.list(row, "sectors")};
            for (const auto& sector : what.sectors)
                if (!out_->sectors.contains(sector))
                    return broken(row, "no sector has the code " + sector, "use the codes of sectors.tsv");
            for (const auto& lemma : rows.list(row, "lemma")) {
                if (!out_->modifiers.emplace(text::fold(lemma), what).second)
                    return broken(row, "the lemma " + lemma + " is there twice", "keep one of the rows");
            }
        }
        return std::nullopt;
    }

    /// Countries get their capital's coordinates, capitals the state that they can stand for.
    trouble link_capitals() {
        for (std::size_t i = 0; i < capital_of_.size(); ++i) {
            const auto& [id, where] = capital_of_[i];
            if (id.empty())
                continue;
            const auto found = out_->ids.find(id);
            if (found == out_->ids.end())
                return error{errc::data, "no place has the id " + id, where, "add the capital to places.tsv"};
            auto& state = out_->entries[i]; // countries come first
            auto& capital = out_->entries[found->second];
            state.lat = capital.lat;
            state.lon = capital.lon;
            capital.stands_for = state.id;
        }
        return std::nullopt;
    }

    void index_names() {
        auto& all = *out_;
        for (std::uint32_t i = 0; i < names_.size(); ++i)
            for (const auto& cell : names_[i])
                for (const auto& one : spellings(cell))
                    all.names.add(one.words, {i, one.flagged});
        all.by_node.resize(all.names.size());
        for (std::uint32_t node = 0; node < all.by_node.size(); ++node)
            collect(node);
        // "روسيا" is a country's name, not the accusative of its nisba.
        for (std::uint32_t i = 0; i < capital_of_.size(); ++i)
            for (const auto& cell : names_[i])
                for (const auto& one : spellings(cell))
                    drop_accusative(one.words);
    }

    void drop_accusative(const std::vector<std::string>& words) {
        if (words.size() == 1 && words.front().ends_with("يا"))
            out_->nisbas.erase(words.front());
    }

    /// Of namesakes those that are flagged come last; a state and places of its own are no namesakes.
    void collect(std::uint32_t node) {
        auto& all = *out_;
        auto readings = all.names.readings(node);
        const auto is_no_name = [](const name_index::reading& one) { return one.value == no_name; };
        if (std::ranges::any_of(readings, is_no_name)) {
            all.by_node[node].stop = true;
            return;
        }
        std::ranges::stable_sort(readings, {}, &name_index::reading::flagged);
        auto& range = all.by_node[node];
        range.first = static_cast<std::uint32_t>(all.pointers.size());
        range.count = static_cast<std::uint32_t>(readings.size());
        for (const auto& one : readings) {
            all.pointers.push_back(&all.entries[one.value]);
            const auto& best = all.entries[readings.front().value];
            const auto& other = all.entries[one.value];
            const bool same_land = best.toponym && other.toponym && best.country == other.country;
            range.flagged = range.flagged || (&best != &other && !same_land);
        }
        if (!readings.empty())
            range.flagged = range.flagged || readings.front().flagged;
    }

    static constexpr std::uint32_t no_name = name_index::unknown;
    std::string folder_;
    std::unique_ptr<base::tables> out_ = std::make_unique<base::tables>();
    std::set<std::string, std::less<>> countries_;
    std::vector<std::pair<std::string, std::string>> capital_of_; ///< per country: capital's id, where it stands
    std::vector<std::vector<std::string>> names_;                 ///< per entry
    table places_;
    std::set<std::string, std::less<>> placed_;
};

} // namespace

std::optional<entity_kind> kind_of(std::string_view word) noexcept {
    const auto found = std::ranges::find(kinds, word, &std::pair<std::string_view, entity_kind>::first);
    return found == kinds.end() ? std::nullopt : std::optional{found->second};
}

std::vector<nisba_form> nisba_forms(std::string_view masculine) {
    const std::string key(without_article(text::fold(masculine)));
    std::vector<nisba_form> out{{key, false},       {key + "ه", false}, {key + "ا", false},  {key + "ون", true},
                                {key + "ين", true}, {key + "ان", true}, {key + "تان", true}, {key + "تين", true},
                                {key + "ات", true}, {key + "و", true}};
    return out;
}

result<std::unique_ptr<base::tables>> load_tables(const std::string& folder) {
    return loader(folder).run();
}

} // namespace isnad::knowledge
