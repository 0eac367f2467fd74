#include "copied_tables.hpp"
#include "events/check.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace isnad::events {
namespace {

std::vector<error> errors_of(const std::string& data) {
    std::vector<error> out;
    for (const auto& one : check_tables(data))
        if (!one.warning)
            out.push_back(one.what);
    return out;
}

TEST(check, the_shipped_tables_have_no_error) {
    for (const auto& one : errors_of(std::string(ISNAD_SOURCE_DIR) + "/data"))
        ADD_FAILURE() << one.text();
}

TEST(check, names_file_line_and_remedy_of_every_slip) {
    struct row {
        const char *table, *row, *says;
    };
    const row rows[] = {
        {"frames.tsv", "t1\tكتبر\t-\tNO_TYPE\t-\t046\tactor\t-\t-\t-\t-\t-\t-\tكتبر الرجل", "NO_TYPE"},
        {"frames.tsv", "t2\tكتبز\t-\tCONSULT\tno-mode\t046\tactor\t-\t-\t-\t-\t-\t-\tكتبز الرجل", "no mode no-mode"},
        {"frames.tsv", "t3\tكتبس\t-\tCONSULT\t-\t046\thero\t-\t-\t-\t-\t-\t-\tكتبس الرجل", "subj \"hero\""},
        {"frames.tsv", "t4\tكتبش\t-\tCONSULT\t-\t046\tactor\t-\tفوقق=theme\t-\t-\t-\t-\tكتبش الرجل", "فوقق"},
        {"frames.tsv", "t5\tكتبص\t-\tCONSULT\t-\t046\tactor\t-\t-\t-\tnowhere\t-\t-\tكتبص الرجل", "context nowhere"},
        {"frames.tsv", "t6\tكتبض\t-\tCONSULT\t-\t046\tactor\t-\t-\t-\t-\tobj=@noclass\t-\tكتبض الرجل", "@noclass"},
        {"frames.tsv", "t7\tكتبط\t-\tCONSULT\t-\t046\tactor\t-\t-\t-\t-\tobjx=كتاب\t-\tكتبط الرجل", "bad condition"},
        {"frames.tsv", "t8\tكتبظ\t-\tCONSULT\t-\t046\tactor\t-\t-\t-\t-\t-\tshiny\tكتبظ الرجل", "flag shiny"},
        {"frames.tsv", "t9\tكتبع\t-\tCONSULT\t-\t046\tactor\t-\t-\t-\t-\t-\tclaim\tكتبع الرجل", "cues.tsv"},
        {"frames.tsv", "t10\tكَتَبغ\t-\tCONSULT\t-\t046\tactor\t-\t-\t-\t-\t-\t-\tكتبغ الرجل", "bare Arabic"},
        {"frames.tsv", "t11\tكتبف\t-\tCONSULT\t-\t046\tactor\t-\t-\t-\t-\t-\t-\t-", "no example"},
        {"frames.tsv", "t12\tكتبق\t-\tCONSULT\t-\t046\tactor\t-\t-\t-\t-\t-\t-\t!كتبق الرجل", "counter-examples"},
        {"frames.tsv", "t13\t-\t-\tCONSULT\t-\t046\tactor\t-\t-\t-\t-\t-\t-\tكتب الرجل", "neither verb nor masdar"},
        {"frames.tsv", "t13\tكتبك\t-\tCONSULT\t-\t046\tactor\t-\t-\t-\t-\t-\t-\tكتبك الرجل", "id t13 stands in"},
        {"frames.tsv", "t14\tكتبل\t-\tCONSULT", "4 cells for 14 columns"},
        {"cues.tsv", "كتبم\t-\t-\tshout\tأن\tsubj\t-\t-\tstrong\tكتبم الرجل", "stance \"shout\""},
        {"cues.tsv", "كتبن\t-\t-\tstate\tفوقق\tsubj\t-\t-\tstrong\tكتبن الرجل", "complement"},
        {"light_verbs.tsv", "كتبه\tobj\tactor\tmaybe\tكتبه الرجل", "status \"maybe\""},
        {"prep_cues.tsv", "بكتب\tshout\t-\tبكتب الرجل", "stance \"shout\""},
        {"scope.tsv", "كتبو\tadverb\tplanned\tverb\tكتبو الرجل", "kind \"adverb\""},
        {"sources.tsv", "كتبي\tghost\tكتبي", "source_kind \"ghost\""},
        {"counts.tsv", "كتبة\tmany\t-\tكتبة", "low \"many\""},
        {"classes.tsv", "weapon2\tسَلاح", "bare Arabic"},
        {"function_words.tsv", "dancing\tفي", "dancing"},
    };
    const copied_tables tables;
    std::vector<std::size_t> lines;
    for (const auto& one : rows)
        lines.push_back(tables.append(one.table, one.row));
    const auto found = errors_of(tables.root.string());
    for (std::size_t i = 0; i < std::size(rows); ++i) {
        const std::string where = std::string(rows[i].table) + ":" + std::to_string(lines[i]);
        const auto it = std::find_if(found.begin(), found.end(), [&](const error& one) {
            return one.where.ends_with(where) && one.what.find(rows[i].says) != std::string::npos;
        });
        ASSERT_NE(it, found.end()) << where << ": " << rows[i].says;
        EXPECT_FALSE(it->remedy.empty()) << where;
    }
    EXPECT_EQ(found.size(), std::size(rows)) << "a slip is reported once, and nothing else";
}

TEST(check, a_sense_that_cannot_be_reached) {
    const copied_tables tables;
    tables.append("frames.tsv", "free1\tكتبر\t-\tCONSULT\t-\t046\tactor\t-\t-\t-\t-\t-\t-\tكتبر الرجل");
    tables.append("frames.tsv", "free2\tكتبر\t-\tASSAULT\t-\t190\tactor\t-\t-\t-\t-\t-\t-\tكتبر الرجل");
    tables.append("frames.tsv", "narrow\tكتبز\t-\tCONSULT\t-\t046\tactor\t-\t-\t-\t-\tobj=كتاب\t-\tكتبز الرجل كتابا");
    tables.append("frames.tsv",
                  "wide\tكتبز\t-\tASSAULT\t-\t190\tactor\t-\t-\t-\t-\t!any=أ !any=ب !any=ت !any=ث\t-\tكتبز الرجل");
    std::size_t contradictory = 0, outweighed = 0;
    for (const auto& one : check_tables(tables.root.string())) {
        contradictory += !one.warning && one.what.what.find("contradictory senses") != std::string::npos ? 1 : 0;
        outweighed += one.warning && one.what.what.find("\"narrow\" never wins") != std::string::npos ? 1 : 0;
    }
    EXPECT_EQ(contradictory, 1U);
    EXPECT_EQ(outweighed, 1U);
}

TEST(check, a_missing_table_is_one_error) {
    const copied_tables tables;
    std::filesystem::remove(tables.root / "events" / "counts.tsv");
    const auto found = errors_of(tables.root.string());
    ASSERT_EQ(found.size(), 1U);
    EXPECT_NE(found[0].where.find("counts.tsv"), std::string::npos);
}

} // namespace
} // namespace isnad::events
