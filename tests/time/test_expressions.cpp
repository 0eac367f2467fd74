// Hand-written expectations: what each expression means on a day of publication.
#include "base/table.hpp"
#include "expressions.hpp"
#include "time/grammar.hpp"

#include <gtest/gtest.h>

namespace isnad::timex {
namespace {

const char* name_of(time_mod mod) {
    switch (mod) {
    case time_mod::start:
        return "START";
    case time_mod::mid:
        return "MID";
    case time_mod::end:
        return "END";
    case time_mod::approx:
        return "APPROX";
    case time_mod::before:
        return "BEFORE";
    case time_mod::after:
        return "AFTER";
    default:
        return "";
    }
}

const char* name_of(time_type type) {
    switch (type) {
    case time_type::date:
        return "DATE";
    case time_type::time:
        return "TIME";
    case time_type::duration:
        return "DURATION";
    default:
        return "SET";
    }
}

const grammar& shared_grammar() {
    static const grammar loaded = [] {
        auto opened = grammar::open(std::string(ISNAD_SOURCE_DIR) + "/data");
        if (!opened)
            throw std::runtime_error(opened.failure().text());
        return std::move(opened).value();
    }();
    return loaded;
}

std::string described(const testing::written& sentence, std::string_view published) {
    std::string out;
    for (const auto& found : shared_grammar().find(sentence.text, sentence.sentence, published)) {
        const auto& w = found.what;
        out += (out.empty() ? "" : " ; ") + std::string(w.at.of(sentence.text)) + " = " + w.value;
        if (w.mod != time_mod::none)
            out += std::string(" ") + name_of(w.mod);
        if (w.type != time_type::date)
            out += std::string(" ") + name_of(w.type);
        if (!w.first.empty() && !(w.first == w.last && w.value.starts_with(w.first)))
            out += " " + w.first + ".." + w.last;
        if (w.first.empty() != w.last.empty())
            out += " half-resolved";
        if (w.first.empty())
            out += " ?";
    }
    return out;
}

// tests/time/expressions.tsv: published, sentence, expected. An expected expression is "words = value", then its mod,
// its type when that is not DATE, then first..last where they are not the one day of the value, or "?" when unresolved.
TEST(TimeExpressions, MeanWhatAReaderTakesThemFor) {
    const std::string path = std::string(ISNAD_SOURCE_DIR) + "/tests/time/expressions.tsv";
    const auto cases = table::read(path);
    ASSERT_TRUE(cases) << cases.failure().text();
    EXPECT_GE(cases->rows().size(), 150U);
    for (const auto& row : cases->rows()) {
        const auto sentence = testing::write(cases->cell(row, "sentence"));
        EXPECT_EQ(described(sentence, cases->cell(row, "published")), cases->cell(row, "expected"))
            << row.where << ": " << sentence.text;
    }
}

} // namespace
} // namespace isnad::timex
