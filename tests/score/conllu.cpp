// The measures of the CoNLL 2018 shared task by hand, and what must hold for any two files.
#include "score/conllu.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>

namespace isnad {
namespace {

using testing::HasSubstr;

/// Rows with blanks for tabs.
std::string rows(std::string text) {
    std::replace(text.begin(), text.end(), ' ', '\t');
    return text;
}

result<tree_report> scored(const std::string& gold, const std::string& system) {
    return score_conllu({gold, "gold"}, {system, "system"});
}

tree_report report(const std::string& gold, const std::string& system) {
    auto out = scored(gold, system);
    EXPECT_TRUE(out) << out.failure().text();
    return out ? *out : tree_report{};
}

/// {right, gold, read} of one measure.
std::array<std::size_t, 3> figures(const tree_report& of, tree_measure which) {
    EXPECT_TRUE(of[which]) << name(which);
    const counts n = of[which] ? of[which]->n : counts{};
    return {n.right, n.gold, n.predicted};
}
#define EXPECT_FIGURES(report, which, ...)                                                                             \
    EXPECT_EQ(figures(report, tree_measure::which), (std::array<std::size_t, 3>{__VA_ARGS__})) << #which

std::string failure(const std::string& gold, const std::string& system) {
    const auto out = scored(gold, system);
    EXPECT_FALSE(out);
    return out ? "" : out.failure().text();
}

// "saw Amir in theCity .", where theCity is a multi-word token
const std::string sample = rows("1 saw see VERB V Tense=Past|AdpType=Prep 0 root _ _\n"
                                "2 Amir Amir PROPN N Number=Sing 1 nsubj _ NE=B-PER\n"
                                "3 in in ADP P AdpType=Prep 5 case _ _\n"
                                "4-5 theCity _ _ _ _ _ _ _ SpaceAfter=No\n"
                                "4 the the DET D Definite=Def 5 det _ NE=B-LOC\n"
                                "5 City city NOUN N Number=Sing 1 obl:arg _ NE=I-LOC\n"
                                "6 . . PUNCT G _ 1 punct _ _\n\n");

std::string changed(std::string in, const std::string& from, const std::string& to) {
    const auto at = in.find(rows(from));
    EXPECT_NE(at, std::string::npos) << from;
    return in.replace(at, from.size(), rows(to));
}

TEST(score_conllu, a_file_agrees_with_itself) {
    const auto same = report(sample, sample);
    EXPECT_FIGURES(same, tokens, 5, 5, 5);
    EXPECT_FIGURES(same, sentences, 1, 1, 1);
    for (const auto which :
         {tree_measure::words, tree_measure::upos, tree_measure::xpos, tree_measure::ufeats, tree_measure::alltags,
          tree_measure::lemmas, tree_measure::uas, tree_measure::las, tree_measure::las_subtypes})
        EXPECT_EQ(figures(same, which), (std::array<std::size_t, 3>{6, 6, 6})) << name(which);
    // saw, Amir and City: case, det and punct are no content.
    for (const auto which : {tree_measure::clas, tree_measure::mlas, tree_measure::blex})
        EXPECT_EQ(figures(same, which), (std::array<std::size_t, 3>{3, 3, 3})) << name(which);
    EXPECT_FIGURES(same, entities, 2, 2, 2);
}

TEST(score_conllu, each_column_counts_for_its_own_measures) {
    const auto upos = report(sample, changed(sample, "City city NOUN", "City city VERB"));
    EXPECT_FIGURES(upos, upos, 5, 6, 6);
    EXPECT_FIGURES(upos, alltags, 5, 6, 6);
    EXPECT_FIGURES(upos, xpos, 6, 6, 6);
    EXPECT_FIGURES(upos, las, 6, 6, 6);
    EXPECT_FIGURES(upos, mlas, 2, 3, 3);
    EXPECT_FIGURES(upos, blex, 3, 3, 3);

    const auto lemma = report(sample, changed(sample, "City city", "City town"));
    EXPECT_FIGURES(lemma, lemmas, 5, 6, 6);
    EXPECT_FIGURES(lemma, blex, 2, 3, 3);
    EXPECT_FIGURES(lemma, mlas, 3, 3, 3);

    const auto head = report(sample, changed(sample, "1 nsubj", "5 nsubj"));
    EXPECT_FIGURES(head, uas, 5, 6, 6);
    EXPECT_FIGURES(head, las, 5, 6, 6);
    EXPECT_FIGURES(head, clas, 2, 3, 3);

    const auto relation = report(sample, changed(sample, "1 nsubj", "1 obj"));
    EXPECT_FIGURES(relation, uas, 6, 6, 6);
    EXPECT_FIGURES(relation, las, 5, 6, 6);
}

TEST(score_conllu, only_universal_features_count_in_any_order) {
    EXPECT_FIGURES(report(sample, changed(sample, "P AdpType=Prep", "P _")), ufeats, 6, 6, 6);
    EXPECT_FIGURES(report(sample, changed(sample, "Tense=Past|AdpType=Prep", "AdpType=Prep|Tense=Past")), ufeats, 6, 6,
                   6);
    EXPECT_FIGURES(report(sample, changed(sample, "Tense=Past", "Tense=Pres")), ufeats, 5, 6, 6);
}

TEST(score_conllu, subtypes_of_relations_have_a_measure_of_their_own) {
    const auto plain = report(sample, changed(sample, "obl:arg", "obl"));
    EXPECT_FIGURES(plain, las, 6, 6, 6);
    EXPECT_FIGURES(plain, clas, 3, 3, 3);
    EXPECT_FIGURES(plain, las_subtypes, 5, 6, 6);
}

TEST(score_conllu, a_function_word_counts_for_its_head) {
    // "in" hangs elsewhere: two words of content keep relation and head, but City has lost its case.
    const auto lost = report(sample, changed(sample, "5 case", "1 case"));
    EXPECT_FIGURES(lost, las, 5, 6, 6);
    EXPECT_FIGURES(lost, clas, 3, 3, 3);
    EXPECT_FIGURES(lost, mlas, 1, 3, 3) << "saw has one function word too many, City one too few";
    // The features of a function word are its head's affair too.
    EXPECT_FIGURES(report(sample, changed(sample, "Definite=Def", "Definite=Ind")), mlas, 2, 3, 3);
}

TEST(score_conllu, content_is_counted_by_each_sides_own_relations) {
    const auto more = report(sample, changed(sample, "5 case", "5 nmod"));
    EXPECT_FIGURES(more, clas, 3, 3, 4);
    EXPECT_FIGURES(more, las, 5, 6, 6);
}

TEST(score_conllu, any_lemma_will_do_where_gold_has_none) {
    const std::string gold = changed(sample, "City city", "City _");
    EXPECT_FIGURES(report(gold, sample), lemmas, 6, 6, 6);
    EXPECT_FIGURES(report(gold, sample), blex, 3, 3, 3);
    EXPECT_FIGURES(report(sample, gold), lemmas, 5, 6, 6);
}

TEST(score_conllu, a_multi_word_token_left_whole_loses_its_words) {
    const std::string whole =
        rows("1 saw see VERB V Tense=Past 0 root _ _\n2 Amir Amir PROPN N Number=Sing 1 nsubj _ _\n"
             "3 in in ADP P _ 4 case _ _\n4 theCity city NOUN N Number=Sing 1 obl _ _\n"
             "5 . . PUNCT G _ 1 punct _ _\n\n");
    const auto less = report(sample, whole);
    EXPECT_FIGURES(less, tokens, 5, 5, 5);
    EXPECT_FIGURES(less, words, 4, 6, 5);
    EXPECT_FIGURES(less, upos, 4, 6, 5);
    EXPECT_FIGURES(less, uas, 3, 6, 5) << "the head of 'in' is aligned with nothing";
    EXPECT_EQ(less[tree_measure::words]->aligned, 4U);
    EXPECT_DOUBLE_EQ(*less[tree_measure::uas]->aligned_accuracy(), 0.75);
    EXPECT_DOUBLE_EQ(*less[tree_measure::words]->n.f1(), 8.0 / 11);
}

/// A written token and its words, with blanks between.
using written = std::pair<std::string, std::string>;

/// A sentence whose words hang each on the one before.
std::string chain(const std::vector<written>& tokens) {
    std::string out;
    std::size_t count = 0;
    for (const auto& [form, words] : tokens) {
        const auto more = static_cast<std::size_t>(std::count(words.begin(), words.end(), ' '));
        if (more > 0)
            out +=
                std::to_string(count + 1) + "-" + std::to_string(count + more + 1) + " " + form + " _ _ _ _ _ _ _ _\n";
        for (std::size_t at = 0; at <= words.size();) {
            const auto end = std::min(words.find(' ', at), words.size());
            out += std::to_string(count + 1) + " " + words.substr(at, end - at) + " l X x _ " + std::to_string(count) +
                   " dep _ _\n";
            ++count;
            at = end + 1;
        }
    }
    return rows(out + "\n");
}

std::array<std::size_t, 3> words_of(const std::vector<written>& gold, const std::vector<written>& system) {
    return figures(report(chain(gold), chain(system)), tree_measure::words);
}
using three = std::array<std::size_t, 3>;

TEST(score_conllu, words_of_multi_word_tokens_are_aligned_by_their_forms) {
    EXPECT_EQ(words_of({{"wabibayt", "wa bi bayt"}}, {{"wabibayt", "wa bibayt"}}), (three{1, 3, 2}));
    EXPECT_EQ(words_of({{"wabibayt", "wa bi bayt"}}, {{"wabibayt", "wabi bayt"}}), (three{1, 3, 2}));
    EXPECT_EQ(words_of({{"abc", "a b c"}}, {{"abc", "a x c"}}), (three{2, 3, 3}));
    EXPECT_EQ(words_of({{"abc", "a b c"}}, {{"abc", "c b a"}}), (three{1, 3, 3})) << "in order";
    EXPECT_EQ(words_of({{"lil3adl", "li al3adl"}}, {{"lil3adl", "li al3adl"}}), (three{2, 2, 2})) << "not spelled out";
    EXPECT_EQ(words_of({{"AbC", "Ab C"}}, {{"AbC", "aB c"}}), (three{2, 2, 2})) << "case does not count here";
}

TEST(score_conllu, a_multi_word_token_against_several_tokens) {
    EXPECT_EQ(words_of({{"ab", "a b"}, {"c", "c"}}, {{"a", "a"}, {"b", "b"}, {"c", "c"}}), (three{3, 3, 3}));
    // Tokens that overlap without end: [ab][cd] against [a][bc][d].
    EXPECT_EQ(words_of({{"ab", "a b"}, {"cd", "c d"}}, {{"a", "a"}, {"bc", "b c"}, {"d", "d"}}), (three{4, 4, 4}));
    EXPECT_EQ(words_of({{"x", "x"}, {"ab", "a b"}, {"y", "y"}}, {{"xa", "xa"}, {"by", "b y"}}), (three{2, 4, 3}));
}

TEST(score_conllu, tokens_that_begin_or_end_elsewhere_are_not_the_same) {
    const auto cut = report(chain({{"ab", "ab"}, {"c", "c"}}), chain({{"a", "a"}, {"b", "b"}, {"c", "c"}}));
    EXPECT_FIGURES(cut, tokens, 1, 2, 3);
    EXPECT_FIGURES(cut, words, 1, 2, 3);
    EXPECT_FIGURES(cut, upos, 1, 2, 3);
    EXPECT_FIGURES(cut, uas, 0, 2, 3);
}

TEST(score_conllu, sentences_must_begin_and_end_alike) {
    const std::string ab = chain({{"a", "a"}, {"b", "b"}});
    const std::string cd = chain({{"c", "c"}, {"d", "d"}});
    const std::string e = chain({{"e", "e"}});
    const auto shifted = report(ab + cd + e, chain({{"a", "a"}, {"b", "b"}, {"c", "c"}}) + chain({{"d", "d"}}) + e);
    EXPECT_FIGURES(shifted, sentences, 1, 3, 3);
    EXPECT_FIGURES(shifted, words, 5, 5, 5);
    EXPECT_FIGURES(shifted, uas, 3, 5, 5) << "c is no root any more, d is one";
    EXPECT_FIGURES(report(ab + cd + e, chain({{"a", "a"}, {"b", "b"}, {"c", "c"}, {"d", "d"}}) + e), sentences, 1, 3,
                   2);
}

TEST(score_conllu, blanks_within_tokens_do_not_matter) {
    const std::string split = "1\t10 000\t_\tX\t_\t_\t0\troot\t_\t_\n\n";
    const std::string solid = "1\t10\u00A0000\t_\tX\t_\t_\t0\troot\t_\t_\n\n";
    EXPECT_FIGURES(report(split, solid), words, 1, 1, 1);
}

TEST(score_conllu, blanks_within_words_that_are_tokens_do_not_matter_beside_multi_word_tokens) {
    const std::string row = "\t_\tX\t_\t_\t";
    const std::string split = "1\t10 000" + row + "0\troot\t_\t_\n2\tx" + row + "1\tdep\t_\t_\n\n";
    const std::string joined =
        "1-2\t10000x\t_\t_\t_\t_\t_\t_\t_\t_\n1\t10000" + row + "0\troot\t_\t_\n2\tx" + row + "1\tdep\t_\t_\n\n";
    EXPECT_FIGURES(report(split, joined), words, 2, 2, 2);
}

/// One-letter words with these labels.
std::string labelled(const std::vector<std::string>& labels) {
    std::string out;
    for (std::size_t i = 0; i < labels.size(); ++i)
        out += std::to_string(i + 1) + " " + std::string(1, static_cast<char>('a' + i)) + " _ _ _ _ _ _ _ " +
               (labels[i] == "O" ? "_" : "NE=" + labels[i]) + "\n";
    return rows(out + "\n");
}

TEST(score_conllu, names_need_the_same_words_and_class) {
    const std::string gold = labelled({"B-PER", "I-PER", "O", "B-LOC", "B-LOC", "O"});
    EXPECT_FIGURES(report(gold, gold), entities, 3, 3, 3);
    EXPECT_FIGURES(report(gold, labelled({"B-PER", "O", "O", "B-LOC", "B-LOC", "O"})), entities, 2, 3, 3);
    EXPECT_FIGURES(report(gold, labelled({"O", "B-PER", "O", "B-LOC", "B-LOC", "O"})), entities, 2, 3, 3);
    EXPECT_FIGURES(report(gold, labelled({"B-PER", "I-PER", "O", "B-ORG", "B-LOC", "O"})), entities, 2, 3, 3);
    EXPECT_FIGURES(report(gold, labelled({"B-PER", "I-PER", "O", "B-LOC", "I-LOC", "O"})), entities, 1, 3, 2);
    EXPECT_FIGURES(report(gold, labelled({"I-PER", "I-PER", "O", "I-LOC", "B-LOC", "O"})), entities, 3, 3, 3)
        << "an I that continues nothing begins";
    EXPECT_FIGURES(report(gold, labelled({"O", "O", "O", "O", "O", "O"})), entities, 0, 3, 0);
    const std::string two = labelled({"B-PER"}) + labelled({"I-PER"});
    EXPECT_FIGURES(report(two, two), entities, 2, 2, 2) << "a name ends with its sentence";
}

TEST(score_conllu, what_gold_does_not_say_is_not_measured) {
    const auto names = report(labelled({"B-PER", "O"}), labelled({"B-PER", "O"}));
    for (const auto which : {tree_measure::upos, tree_measure::xpos, tree_measure::ufeats, tree_measure::alltags,
                             tree_measure::lemmas, tree_measure::uas, tree_measure::mlas, tree_measure::blex})
        EXPECT_FALSE(names[which]) << name(which);
    EXPECT_TRUE(names[tree_measure::words]);
    const std::string trees = chain({{"a", "a"}, {"b", "b"}});
    EXPECT_FALSE(report(trees, trees)[tree_measure::entities]);
    EXPECT_FALSE(report(trees, labelled({"O", "O"}))[tree_measure::las]) << "the other file has no trees";
    EXPECT_THAT(to_json(names), HasSubstr("\"las\":null"));
    EXPECT_THAT(to_table(names), testing::Not(HasSubstr("LAS")));
}

TEST(score_conllu, errors_say_where) {
    const std::string good = rows("1 a _ X _ _ 0 root _ _\n2 b _ X _ _ 1 dep _ _\n\n");
    EXPECT_THAT(failure(good, rows("1 a _ X _ _ 2 dep _ _\n2 b _ X _ _ 1 dep _ _\n\n")),
                HasSubstr("system:1: the heads go in a circle"));
    EXPECT_THAT(failure(rows("1 a _ X _ _ 0 root _ _\n2 b _ X _ _ 7 dep _ _\n\n"), good),
                HasSubstr("gold:2: the head 7"));
    EXPECT_THAT(failure(good, rows("1 a _ X _ _ 0 root _ _\n2 b _ X _ _ 0 root _ _\n\n")),
                HasSubstr("system:2: a second root"));
    EXPECT_THAT(failure(good, rows("1 a _ X\n\n")), HasSubstr("system:1: a row of 4 columns"));
    EXPECT_THAT(failure(good, ""), HasSubstr("system: no words"));
    const std::string other = failure(good + good, good + rows("1 a _ X _ _ 0 root _ _\n2 c _ X _ _ 1 dep _ _\n\n"));
    EXPECT_THAT(other, HasSubstr("system:5: the texts differ: 'c' where gold:5 has 'b'"));
    EXPECT_THAT(failure(good + good, good), HasSubstr("the texts differ: the end where gold:4 has 'ab'"));
    EXPECT_THAT(failure(good, good + good), HasSubstr("the texts differ: 'ab' where gold:2 has the end"));
    EXPECT_EQ(score_conllu("/nonexistent.conllu", "/nonexistent.conllu").failure().code, errc::io);
}

TEST(score_conllu, multi_word_tokens_without_end_are_refused) {
    std::string words;
    for (int i = 0; i < 5000; ++i)
        words += i == 0 ? "a" : " a";
    const std::string wide = chain({{std::string(5000, 'a'), words}});
    const auto out = scored(wide, wide);
    ASSERT_FALSE(out);
    EXPECT_EQ(out.failure().code, errc::limit);
    EXPECT_THAT(out.failure().what, HasSubstr("limit of 16777216 pairs of words"));
}

// --- what holds for any two files over one text

/// Any tokens, words, trees, tags and names over `text`.
std::string wild(const std::string& text, std::mt19937& random) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::vector<written> tokens;
        for (std::size_t n = 1 + random() % 6; n-- > 0 && at < text.size();) {
            const std::string form = text.substr(at, 1 + random() % 4);
            at += form.size();
            std::string words = form;
            if (random() % 3 == 0)
                words = form.substr(0, 1) + " " + (random() % 2 == 0 ? "z" : form);
            tokens.emplace_back(form, words);
        }
        std::string sentence = chain(tokens);
        std::string tagged;
        for (std::size_t line = 0; line < sentence.size();) {
            const auto end = sentence.find('\n', line);
            std::string row = sentence.substr(line, end - line);
            line = end + 1;
            const std::vector<std::string> choices = {"X\tx\tCase=Nom", "VERB\tv\t_", "X\tx\tCase=Acc|Z=z"};
            if (const auto tags = row.find("X\tx\t_"); tags != std::string::npos)
                row.replace(tags, 5, choices[random() % choices.size()]);
            const std::vector<std::string> relations = {"case", "nsubj", "obl:arg", "obl"};
            if (const auto relation = row.find("\tdep\t_\t_"); relation != std::string::npos)
                row.replace(relation, 8,
                            "\t" + relations[random() % 4] + "\t_\t" + (random() % 3 == 0 ? "NE=B-PER" : "_"));
            tagged += row + "\n";
        }
        out += tagged;
    }
    return out;
}

