// CoNLL-U in and out: hand cases, and what must come back as it went in.
#include "nlp/conllu.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace isnad::nlp {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct everything {
    std::vector<conllu_sentence> sentences;
    std::vector<error> errors;
};

everything read(std::string_view content, const conllu_limits& limits = {}) {
    everything out;
    conllu_reader reader("file", limits);
    const auto keep = [&](std::optional<result<conllu_sentence>> given) {
        if (given && *given)
            out.sentences.push_back(std::move(**given));
        else if (given)
            out.errors.push_back(given->failure());
    };
    while (!content.empty()) {
        const std::size_t end = std::min(content.find('\n'), content.size());
        keep(reader.take(content.substr(0, end)));
        content.remove_prefix(std::min(end + 1, content.size()));
    }
    keep(reader.finish());
    return out;
}

// Our own sentence, as a treebank would have it.
const std::string sample = "# sent_id = 1\n"
                           "# text = وصل الوفد لبغداد، مساءً.\n"
                           "1\tوصل\tوَصَل\tVERB\tVP-A-3MS--\tAspect=Perf|Voice=Act\t0\troot\t_\tGloss=arrive\n"
                           "2\tالوفد\tوَفد\tNOUN\tN------S1D\tCase=Nom\t1\tnsubj\t_\t_\n"
                           "3-4\tلبغداد\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
                           "3\tل\tلِ\tADP\tP---------\tAdpType=Prep\t4\tcase\t_\t_\n"
                           "4\tبغداد\tبَغدَاد\tX\tX---------\tForeign=Yes\t1\tobl:arg\t_\tNE=B-LOC|Gloss=Baghdad\n"
                           "5\t،\t،\tPUNCT\tG---------\t_\t6\tpunct\t_\t_\n"
                           "6\tمساءً\tمَسَاء\tNOUN\tN------S4I\tCase=Acc\t1\tobl\t_\tSpaceAfter=No\n"
                           "7\t.\t.\tPUNCT\tG---------\t_\t1\tpunct\t_\t_\n\n";

/// What an analyser that agrees with the file would fill in.
void fill(const conllu_sentence& from, sentence& into) {
    for (std::size_t i = 0; i < from.rows.size(); ++i) {
        word& w = into.words[i];
        const conllu_row& row = from.rows[i];
        const auto column = [](const std::string& value) { return value == "_" ? std::string() : value; };
        w.lemma = column(row.lemma);
        w.tag = upos_of(row.upos);
        w.xpos = column(row.xpos);
        w.feats = column(row.feats);
        w.head = row.head;
        w.deprel = column(row.deprel);
        const auto name = misc_value(row.misc, "NE");
        w.name = name.empty() ? "O" : std::string(name);
    }
}

std::string written(const conllu_sentence& given, const sentence& filled, heads wanted = {}) {
    std::string out;
    conllu_writer(wanted).append(given, filled, out);
    return out;
}

TEST(conllu_reader, finds_words_tokens_and_spans) {
    const auto all = read(sample);
    ASSERT_EQ(all.sentences.size(), 1U);
    std::string text;
    const sentence s = to_sentence(all.sentences[0], text);
    EXPECT_EQ(text, "وصل الوفد لبغداد، مساءً. ");
    ASSERT_EQ(s.words.size(), 7U);
    ASSERT_EQ(s.tokens.size(), 6U);
    EXPECT_EQ(s.words[2].at.of(text), "ل");
    EXPECT_EQ(s.words[3].at.of(text), "بغداد");
    EXPECT_EQ(s.tokens[2].count, 2U);
    EXPECT_EQ(all.sentences[0].rows[0].head, -1);
    EXPECT_EQ(all.sentences[0].rows[3].line, 7U);
    EXPECT_THAT(all.sentences[0].comments, ElementsAre("# sent_id = 1", "# text = وصل الوفد لبغداد، مساءً."));
}

