#include "score/score.hpp"
#include "base/utf8.hpp"
#include "record/json.hpp"
#include "record/names.hpp"
#include "score/match.hpp"

#include <gmock/gmock.h>
#include <simdjson.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>

namespace isnad {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;

/// A record put together by hand. Spans are bare numbers: nothing here needs a text.
struct sheet {
    record r;
    index entity(std::string name, std::string country = "", std::vector<std::string> sectors = {}) {
        isnad::entity e;
        e.name = std::move(name);
        e.country = std::move(country);
        e.sectors = std::move(sectors);
        r.entities.push_back(e);
        return static_cast<index>(r.entities.size() - 1);
    }
    index mention(span at, index of, mention_kind kind = mention_kind::name) {
        r.mentions.push_back({at, of, kind});
        return static_cast<index>(r.mentions.size() - 1);
    }
    event& add(event_type type, span trigger, std::vector<index> actors = {}, std::vector<index> recipients = {}) {
        event v;
        v.type = type;
        v.trigger = trigger;
        v.actors = std::move(actors);
        v.recipients = std::move(recipients);
        v.confidence = 1;
        r.events.push_back(v);
        return r.events.back();
    }
    index say(std::optional<span> cue, span content, std::vector<index> sources, std::optional<index> parent = {}) {
        claim c;
        c.cue = cue;
        c.content = content;
        c.sources = std::move(sources);
        c.parent = parent;
        r.claims.push_back(c);
        return static_cast<index>(r.claims.size() - 1);
    }
};

score_report compare(const record& gold, const record& read, bool errors = false) {
    score_report report;
    score_article({gold, read, {}, true}, {"", errors, false}, report);
    return report;
}

TEST(Matching, TakesTheGreatestSumNotTheFirstComer) {
    // Row 0 likes column 0 best, but giving it away loses row 1.
    const double w[2][2] = {{5, 4}, {4, 0}};
    EXPECT_THAT(best_matching(2, 2, [&](std::size_t i, std::size_t j) { return w[i][j]; }),
                ElementsAre(std::pair(0U, 1U), std::pair(1U, 0U)));
    EXPECT_TRUE(best_matching(0, 3, [](std::size_t, std::size_t) { return 1.0; }).empty());
    EXPECT_TRUE(best_matching(2, 2, [](std::size_t, std::size_t) { return 0.0; }).empty());
}

TEST(Matching, IsAsGoodAsTryingAll) {
    std::mt19937 random(1);
    for (int round = 0; round < 300; ++round) {
        const std::size_t n = 1 + random() % 5, m = 1 + random() % 5;
        std::vector<std::vector<double>> w(n, std::vector<double>(m, 0));
        for (auto& row : w)
            for (auto& cell : row)
                cell = random() % 2 ? 0 : static_cast<double>(random() % 20);
        // Every row takes one free column or none.
        std::function<double(std::size_t, unsigned)> best = [&](std::size_t i, unsigned taken) {
            if (i == n)
                return 0.0;
            double most = best(i + 1, taken);
            for (std::size_t j = 0; j < m; ++j)
                if (!(taken >> j & 1U))
                    most = std::max(most, w[i][j] + best(i + 1, taken | 1U << j));
            return most;
        };
        double sum = 0;
        for (const auto& [i, j] : best_matching(n, m, [&](std::size_t a, std::size_t b) { return w[a][b]; }))
            sum += w[i][j];
        EXPECT_DOUBLE_EQ(sum, best(0, 0));
    }
}

TEST(Score, TriggersByHand) {
    sheet gold, read;
    gold.add(event_type::consult, {0, 5}).mode = "visit";
    gold.add(event_type::assault, {10, 15});
    gold.add(event_type::aid, {20, 25});
    read.add(event_type::consult, {1, 5}).mode = "phone"; // type right, mode wrong
    read.add(event_type::coerce, {10, 15});               // trigger right, type wrong
    read.add(event_type::aid, {30, 35});                  // elsewhere
    read.add(event_type::aid, {40, 45});
    const auto report = compare(gold.r, read.r);
    EXPECT_EQ(report[measure::trigger], (counts{2, 3, 4}));
    EXPECT_EQ(report[measure::trigger_type], (counts{1, 3, 4}));
    EXPECT_EQ(report[measure::trigger_type_mode], (counts{0, 3, 4}));
    EXPECT_DOUBLE_EQ(*report[measure::trigger].precision(), 0.5);
    EXPECT_DOUBLE_EQ(*report[measure::trigger].recall(), 2.0 / 3);
    EXPECT_DOUBLE_EQ(*report[measure::trigger].f1(), 4.0 / 7);
    EXPECT_EQ(report[measure::mode], (counts{0, 1, 1})); // only where the type is right
}

TEST(Score, OneTriggerWithTwoEventsIsMatchedByType) {
    sheet gold, read;
    gold.add(event_type::request, {0, 5});
    gold.add(event_type::aid, {0, 5});
    read.add(event_type::aid, {0, 5});
    read.add(event_type::request, {0, 5});
    EXPECT_EQ(compare(gold.r, read.r)[measure::trigger_type], (counts{2, 2, 2}));
    // The same type wins over the closer span.
    sheet one, two;
    one.add(event_type::aid, {0, 10});
    two.add(event_type::consult, {0, 10});
    two.add(event_type::aid, {9, 12});
    EXPECT_EQ(compare(one.r, two.r)[measure::trigger_type], (counts{1, 1, 2}));
}

TEST(Score, PartiesAgreeByHalfOfTheShorter) {
    sheet gold, read;
    gold.add(event_type::aid, {0, 2}, {gold.mention({10, 20}, gold.entity("a"))});
    read.add(event_type::aid, {0, 2}, {read.mention({15, 25}, read.entity("b"))}); // 5 of 10
    EXPECT_EQ(compare(gold.r, read.r)[measure::actors], (counts{1, 1, 1}));
    read.r.mentions[0].at = {16, 26}; // 4 of 10
    EXPECT_EQ(compare(gold.r, read.r)[measure::actors], (counts{0, 1, 1}));
}

TEST(Score, AnElidedSubjectIsAnsweredByItsAntecedent) {
    sheet gold, read;
    const auto minister = gold.entity("الوزير", "TUN", {"GOV"});
    gold.mention({0, 10}, minister);
    gold.add(event_type::request, {50, 54}, {gold.mention({50, 54}, minister, mention_kind::elided)});
    const auto he = read.entity("الوزير", "TUN", {"MIL"});
    const auto other = read.entity("نظيره", "DZA", {"GOV"});
    const auto his = read.mention({0, 10}, he);
    const auto theirs = read.mention({30, 40}, other);
    read.add(event_type::request, {50, 54}, {his});
    auto report = compare(gold.r, read.r);
    EXPECT_EQ(report[measure::actors], (counts{1, 1, 1}));
    EXPECT_EQ(report[measure::party_country], (counts{1, 1, 1}));
    EXPECT_EQ(report[measure::party_sectors], (counts{0, 1, 1}));
    read.r.events[0].actors = {theirs};
    EXPECT_EQ(compare(gold.r, read.r)[measure::actors], (counts{0, 1, 1}));
    // An elided mention at the same verb does not make two entities one.
    read.mention({50, 54}, other, mention_kind::elided);
    EXPECT_EQ(compare(gold.r, read.r)[measure::actors], (counts{0, 1, 1}));
}

TEST(Score, FieldsOfMatchedEvents) {
    sheet gold, read;
    for (auto* s : {&gold, &read}) {
        s->r.times = {{{40, 45}, time_type::date, "2020-03-05", time_mod::none, "2020-03-05", "2020-03-05", false, {}},
                      {{60, 65}, time_type::date, "2020", time_mod::none, "", "", false, {}}};
        s->entity("x");
        s->r.places = {{{70, 75}, 0, 36.75, 3.06, place_precision::city, {}}};
    }
    auto& g = gold.add(event_type::assault, {0, 5});
    g.status = event_status::negated;
    g.time = 0;
    g.place = 0;
    g.theme = span{100, 110};
    g.contexts = {"military", "terrorism"};
    g.toll.killed = count{std::nullopt, 3, 3};
    g.toll.wounded = count{std::nullopt, 40, std::nullopt};
    auto& p = read.add(event_type::assault, {0, 5});
    p.status = event_status::denied;
    p.time = 1;
    p.place = 0;
    p.theme = span{104, 112};
    p.contexts = {"military"};
    p.toll.killed = count{std::nullopt, 3, 3};
    p.toll.wounded = count{std::nullopt, 40, 40};
    p.toll.missing = count{std::nullopt, 1, 1};
    const auto report = compare(gold.r, read.r);
    EXPECT_EQ(report[measure::status], (counts{0, 1, 1}));
    EXPECT_EQ(report.status_confusion[static_cast<std::size_t>(event_status::negated)]
                                     [static_cast<std::size_t>(event_status::denied)],
              1U);
    EXPECT_EQ(report[measure::event_time], (counts{0, 1, 1}));
    EXPECT_EQ(report[measure::event_place], (counts{1, 1, 1}));
    EXPECT_EQ(report[measure::theme], (counts{6, 10, 8}));
    EXPECT_EQ(report[measure::contexts], (counts{1, 2, 1}));
    EXPECT_EQ(report[measure::toll], (counts{1, 2, 3}));
}

TEST(Score, ClaimsAndChains) {
    sheet gold, read;
    for (auto* s : {&gold, &read}) {
        s->mention({0, 10}, s->entity("agency"));
        s->mention({20, 30}, s->entity("minister"));
    }
    const auto outer = gold.say(span{12, 15}, {16, 90}, {0});
    const auto inner = gold.say(span{32, 35}, {40, 90}, {1}, outer);
    gold.add(event_type::aid, {50, 55}).chain = {inner, outer};
    gold.add(event_type::consult, {60, 65});
    const auto only = read.say(span{33, 36}, {40, 80}, {1});
    read.r.claims[only].stance = stance::deny;
    read.r.claims[only].kind = source_kind::office;
    read.add(event_type::aid, {50, 55}).chain = {only};
    read.add(event_type::consult, {60, 65}).chain = {only};
    const auto report = compare(gold.r, read.r);
    EXPECT_EQ(report[measure::claim_cue], (counts{1, 2, 1}));
    EXPECT_EQ(report[measure::claim_content], (counts{40, 50, 40}));
    EXPECT_EQ(report[measure::claim_stance], (counts{0, 1, 1}));
    EXPECT_EQ(report[measure::claim_source], (counts{1, 1, 1}));
    EXPECT_EQ(report[measure::claim_source_kind], (counts{0, 1, 1}));
    EXPECT_EQ(report[measure::claim_direct], (counts{1, 1, 1}));
    EXPECT_EQ(report[measure::claim_parent], (counts{0, 1, 1})); // gold's has a parent
    EXPECT_EQ(report[measure::source], (counts{1, 2, 2}));       // the outlet's own event was given to the minister
    EXPECT_EQ(report[measure::chain], (counts{0, 2, 2}));
}

TEST(Score, HiddenSourcesAndClaimsWithoutCue) {
    sheet gold, read;
    gold.add(event_type::aid, {5, 8}).chain = {gold.say(std::nullopt, {0, 20}, {})};
    read.add(event_type::aid, {5, 8}).chain = {read.say(std::nullopt, {2, 20}, {})};
    auto report = compare(gold.r, read.r);
    EXPECT_EQ(report[measure::claim_cue], (counts{1, 1, 1}));
    EXPECT_EQ(report[measure::source], (counts{1, 1, 1}));
    EXPECT_EQ(report[measure::chain], (counts{1, 1, 1}));
    read.r.claims[0].sources = {read.mention({30, 35}, read.entity("x"))};
    report = compare(gold.r, read.r);
    EXPECT_EQ(report[measure::source], (counts{0, 1, 1}));
}

TEST(Score, TimesPlacesSentences) {
    sheet gold, read;
    gold.r.times = {{{0, 5}, time_type::date, "2020-03-05", time_mod::none, "2020-03-05", "2020-03-05", false, {}},
                    {{10, 15}, time_type::date, "PRESENT_REF", time_mod::none, "", "", false, {}}};
    read.r.times = {{{0, 6}, time_type::date, "2020-03-05", time_mod::none, "2020-03-06", "2020-03-06", false, {}},
                    {{10, 15}, time_type::date, "2020", time_mod::none, "", "", false, {}},
                    {{20, 25}, time_type::date, "2020", time_mod::none, "", "", false, {}}};
    gold.entity("Tunis", "TUN");
    read.entity("Tunis", "TUN");
    gold.r.places = {{{0, 5}, 0, 36.80, 10.18, place_precision::city, {}},
                     {{10, 15}, 0, 34.0, 9.0, place_precision::country, {}},
                     {{20, 25}, 0, 36.80, 10.18, place_precision::city, {}}};
    read.r.places = {{{0, 5}, 0, 36.90, 10.18, place_precision::city, {}},    // 11 km off
                     {{10, 15}, 0, 36.8, 10.2, place_precision::country, {}}, // the same country
                     {{20, 25}, 0, 37.27, 9.87, place_precision::city, {}}};  // Bizerte, 59 km
    gold.r.sentences = {{0, 20}, {21, 40}};
    read.r.sentences = {{0, 20}, {21, 30}, {31, 40}};
    const auto report = compare(gold.r, read.r);
    EXPECT_EQ(report[measure::time_span], (counts{2, 2, 3}));
    EXPECT_EQ(report[measure::time_strict], (counts{1, 2, 3}));
    EXPECT_EQ(report[measure::time_value], (counts{1, 2, 2}));
    EXPECT_EQ(report[measure::time_days], (counts{0, 1, 1})); // only where gold has days
    EXPECT_EQ(report[measure::place_span], (counts{3, 3, 3}));
    EXPECT_EQ(report[measure::place_near], (counts{2, 3, 3}));
    EXPECT_EQ(report[measure::sentences], (counts{1, 2, 3}));
}

TEST(Score, OnlyMentionsThatTakePartAreCounted) {
    sheet gold, read;
    gold.add(event_type::aid, {0, 2}, {gold.mention({10, 20}, gold.entity("a"))});
    const auto of = read.entity("a");
    read.mention({40, 45}, of);
    read.add(event_type::aid, {0, 2}, {read.mention({10, 20}, of)});
    EXPECT_EQ(compare(gold.r, read.r)[measure::mentions], (counts{1, 1, 1}));
}

TEST(Score, CalibrationByHand) {
    sheet gold, read;
    gold.add(event_type::aid, {0, 2});
    read.add(event_type::aid, {0, 2}).confidence = 0.8;
    read.add(event_type::aid, {10, 12}).confidence = 0.85; // same bin, wrong: 1 right of 1.65 expected
    read.add(event_type::aid, {20, 22}).confidence = 0.1;  // wrong: 0 of 0.1
    const auto report = compare(gold.r, read.r);
    EXPECT_EQ(report.calibration[8].events, 2U);
    EXPECT_NEAR(*report.calibration_error(), (0.65 + 0.1) / 3, 1e-12);
    EXPECT_FALSE(compare(gold.r, record{}).calibration_error());
}

TEST(Score, FiguresOfNothingDoNotExist) {
    const auto report = compare(record{}, record{});
    EXPECT_FALSE(report[measure::trigger].precision() || report[measure::trigger].recall() ||
                 report[measure::trigger].f1());
    EXPECT_THAT(to_json(report),
                HasSubstr(R"("trigger":{"precision":null,"recall":null,"f1":null,"right":0,"gold":0,"predicted":0})"));
}

TEST(Score, FindingsShowTheWords) {
    const std::string text = "زار الوزير باريس أمس";
    sheet gold, read;
    gold.add(event_type::consult, {0, 3}).status = event_status::occurred;
    read.add(event_type::consult, {0, 3}).status = event_status::planned;
    read.add(event_type::aid, {11, 16});
    score_report report;
    score_article({gold.r, read.r, text, true}, {"", true, true}, report);
    EXPECT_THAT(report.findings,
                Contains(testing::AllOf(Field(&finding::kind, "wrong"), Field(&finding::words, "«زار» @0"),
                                        Field(&finding::detail, "status: gold occurred, read planned"))));
    EXPECT_THAT(report.findings,
                Contains(testing::AllOf(Field(&finding::kind, "spurious"), Field(&finding::words, "«باريس» @11"))));
    EXPECT_EQ(report.by_article.size(), 1U);
    EXPECT_THAT(to_table(report), HasSubstr("status: gold occurred, read planned"));
}

// Files

class Files : public testing::Test {
protected:
    Files()
        : folder_(std::filesystem::temp_directory_path() / ("isnad-score-" + std::to_string(std::random_device{}()))) {
        std::filesystem::create_directories(folder_);
    }
    ~Files() override { std::filesystem::remove_all(folder_); }
    std::string write(const std::string& name, const std::string& content) {
        const auto path = (folder_ / name).string();
        std::ofstream(path) << content;
        return path;
    }
    static std::string line(const std::string& id, std::size_t events) {
        sheet s;
        s.r.about.id = id;
        for (std::uint32_t i = 0; i < events; ++i)
            s.add(event_type::aid, {i * 10, i * 10 + 5});
        return to_json(s.r, std::string(200, 'x')) + "\n";
    }
    std::filesystem::path folder_;
};

TEST_F(Files, AreMatchedByArticle) {
    const auto gold = write("gold", line("a", 2) + "\n" + line("b", 3));
    const auto read = write("read", line("z", 4) + line("a", 1));
    const auto report = score(gold, read);
    ASSERT_TRUE(report.ok()) << report.failure().text();
    EXPECT_EQ((*report)[measure::trigger], (counts{1, 5, 1}));
    EXPECT_THAT(report->missing, ElementsAre("b"));
    EXPECT_THAT(report->extra, ElementsAre("z"));
    EXPECT_EQ(report->articles, 2U);
}

TEST_F(Files, BrokenLinesAreNamed) {
    const auto good = write("good", line("a", 1));
    const auto broken = write("broken", line("a", 1) + "\n{\"schema\":\n");
    const auto twice = write("twice", line("a", 1) + line("a", 1));
    EXPECT_THAT(score(good, broken).failure().text(), HasSubstr(broken + ":3: not JSON"));
    EXPECT_THAT(score(twice, good).failure().text(),
                HasSubstr(twice + ":2: article.id: the article \"a\" is given twice"));
    EXPECT_EQ(score(good, (folder_ / "none").string()).failure().code, errc::io);
    EXPECT_THAT(score(good, good, {write("articles", "{\"id\":1}\n"), true, false}).failure().text(),
                HasSubstr("articles:1: "));
}

/// The reference's example against itself, and with one thing after another taken away.
TEST_F(Files, GoldAgainstItselfIsPerfect) {
    std::ifstream in(std::string(ISNAD_SOURCE_DIR) + "/docs/reference/record.example.json");
    const std::string content{std::istreambuf_iterator<char>(in), {}};
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    ASSERT_EQ(parser.parse(content).get(root), simdjson::SUCCESS);
    const auto path = write("gold", simdjson::minify(root["record"]) + "\n");
    const auto report = score(path, path, {"", true, false});
    ASSERT_TRUE(report.ok()) << report.failure().text();
    for (std::size_t i = 0; i < measures; ++i)
        EXPECT_EQ(report->total[i].f1().value_or(1), 1) << describe(static_cast<measure>(i)).label;
    EXPECT_EQ((*report)[measure::trigger].gold, 2U);
    EXPECT_EQ((*report)[measure::claim_parent], (counts{4, 4, 4}));
    EXPECT_TRUE(report->findings.empty());
    EXPECT_EQ(report->calibration_error(), std::optional<double>(0.0));
    simdjson::dom::parser again;
    EXPECT_EQ(again.parse(to_json(*report)).error(), simdjson::SUCCESS);
}

/// Whatever the two records are, right is never more than either side, and changing sides swaps precision and recall.
TEST(Score, IsSymmetric) {
    std::mt19937 random(5);
    for (int round = 0; round < 200; ++round) {
        const auto make = [&] {
            sheet s;
            for (int i = 0; i < 4; ++i) {
                const auto from = static_cast<std::uint32_t>(random() % 60);
                s.mention({from, from + 1 + static_cast<std::uint32_t>(random() % 9)}, s.entity("e"));
            }
            for (std::uint32_t i = 0; i < random() % 6; ++i) {
                const auto from = static_cast<std::uint32_t>(random() % 40);
                auto& v = s.add(random() % 2 ? event_type::aid : event_type::consult,
                                {from, from + 1 + static_cast<std::uint32_t>(random() % 6)},
                                {static_cast<index>(random() % 4)}, {static_cast<index>(random() % 4)});
                v.theme = span{from, from + 3};
            }
            for (std::uint32_t i = 0; i < random() % 4; ++i)
                s.say(span{i * 7, i * 7 + 3}, {0, 50}, {static_cast<index>(random() % 4)});
            return s.r;
        };
        const auto a = make(), b = make();
        const auto there = compare(a, b), back = compare(b, a);
        for (const auto which : {measure::trigger, measure::trigger_type, measure::claim_cue, measure::mentions}) {
            EXPECT_EQ(there[which].right, back[which].right);
            EXPECT_EQ(there[which].gold, back[which].predicted);
        }
        for (const auto& n : there.total) {
            EXPECT_LE(n.right, n.gold);
            EXPECT_LE(n.right, n.predicted);
        }
    }
}

} // namespace
} // namespace isnad
