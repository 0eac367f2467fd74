// The tables themselves: whole, linked, valid codes, NFC. What base::open checks is checked here with broken copies.
#include "base/table.hpp"
#include "knowledge/base.hpp"
#include "text/fold.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <set>

namespace isnad::knowledge {
namespace {

namespace fs = std::filesystem;
const fs::path data = fs::path(ISNAD_SOURCE_DIR) / "data";

table read(const std::string& name) {
    auto rows = table::read((data / "knowledge" / name).string());
    EXPECT_TRUE(rows.ok()) << (rows.ok() ? "" : rows.failure().text());
    return rows.ok() ? *rows : table{};
}

TEST(tables, open_without_error) {
    const auto opened = base::open(data.string());
    ASSERT_TRUE(opened.ok()) << opened.failure().text();
}

TEST(tables, have_nothing_that_the_checker_refuses) {
    const auto wrong = base::check({(data / "knowledge").string()});
    for (const auto& one : wrong)
        ADD_FAILURE() << one.text();
}

TEST(tables, have_enough_rows) {
    for (const auto& [name, least] : {std::pair{"countries.tsv", 245U},
                                      {"places.tsv", 2500U},
                                      {"organizations.tsv", 500U},
                                      {"media.tsv", 200U},
                                      {"persons.tsv", 3000U},
                                      {"gazetteer.tsv", 40000U},
                                      {"offices.tsv", 3000U},
                                      {"titles.tsv", 180U}})
        EXPECT_GE(read(name).rows().size(), least) << name;
}

TEST(tables, say_where_their_rows_are_from) {
    for (const auto& [name, sources] :
         {std::pair<const char*, std::set<std::string_view>>{"places.tsv", {"own", "geo", "dr5hn", "whosonfirst"}},
          {"gazetteer.tsv", {"dr5hn", "whosonfirst", "geonames"}}}) {
        const auto rows = read(name);
        for (const auto& row : rows.rows())
            EXPECT_TRUE(sources.contains(rows.cell(row, "source"))) << row.where;
    }
    const auto offices = read("offices.tsv");
    for (const auto& row : offices.rows())
        EXPECT_FALSE(offices.cell(row, "source").empty()) << row.where;
}

TEST(tables, name_each_thing_by_a_name_that_finds_it) {
    const auto opened = base::map(ISNAD_BINARY_DIR "/share/isnad/knowledge.base");
    ASSERT_TRUE(opened.ok());
    for (const auto* name : {"countries.tsv", "organizations.tsv", "persons.tsv", "places.tsv", "media.tsv"}) {
        const auto rows = read(name);
        for (const auto& row : rows.rows()) {
            nlp::sentence sentence;
            for (const auto& piece : split(rows.cell(row, "name"), ' ')) {
                sentence.words.emplace_back();
                sentence.words.back().form = piece;
            }
            const auto found = opened->find(sentence);
            const auto* self = opened->by_id(rows.cell(row, "id"));
            const bool there = !found.empty() && std::ranges::find(found[0].readings, self) != found[0].readings.end();
            EXPECT_TRUE(there) << row.where;
        }
    }
}

TEST(tables, keep_short_words_flagged) {
    // A name of one short word is likely a common word too; it must be looked at and allowed here.
    const auto persons = read("persons.tsv");
    for (const auto& row : persons.rows())
        for (const auto& name : persons.list(row, "names"))
            if (name.find(' ') == std::string::npos && !name.starts_with('~')) {
                EXPECT_GE(text::fold(name).size(), 6U) << row.where << ": " << name;
            }
}

/// A user's folder with one file beside our tables, which are shortened to two persons and no gazetteer so that
/// checking them takes no time.
class own_tables : public testing::Test {
protected:
    void SetUp() override {
        const auto* name = testing::UnitTest::GetInstance()->current_test_info()->name();
        const auto root = fs::path(testing::TempDir()) / ("isnad-knowledge-" + std::string(name));
        fs::remove_all(root);
        folder_ = root / "own";
        ours_ = root / "data";
        fs::create_directories(folder_);
        fs::create_directories(ours_ / "knowledge");
        for (const auto& file : fs::directory_iterator(data / "knowledge"))
            shorten(file.path());
    }
    void TearDown() override { fs::remove_all(folder_.parent_path()); }

