// utf8, tables and mapped files.
#include "base/mapped_file.hpp"
#include "base/table.hpp"
#include "base/utf8.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>

namespace isnad {
namespace {

using testing::ElementsAre;

std::string encoded(std::initializer_list<char32_t> codes) {
    std::string out;
    for (const auto code : codes)
        utf8::append(out, code);
    return out;
}

TEST(utf8, counts_any_bytes_in_pieces_as_it_decodes_them) {
    std::mt19937 random(3);
    const std::vector<std::string> parts = {"a", "س", "€", "😀", "\xAA", "\xD9", "\xE2\x82", "\xF0\x9F", "\xFF"};
    for (int round = 0; round < 1000; ++round) {
        std::string text;
        for (auto n = random() % 12; n-- > 0;)
            text += parts[random() % parts.size()];
        std::size_t expected = 0;
        for (std::size_t at = 0; at < text.size(); ++expected)
            at += utf8::decode(text, at).size;
        utf8::counter pieces;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t size = 1 + random() % 3;
            pieces.add(std::string_view(text).substr(at, size));
            at += size;
        }
        ASSERT_EQ(pieces.total(), expected) << text;
    }
}

TEST(utf8, decodes_what_it_encodes) {
    for (char32_t code = 0; code < 0x110000; code += code < 0x3000 ? 1 : 37) {
        if (code >= 0xD800 && code < 0xE000)
            continue;
        const auto text = encoded({code});
        const auto back = utf8::decode(text, 0);
        ASSERT_EQ(back.code, code);
        ASSERT_EQ(back.size, text.size());
    }
}

TEST(utf8, refuses_what_is_malformed) {
    for (const std::string text :
         {"\xFF", "\x80", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xD8", "\xE2\x80"}) {
        EXPECT_EQ(utf8::decode(text, 0).code, utf8::bad);
        EXPECT_EQ(utf8::decode(text, 0).size, 1U);
        EXPECT_EQ(utf8::first_malformed("ab" + text), 2U);
    }
    EXPECT_EQ(utf8::first_malformed("سلام"), std::string::npos);
    std::string out;
    utf8::append(out, 0xD800);
    utf8::append(out, 0x110000);
    EXPECT_TRUE(out.empty());
}

TEST(utf8, offsets_go_both_ways) {
    std::mt19937 random(3);
    for (int round = 0; round < 300; ++round) {
        std::vector<std::uint32_t> begins;
        std::string text;
        for (auto n = random() % 200; n-- > 0;) {
            begins.push_back(static_cast<std::uint32_t>(text.size()));
            const char32_t from[] = {0x41, 0x621, 0x2010, 0x1F600};
            utf8::append(text, static_cast<char32_t>(from[random() % 4] + random() % 10));
        }
        begins.push_back(static_cast<std::uint32_t>(text.size()));
        ASSERT_EQ(utf8::length(text) + 1, begins.size());
        const utf8::offsets map(text);
        for (std::uint32_t i = 0; i < begins.size(); ++i) {
            ASSERT_EQ(map.to_code_points(begins[i]), i);
            ASSERT_EQ(map.to_bytes(i), begins[i]);
        }
        ASSERT_EQ(map.to_bytes(100'000), text.size());
    }
}

TEST(table, reads_cells_by_column) {
    const auto read = table::parse("# comment\nform\tkind\tlist\nقال\tsay\ta | b||c\n# more\n\nروى\t-\n", "t.tsv");
    ASSERT_TRUE(read.ok());
    ASSERT_EQ(read->rows().size(), 2U);
    const auto& first = read->rows()[0];
    EXPECT_EQ(read->cell(first, "form"), "قال");
    EXPECT_THAT(read->list(first, "list"), ElementsAre("a", "b", "c"));
    EXPECT_EQ(first.where, "t.tsv:3");
    const auto& second = read->rows()[1];
    EXPECT_EQ(read->cell(second, "kind"), "");
    EXPECT_EQ(read->cell(second, "list"), "");
    EXPECT_EQ(read->cell(second, "no such column"), "");
}

TEST(table, names_the_broken_line) {
    const auto wide = table::parse("a\tb\n1\t2\t3\n", "t.tsv");
    ASSERT_FALSE(wide.ok());
    EXPECT_EQ(wide.failure().code, errc::data);
    EXPECT_EQ(wide.failure().where, "t.tsv:2");
    const auto bytes = table::parse("a\tb\n\xFF\t2\n", "t.tsv");
    ASSERT_FALSE(bytes.ok());
    EXPECT_EQ(bytes.failure().code, errc::data);
    EXPECT_FALSE(table::read("no/such/file.tsv").ok());
}

TEST(table, split_and_trim) {
    EXPECT_THAT(split(" a |b||  | c d ", '|'), ElementsAre("a", "b", "c d"));
    EXPECT_TRUE(split("", '|').empty());
    EXPECT_EQ(trim(" \t x \r\n"), "x");
    EXPECT_EQ(trim(" \t "), "");
}

TEST(mapped_file, shows_the_bytes) {
    const auto path = (std::filesystem::temp_directory_path() / "isnad_mapped_file_test").string();
    std::ofstream(path, std::ios::binary) << std::string("a\0b", 3) << "خبر";
    auto file = mapped_file::open(path);
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(file->view(), std::string("a\0b", 3) + "خبر");
    const mapped_file moved = std::move(*file);
    EXPECT_EQ(moved.view().size(), 9U);
    std::ofstream(path, std::ios::binary | std::ios::trunc);
    const auto empty = mapped_file::open(path);
    ASSERT_TRUE(empty.ok());
    EXPECT_TRUE(empty->view().empty());
    std::remove(path.c_str());
}

TEST(mapped_file, fails_on_what_is_no_file) {
    EXPECT_FALSE(mapped_file::open("no/such/file").ok());
    EXPECT_FALSE(mapped_file::open(std::filesystem::temp_directory_path().string()).ok());
}

} // namespace
} // namespace isnad
