#include "ingest/reader.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

using namespace isnad;
using ingest::check_published;
using ingest::check_text;
using ingest::reader;
using testing::HasSubstr;

const std::string good = "وصل الوزير إلى العاصمة صباح اليوم.";

/// A file that is gone with the test.
class written {
public:
    written(const std::string& name, const std::string& content)
        : path_(std::filesystem::temp_directory_path() / ("isnad-" + std::to_string(getpid()) + "-" + name)) {
        std::ofstream(path_, std::ios::binary) << content;
    }
    ~written() { std::filesystem::remove(path_); }
    written(const written&) = delete;
    written& operator=(const written&) = delete;
    [[nodiscard]] std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

struct outcome {
    std::vector<article> articles;
    std::vector<error> errors;
};

outcome read_all(const std::string& path, const ingest::limits& bounds = {}) {
    outcome all;
    auto source = reader::open(path, bounds);
    if (!source) {
        all.errors.push_back(source.failure());
        return all;
    }
    while (auto next = source->next()) {
        if (*next)
            all.articles.push_back(std::move(*next).value());
        else
            all.errors.push_back(next->failure());
    }
    return all;
}

std::string line(const std::string& id, const std::string& text) {
    return R"({"id":")" + id + R"(","text":")" + text + "\"}\n";
}

TEST(reader, gives_a_text_file_as_one_article_kept_byte_for_byte) {
    const std::string text = "\xEF\xBB\xBF" + good + "\r\n" + good;
    const written file("a.txt", text);
    const auto all = read_all(file.path());
    ASSERT_EQ(all.articles.size(), 1u);
    EXPECT_EQ(all.articles[0].text, text);
    EXPECT_THAT(all.articles[0].id, testing::EndsWith("-a"));
    EXPECT_EQ(all.articles[0].lang, "ar");
}

TEST(reader, takes_the_fields_of_a_line_and_passes_over_the_rest) {
    const written file("a.jsonl",
                       R"({"id": 7, "outlet": "المدى", "published": "2016-10-04", "title": null, "url": "u",)"
                       R"( "tags": [1, {"a": 2}], "text": "وصل \"الوزير\"\nاليوم"})");
    const auto all = read_all(file.path());
    ASSERT_TRUE(all.errors.empty()) << all.errors[0].text();
    ASSERT_EQ(all.articles.size(), 1u);
    EXPECT_EQ(all.articles[0].id, "7");
    EXPECT_EQ(all.articles[0].outlet, "المدى");
    EXPECT_EQ(all.articles[0].published, "2016-10-04");
    EXPECT_EQ(all.articles[0].title, "");
    EXPECT_EQ(all.articles[0].text, "وصل \"الوزير\"\nاليوم");
}

TEST(reader, detects_the_format_of_a_file_without_a_telling_name) {
    const written json("plain", "\n " + line("1", good));
    EXPECT_EQ(read_all(json.path()).articles.at(0).id, "1");
    const written text("other", good);
    EXPECT_EQ(read_all(text.path()).articles.at(0).text, good);
}

TEST(reader, names_articles_that_have_no_id_by_file_and_line) {
    const written file("noid.jsonl", "\n{\"text\":\"" + good + "\"}\n");
    EXPECT_THAT(read_all(file.path()).articles.at(0).id, testing::EndsWith("-noid:2"));
}

TEST(reader, goes_on_after_each_bad_line_and_says_where_it_was) {
    const written file("mixed.jsonl", line("1", good) + "{\"id\": \"2\", \"text\": \n" + "[1, 2]\n" +
                                          "{\"id\":\"4\"}\n" + line("5", "An English text, no Arabic in it.") +
                                          line("6", "") + "{\"text\": 12}\n" +
                                          "{\"id\":\"8\",\"text\":\"\xC7\xE1\xED\xE6\xE3\"}\n" +
                                          R"({"published":"yesterday","text":")" + good + "\"}\n" +
                                          R"({"lang":"fa","text":")" + good + "\"}\n" + line("11", good));
    const auto all = read_all(file.path());
    ASSERT_EQ(all.articles.size(), 2u);
    EXPECT_EQ(all.articles[0].id, "1");
    EXPECT_EQ(all.articles[1].id, "11");
    const std::vector<errc> expected{errc::json, errc::json,     errc::json, errc::language, errc::data,
                                     errc::json, errc::encoding, errc::data, errc::language};
    ASSERT_EQ(all.errors.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(all.errors[i].code, expected[i]) << all.errors[i].text();
        EXPECT_THAT(all.errors[i].where, testing::EndsWith("mixed.jsonl:" + std::to_string(i + 2)));
        EXPECT_FALSE(all.errors[i].remedy.empty()) << all.errors[i].text();
    }
}

