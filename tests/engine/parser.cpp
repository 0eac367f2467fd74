// The language core alone: texts and files into CoNLL-U, in pieces and within bounds.
#include "isnad/parser.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

namespace {

using namespace isnad;
using testing::ElementsAre;
using testing::HasSubstr;

const parser& shared() {
    static const auto opened = [] {
        settings wanted;
        wanted.model = ISNAD_SOURCE_DIR "/models/isnad-ar.model";
        return parser::open(wanted);
    }();
    EXPECT_TRUE(opened) << opened.failure().text();
    return *opened;
}

class files : public testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() /
                  ("isnad-parser-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) +
                   std::to_string(::getpid()));
        std::filesystem::create_directories(folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::string file(const std::string& name, const std::string& content) {
        const auto path = (folder_ / name).string();
        std::ofstream(path, std::ios::binary) << content;
        return path;
    }

    std::filesystem::path folder_;
};

struct parsed {
    std::string conllu;
    std::vector<std::string> errors;
    std::size_t longest_piece = 0;
};

parsed parse(const std::string& path, const parse_options& options = {}) {
    parsed out;
    auto stream = parse_stream::open(shared(), path, options);
    EXPECT_TRUE(stream);
    while (const auto piece = stream->next()) {
        if (*piece)
            out.conllu += **piece;
        else
            out.errors.push_back(piece->failure().text());
        if (*piece)
            out.longest_piece = std::max(out.longest_piece, (*piece)->size());
    }
    return out;
}

std::vector<std::string> lines(const std::string& of, std::string_view beginning) {
    std::vector<std::string> out;
    std::istringstream all(of);
    for (std::string line; std::getline(all, line);)
        if (line.starts_with(beginning))
            out.push_back(line);
    return out;
}

std::vector<std::string> columns(const std::string& line) {
    std::vector<std::string> out;
    std::istringstream all(line);
    for (std::string cell; std::getline(all, cell, '\t');)
        out.push_back(cell);
    return out;
}

/// The text's code points [begin, end).
std::string points(std::string_view text, std::size_t begin, std::size_t end) {
    std::string out;
    std::size_t at = 0;
    for (const char c : text) {
        if ((static_cast<unsigned char>(c) & 0xC0) != 0x80)
            ++at;
        if (at > begin && at <= end)
            out += c;
    }
    return out;
}

/// Each token's range holds its form, in order; between ranges is nothing but white space and a byte-order mark.
void expect_ranges(const std::string& conllu, const std::string& text) {
    std::size_t covered = 0;
    std::istringstream all(conllu);
    for (std::string line; std::getline(all, line);) {
        const auto cells = columns(line);
        if (line.starts_with('#') || cells.size() != 10)
            continue;
        const auto at = cells[9].find("TokenRange=");
        if (at == std::string::npos)
            continue;
        const auto colon = cells[9].find(':', at);
        const std::size_t begin = std::stoul(cells[9].substr(at + 11));
        const std::size_t end = std::stoul(cells[9].substr(colon + 1));
        ASSERT_EQ(points(text, begin, end), cells[1]);
        const std::string between = points(text, covered, begin);
        ASSERT_EQ(between.find_first_not_of(" \n\r\xEF\xBB\xBF"), std::string::npos) << between;
        covered = end;
    }
}

TEST(parser, opens_from_the_model_alone) {
    settings wanted;
    wanted.home = "/nonexistent";
    wanted.model = ISNAD_SOURCE_DIR "/models/isnad-ar.model";
    EXPECT_TRUE(parser::open(wanted));
    wanted.model = "/nonexistent/model";
    EXPECT_EQ(parser::open(wanted).failure().code, errc::io);
}

TEST(parser, fills_only_what_is_asked_for) {
    const std::string text = "وصل محمد علي إلى بغداد.";
    const auto all = shared().parse(text);
    const auto tags = shared().parse(text, {.tag = true, .parse = false, .ner = false});
    const auto trees = shared().parse(text, {.tag = false, .parse = true, .ner = false});
    ASSERT_TRUE(all && tags && trees);
    for (std::size_t i = 0; i < all->front().words.size(); ++i) {
        const nlp::word& whole = all->front().words[i];
        EXPECT_EQ(tags->front().words[i].xpos, whole.xpos);
        EXPECT_EQ(tags->front().words[i].lemma, whole.lemma);
        EXPECT_EQ(tags->front().words[i].deprel, "");
        EXPECT_EQ(tags->front().words[i].name, "");
        EXPECT_EQ(trees->front().words[i].head, whole.head);
        EXPECT_EQ(trees->front().words[i].deprel, whole.deprel);
        EXPECT_EQ(trees->front().words[i].xpos, "");
    }
}

TEST(parser, names_the_limit_on_texts) {
    settings wanted;
    wanted.model = ISNAD_SOURCE_DIR "/models/isnad-ar.model";
    wanted.max_article_bytes = 5;
    const auto small = parser::open(wanted);
    ASSERT_TRUE(small);
    EXPECT_THAT(small->parse("وصل الوفد").failure().text(), HasSubstr("max_article_bytes"));
}

TEST_F(files, paragraphs_sentences_and_ranges_of_a_text) {
    const std::string text = "\xEF\xBB\xBFوصل الوفد لبغداد. ثم غادرَ!\r\n\nوقال الوزير:«نعم».\n";
    const auto got = parse(file("a b.txt", text));
    EXPECT_TRUE(got.errors.empty());
    EXPECT_THAT(lines(got.conllu, "# "),
                ElementsAre("# newdoc id = a_b", "# newpar", "# sent_id = a_b-1", "# text = وصل الوفد لبغداد.",
                            "# sent_id = a_b-2", "# text = ثم غادرَ!", "# newpar", "# sent_id = a_b-3",
                            "# text = وقال الوزير:«نعم»."));
    EXPECT_THAT(lines(got.conllu, "3-4\tلبغداد"),
                ElementsAre("3-4\tلبغداد\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No|TokenRange=11:17"));
    expect_ranges(got.conllu, text);
}

TEST_F(files, what_is_read_does_not_depend_on_where_blocks_end) {
    std::string text;
    for (int i = 0; i < 400; ++i) {
        const std::string line =
            "وصل الوفد رقم " + std::to_string(i * 7919) + " إلى العاصمة، وقال رئيسه إنه سيعود. ثم انصرف";
        text += line + "\n";
    }
    const auto got = parse(file("long.txt", text));
    EXPECT_EQ(lines(got.conllu, "# newpar").size(), 400U);
    EXPECT_EQ(lines(got.conllu, "# sent_id").size(), 800U);
    EXPECT_EQ(lines(got.conllu, "# sent_id").back(), "# sent_id = long-800");
    ASSERT_NO_FATAL_FAILURE(expect_ranges(got.conllu, text));
    EXPECT_LT(got.longest_piece, 2U << 20);
}

TEST_F(files, a_bad_line_is_reported_and_the_rest_keeps_its_place) {
    const std::string good = "وصل الوفد أمس.";
    parse_options options;
    options.max_paragraph_bytes = 1000;
    const auto got =
        parse(file("bad.txt", good + "\n" + std::string(3000, 'x') + "\n" + good + "\n\xD9 سطر\n" + good), options);
    ASSERT_EQ(got.errors.size(), 2U);
    EXPECT_THAT(got.errors[0], HasSubstr("bad.txt:2: "));
    EXPECT_THAT(got.errors[0], HasSubstr("max_paragraph_bytes"));
    EXPECT_THAT(got.errors[1], HasSubstr("bad.txt:4: "));
    EXPECT_EQ(lines(got.conllu, "# sent_id").size(), 3U);
    // 15 code points a good line with its newline, 3001 for the long one, 6 for the bad one.
    EXPECT_THAT(got.conllu, HasSubstr("TokenRange=" + std::to_string(15 + 3001) + ":"));
    EXPECT_THAT(got.conllu, HasSubstr("TokenRange=" + std::to_string(15 + 3001 + 15 + 6) + ":"));
}

TEST_F(files, stray_bytes_of_a_line_passed_over_count_one_each) {
    const std::string good = "وصل الوفد أمس.";
    // More than a buffer's 64 KiB, so that the pieces part sequences; each unit: a letter, a lone continuation, a lead.
    std::string bad;
    while (bad.size() < 200'000)
        bad += "س\xAA\xD9";
    const std::size_t count = bad.size() / 4 * 3;
    parse_options options;
    options.max_paragraph_bytes = 1000;
    const auto got = parse(file("stray.txt", bad + "\n" + good), options);
    ASSERT_EQ(got.errors.size(), 1U);
    EXPECT_THAT(got.conllu, HasSubstr("TokenRange=" + std::to_string(count + 1) + ":"));
}

TEST_F(files, a_control_character_makes_no_short_line_binary) {
    const auto got = parse(file("tab.txt", "نعم\v\n"));
    EXPECT_TRUE(got.errors.empty());
    EXPECT_THAT(got.conllu, HasSubstr("1\tنعم\t"));
    const auto zero = parse(file("zero.txt", std::string("نعم\0 لا\n", 12)));
    ASSERT_EQ(zero.errors.size(), 1U);
    EXPECT_THAT(zero.errors[0], HasSubstr("zero.txt:1: binary"));
}

TEST_F(files, long_rows_do_not_pile_up) {
    std::string rows;
    for (int i = 0; i < 40; ++i)
        rows += "1\tنعم\t_\t_\t_\t_\t_\t_\t_\tNote=" + std::string(100'000, 'x') + "\n\n";
    const auto got = parse(file("wide.conllu", rows));
    EXPECT_TRUE(got.errors.empty());
    EXPECT_EQ(lines(got.conllu, "1\tنعم").size(), 40U);
    EXPECT_LT(got.longest_piece, 512U << 10);
}

TEST_F(files, much_that_is_passed_over_is_no_end) {
    std::string rows;
    for (int i = 1; i <= 40'000; ++i)
        rows += std::to_string(i) + "\tنعم\t_\t_\t_\t_\t_\t_\t_\t_\n";
    const auto got = parse(file("passed.conllu", rows + "\n1\tلا\t_\t_\t_\t_\t_\t_\t_\t_\n"));
    ASSERT_EQ(got.errors.size(), 1U);
    EXPECT_THAT(got.errors[0], HasSubstr("max_sentence_words"));
    EXPECT_EQ(lines(got.conllu, "1\tلا").size(), 1U);
}

TEST_F(files, nothing_gives_nothing) {
    for (const char* empty : {"", "\n", "\n\n\n", " \t \r\n", "\xEF\xBB\xBF", "\u200F\u202E\n"}) {
        const auto got = parse(file("empty.txt", empty));
        EXPECT_EQ(got.conllu, "");
        EXPECT_TRUE(got.errors.empty());
        EXPECT_EQ(parse(file("empty.conllu", empty)).conllu, "") << empty;
    }
}

const std::string given = "# sent_id = x\n"
                          "# text = التقيناهم ببغداد أمس\n"
                          "1-2\tالتقيناهم\t_\t_\t_\tTypo=Yes\t_\t_\t_\tGloss=met\n"
                          "1\tالتقينا\tl\tX\tx\tA=b\t7\tzz\t1:x\tNE=B-ORG|Root=lqy\n"
                          "2\tهم\t_\t_\t_\t_\t_\t_\t_\t_\n"
                          "2.1\tفراغ\t_\t_\t_\t_\t_\t_\t_\t_\n"
                          "3\tببغداد\t_\t_\t_\t_\t_\t_\t_\tTranslit=b\n"
                          "4\tأمس\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
                          "\n";

TEST_F(files, given_words_are_kept_and_filled_in) {
    const auto got = parse(file("g.conllu", given));
    EXPECT_TRUE(got.errors.empty());
    const auto rows = lines(got.conllu, "");
    ASSERT_EQ(rows.size(), 8U);
    EXPECT_EQ(rows[0], "# sent_id = x");
    EXPECT_EQ(rows[1], "# text = التقيناهم ببغداد أمس");
    EXPECT_EQ(rows[2], "1-2\tالتقيناهم\t_\t_\t_\tTypo=Yes\t_\t_\t_\tGloss=met");
    const std::vector<std::string> forms = {"التقينا", "هم", "ببغداد", "أمس"};
    const std::vector<std::string> misc = {"Root=lqy", "", "Translit=b", "SpaceAfter=No"};
    std::size_t roots = 0;
    for (std::size_t i = 0; i < forms.size(); ++i) {
        const auto cells = columns(rows[3 + i]);
        ASSERT_EQ(cells.size(), 10U);
        EXPECT_EQ(cells[0], std::to_string(i + 1));
        EXPECT_EQ(cells[1], forms[i]);
        EXPECT_EQ(cells[4].size(), 10U) << "a tag of the treebank";
        EXPECT_EQ(cells[8], "_");
        roots += cells[6] == "0";
        EXPECT_LE(std::stoul(cells[6]), 4U);
        EXPECT_THAT(cells[9], HasSubstr(misc[i]));
        EXPECT_THAT(cells[9], testing::Not(HasSubstr("ORG")));
    }
    EXPECT_EQ(roots, 1U);
    EXPECT_EQ(parse(file("g.txt", given), {.input = parse_input::conllu}).conllu, got.conllu);
}

TEST_F(files, parsing_what_was_parsed_changes_nothing) {
    const auto once = parse(file("t.txt", "وصل محمد علي إلى بغداد أمس، وقال إنه «سعيد».\nثم غادر.\n"));
    EXPECT_EQ(parse(file("t.conllu", once.conllu)).conllu, once.conllu);
}

TEST_F(files, a_broken_sentence_is_reported_and_the_rest_is_read) {
    const auto got = parse(file("b.conllu", given + "1\tا\tب\n\n" + given));
    ASSERT_EQ(got.errors.size(), 1U);
    EXPECT_THAT(got.errors[0], HasSubstr("b.conllu:10: a row of 3 columns"));
    EXPECT_EQ(lines(got.conllu, "# sent_id").size(), 2U);
}

TEST_F(files, heads_that_were_not_asked_for_are_empty) {
    const std::string path = file("h.txt", "وصل محمد علي إلى بغداد.");
    parse_options options;
    options.wanted = {.tag = true, .parse = false, .ner = false};
    for (const std::string& line : lines(parse(path, options).conllu, "")) {
        const auto cells = columns(line);
        if (line.starts_with('#') || cells.size() != 10)
            continue;
        EXPECT_EQ(cells[6] + cells[7], "__");
        EXPECT_NE(cells[3], "_");
        EXPECT_THAT(cells[9], testing::Not(HasSubstr("NE=")));
    }
}

TEST_F(files, one_parser_serves_many_threads) {
    const std::string path = file("t.txt", "وصل محمد علي إلى بغداد أمس، وقال إنه «سعيد».\nثم غادر.\n");
    const std::string expected = parse(path).conllu;
    std::vector<std::string> got(4);
    {
        std::vector<std::jthread> threads;
        for (auto& out : got)
            threads.emplace_back([&out, &path] { out = parse(path).conllu; });
    }
    EXPECT_THAT(got, testing::Each(expected));
}

} // namespace
