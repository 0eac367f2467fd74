#pragma once
// What a function that can fail gives back: a value, or an error that says what, where and how to mend it.
#include <string>
#include <utility>
#include <variant>

namespace isnad {

enum class errc {
    io,       ///< a file could not be opened, read or written
    encoding, ///< bytes that are not the UTF-8 they should be
    json,     ///< broken JSON, or JSON of the wrong shape
    language, ///< a text that is not Arabic
    limit,    ///< a limit in the settings was reached; `what` names it
    model,    ///< a model file that is damaged or of another version
    data,     ///< a table with a broken row
    usage     ///< a call or an argument that makes no sense
};

/// `code` is for programs, the rest for people. `where` is "file:line" or "line 3, column 7" style, or empty.
struct error {
    errc code = errc::usage;
    std::string what;
    std::string where;
    std::string remedy;
    /// "where: what (remedy)" on one line.
    [[nodiscard]] std::string text() const {
        std::string out = where.empty() ? what : where + ": " + what;
        if (!remedy.empty())
            out += " (" + remedy + ")";
        return out;
    }
};

/// A value of T or an error. Reading the value of a failed result is a programming error (std::bad_variant_access).
template <class T>
class [[nodiscard]] result {
public:
    result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    result(error failure) : state_(std::in_place_index<1>, std::move(failure)) {}

    [[nodiscard]] bool ok() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    [[nodiscard]] T& value() & { return std::get<0>(state_); }
    [[nodiscard]] const T& value() const& { return std::get<0>(state_); }
    [[nodiscard]] T&& value() && { return std::get<0>(std::move(state_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    [[nodiscard]] const error& failure() const { return std::get<1>(state_); }

private:
    std::variant<T, error> state_;
};

/// For functions that give back nothing but may fail: `return done;`.
struct done_t {};
inline constexpr done_t done{};

} // namespace isnad
