// What the tables say wrongly of each other and of the world. load.cpp has seen to each row by itself.
#include "knowledge/draft.hpp"
#include "knowledge/names.hpp"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <limits>
#include <unordered_map>

namespace isnad::knowledge {
namespace {

/// Marks that nobody sees and matching would trip over: bidi controls, zero-width characters, tatweel, a byte order
/// mark.
bool invisible(char16_t c) {
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) ||
           c == 0x061C || c == 0x0640 || c == 0xFEFF || c == 0x00AD;
}

bool well_formed_id(std::string_view id) {
    if (id.starts_with("country/"))
        return id.size() == 11 && std::ranges::all_of(id.substr(8), [](char c) { return c >= 'A' && c <= 'Z'; });
    static constexpr std::array<std::string_view, 6> folders{"place/", "org/", "media/", "person/", "people/", "body/"};
    const auto folder = std::ranges::find_if(folders, [&](std::string_view name) { return id.starts_with(name); });
    if (folder == folders.end())
        return false;
    const auto slug = id.substr(folder->size());
    return !slug.empty() && slug.front() != '-' && slug.back() != '-' && std::ranges::all_of(slug, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

class checker {
public:
    explicit checker(const draft& all) : all_(all) {
        UErrorCode status = U_ZERO_ERROR;
        nfc_ = icu::Normalizer2::getNFCInstance(status);
    }

    std::vector<error> run() {
        for (const auto& item : all_.entries)
            if (!item.composed)
                entry(item);
        tenures();
        exclusive_offices();
        shared_names();
        return std::move(found_);
    }

private:
    void report(std::string what, const std::string& where, std::string remedy) {
        found_.push_back({errc::data, std::move(what), where, std::move(remedy)});
    }

    void entry(const draft_entry& item) {
        if (!well_formed_id(item.id))
            report(
                "the id " + item.id + " is not well formed", item.where,
                "country/XXX, or place/, org/, media/, person/, people/ and lower-case letters, digits and single -");
        if (item.name_en.empty())
            report(item.id + " has no English name", item.where, "fill the column en");
        if (!item.country.empty() && !all_.countries.contains(item.country))
            report("no country has the code " + item.country, item.where, "use ISO 3166-1 alpha-3");
        if (!item.capital.empty() && !all_.by_id.contains(item.capital))
            report("no place has the id " + item.capital, item.where, "add the capital to places.tsv");
        if (!item.wikidata.empty() && (item.wikidata.front() != 'Q' || !digits(item.wikidata.substr(1))))
            report("\"" + item.wikidata + "\" is no Wikidata id", item.where, "Q and a number");
        if (!item.geonames.empty() && !digits(item.geonames))
            report("\"" + item.geonames + "\" is no geonames id", item.where, "a number");
        for (const auto* list : {&item.names, &item.nisba, &item.people})
            for (const auto& text : *list)
                spelled_cleanly(text, item.where);
        spelled_cleanly(item.name_en, item.where);
    }

    static bool digits(std::string_view text) {
        return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    }

    void spelled_cleanly(const std::string& text, const std::string& where) {
        if (std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
            return;
        const auto spelled = icu::UnicodeString::fromUTF8(text);
        UErrorCode status = U_ZERO_ERROR;
        if (nfc_ != nullptr && !nfc_->isNormalized(spelled, status))
            report("\"" + text + "\" is not in Unicode's form NFC", where, "save the table in NFC");
        for (std::int32_t i = 0; i < spelled.length(); ++i)
            if (invisible(spelled[i])) {
                report("\"" + text + "\" has an invisible character or a tatweel", where, "take it out");
                return;
            }
    }

    [[nodiscard]] const draft_kind* kind(std::string_view key) const {
        const auto found = std::ranges::find(all_.kinds, key, &draft_kind::key);
        return found == all_.kinds.end() ? nullptr : &*found;
    }

    void tenures() {
        for (const auto& held : all_.tenures) {
            for (const auto& id : {held.person, held.of})
                if (!all_.by_id.contains(id))
                    report("nothing has the id " + id, held.where,
                           "correct it, or add its row to the table of its kind");
            if (kind(held.office) == nullptr)
                report("no kind of office is called " + held.office, held.where, "use the keys of office_kinds.tsv");
            const auto from = days_of(held.from);
            const auto to = days_of(held.to);
            const bool dated = (from || held.from == "?") && (to || held.to.empty() || held.to == "?");
            if (!dated)
                report("the days \"" + held.from + "\" to \"" + held.to + "\" are no dates", held.where,
                       "YYYY, YYYY-MM or YYYY-MM-DD; ? for unknown; an empty `to` for an office that is still held");
            else if (from && to && to->second < from->first)
                report("the office ends before it begins", held.where, "correct from and to");
        }
    }

    /// Two holders of an exclusive office at one time. Days that touch within the precision of the table are no
    /// overlap.
    void exclusive_offices() {
        std::map<std::pair<std::string, std::string>, std::vector<const draft_tenure*>> by_office;
        for (const auto& held : all_.tenures)
            if (const auto* what = kind(held.office); what != nullptr && what->exclusive && days_of(held.from))
                by_office[{held.office, held.of}].push_back(&held);
        for (auto& [office, holders] : by_office) {
            std::ranges::sort(holders, {}, [](const draft_tenure* one) { return days_of(one->from)->second; });
            for (std::size_t i = 0; i + 1 < holders.size(); ++i) {
                const auto& one = *holders[i];
                const auto& next = *holders[i + 1];
                if (one.to == "?" || one.person == next.person)
                    continue;
                const auto to = days_of(one.to);
                const auto end = to ? to->first : std::numeric_limits<day>::max();
                if (end > days_of(next.from)->second)
                    report(one.person + " (" + one.where + ") and " + next.person + " both hold " + office.first +
                               " of " + office.second + " at one time",
                           next.where, "correct the days, or give the earlier one an end");
            }
        }
    }

    /// One spelling for two persons or bodies, neither of them marked "~": one would shadow the other. Places may share
    /// names: the article tells which.
    void shared_names() {
        struct holder {
            const draft_entry* who = nullptr;
            bool flagged = false;
        };
        std::unordered_map<std::string, std::vector<holder>> by_name;
        for (const auto& item : all_.entries)
            if (!item.nameless && !item.composed && !item.toponym && item.kind != entity_kind::media)
                for (const auto& cell : item.names)
                    for (const auto& one : spellings(cell)) {
                        std::string key;
                        for (const auto& word : one.words)
                            key += word + " ";
                        auto& holders = by_name[key];
                        const auto same = [&](const holder& known) { return known.who == &item; };
                        if (const auto known = std::ranges::find_if(holders, same); known != holders.end())
                            known->flagged = known->flagged && one.flagged;
                        else
                            holders.push_back({&item, one.flagged});
                    }
        std::vector<std::tuple<std::string, std::string, std::string>> clashes;
        for (const auto& [name, holders] : by_name) {
            const draft_entry* first = nullptr;
            for (const auto& one : holders) {
                if (one.flagged)
                    continue;
                if (first != nullptr)
                    clashes.emplace_back(one.who->where, name, first->where + ": " + first->id);
                first = first == nullptr ? one.who : first;
            }
        }
        std::ranges::sort(clashes);
        for (const auto& [where, name, other] : clashes)
            report("the name \"" + name.substr(0, name.size() - 1) + "\" is also another's (" + other + ")", where,
                   "write ~ before it where it is less likely meant");
    }

    const draft& all_;
    const icu::Normalizer2* nfc_ = nullptr;
    std::vector<error> found_;
};

} // namespace

std::vector<error> check(const draft& all) {
    return checker(all).run();
}

} // namespace isnad::knowledge
