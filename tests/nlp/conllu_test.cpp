#include "nlp/conllu.hpp"

#include <gtest/gtest.h>

namespace isnad::nlp {
namespace {

// Our own sentence, as a treebank would have it.
const std::string sample = "# sent_id = 1\n"
                           "# text = وصل الوفد لبغداد، مساءً.\n"
                           "1\tوصل\tوَصَل\tVERB\tVP-A-3MS--\tAspect=Perf|Voice=Act\t0\troot\t_\t_\n"
                           "2\tالوفد\tوَفد\tNOUN\tN------S1D\tCase=Nom\t1\tnsubj\t_\t_\n"
                           "3-4\tلبغداد\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
                           "3\tل\tلِ\tADP\tP---------\tAdpType=Prep\t4\tcase\t_\t_\n"
                           "4\tبغداد\tبَغدَاد\tX\tX---------\tForeign=Yes\t1\tobl:arg\t_\tNER=B-LOC\n"
                           "5\t،\t،\tPUNCT\tG---------\t_\t6\tpunct\t_\t_\n"
                           "6\tمساءً\tمَسَاء\tNOUN\tN------S4I\tCase=Acc\t1\tobl\t_\tSpaceAfter=No\n"
                           "7\t.\t.\tPUNCT\tG---------\t_\t1\tpunct\t_\t_\n\n";

TEST(conllu, reads_words_tokens_and_spans) {
    const auto read = read_conllu(sample, "sample");
    ASSERT_TRUE(read.ok()) << read.failure().text();
    ASSERT_EQ(read->sentences.size(), 1U);
    const sentence& s = read->sentences[0];
    EXPECT_EQ(read->text, "وصل الوفد لبغداد، مساءً.\n");
    ASSERT_EQ(s.words.size(), 7U);
    ASSERT_EQ(s.tokens.size(), 6U);
    EXPECT_EQ(s.words[2].at.of(read->text), "ل");
    EXPECT_EQ(s.words[3].at.of(read->text), "بغداد");
    EXPECT_EQ(s.words[3].name, "B-LOC");
    EXPECT_EQ(s.words[0].head, -1);
    EXPECT_EQ(s.words[3].tag, upos::other);
    EXPECT_EQ(s.tokens[2].count, 2U);
}

TEST(conllu, comes_back_as_it_was_written) {
    const auto first = read_conllu(sample, "sample");
    ASSERT_TRUE(first.ok());
    EXPECT_EQ(write_conllu(first->text, first->sentences), sample);
}

TEST(conllu, words_of_a_token_share_out_its_bytes) {
    const auto read = read_conllu("1-2\tللوفد\t_\t_\t_\t_\t_\t_\t_\t_\n"
                                  "1\tل\t_\tADP\t_\t_\t2\tcase\t_\t_\n"
                                  "2\tالوفد\t_\tNOUN\t_\t_\t0\troot\t_\t_\n",
                                  "sample");
    ASSERT_TRUE(read.ok());
    const sentence& s = read->sentences[0];
    EXPECT_EQ(s.words[0].at.end, s.words[1].at.begin);
    EXPECT_EQ(s.words[1].at.of(read->text), "لوفد");
    EXPECT_EQ(s.words[1].at.end, s.tokens[0].at.end);
}

TEST(conllu, says_where_a_file_is_broken) {
    for (const char* broken : {"1\tا\tا\n\n", "2\tا\t_\tX\t_\t_\t0\troot\t_\t_\n\n",
                               "x\tا\t_\tX\t_\t_\t0\troot\t_\t_\n\n", "1\tا\t_\tX\t_\t_\t5\tdep\t_\t_\n\n",
                               "1\tا\t_\tX\t_\t_\t1\tdep\t_\t_\n\n", "1\tا\t_\tX\t_\t_\t-\tdep\t_\t_\n\n",
                               "1-2\tا\t_\t_\t_\t_\t_\t_\t_\t_\n\n", "2-1\tا\t_\t_\t_\t_\t_\t_\t_\t_\n\n"}) {
        const auto read = read_conllu(broken, "file");
        ASSERT_FALSE(read.ok()) << broken;
        EXPECT_EQ(read.failure().code, errc::data);
        EXPECT_EQ(read.failure().where.substr(0, 5), "file:");
    }
}

TEST(sentence, features_are_found_by_whole_name) {
    EXPECT_EQ(feature("Aspect=Perf|Voice=Pass", "Voice"), "Pass");
    EXPECT_EQ(feature("VerbForm=Fin|Form=x", "Form"), "x");
    EXPECT_EQ(feature("Aspect=Perf", "Asp"), "");
    EXPECT_EQ(feature("", "Voice"), "");
    for (const char* tag : {"ADJ", "NOUN", "X", "SCONJ", "VERB"})
        EXPECT_EQ(name(upos_of(tag)), tag);
    EXPECT_EQ(upos_of("NONSENSE"), upos::other);
}

} // namespace
} // namespace isnad::nlp