TEST(conllu_reader, words_of_a_token_share_out_its_bytes) {
    const auto all = read("1-2\tللوفد\t_\t_\t_\t_\t_\t_\t_\t_\n"
                          "1\tل\t_\tADP\t_\t_\t2\tcase\t_\t_\n"
                          "2\tالوفد\t_\tNOUN\t_\t_\t0\troot\t_\t_\n");
    ASSERT_EQ(all.sentences.size(), 1U);
    std::string text;
    const sentence s = to_sentence(all.sentences[0], text);
    EXPECT_EQ(s.words[0].at.end, s.words[1].at.begin);
    EXPECT_EQ(s.words[1].at.of(text), "لوفد");
    EXPECT_EQ(s.words[1].at.end, s.tokens[0].at.end);
}

TEST(conllu_reader, takes_carriage_returns_marks_and_blank_lines) {
    const auto all = read("\xEF\xBB\xBF# newdoc\r\n\r\n\n1\tنعم\t_\t_\t_\t_\t_\t_\t_\t_\r\n\r\n\n\n"
                          "1\tلا\t_\t_\t_\t_\t_\t_\t_\t_");
    EXPECT_TRUE(all.errors.empty());
    ASSERT_EQ(all.sentences.size(), 2U);
    EXPECT_THAT(all.sentences[0].comments, ElementsAre("# newdoc"));
    EXPECT_EQ(all.sentences[0].rows[0].head, headless);
    EXPECT_EQ(all.sentences[1].rows[0].form, "لا");
    EXPECT_EQ(all.sentences[0].rows[0].misc, "_");
}

TEST(conllu_reader, passes_over_empty_nodes) {
    const auto all = read("1\tا\t_\t_\t_\t_\t0\troot\t0:root\t_\n1.1\tب\t_\t_\t_\t_\t_\t_\t1:dep\t_\n"
                          "2\tج\t_\t_\t_\t_\t1\tdep\t1.1:dep\t_\n\n");
    ASSERT_EQ(all.sentences.size(), 1U);
    EXPECT_EQ(all.sentences[0].rows.size(), 2U);
}

TEST(conllu_reader, says_where_a_file_is_broken_and_reads_the_rest) {
    const std::string good = "1\tنعم\t_\t_\t_\t_\t0\troot\t_\t_\n\n";
    for (const char* broken : {"1\tا\tا\n", "1\tا\t_\tX\t_\t_\t0\troot\t_\t_\t_\n", "2\tا\t_\tX\t_\t_\t0\troot\t_\t_\n",
                               "x\tا\t_\tX\t_\t_\t0\troot\t_\t_\n", "1\t\t_\tX\t_\t_\t0\troot\t_\t_\n",
                               "1\tا\t_\tX\t_\t_\t-\tdep\t_\t_\n", "1-2\tا\t_\t_\t_\t_\t_\t_\t_\t_\n",
                               "2-1\tا\t_\t_\t_\t_\t_\t_\t_\t_\n", "1\t\xFF\t_\tX\t_\t_\t0\troot\t_\t_\n",
                               "1-2\tاب\t_\t_\t_\t_\t_\t_\t_\t_\n1-2\tاب\t_\t_\t_\t_\t_\t_\t_\t_\n"}) {
        const auto all = read(good + broken + "\n" + good);
        EXPECT_EQ(all.sentences.size(), 2U) << broken;
        ASSERT_EQ(all.errors.size(), 1U) << broken;
        EXPECT_THAT(all.errors[0].where, testing::AnyOf("file:3", "file:4", "file:5")) << broken;
        EXPECT_FALSE(all.errors[0].remedy.empty());
    }
}

