#include "time/grammar.hpp"

#include "time/rules.hpp"

#include <utility>

namespace isnad::timex {

struct grammar::tables {
    vocabulary words;
};

namespace {

expression expression_of(const reading& found, const std::vector<atom>& atoms, index named) {
    expression out;
    const atom& first = atoms[found.begin];
    const atom& last = atoms[found.end - 1];
    out.what.at = cover(first.at, last.at);
    out.what.type = found.type;
    out.what.value = found.value;
    out.what.mod = found.mod;
    if (found.days) {
        out.what.first = iso(found.days->first);
        out.what.last = iso(found.days->last);
    }
    out.what.from_published = found.anchor == counted_from::published;
    if (found.anchor == counted_from::named)
        out.what.anchor = named;
    out.first_word = first.first_word;
    out.word_count = last.last_word - first.first_word + 1;
    return out;
}

setting setting_of(std::string_view published, const discourse& before) {
    setting out;
    out.published = parse_iso_day(published);
    // A day outside the age of the press is a slip, and counting from it could leave the years that ISO dates can say.
    constexpr int first_year = 1600, last_year = 2999;
    if (out.published && (civil_of(*out.published).year < first_year || civil_of(*out.published).year > last_year))
        out.published.reset();
    const auto first = parse_iso_day(before.first), last = parse_iso_day(before.last);
    if (first && last) {
        out.named = interval{*first, *last};
        out.named_value = before.value;
    }
    return out;
}

/// Whether the expression is one that the words after it may point back at.
bool remember(const reading& found, setting& where) {
    if (!found.whole || !found.days)
        return false;
    where.named = found.days;
    where.named_value = found.value;
    return true;
}

} // namespace

grammar::grammar(std::unique_ptr<tables> content) : tables_(std::move(content)) {}
grammar::grammar(grammar&&) noexcept = default;
grammar& grammar::operator=(grammar&&) noexcept = default;
grammar::~grammar() = default;

result<grammar> grammar::open(const std::string& data_dir) {
    auto words = vocabulary::open(data_dir);
    if (!words)
        return words.failure();
    auto content = std::make_unique<tables>();
    content->words = std::move(*words);
    return grammar(std::move(content));
}

std::vector<expression> grammar::find(std::string_view text, const nlp::sentence& sentence,
                                      std::string_view published) const {
    discourse before;
    return find(text, sentence, published, before);
}

std::vector<expression> grammar::find(std::string_view text, const nlp::sentence& sentence, std::string_view published,
                                      discourse& before) const {
    std::vector<expression> out;
    const auto atoms = atoms_of(text, sentence, tables_->words);
    const auto directions = directions_of(sentence, atoms);
    setting where = setting_of(published, before);
    reader rules(atoms, sentence, directions);
    for (std::size_t i = 0; i < atoms.size();) {
        std::size_t skip = 0;
        if (const auto found = rules.at(i, where, skip)) {
            out.push_back(expression_of(*found, atoms, before.named));
            if (remember(*found, where))
                before.named = before.count;
            ++before.count;
            i = found->end;
        } else {
            i = skip > i ? skip : i + 1;
        }
    }
    if (where.named) {
        before.value = where.named_value;
        before.first = iso(where.named->first);
        before.last = iso(where.named->last);
    }
    return out;
}

} // namespace isnad::timex
