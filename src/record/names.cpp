#include "record/names.hpp"

#include <array>

namespace isnad {

namespace {

using sv = std::string_view;

constexpr std::array<sv, 11> entity_kinds{"person", "organization", "government",    "armed_group",
                                          "party",  "media",        "international", "company",
                                          "group",  "place",        "other"};
constexpr std::array<sv, 5> mention_kinds{"name", "title", "nominal", "pronoun", "elided"};
constexpr std::array<sv, 4> time_types{"DATE", "TIME", "DURATION", "SET"};
constexpr std::array<sv, 7> time_mods{"", "START", "MID", "END", "APPROX", "BEFORE", "AFTER"};
constexpr std::array<sv, 4> precisions{"point", "city", "region", "country"};
constexpr std::array<sv, 8> source_kinds{"hidden", "named", "office", "anonymous",
                                         "media",  "body",  "public", "document"};
constexpr std::array<sv, 14> stances{"state",   "report", "announce", "confirm", "deny", "reject",  "accuse",
                                     "believe", "expect", "doubt",    "demand",  "warn", "promise", "ask"};
constexpr std::array<sv, 7> statuses{"occurred", "planned", "demanded", "possible", "conditional", "negated", "denied"};
constexpr std::array<sv, 16> types{"AGREE",    "CONSULT",  "SUPPORT", "CONCEDE", "COOPERATE", "AID",
                                   "RETREAT",  "REQUEST",  "ACCUSE",  "REJECT",  "THREATEN",  "PROTEST",
                                   "SANCTION", "MOBILIZE", "COERCE",  "ASSAULT"};

// A value added to an enumeration without its name must not compile.
static_assert(static_cast<std::size_t>(entity_kind::other) + 1 == entity_kinds.size());
static_assert(static_cast<std::size_t>(mention_kind::elided) + 1 == mention_kinds.size());
static_assert(static_cast<std::size_t>(time_type::set) + 1 == time_types.size());
static_assert(static_cast<std::size_t>(time_mod::after) + 1 == time_mods.size());
static_assert(static_cast<std::size_t>(place_precision::country) + 1 == precisions.size());
static_assert(static_cast<std::size_t>(source_kind::document) + 1 == source_kinds.size());
static_assert(static_cast<std::size_t>(stance::ask) + 1 == stances.size());
static_assert(static_cast<std::size_t>(event_status::denied) + 1 == statuses.size());
static_assert(static_cast<std::size_t>(event_type::assault) + 1 == types.size());

template <class E>
sv named(E value) noexcept {
    const auto all = names<E>();
    const auto at = static_cast<std::size_t>(value);
    return at < all.size() ? all[at] : sv{};
}

} // namespace

template <>
std::span<const sv> names<entity_kind>() noexcept {
    return entity_kinds;
}
template <>
std::span<const sv> names<mention_kind>() noexcept {
    return mention_kinds;
}
template <>
std::span<const sv> names<time_type>() noexcept {
    return time_types;
}
template <>
std::span<const sv> names<time_mod>() noexcept {
    return time_mods;
}
template <>
std::span<const sv> names<place_precision>() noexcept {
    return precisions;
}
template <>
std::span<const sv> names<source_kind>() noexcept {
    return source_kinds;
}
template <>
std::span<const sv> names<stance>() noexcept {
    return stances;
}
template <>
std::span<const sv> names<event_status>() noexcept {
    return statuses;
}
template <>
std::span<const sv> names<event_type>() noexcept {
    return types;
}

sv name(entity_kind value) noexcept {
    return named(value);
}
sv name(mention_kind value) noexcept {
    return named(value);
}
sv name(time_type value) noexcept {
    return named(value);
}
sv name(time_mod value) noexcept {
    return named(value);
}
sv name(place_precision value) noexcept {
    return named(value);
}
sv name(source_kind value) noexcept {
    return named(value);
}
sv name(stance value) noexcept {
    return named(value);
}
sv name(event_status value) noexcept {
    return named(value);
}
sv name(event_type value) noexcept {
    return named(value);
}

std::optional<entity_kind> entity_kind_of(sv name) noexcept {
    return value_of<entity_kind>(name);
}
std::optional<mention_kind> mention_kind_of(sv name) noexcept {
    return value_of<mention_kind>(name);
}
std::optional<time_type> time_type_of(sv name) noexcept {
    return value_of<time_type>(name);
}
std::optional<time_mod> time_mod_of(sv name) noexcept {
    return value_of<time_mod>(name);
}
std::optional<place_precision> place_precision_of(sv name) noexcept {
    return value_of<place_precision>(name);
}
std::optional<source_kind> source_kind_of(sv name) noexcept {
    return value_of<source_kind>(name);
}
std::optional<stance> stance_of(sv name) noexcept {
    return value_of<stance>(name);
}
std::optional<event_status> event_status_of(sv name) noexcept {
    return value_of<event_status>(name);
}
std::optional<event_type> event_type_of(sv name) noexcept {
    return value_of<event_type>(name);
}

} // namespace isnad
