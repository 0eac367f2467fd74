#include "events/verb_forms.hpp"

#include "text/fold.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

namespace isnad::events {
namespace {

struct form_of {
    const char *form, *lemma;
};

class verb_forms : public testing::TestWithParam<form_of> {};

TEST_P(verb_forms, lead_to_the_lemma) {
    const auto found = possible_lemmas(text::fold(GetParam().form));
    const auto wanted = text::fold(GetParam().lemma);
    EXPECT_TRUE(std::any_of(found.begin(), found.end(), [&](const auto& one) { return one.key == wanted; }))
        << GetParam().form << " has no " << GetParam().lemma;
}

INSTANTIATE_TEST_SUITE_P(perfect, verb_forms,
                         testing::Values(form_of{"تظاهر", "تظاهر"}, form_of{"نفت", "نفى"}, form_of{"قضوا", "قضى"},
                                         form_of{"التقيا", "التقى"}, form_of{"أجلت", "أجلى"}, form_of{"أطلقنا", "أطلق"},
                                         form_of{"تبادلتا", "تبادل"}));
INSTANTIATE_TEST_SUITE_P(imperfect, verb_forms,
                         testing::Values(form_of{"تنسحب", "انسحب"}, form_of{"نؤكد", "أكد"}, form_of{"أستقيل", "استقال"},
                                         form_of{"ندعو", "دعا"}, form_of{"ننفي", "نفى"}, form_of{"يعلنون", "أعلن"},
                                         form_of{"سيجمدون", "جمد"}, form_of{"نقول", "قال"}, form_of{"تنهون", "نهى"}));

TEST(verb_forms, the_first_person_shows_in_prefix_and_ending) {
    const auto person_of = [](const char* form, const char* lemma) {
        for (const auto& one : possible_lemmas(text::fold(form)))
            if (one.key == text::fold(lemma))
                return one.first_person;
        return false;
    };
    EXPECT_TRUE(person_of("نرفض", "رفض"));
    EXPECT_TRUE(person_of("طلبنا", "طلب"));
    EXPECT_FALSE(person_of("يرفض", "رفض"));
}

TEST(verb_forms, are_few_and_none_twice) {
    std::mt19937 random(5);
    for (int round = 0; round < 2000; ++round) {
        std::string form;
        for (auto letters = random() % 9; letters > 0; --letters)
            form += std::string("ابتسنويقل").substr((random() % 9) * 2, 2);
        auto found = possible_lemmas(form);
        ASSERT_LE(found.size(), 60U) << form;
        std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
        ASSERT_EQ(
            std::adjacent_find(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.key == b.key; }),
            found.end())
            << form;
    }
}

} // namespace
} // namespace isnad::events