TEST(conllu_reader, zero_bytes_are_no_text) {
    using namespace std::string_literals;
    const auto all = read("1\tنعم\t_\t_\t_\t_\t0\troot\t_\t_\n\n1\tن\0م\t_\t_\t_\t_\t0\troot\t_\t_\n\n"s);
    EXPECT_EQ(all.sentences.size(), 1U);
    ASSERT_EQ(all.errors.size(), 1U);
    EXPECT_EQ(all.errors[0].code, errc::encoding);
    EXPECT_EQ(all.errors[0].where, "file:3");
}

TEST(conllu_reader, a_number_with_a_dot_is_an_empty_nodes) {
    for (const char* id : {"1.", ".1", "a.1", "1.b", "1-2.1", "1.1.1", "."}) {
        const auto all =
            read("1\tا\t_\t_\t_\t_\t0\troot\t_\t_\n" + std::string(id) + "\tب\t_\t_\t_\t_\t_\t_\t_\t_\n\n");
        ASSERT_EQ(all.errors.size(), 1U) << id;
        EXPECT_EQ(all.errors[0].code, errc::data);
        EXPECT_EQ(all.errors[0].where, "file:2");
    }
}

TEST(conllu_reader, names_the_limit_that_a_long_sentence_runs_into) {
    std::string rows;
    for (int i = 1; i <= 30; ++i)
        rows += std::to_string(i) + "\tا\t_\t_\t_\t_\t_\t_\t_\t_\n";
    const auto words = read(rows + "\n1\tب\t_\t_\t_\t_\t_\t_\t_\t_\n", {.max_sentence_words = 20});
    ASSERT_EQ(words.errors.size(), 1U);
    EXPECT_EQ(words.errors[0].code, errc::limit);
    EXPECT_THAT(words.errors[0].text(), HasSubstr("file:21: "));
    EXPECT_THAT(words.errors[0].what, HasSubstr("max_sentence_words"));
    EXPECT_EQ(words.sentences.size(), 1U);
    const auto bytes = read(rows, {.max_paragraph_bytes = 200});
    ASSERT_EQ(bytes.errors.size(), 1U);
    EXPECT_THAT(bytes.errors[0].what, HasSubstr("max_paragraph_bytes"));
    EXPECT_EQ(read(rows + "\n" + rows, {.max_sentence_words = 30}).sentences.size(), 2U);
}

TEST(conllu_reader, any_bytes_will_do) {
    std::mt19937 random(5);
    const std::vector<std::string> parts = {
        "1",  "2", "1-2", "\t",       "\t", "\t_\t_\t_\t_\t_\t_\t_\t_", "\n", "\n\n", "ا", "#", "_", "0", ".", "\xFF",
        "\r", " ", "-1",  "NE=B-PER", "|"};
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (auto n = random() % 40; n-- > 0;)
            text += parts[random() % parts.size()];
        for (const conllu_sentence& one : read(text).sentences) {
            std::string made;
            const sentence s = to_sentence(one, made);
            ASSERT_EQ(s.words.size(), one.rows.size());
            std::uint32_t words = 0;
            for (const token& t : s.tokens) {
                ASSERT_EQ(t.first, words);
                words += t.count;
            }
            ASSERT_EQ(words, s.words.size());
            (void)check_tree(one, "file");
        }
    }
}

conllu_sentence with_heads(const std::vector<int>& heads) {
    conllu_sentence out;
    for (const int head : heads)
        out.rows.push_back({"ا", "_", "_", "_", "_", "dep", "_", head - 1, out.rows.size() + 1});
    return out;
}

