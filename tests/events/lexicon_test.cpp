#include "copied_tables.hpp"
#include "events/lexicon.hpp"
#include "events/syntax.hpp"

#include <gtest/gtest.h>

namespace isnad::events {
namespace {

error failure_of(const copied_tables& tables) {
    const auto opened = lexicon::open(tables.root.string());
    return opened ? error{} : opened.failure();
}

TEST(lexicon, the_shipped_tables_open_and_cover_all_types) {
    const auto words = lexicon::open(std::string(ISNAD_SOURCE_DIR) + "/data");
    ASSERT_TRUE(words.ok()) << words.failure().text();
    for (const auto* key : {"التقي", "زار", "طلب", "اتهم", "رفض", "هدد", "اعتقل", "قصف"})
        EXPECT_NE(words->verb_frames(key), nullptr) << key;
    for (const auto* key : {"لقا", "زياره", "غاره", "مظاهره", "عقوبه"})
        EXPECT_NE(words->noun_frames(key), nullptr) << key;
    ASSERT_NE(words->verb_cue("نفي"), nullptr);
    EXPECT_EQ(words->verb_cue("نفي")->stance, stance::deny);
    EXPECT_NE(words->participle_cue("موكد"), nullptr);
    EXPECT_NE(words->prepositional_cues("بحسب"), nullptr);
}

TEST(lexicon, senses_with_restrictions_come_first) {
    const auto words = lexicon::open(std::string(ISNAD_SOURCE_DIR) + "/data");
    ASSERT_TRUE(words.ok());
    for (const auto* key : {"قدم", "اتصل", "واجه"}) {
        const auto* senses = words->verb_frames(key);
        ASSERT_NE(senses, nullptr) << key;
        for (std::size_t i = 1; i < senses->size(); ++i)
            EXPECT_GE((*senses)[i - 1]->when.size(), (*senses)[i]->when.size()) << key;
    }
}

TEST(lexicon, a_broken_row_is_named_by_file_and_line) {
    const copied_tables tables;
    EXPECT_EQ(failure_of(tables).text(), "");
    tables.append("frames.tsv", "bad\tفعل\t-\tNO_SUCH_TYPE");
    const auto failure = failure_of(tables);
    EXPECT_EQ(failure.code, errc::data);
    EXPECT_NE(failure.where.find("frames.tsv:"), std::string::npos);
    EXPECT_NE(failure.what.find("NO_SUCH_TYPE"), std::string::npos);
    EXPECT_FALSE(failure.remedy.empty());
}

TEST(lexicon, a_missing_table_is_an_error) {
    const auto opened = lexicon::open("/nonexistent");
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.failure().code, errc::io);
}

nlp::sentence of(const std::vector<std::tuple<std::string, nlp::upos, int, std::string>>& words) {
    nlp::sentence out;
    std::uint32_t at = 0;
    for (const auto& [form, tag, head, relation] : words) {
        nlp::word made;
        made.at = {at, at + static_cast<std::uint32_t>(form.size())};
        at = made.at.end + 1;
        made.form = form;
        made.tag = tag;
        made.head = head;
        made.deprel = relation;
        out.words.push_back(made);
    }
    out.at = {0, at};
    return out;
}

TEST(syntax, subtrees_prepositions_and_conjuncts) {
    using nlp::upos;
    const auto parsed = of({{"التقى", upos::verb, -1, "root"},
                            {"الوزير", upos::noun, 0, "nsubj"},
                            {"مع", upos::adp, 3, "case"},
                            {"السفير", upos::noun, 0, "obl:arg"},
                            {"و", upos::cconj, 5, "cc"},
                            {"الأمين", upos::noun, 3, "conj"}});
    const syntax tree(parsed);
    EXPECT_EQ(tree.preposition(3), "مع");
    EXPECT_EQ(tree.low(0), 0U);
    EXPECT_EQ(tree.high(3), 5U);
    EXPECT_EQ(tree.conjuncts(3), (std::vector<word_index>{3, 5}));
    EXPECT_EQ(tree.child(0, {"nsubj"}), 1U);
    EXPECT_TRUE(tree.descends(5, 0));
    EXPECT_FALSE(tree.descends(0, 5));
    EXPECT_EQ(tree.bare(1), "وزير");
}

TEST(syntax, survives_cycles_and_heads_out_of_range) {
    using nlp::upos;
    const auto parsed = of({{"أ", upos::noun, 1, "nmod"},
                            {"ب", upos::noun, 0, "nmod"},
                            {"ج", upos::noun, 99, "nmod"},
                            {"د", upos::noun, 3, "nmod"}});
    const syntax tree(parsed);
    for (word_index i = 0; i < tree.size(); ++i) {
        word_index steps = 0;
        for (auto at = i; at != no_word && steps < 10; at = tree.head(at))
            ++steps;
        EXPECT_LT(steps, 10U);
    }
}

} // namespace
} // namespace isnad::events
