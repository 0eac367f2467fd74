#pragma once
// The names that the record's enumerations have in JSON and in tables, in one place.
#include "isnad/record.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>

namespace isnad {

inline constexpr std::string_view record_schema = "isnad/1";

/// The names of E's values in their order ("person", "organization" …); time_mod::none is "".
template <class E>
[[nodiscard]] std::span<const std::string_view> names() noexcept = delete;
template <>
std::span<const std::string_view> names<entity_kind>() noexcept;
template <>
std::span<const std::string_view> names<mention_kind>() noexcept;
template <>
std::span<const std::string_view> names<time_type>() noexcept;
template <>
std::span<const std::string_view> names<time_mod>() noexcept;
template <>
std::span<const std::string_view> names<place_precision>() noexcept;
template <>
std::span<const std::string_view> names<source_kind>() noexcept;
template <>
std::span<const std::string_view> names<stance>() noexcept;
template <>
std::span<const std::string_view> names<event_status>() noexcept;
template <>
std::span<const std::string_view> names<event_type>() noexcept;

/// The value of that name; none for a string that names nothing. Exact, case and all.
template <class E>
[[nodiscard]] std::optional<E> value_of(std::string_view name) noexcept {
    const auto all = names<E>();
    const auto at = std::find(all.begin(), all.end(), name);
    if (at == all.end())
        return std::nullopt;
    return static_cast<E>(at - all.begin());
}

[[nodiscard]] std::string_view name(entity_kind value) noexcept;
[[nodiscard]] std::string_view name(mention_kind value) noexcept;
[[nodiscard]] std::string_view name(time_type value) noexcept; ///< "DATE" …
[[nodiscard]] std::string_view name(time_mod value) noexcept;  ///< "START" …, "" for none
[[nodiscard]] std::string_view name(place_precision value) noexcept;
[[nodiscard]] std::string_view name(source_kind value) noexcept; ///< source_kind::publics is "public"
[[nodiscard]] std::string_view name(stance value) noexcept;
[[nodiscard]] std::string_view name(event_status value) noexcept;
[[nodiscard]] std::string_view name(event_type value) noexcept; ///< "CONSULT" …

[[nodiscard]] std::optional<entity_kind> entity_kind_of(std::string_view name) noexcept;
[[nodiscard]] std::optional<mention_kind> mention_kind_of(std::string_view name) noexcept;
[[nodiscard]] std::optional<time_type> time_type_of(std::string_view name) noexcept;
[[nodiscard]] std::optional<time_mod> time_mod_of(std::string_view name) noexcept;
[[nodiscard]] std::optional<place_precision> place_precision_of(std::string_view name) noexcept;
[[nodiscard]] std::optional<source_kind> source_kind_of(std::string_view name) noexcept;
[[nodiscard]] std::optional<stance> stance_of(std::string_view name) noexcept;
[[nodiscard]] std::optional<event_status> event_status_of(std::string_view name) noexcept;
[[nodiscard]] std::optional<event_type> event_type_of(std::string_view name) noexcept;

} // namespace isnad