TEST(check_tree, tells_trees_from_what_is_none) {
    EXPECT_TRUE(check_tree(with_heads({2, 0, 2, 3}), "file"));
    EXPECT_TRUE(check_tree(with_heads({-1, -1}), "file")) << "no heads at all";
    EXPECT_THAT(check_tree(with_heads({2, 3, 1, 0}), "file").failure().text(), HasSubstr("circle"));
    EXPECT_THAT(check_tree(with_heads({0, 2}), "file").failure().text(), HasSubstr("file:2: the heads go in a circle"));
    EXPECT_THAT(check_tree(with_heads({0, 0}), "file").failure().text(), HasSubstr("second root"));
    EXPECT_THAT(check_tree(with_heads({0, 5}), "file").failure().text(), HasSubstr("file:2: the head 5"));
    EXPECT_THAT(check_tree(with_heads({0, -1}), "file").failure().text(), HasSubstr("without a head"));
    std::vector<int> chain(100'000);
    for (std::size_t i = 0; i < chain.size(); ++i)
        chain[i] = static_cast<int>(i);
    EXPECT_TRUE(check_tree(with_heads(chain), "file"));
}

TEST(conllu_writer, gives_back_what_was_read) {
    const auto all = read(sample);
    std::string text;
    sentence s = to_sentence(all.sentences.at(0), text);
    fill(all.sentences[0], s);
    EXPECT_EQ(written(all.sentences[0], s), sample);
}

TEST(conllu_writer, empties_the_columns_that_were_not_asked_for) {
    const auto all = read(sample);
    std::string text;
    sentence s = to_sentence(all.sentences.at(0), text);
    fill(all.sentences[0], s);
    const std::string tags = written(all.sentences[0], s, {.tag = true, .parse = false, .ner = false});
    EXPECT_THAT(tags, HasSubstr("4\tبغداد\tبَغدَاد\tX\tX---------\tForeign=Yes\t_\t_\t_\tGloss=Baghdad\n"));
    const std::string trees = written(all.sentences[0], s, {.tag = false, .parse = true, .ner = false});
    EXPECT_THAT(trees, HasSubstr("4\tبغداد\t_\t_\t_\t_\t1\tobl:arg\t_\tGloss=Baghdad\n"));
    const std::string names = written(all.sentences[0], s, {.tag = false, .parse = false, .ner = true});
    EXPECT_THAT(names, HasSubstr("4\tبغداد\t_\t_\t_\t_\t_\t_\t_\tNE=B-LOC|Gloss=Baghdad\n"));
    EXPECT_THAT(names, HasSubstr("3-4\tلبغداد\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"));
}

TEST(conllu_writer, takes_names_off_the_rows_of_multi_word_tokens_too) {
    const auto rows = [](const std::string& misc) {
        return "1-2\tلبغداد\t_\t_\t_\t_\t_\t_\t_\t" + misc +
               "\n1\tل\t_\t_\t_\t_\t_\t_\t_\t_\n2\tبغداد\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
    };
    for (const auto& [given, kept] : {std::pair<const char*, const char*>{"NE=B-LOC", "_"},
                                      {"Gloss=to|NE=B-LOC|SpaceAfter=No", "Gloss=to|SpaceAfter=No"},
                                      {"_", "_"}}) {
        const auto all = read(rows(given));
        std::string text;
        const sentence s = to_sentence(all.sentences.at(0), text);
        EXPECT_EQ(written(all.sentences[0], s, {.tag = false, .parse = false, .ner = false}), rows(kept));
    }
}

TEST(conllu_writer, places_the_tokens_of_a_text) {
    const std::string text = "وقالَ نعم.لا";
    sentence first;
    first.at = {0, 18};
    first.starts_paragraph = true;
    for (const auto& [at, form] :
         {std::pair<span, const char*>{{0, 2}, "و"}, {{2, 10}, "قال"}, {{11, 17}, "نعم"}, {{17, 18}, "."}}) {
        word w;
        w.at = at;
        w.form = form;
        w.head = static_cast<std::int32_t>(first.words.size()) - 1;
        w.deprel = "dep";
        w.name = form == std::string("نعم") ? "B-MISC" : "O";
        first.words.push_back(w);
    }
    first.tokens = {{{0, 10}, 0, 2}, {{11, 17}, 2, 1}, {{17, 18}, 3, 1}};
    const utf8::offsets offsets(text);
    conllu_writer writer({.tag = false});
    writer.begin_document("a b");
    std::string out;
    writer.append(first, {text, offsets, 100}, 18, out);
    EXPECT_EQ(out, "# newdoc id = a_b\n"
                   "# newpar\n"
                   "# sent_id = a_b-1\n"
                   "# text = وقالَ نعم.\n"
                   "1-2\tوقالَ\t_\t_\t_\t_\t_\t_\t_\tTokenRange=100:105\n"
                   "1\tو\t_\t_\t_\t_\t0\tdep\t_\t_\n"
                   "2\tقال\t_\t_\t_\t_\t1\tdep\t_\t_\n"
                   "3\tنعم\t_\t_\t_\t_\t2\tdep\t_\tNE=B-MISC|SpaceAfter=No|TokenRange=106:109\n"
                   "4\t.\t_\t_\t_\t_\t3\tdep\t_\tSpaceAfter=No|TokenRange=109:110\n"
                   "\n");
    out.clear();
    writer.append(first, {text, offsets, 100}, std::nullopt, out);
    EXPECT_THAT(out, testing::StartsWith("# newpar\n# sent_id = a_b-2\n"));
    EXPECT_THAT(out, HasSubstr("4\t.\t_\t_\t_\t_\t3\tdep\t_\tTokenRange=109:110\n"));
}

TEST(conllu_writer, marks_that_cannot_be_seen_are_no_space) {
    for (const auto& [gap, touches] : {std::pair<std::string, bool>{"", true},
                                       {"\u200F", true},
                                       {"\u200B", true},
                                       {" ", false},
                                       {"\u200F\u00A0", false},
                                       {"\n", false},
                                       {"\u3000\u200B", false}}) {
        const std::string text = "نعم" + gap + "لا";
        const auto second = static_cast<std::uint32_t>(6 + gap.size());
        sentence one;
        one.at = {0, static_cast<std::uint32_t>(text.size())};
        for (const char* form : {"نعم", "لا"}) {
            word w;
            w.form = form;
            one.words.push_back(w);
        }
        one.tokens = {{{0, 6}, 0, 1}, {{second, one.at.end}, 1, 1}};
        const utf8::offsets offsets(text);
        std::string out;
        conllu_writer().append(one, {text, offsets}, std::nullopt, out);
        EXPECT_EQ(out.find("SpaceAfter=No") != std::string::npos, touches) << '[' << gap << ']';
    }
}

TEST(conllu_writer, a_token_that_is_its_one_word_keeps_its_spelling) {
    const std::string text = "الـوزيرَ";
    sentence one;
    one.at = {0, static_cast<std::uint32_t>(text.size())};
    word w;
    w.at = one.at;
    w.form = "الوزير";
    one.words = {w};
    one.tokens = {{one.at, 0, 1}};
    const utf8::offsets offsets(text);
    std::string out;
    conllu_writer().append(one, {text, offsets}, std::nullopt, out);
    EXPECT_THAT(out, HasSubstr("1\tالـوزيرَ\t"));
}

TEST(conllu_writer, words_of_a_multi_word_token_are_spelled_as_in_treebanks) {
    const std::string text = "وذلك ذلك";
    sentence one;
    one.at = {0, static_cast<std::uint32_t>(text.size())};
    for (const char* form : {"و", "ذلك", "ذلك"}) {
        word w;
        w.form = form;
        one.words.push_back(w);
    }
    one.tokens = {{{0, 8}, 0, 2}, {{9, 15}, 2, 1}};
    const utf8::offsets offsets(text);
    std::string out;
    conllu_writer().append(one, {text, offsets}, std::nullopt, out);
    EXPECT_THAT(out, HasSubstr("1-2\tوذلك\t"));
    EXPECT_THAT(out, HasSubstr("\n2\tذٰلك\t"));
    EXPECT_THAT(out, HasSubstr("\n3\tذلك\t"));
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