    void shorten(const fs::path& from) {
        if (from.extension() != ".tsv")
            return;
        const auto name = from.filename().string();
        const bool many = name == "persons.tsv" || name == "offices.tsv" || name == "gazetteer.tsv";
        std::ifstream in(from);
        std::ofstream out(ours_ / "knowledge" / name);
        for (std::string line; std::getline(in, line);)
            if (!many || line.starts_with("id\t") || line.starts_with("person\t") ||
                line.starts_with("person/sergei-shoigu\t") || line.starts_with("person/vladimir-putin\t"))
                out << line << "\n";
    }

    void write(const std::string& file, const std::string& rows) { std::ofstream(folder_ / file) << rows << "\n"; }
    std::string failure_with(const std::string& file, const std::string& rows) {
        write(file, rows);
        const auto wrong = base::check({(ours_ / "knowledge").string(), folder_.string()});
        if (wrong.empty())
            return "";
        EXPECT_EQ(wrong.front().code, errc::data);
        EXPECT_THAT(wrong.front().where, testing::HasSubstr(file));
        EXPECT_FALSE(wrong.front().remedy.empty());
        return wrong.front().what;
    }
    fs::path folder_, ours_;
};

constexpr const char* persons = "id\tname\tnames\ten\tkind\tcountry\tsectors\n";
constexpr const char* places = "id\tname\tnames\ten\tcountry\tlat\tlon\tprecision\n";
constexpr const char* offices = "person\toffice\tof\tfrom\tto\tsource\n";

TEST_F(own_tables, refuse_a_second_row_of_one_id) {
    EXPECT_THAT(failure_with("persons.tsv", std::string(persons) +
                                                "person/x\tفلان\t-\tX\tperson\tLBY\nperson/x\tعلان\t-\tY\tperson\tLBY"),
                testing::HasSubstr("twice"));
}
TEST_F(own_tables, refuse_an_unknown_country) {
    EXPECT_THAT(failure_with("persons.tsv", std::string(persons) + "person/x\tفلان\t-\tX\tperson\tXXX\tGOV"),
                testing::HasSubstr("XXX"));
}
TEST_F(own_tables, refuse_an_unknown_sector) {
    EXPECT_THAT(failure_with("persons.tsv", std::string(persons) + "person/x\tفلان\t-\tX\tperson\tLBY\tKING"),
                testing::HasSubstr("KING"));
}
TEST_F(own_tables, refuse_an_unknown_kind) {
    EXPECT_THAT(failure_with("persons.tsv", std::string(persons) + "person/x\tفلان\t-\tX\tghost\tLBY"),
                testing::HasSubstr("kind"));
}
TEST_F(own_tables, refuse_an_id_that_is_not_well_formed) {
    EXPECT_THAT(failure_with("persons.tsv", std::string(persons) + "person/X Y\tفلان\t-\tX\tperson\tLBY"),
                testing::HasSubstr("well formed"));
}
TEST_F(own_tables, refuse_a_row_without_name) {
    EXPECT_THAT(failure_with("places.tsv", std::string(places) + "place/x\t-\t-\tX\tLBY\t5\t10\tcity"),
                testing::HasSubstr("name"));
}
TEST_F(own_tables, refuse_coordinates_off_the_globe) {
    EXPECT_THAT(failure_with("places.tsv", std::string(places) + "place/x\tفلانة\t-\tX\tLBY\t95\t10\tcity"),
                testing::HasSubstr("coordinates"));
}
TEST_F(own_tables, refuse_an_invisible_character) {
    EXPECT_THAT(failure_with("places.tsv", std::string(places) + "place/x\tفلا\u200fنة\t-\tX\tLBY\t5\t10\tcity"),
                testing::HasSubstr("invisible"));
}
TEST_F(own_tables, refuse_what_is_not_nfc) {
    EXPECT_THAT(failure_with("places.tsv", std::string(places) + "place/x\tا\u0653فاق\t-\tX\tLBY\t5\t10\tcity"),
                testing::HasSubstr("NFC"));
}
TEST_F(own_tables, refuse_a_name_that_is_another_persons) {
    EXPECT_THAT(failure_with("persons.tsv", std::string(persons) + "person/x\tسيرغي شويغو\t-\tX\tperson\tRUS\tGOV"),
                testing::HasSubstr("also another's"));
}
TEST_F(own_tables, accept_that_name_with_a_tilde) {
    EXPECT_EQ(
        failure_with("persons.tsv", std::string(persons) + "person/x\tسيرغي شويغو\t~سيرغي شويغو\tX\tperson\tRUS\tGOV"),
        "");
}
TEST_F(own_tables, refuse_an_office_of_nobody) {
    EXPECT_THAT(failure_with("offices.tsv", std::string(offices) +
                                                "person/nobody-at-all\thead-of-state\tcountry/RUS\t1950\t1951\town"),
                testing::HasSubstr("person/nobody-at-all"));
}
TEST_F(own_tables, refuse_an_unknown_office) {
    EXPECT_THAT(failure_with("offices.tsv",
                             std::string(offices) + "person/sergei-shoigu\tking-maker\tcountry/RUS\t1950\t1951\town"),
                testing::HasSubstr("king-maker"));
}
TEST_F(own_tables, refuse_a_day_that_is_none) {
    EXPECT_THAT(
        failure_with("offices.tsv",
                     std::string(offices) + "person/sergei-shoigu\thead-of-state\tcountry/RUS\t1950-02-30\t1951\town"),
        testing::HasSubstr("no dates"));
}
TEST_F(own_tables, refuse_two_holders_of_one_office) {
    EXPECT_THAT(failure_with("offices.tsv", std::string(offices) +
                                                "person/sergei-shoigu\thead-of-state\tcountry/RUS\t2014\t2015\town"),
                testing::HasSubstr("at one time"));
}
TEST_F(own_tables, refuse_a_file_or_a_column_that_is_none_of_ours) {
    EXPECT_THAT(failure_with("person.tsv", persons), testing::HasSubstr("person.tsv"));
    fs::remove(folder_ / "person.tsv");
    EXPECT_THAT(failure_with("persons.tsv", "id\tname\tnmaes\ten\tkind"), testing::HasSubstr("nmaes"));
}

TEST_F(own_tables, add_to_and_override_ours) {
    write("persons.tsv", std::string(persons) + "person/x-y\tفلان العلاني\t-\tFulan\tperson\tLBY\tGOV\n"
                                                "person/sergei-shoigu\tسيرغي شويغو\tشويغو\tShoigu\tperson\tRUS\tOPP");
    write("offices.tsv", std::string(offices) + "person/x-y\tgovernor\tcountry/LBY\t2001\t2002\town");
    const auto opened = base::open(ours_.string(), {folder_.string()});
    ASSERT_TRUE(opened.ok()) << opened.failure().text();
    ASSERT_NE(opened->by_id("person/x-y"), nullptr);
    EXPECT_EQ(opened->by_id("person/x-y")->offices.size(), 1U);
    EXPECT_EQ(opened->by_id("person/sergei-shoigu")->code.view(), "RUSOPP");
    EXPECT_NE(opened->by_id("person/vladimir-putin"), nullptr);
}

class compiled_file : public own_tables {
protected:
    void SetUp() override {
        own_tables::SetUp();
        std::ifstream in(ISNAD_BINARY_DIR "/share/isnad/knowledge.base", std::ios::binary);
        bytes_.assign(std::istreambuf_iterator<char>(in), {});
        path_ = (folder_ / "copy").string();
    }
    result<base> map(const std::string& bytes) {
        std::ofstream(path_, std::ios::binary) << bytes;
        return base::map(path_);
    }
    std::string bytes_, path_;
};

TEST_F(compiled_file, is_refused_when_cut_short_or_changed) {
    ASSERT_GT(bytes_.size(), 1000U);
    EXPECT_TRUE(map(bytes_).ok());
    auto changed = bytes_;
    changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 1);
    for (const auto& broken : {bytes_.substr(0, bytes_.size() - 100), bytes_.substr(0, 20), changed, std::string()}) {
        const auto opened = map(broken);
        ASSERT_FALSE(opened.ok());
        EXPECT_EQ(opened.failure().code, errc::data);
        EXPECT_EQ(opened.failure().where, path_);
    }
}

TEST_F(compiled_file, is_the_same_for_the_same_tables) {
    const auto again = base::compile({(data / "knowledge").string()});
    ASSERT_TRUE(again.ok());
    EXPECT_TRUE(*again == bytes_);
    EXPECT_LT(bytes_.size(), 60U << 20);
}

TEST(open, tells_which_folder_is_missing) {
    const auto opened = base::open("/nowhere");
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.failure().code, errc::io);
}

} // namespace
} // namespace isnad::knowledge