TEST(score_conllu, holds_for_any_two_files) {
    std::mt19937 random(18);
    for (int round = 0; round < 400; ++round) {
        std::string text;
        for (std::size_t n = 1 + random() % 40; n-- > 0;)
            text += static_cast<char>('a' + random() % 3);
        const std::string one = wild(text, random);
        const std::string other = wild(text, random);
        const auto same = report(one, one);
        for (std::size_t i = 0; i < tree_measures; ++i) {
            if (!same.figures[i])
                continue;
            const counts n = same.figures[i]->n;
            ASSERT_EQ(n.right, n.gold) << one;
            ASSERT_EQ(n.right, n.predicted) << one;
        }
        const auto there = report(one, other);
        const auto back = report(other, one);
        for (const auto which : {tree_measure::tokens, tree_measure::sentences}) // words: their alignment prefers gold
            ASSERT_EQ(there[which]->n.right, back[which]->n.right) << one << other;
        const auto right = [&](tree_measure which) { return there[which] ? there[which]->n.right : 0; };
        ASSERT_LE(right(tree_measure::alltags), right(tree_measure::upos));
        ASSERT_LE(right(tree_measure::upos), right(tree_measure::words));
        ASSERT_LE(right(tree_measure::las), right(tree_measure::uas));
        ASSERT_LE(right(tree_measure::las_subtypes), right(tree_measure::las));
        ASSERT_LE(right(tree_measure::clas), right(tree_measure::las));
        ASSERT_LE(right(tree_measure::mlas), right(tree_measure::clas));
        ASSERT_LE(right(tree_measure::blex), right(tree_measure::clas));
        for (const auto& figure : there.figures)
            if (figure) {
                ASSERT_LE(figure->n.right, std::min(figure->n.gold, figure->n.predicted));
            }
    }
}

TEST(score_conllu, linear_in_the_files) {
    std::mt19937 random(4);
    std::string text;
    for (int i = 0; i < 200'000; ++i)
        text += static_cast<char>('a' + random() % 3);
    const std::string one = wild(text, random);
    const std::string other = wild(text, random);
    const auto begun = std::chrono::steady_clock::now();
    (void)report(one, other);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(20));
}

} // namespace
} // namespace isnad