TEST(reader, skips_a_line_beyond_the_limit_and_reads_the_next) {
    const written file("long.jsonl", line("1", good) + std::string(300'000, 'x') + "\n" + line("3", good));
    const auto all = read_all(file.path(), {.max_line_bytes = 1000, .max_article_bytes = 1000});
    EXPECT_EQ(all.articles.size(), 2u);
    ASSERT_EQ(all.errors.size(), 1u);
    EXPECT_EQ(all.errors[0].code, errc::limit);
    EXPECT_THAT(all.errors[0].what, HasSubstr("max_line_bytes"));
    EXPECT_THAT(all.errors[0].where, testing::EndsWith(":2"));
}

TEST(reader, refuses_a_text_beyond_the_limit_by_its_name) {
    std::string text;
    while (text.size() < 5000)
        text += good + "\n";
    const written file("long.txt", text);
    const auto all = read_all(file.path(), {.max_line_bytes = 1000, .max_article_bytes = 4001});
    ASSERT_EQ(all.errors.size(), 1u);
    EXPECT_EQ(all.errors[0].code, errc::limit);
    EXPECT_THAT(all.errors[0].what, HasSubstr("max_article_bytes"));
}

TEST(reader, calls_a_long_binary_file_binary_rather_than_long) {
    const written file("film.txt", std::string("\x00\x01\x02\x03", 4) + std::string(10'000, 'x'));
    const auto all = read_all(file.path(), {.max_line_bytes = 1000, .max_article_bytes = 1000});
    ASSERT_EQ(all.errors.size(), 1u);
    EXPECT_EQ(all.errors[0].code, errc::encoding);
}

TEST(reader, reports_an_empty_file_of_either_kind) {
    for (const char* name : {"none.txt", "none.jsonl"}) {
        const written file(name, "\n \n");
        const auto all = read_all(file.path());
        ASSERT_EQ(all.errors.size(), 1u) << name;
        EXPECT_EQ(all.errors[0].code, errc::data) << name;
        EXPECT_THAT(all.errors[0].where, HasSubstr(name));
    }
}

TEST(reader, gives_up_on_utf16_after_one_error) {
    std::string wide("\xFF\xFE", 2);
    for (const char c : line("1", "x") + line("2", "y"))
        wide += std::string{c, '\0'};
    const written file("wide.jsonl", wide);
    const auto all = read_all(file.path());
    ASSERT_EQ(all.errors.size(), 1u);
    EXPECT_THAT(all.errors[0].remedy, HasSubstr("UTF-16"));
}

TEST(reader, goes_on_behind_a_line_that_begins_like_utf16) {
    const written file("mixed.jsonl", line("1", good) + "\xFF\xFE bad\n" + line("2", good));
    const auto all = read_all(file.path());
    ASSERT_EQ(all.errors.size(), 1u);
    EXPECT_THAT(all.errors[0].where, HasSubstr("mixed.jsonl:2"));
    ASSERT_EQ(all.articles.size(), 2u);
    EXPECT_EQ(all.articles[1].id, "2");
}

TEST(reader, says_that_a_file_is_missing_or_a_folder) {
    EXPECT_EQ(read_all("no/such/file.txt").errors.at(0).code, errc::io);
    EXPECT_THAT(read_all(std::filesystem::temp_directory_path().string()).errors.at(0).what, HasSubstr("folder"));
}

TEST(reader, reads_a_last_line_without_newline_and_windows_line_ends) {
    const written file("crlf.jsonl",
                       R"({"id":"1","text":")" + good + "\"}\r\n\r\n" + R"({"id":"2","text":")" + good + "\"}");
    const auto all = read_all(file.path());
    EXPECT_EQ(all.articles.size(), 2u);
    EXPECT_TRUE(all.errors.empty());
}

TEST(check_text, takes_arabic_with_a_good_share_of_latin) {
    EXPECT_TRUE(check_text(good + " Reuters, AFP"));
    EXPECT_TRUE(check_text("قال CEO شركة Example Technologies إن الأرباح ارتفعت"));
}

TEST(check_text, refuses_other_languages_in_any_script) {
    EXPECT_EQ(check_text("The minister arrived in the capital.").failure().code, errc::language);
    EXPECT_EQ(check_text("Министр прибыл в столицу.").failure().code, errc::language);
    EXPECT_EQ(check_text("12345 --- ؟؟؟ ١٢٣").failure().code, errc::language);
    EXPECT_EQ(check_text("وزیر امور خارجه گفت که گفتگوها پیش از این در چند نوبت برگزار شده و پیشرفت خوبی داشته است و "
                         "گزارش آن را پنجشنبه پخش خواهند کرد")
                  .failure()
                  .code,
              errc::language);
}

TEST(check_text, takes_foreign_letters_in_names) {
    std::string text;
    for (int i = 0; i < 20; ++i)
        text += good;
    EXPECT_TRUE(check_text(text + " وفي چمچمال التقى پاول مع ڤيتالي في مقر گوران"));
}

TEST(check_text, names_the_line_of_the_first_bad_byte) {
    const auto bad = check_text(good + "\n" + good + "\n\xD9 " + good);
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.failure().code, errc::encoding);
    EXPECT_EQ(bad.failure().where, "line 3");
    EXPECT_THAT(bad.failure().what, testing::Not(HasSubstr("windows-1256")));
}

TEST(check_text, suspects_windows_1256) {
    // "وصل الوزير" in windows-1256
    const auto bad = check_text("\xE6\xD5\xE1 \xC7\xE1\xE6\xD2\xED\xD1");
    ASSERT_FALSE(bad);
    EXPECT_THAT(bad.failure().what, HasSubstr("windows-1256"));
    EXPECT_THAT(bad.failure().remedy, HasSubstr("WINDOWS-1256"));
}

TEST(check_text, tells_binary_and_utf16_from_text) {
    EXPECT_THAT(check_text(std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16)).failure().what, HasSubstr("binary"));
    EXPECT_THAT(check_text(std::string("\xFE\xFF\x06\x48", 4)).failure().what, HasSubstr("UTF-16"));
}

TEST(check_published, takes_iso_dates_and_refuses_what_is_none) {
    for (const char* fine : {"2016-10-04", "2016-02-29", "2016-10-04T09:30", "2016-10-04T09:30:00Z",
                             "2016-10-04T09:30:00+03:00", "2016-10-04 09:30:00"})
        EXPECT_TRUE(check_published(fine)) << fine;
    for (const char* wrong : {"", "2016", "2016-13-01", "2015-02-29", "2016-10-32", "04-10-2016", "2016/10/04",
                              "2016-10-04 morning", "2016-10-04T"})
        EXPECT_FALSE(check_published(wrong)) << wrong;
}

} // namespace
