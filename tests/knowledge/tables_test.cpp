// The tables themselves: whole, linked, valid codes, NFC. What base::open checks is checked here with broken copies.
#include "base/table.hpp"
#include "knowledge/base.hpp"
#include "text/fold.hpp"

#include <gmock/gmock.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace isnad::knowledge {
namespace {

namespace fs = std::filesystem;
const fs::path data = fs::path(ISNAD_SOURCE_DIR) / "data";

table read(const std::string& name) {
    auto rows = table::read((data / "knowledge" / name).string());
    EXPECT_TRUE(rows.ok()) << (rows.ok() ? "" : rows.failure().text());
    return rows.ok() ? *rows : table{};
}

std::string content(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST(tables, open_without_error) {
    const auto opened = base::open(data.string());
    ASSERT_TRUE(opened.ok()) << opened.failure().text();
}

TEST(tables, are_nfc_without_invisible_marks) {
    auto status = U_ZERO_ERROR;
    const auto* nfc = icu::Normalizer2::getNFCInstance(status);
    ASSERT_TRUE(U_SUCCESS(status));
    for (const auto& file : fs::directory_iterator(data / "knowledge")) {
        std::istringstream lines(content(file.path()));
        std::size_t number = 0;
        for (std::string line; std::getline(lines, line);) {
            ++number;
            const auto text = icu::UnicodeString::fromUTF8(line);
            EXPECT_TRUE(nfc->isNormalized(text, status)) << file.path() << ":" << number;
            for (const auto mark : {0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x2067, 0x2069, 0xfeff, 0x0640, 0x200b})
                EXPECT_EQ(text.indexOf(static_cast<UChar32>(mark)), -1) << file.path() << ":" << number;
        }
    }
}

TEST(tables, have_enough_rows) {
    for (const auto& [name, least] : {std::pair{"countries.tsv", 245U},
                                      {"places.tsv", 2500U},
                                      {"organizations.tsv", 500U},
                                      {"media.tsv", 200U},
                                      {"persons.tsv", 600U},
                                      {"titles.tsv", 180U}})
        EXPECT_GE(read(name).rows().size(), least) << name;
}

TEST(tables, give_every_row_a_well_formed_id) {
    const std::regex shape("(country/[A-Z]{3}|(place|org|media|person|people)/[a-z0-9]+(-[a-z0-9]+)*)");
    std::set<std::string> ids;
    for (const auto* name :
         {"countries.tsv", "places.tsv", "organizations.tsv", "media.tsv", "persons.tsv", "peoples.tsv"}) {
        const auto rows = read(name);
        for (const auto& row : rows.rows()) {
            const std::string id(rows.cell(row, "id"));
            EXPECT_TRUE(std::regex_match(id, shape)) << row.where << ": " << id;
            EXPECT_TRUE(ids.insert(id).second) << row.where << ": " << id << " is there twice";
            EXPECT_FALSE(rows.cell(row, "en").empty()) << row.where;
        }
    }
}

TEST(tables, have_valid_codes_and_links) {
    const auto countries = read("countries.tsv");
    const std::regex iso2("[A-Z]{2}"), iso3("[A-Z]{3}"), wikidata("Q[1-9][0-9]*"), geonames("[1-9][0-9]*");
    std::set<std::string> two;
    for (const auto& row : countries.rows()) {
        EXPECT_TRUE(std::regex_match(std::string(countries.cell(row, "iso3")), iso3)) << row.where;
        EXPECT_TRUE(std::regex_match(std::string(countries.cell(row, "iso2")), iso2)) << row.where;
        EXPECT_TRUE(two.emplace(countries.cell(row, "iso2")).second) << row.where;
        EXPECT_EQ(countries.cell(row, "id"), "country/" + std::string(countries.cell(row, "iso3"))) << row.where;
    }
    for (const auto* name : {"countries.tsv", "places.tsv"}) {
        const auto rows = read(name);
        for (const auto& row : rows.rows()) {
            const std::string q(rows.cell(row, "wikidata")), g(rows.cell(row, "geonames"));
            EXPECT_TRUE(q.empty() || std::regex_match(q, wikidata)) << row.where;
            EXPECT_TRUE(g.empty() || std::regex_match(g, geonames)) << row.where;
        }
    }
    const auto places = read("places.tsv");
    const std::set<std::string_view> sources{"own", "geo", "dr5hn", "whosonfirst"};
    for (const auto& row : places.rows())
        EXPECT_TRUE(sources.contains(places.cell(row, "source"))) << row.where;
}

TEST(tables, name_each_thing_by_a_name_that_finds_it) {
    const auto opened = base::open(data.string());
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

/// A copy of the tables with `row` appended to `file`; the error that opening it gives.
class broken_tables : public testing::Test {
protected:
    void SetUp() override {
        const auto* name = testing::UnitTest::GetInstance()->current_test_info()->name();
        folder_ = fs::path(testing::TempDir()) / ("isnad-knowledge-" + std::string(name));
        fs::remove_all(folder_);
        fs::create_directories(folder_);
        fs::copy(data / "knowledge", folder_ / "knowledge", fs::copy_options::recursive);
    }
    void TearDown() override { fs::remove_all(folder_); }
    std::string failure_with(const std::string& file, const std::string& row) {
        std::ofstream(folder_ / "knowledge" / file, std::ios::app) << row << "\n";
        const auto opened = base::open(folder_.string());
        if (opened.ok())
            return "";
        EXPECT_EQ(opened.failure().code, errc::data);
        EXPECT_THAT(opened.failure().where, testing::HasSubstr(file + ":"));
        return opened.failure().what;
    }
    fs::path folder_;
};

TEST_F(broken_tables, refuse_a_second_row_of_one_id) {
    EXPECT_THAT(failure_with("peoples.tsv", "people/kurd\tأكراد\t-\tKurds"), testing::HasSubstr("twice"));
}
TEST_F(broken_tables, refuse_an_unknown_country) {
    EXPECT_THAT(failure_with("persons.tsv", "person/x\tفلان\t-\tX\tperson\tXXX\tGOV"), testing::HasSubstr("XXX"));
}
TEST_F(broken_tables, refuse_an_unknown_sector) {
    EXPECT_THAT(failure_with("persons.tsv", "person/x\tفلان\t-\tX\tperson\tLBY\tKING"), testing::HasSubstr("KING"));
}
TEST_F(broken_tables, refuse_an_unknown_kind) {
    EXPECT_THAT(failure_with("organizations.tsv", "org/x\tفلان\t-\tX\tghost\tLBY"), testing::HasSubstr("kind"));
}
TEST_F(broken_tables, refuse_a_capital_that_is_no_place) {
    EXPECT_THAT(failure_with("countries.tsv", "country/ZZZ\tفلانستان\t-\tX\tZZ\tZZZ\tplace/nowhere"),
                testing::HasSubstr("place/nowhere"));
}
TEST_F(broken_tables, refuse_coordinates_off_the_globe) {
    EXPECT_THAT(failure_with("places.tsv", "place/x\tفلانة\t-\tX\tLBY\t95\t10\tcity"),
                testing::HasSubstr("coordinates"));
}
TEST_F(broken_tables, refuse_a_row_without_name) {
    EXPECT_THAT(failure_with("places.tsv", "place/x\t-\t-\tX\tLBY\t5\t10\tcity"), testing::HasSubstr("name"));
}

TEST(open, tells_which_file_is_missing) {
    const auto opened = base::open("/nowhere");
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.failure().code, errc::io);
}

} // namespace
} // namespace isnad::knowledge
