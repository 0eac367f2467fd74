#include "isnad/engine.hpp"

#include "record/json.hpp"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace isnad;

const engine& shared() {
    static const engine opened = [] {
        settings wanted;
        wanted.home = ISNAD_BINARY_DIR "/share/isnad";
        auto made = engine::open(wanted);
        if (!made)
            throw std::runtime_error(made.failure().text());
        return std::move(made).value();
    }();
    return opened;
}

article sample() {
    std::ifstream file(ISNAD_SOURCE_DIR "/examples/sample.txt", std::ios::binary);
    std::stringstream content;
    content << file.rdbuf();
    article one;
    one.id = "sample";
    one.published = "2019-11-17";
    one.outlet = "بوابة المدار";
    one.text = content.str();
    return one;
}

TEST(engine, reads_events_with_their_sources_from_the_sample) {
    const auto read = shared().read(sample());
    ASSERT_TRUE(read) << read.failure().text();
    const record& what = read->what;
    EXPECT_EQ(what.about.id, "sample");
    EXPECT_TRUE(what.about.text.empty());
    EXPECT_EQ(what.engine_model, shared().model());
    EXPECT_EQ(read->text, sample().text);
    EXPECT_GE(what.events.size(), 5u);
    std::set<event_status> statuses;
    bool sourced = false;
    for (const event& one : what.events) {
        statuses.insert(one.status);
        sourced = sourced || !one.chain.empty();
    }
    EXPECT_TRUE(sourced);
    EXPECT_GE(statuses.size(), 3u) << "the sample has planned, demanded, occurred and refused events";
}

TEST(engine, points_at_the_text_with_everything_it_says) {
    const auto read = shared().read(sample());
    ASSERT_TRUE(read);
    const auto inside = [&](span at) { return !at.empty() && at.end <= read->text.size(); };
    for (const auto& one : read->what.mentions) {
        EXPECT_TRUE(inside(one.at));
        EXPECT_LT(one.entity, read->what.entities.size());
    }
    for (const auto& one : read->what.events) {
        EXPECT_TRUE(inside(one.trigger));
        EXPECT_GE(one.confidence, 0);
        EXPECT_LE(one.confidence, 1);
        for (const isnad::index id : one.chain)
            EXPECT_LT(id, read->what.claims.size());
        for (const isnad::index id : one.actors)
            EXPECT_LT(id, read->what.mentions.size());
        for (const isnad::index id : one.recipients)
            EXPECT_LT(id, read->what.mentions.size());
    }
    for (const auto& one : read->what.claims)
        EXPECT_TRUE(inside(one.content));
    for (const auto& one : read->what.times)
        EXPECT_TRUE(inside(one.at));
}

TEST(engine, gives_trees_with_one_root_over_the_words_of_the_text) {
    const auto read = shared().read(sample());
    ASSERT_TRUE(read);
    for (const auto& sentence : read->sentences) {
        std::size_t roots = 0;
        std::uint32_t end = sentence.at.begin;
        for (const auto& word : sentence.words) {
            roots += word.head < 0;
            EXPECT_LT(word.head, static_cast<std::int32_t>(sentence.words.size()));
            EXPECT_GE(word.at.begin, end);
            EXPECT_LE(word.at.end, sentence.at.end);
            end = word.at.end;
        }
        EXPECT_EQ(roots, 1u);
    }
}

TEST(engine, gives_the_same_record_on_every_thread) {
    const auto once = shared().read(sample());
    ASSERT_TRUE(once);
    const std::string expected = to_json(once->what, once->text);
    std::vector<std::string> given(4);
    {
        std::vector<std::jthread> threads;
        for (auto& out : given)
            threads.emplace_back([&out] {
                const engine mine = shared();
                for (int i = 0; i < 3; ++i)
                    if (const auto read = mine.read(sample()); read)
                        out = to_json(read->what, read->text);
            });
    }
    EXPECT_THAT(given, testing::Each(expected));
}

TEST(engine, writes_a_record_that_reads_back_the_same) {
    const auto read = shared().read(sample());
    ASSERT_TRUE(read);
    const std::string line = to_json(read->what, read->text);
    const auto back = from_json(line, read->text);
    ASSERT_TRUE(back) << back.failure().text();
    EXPECT_EQ(to_json(*back, read->text), line);
}

TEST(engine, names_the_limit_that_a_long_text_runs_into) {
    settings wanted;
    wanted.home = ISNAD_BINARY_DIR "/share/isnad";
    wanted.max_article_bytes = 100;
    const auto small = engine::open(wanted);
    ASSERT_TRUE(small);
    const auto read = small->read(sample());
    ASSERT_FALSE(read);
    EXPECT_EQ(read.failure().code, errc::limit);
    EXPECT_THAT(read.failure().what, testing::HasSubstr("max_article_bytes"));
}

TEST(engine, refuses_what_is_no_arabic_text) {
    article english;
    english.text = "The minister arrived.";
    EXPECT_EQ(shared().read(english).failure().code, errc::language);
    article broken;
    broken.text = "وصل \xD9 الوزير";
    EXPECT_EQ(shared().read(broken).failure().code, errc::encoding);
    EXPECT_EQ(shared().read({}).failure().code, errc::data);
}

TEST(engine, says_what_is_missing_when_it_cannot_open) {
    settings nowhere;
    nowhere.home = "/nonexistent";
    const auto opened = engine::open(nowhere);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.failure().code, errc::io);
    EXPECT_FALSE(opened.failure().remedy.empty());
}

document hand_made() {
    document one;
    one.text = "وقال نعم";
    one.what.about.id = "x y";
    nlp::sentence sentence;
    sentence.at = {0, static_cast<std::uint32_t>(one.text.size())};
    sentence.starts_paragraph = true;
    const auto word = [](span at, const char* form, nlp::upos tag, int head, const char* relation) {
        nlp::word made;
        made.at = at;
        made.form = form;
        made.tag = tag;
        made.head = head;
        made.deprel = relation;
        return made;
    };
    sentence.words = {word({0, 2}, "و", nlp::upos::cconj, 1, "cc"), word({2, 8}, "قال", nlp::upos::verb, -1, "root"),
                      word({9, 15}, "نعم", nlp::upos::intj, 1, "obj")};
    sentence.words[2].name = "B-PER";
    sentence.tokens = {{{0, 8}, 0, 2}, {{9, 15}, 2, 1}};
    one.sentences = {sentence};
    return one;
}

TEST(conllu, has_ranges_for_clitics_and_spans_in_code_points) {
    EXPECT_EQ(to_conllu(hand_made()), "# newdoc id = x_y\n"
                                      "# newpar\n"
                                      "# sent_id = x_y-1\n"
                                      "# text = وقال نعم\n"
                                      "1-2\tوقال\t_\t_\t_\t_\t_\t_\t_\tTokenRange=0:4\n"
                                      "1\tو\t_\tCCONJ\t_\t_\t2\tcc\t_\t_\n"
                                      "2\tقال\t_\tVERB\t_\t_\t0\troot\t_\t_\n"
                                      "3\tنعم\t_\tINTJ\t_\t_\t2\tobj\t_\tNE=B-PER|TokenRange=5:8\n"
                                      "\n");
}

} // namespace
