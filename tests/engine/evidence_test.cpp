// What could have told of an event, and why it does not.
#include "isnad/engine.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace {

isnad::record read(const char* text, bool candidates) {
    isnad::settings wanted;
    wanted.candidates = candidates;
    const auto engine = isnad::engine::open(wanted);
    EXPECT_TRUE(engine);
    isnad::article what;
    what.id = "a";
    what.published = "2020-01-01";
    what.text = text;
    return engine->read(what)->what;
}

constexpr const char* text =
    "أعلنت السلطات أن قواتها قصفت مواقع المسلحين أمس، فيما قتل خمسة جنود في هجوم على حاجز قرب درعا.";

TEST(evidence, every_event_was_a_candidate_and_has_its_chance) {
    const auto told = read(text, true);
    ASSERT_FALSE(told.events.empty());
    for (const auto& event : told.events) {
        const auto same = std::find_if(told.candidates.begin(), told.candidates.end(),
                                       [&](const auto& one) { return one.at == event.trigger && one.fate.empty(); });
        ASSERT_NE(same, told.candidates.end());
        EXPECT_EQ(same->confidence, event.confidence);
        EXPECT_EQ(same->type, event.type);
        EXPECT_FALSE(same->evidence.empty());
    }
}

TEST(evidence, what_is_no_event_says_why) {
    const auto told = read(text, true);
    const auto reported =
        std::count_if(told.candidates.begin(), told.candidates.end(), [](const auto& one) { return one.fate.empty(); });
    EXPECT_EQ(static_cast<std::size_t>(reported), told.events.size());
    EXPECT_GT(told.candidates.size(), told.events.size());
}

TEST(evidence, is_kept_only_where_it_is_asked_for) {
    const auto with = read(text, true), without = read(text, false);
    EXPECT_TRUE(without.candidates.empty());
    EXPECT_EQ(with.events.size(), without.events.size());
}

} // namespace
