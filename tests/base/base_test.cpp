#include "base/mapped_file.hpp"
#include "base/table.hpp"
#include "base/utf8.hpp"

#include <gtest/gtest.h>

#include <random>

namespace isnad {
namespace {

TEST(utf8, decodes_and_encodes_all_lengths) {
    for (const char32_t code : {U'a', char32_t{0x7F}, char32_t{0x80}, char32_t{0x628}, char32_t{0x7FF}, char32_t{0x800},
                                char32_t{0xFEFB}, char32_t{0xFFFF}, char32_t{0x10000}, char32_t{0x10FFFF}}) {
        std::string text;
        utf8::append(text, code);
        const auto back = utf8::decode(text, 0);
        EXPECT_EQ(back.code, code);
        EXPECT_EQ(back.size, text.size());
    }
}

TEST(utf8, rejects_what_is_malformed) {
    for (const std::string text :
         {"\xFF", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xD8", "\x80"})
        EXPECT_EQ(utf8::first_malformed(text), 0U) << text.size();
    EXPECT_EQ(utf8::first_malformed("سلام\xFF"), 8U);
    EXPECT_EQ(utf8::first_malformed("سلام"), std::string_view::npos);
}

TEST(utf8, offsets_go_there_and_back) {
    std::mt19937 random(5);
    for (int round = 0; round < 50; ++round) {
        std::string text;
        std::vector<std::uint32_t> begins;
        const auto length = random() % 300;
        for (std::uint32_t i = 0; i < length; ++i) {
            begins.push_back(static_cast<std::uint32_t>(text.size()));
            static constexpr char32_t codes[] = {U'a', 0x628, 0xFEFB, 0x1F600};
            utf8::append(text, codes[random() % 4]);
        }
        const utf8::offsets offsets(text);
        for (std::uint32_t i = 0; i < length; ++i) {
            ASSERT_EQ(offsets.to_code_points(begins[i]), i);
            ASSERT_EQ(offsets.to_bytes(i), begins[i]);
        }
        ASSERT_EQ(offsets.to_code_points(static_cast<std::uint32_t>(text.size())), length);
        ASSERT_EQ(offsets.to_bytes(static_cast<std::uint32_t>(length)), text.size());
    }
}

TEST(table, reads_cells_lists_and_comments) {
    const auto read = table::parse("# about\nname\tforms\tnote\nأ\tب | ج\t-\n\n# more\nد\n", "t.tsv");
    ASSERT_TRUE(read.ok());
    ASSERT_EQ(read->rows().size(), 2U);
    EXPECT_EQ(read->list(read->rows()[0], "forms"), (std::vector<std::string>{"ب", "ج"}));
    EXPECT_EQ(read->cell(read->rows()[0], "note"), "");
    EXPECT_EQ(read->cell(read->rows()[1], "forms"), "");
    EXPECT_EQ(read->cell(read->rows()[1], "no such column"), "");
    EXPECT_EQ(read->rows()[1].where, "t.tsv:6");
}

TEST(table, names_the_line_of_a_broken_row) {
    const auto wide = table::parse("a\tb\n1\t2\t3\n", "t.tsv");
    ASSERT_FALSE(wide.ok());
    EXPECT_EQ(wide.failure().where, "t.tsv:2");
    EXPECT_EQ(wide.failure().code, errc::data);
    EXPECT_FALSE(table::parse("a\n\xFF\n", "t.tsv").ok());
}

TEST(mapped_file, says_what_is_wrong) {
    const auto missing = mapped_file::open("/nonexistent/file");
    ASSERT_FALSE(missing.ok());
    EXPECT_EQ(missing.failure().code, errc::io);
    EXPECT_EQ(missing.failure().where, "/nonexistent/file");
    EXPECT_FALSE(mapped_file::open("/").ok());
}

} // namespace
} // namespace isnad
