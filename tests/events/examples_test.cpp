#include "copied_tables.hpp"
#include "events/describe.hpp"
#include "events/examples.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace isnad::events {
namespace {

example of_frame(const std::string& id, bool counter = false) {
    example out;
    out.row = id;
    out.counter = counter;
    out.reads = "CONSULT/visit";
    return out;
}

record telling(const std::vector<std::string>& frames, const std::string& mode) {
    record out;
    event told;
    told.type = event_type::consult;
    told.mode = mode;
    told.frames = frames;
    out.events.push_back(told);
    return out;
}

TEST(examples, a_frame_is_shown_by_its_event_alone) {
    EXPECT_EQ(judge(of_frame("visit"), telling({"visit"}, "visit"), {}), verdict::passed);
    EXPECT_EQ(judge(of_frame("visit"), telling({"meet", "visit"}, ""), {}), verdict::passed) << "merged";
    EXPECT_EQ(judge(of_frame("visit"), telling({"tour"}, "visit"), {}), verdict::alike);
    EXPECT_EQ(judge(of_frame("visit"), telling({"tour"}, ""), {}), verdict::failed);
    EXPECT_EQ(judge(of_frame("visit"), {}, {}), verdict::failed);
}

TEST(examples, a_counter_example_must_not_show_its_row) {
    EXPECT_EQ(judge(of_frame("visit", true), telling({"visit"}, "visit"), {}), verdict::failed);
    EXPECT_EQ(judge(of_frame("visit", true), telling({"tour"}, "visit"), {}), verdict::passed);
    EXPECT_EQ(judge(of_frame("visit", true), {}, {}), verdict::passed);
}

TEST(examples, a_cue_is_shown_by_a_claim_with_its_stance) {
    example of;
    of.kind = example_kind::cue;
    of.keys = {"نفي"};
    of.reads = "deny";
    record read;
    read.claims.resize(1);
    read.claims[0].cue_lemma = "نفى";
    read.claims[0].stance = stance::deny;
    EXPECT_EQ(judge(of, read, {}), verdict::passed);
    read.claims[0].stance = stance::state;
    EXPECT_EQ(judge(of, read, {}), verdict::failed);
    read.claims[0] = {};
    read.claims[0].cue_lemma = "كذب";
    read.claims[0].stance = stance::deny;
    EXPECT_EQ(judge(of, read, {}), verdict::alike);
}

TEST(examples, a_word_of_scope_is_shown_by_the_status) {
    example of;
    of.kind = example_kind::scope;
    of.reads = "negated";
    auto read = telling({"visit"}, "visit");
    EXPECT_EQ(judge(of, read, {}), verdict::failed);
    read.events[0].status = event_status::negated;
    EXPECT_EQ(judge(of, read, {}), verdict::passed);
    EXPECT_EQ(judge(of, {}, {}), verdict::untold);
}

TEST(examples, cells_hold_several_and_marks) {
    const copied_tables tables;
    tables.append(
        "frames.tsv",
        "many\tكتبر\t-\tCONSULT\tvisit\t042\tactor\t-\t-\t-\t-\t-\t-\tكتبر الرجل | كتبر الولد؟ | ! كتبر القلم");
    const auto all = examples_of(tables.root.string());
    ASSERT_TRUE(all.ok());
    std::vector<example> mine;
    std::copy_if(all->begin(), all->end(), std::back_inserter(mine), [](const auto& one) { return one.row == "many"; });
    ASSERT_EQ(mine.size(), 3U);
    EXPECT_EQ(mine[0].sentence, "كتبر الرجل.");
    EXPECT_EQ(mine[1].sentence, "كتبر الولد؟");
    EXPECT_EQ(mine[2].sentence, "كتبر القلم.");
    EXPECT_FALSE(mine[0].counter);
    EXPECT_TRUE(mine[2].counter);
    EXPECT_EQ(mine[0].reads, "CONSULT/visit");
}

TEST(describe, conditions_in_words) {
    EXPECT_EQ(in_words("obj=رسالة|خطاب"), "the object is one of: رسالة, خطاب");
    EXPECT_EQ(in_words("!amod=انتخابي"), "an adjective of it is not انتخابي");
    EXPECT_EQ(in_words("!any=مباراة|كأس"), "the sentence has none of: مباراة, كأس");
    EXPECT_EQ(in_words("prep:على"), "there is a phrase with على");
    EXPECT_EQ(in_words("!prep:على"), "there is no phrase with على");
    EXPECT_EQ(in_words("على=@armed"), "the phrase with على is the class armed");
}

TEST(describe, a_word_has_its_rows_in_all_tables) {
    const copied_tables tables;
    tables.append("frames.tsv", "mine\tكتبر\tكتبرة\tCONSULT\tvisit\t042\tactor\trecipient\tإلى=place\tactor\t-\tobj="
                                "كتاب\tsym\tكتبر الرجل كتابا");
    tables.append("cues.tsv", "كتبر\t-\t-\tdeny\tأن\tsubj\t-\tdenied\tstrong\tكتبر الرجل أن السماء صافية");
    const auto rows = rows_of(tables.root.string(), {"كتبر"});
    ASSERT_TRUE(rows.ok());
    ASSERT_EQ(rows->size(), 2U);
    EXPECT_EQ((*rows)[0].id, "mine");
    EXPECT_EQ((*rows)[0].as, "verb");
    EXPECT_EQ((*rows)[0].what, "CONSULT, mode visit, CAMEO 042, flags sym");
    EXPECT_EQ((*rows)[0].slots, "subject actor, object recipient, genitive actor, إلى place");
    EXPECT_EQ((*rows)[0].conditions, std::vector<std::string>{"obj=كتاب"});
    EXPECT_EQ((*rows)[1].table, "cues");
    EXPECT_EQ((*rows)[1].what, "stance deny, what is said is denied, flags strong");
}

TEST(describe, counts_senses_and_lemmas_that_no_example_shows) {
    const copied_tables tables;
    const auto none = [](const std::string&) { return std::vector<std::string>{}; };
    const auto before = measure(tables.root.string(), none);
    tables.append("frames.tsv", "mine\tكتبر|كتبز\tكتبرة\tCONSULT\tvisit\t042\tactor\t-\t-\t-\t-\t-\t-\tكتبر الرجل");
    const auto after = measure(tables.root.string(), [](const std::string& text) {
        return text.starts_with("كتبر ") ? std::vector<std::string>{"كتبر"} : std::vector<std::string>{};
    });
    ASSERT_TRUE(before.ok());
    ASSERT_TRUE(after.ok());
    EXPECT_EQ(after->frames.rows, before->frames.rows + 1);
    EXPECT_EQ(after->frames.senses, before->frames.senses + 3);
    EXPECT_EQ(after->modes.at("CONSULT/visit").senses, before->modes.at("CONSULT/visit").senses + 3);
    EXPECT_EQ(after->lemmas, before->lemmas + 3);
    EXPECT_EQ(after->bare.size(), before->bare.size() + 2);
    EXPECT_EQ(before->bare.size(), before->frames.senses);
    EXPECT_TRUE(after->modes.contains("ASSAULT/targeted")) << "modes come from the ontology";
}

} // namespace
} // namespace isnad::events
