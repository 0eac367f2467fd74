// What noun phrases say of themselves.
#include "knowledge/base.hpp"
#include "make_sentence.hpp"

#include <gmock/gmock.h>

namespace isnad::knowledge {
namespace {

using test::all_words;
using test::make_sentence;

const base& known() {
    static const auto opened = base::map(ISNAD_BINARY_DIR "/share/isnad/knowledge.base");
    return *opened;
}

struct expectation {
    const char* phrase;
    entity_kind kind;
    const char* code;
};

class describe : public testing::TestWithParam<expectation> {};

TEST_P(describe, reads_the_phrase) {
    const auto sentence = make_sentence(GetParam().phrase);
    const auto said = known().describe(sentence, 0, all_words(sentence));
    EXPECT_EQ(said.kind, GetParam().kind) << GetParam().phrase;
    EXPECT_EQ(said.code, GetParam().code) << GetParam().phrase;
}

using k = entity_kind;
INSTANTIATE_TEST_SUITE_P(phrases, describe,
                         testing::Values(expectation{"وزير الدفاع الروسي", k::person, "RUSGOV"},
                                         expectation{"الرئيس التركي", k::person, "TURGOV"},
                                         expectation{"الدبلوماسي الليبي", k::person, "LBYGOV"},
                                         expectation{"رئيس مجلس النواب المصري", k::person, "EGYLEG"},
                                         expectation{"قائد الشرطة العراقية", k::person, "IRQCOP"},
                                         expectation{"مصدر عسكري عراقي", k::person, "IRQMIL"},
                                         expectation{"الجيش الليبي", k::government, "LBYMIL"},
                                         expectation{"القوات البولندية", k::government, "POLMIL"},
                                         expectation{"وزارة الصحة اليمنية", k::government, "YEMGOV"},
                                         expectation{"الحكومة البريطانية", k::government, "GBRGOV"},
                                         expectation{"محكمة مصرية", k::government, "EGYJUD"},
                                         expectation{"شركة نفط روسية", k::company, "RUSBUS"},
                                         expectation{"صحيفة بلجيكية", k::media, "BELMED"}));
INSTANTIATE_TEST_SUITE_P(members, describe,
                         testing::Values(expectation{"قيادي في حركة حماس", k::person, "PSEREB"},
                                         expectation{"متحدث باسم حزب الله", k::person, "LBNREB"},
                                         expectation{"مقاتلو حزب الله", k::group, "LBNREB"},
                                         expectation{"المبعوث الأممي إلى ليبيا", k::person, "IGOUNO"},
                                         expectation{"مبعوث الأمم المتحدة إلى ليبيا", k::person, "IGOUNO"},
                                         expectation{"المندوب الأميركي لدى الأمم المتحدة", k::person, "USAGOV"},
                                         expectation{"مندوب روسيا لدى الأمم المتحدة", k::person, "RUSGOV"},
                                         expectation{"السفير الأميركي في ليبيا", k::person, "USAGOV"},
                                         expectation{"سفير في ليبيا", k::person, "GOV"}));
INSTANTIATE_TEST_SUITE_P(
    groups, describe,
    testing::Values(expectation{"مسلحون مجهولون", k::group, "UAF"}, expectation{"جنود أتراك", k::group, "TURMIL"},
                    expectation{"متظاهرون سودانيون", k::group, "SDNCVL"},
                    expectation{"جماعة مسلحة", k::armed_group, "UAF"}, expectation{"الروس", k::group, "RUS"},
                    expectation{"مسؤولون روس", k::group, "RUSGOV"},
                    expectation{"الأمم المتحدة", k::international, "IGOUNO"}, expectation{"روسيا", k::place, "RUS"}));

TEST(describe_nothing, abstains) {
    for (const auto* phrase : {"طاولة خشبية", "صباح اليوم"}) {
        const auto sentence = make_sentence(phrase);
        const auto said = known().describe(sentence, 0, all_words(sentence));
        EXPECT_EQ(said.kind, entity_kind::other) << phrase;
        EXPECT_EQ(said.code, "") << phrase;
    }
    const nlp::sentence empty;
    EXPECT_EQ(known().describe(empty, 0, {}).kind, entity_kind::other);
    EXPECT_EQ(known().describe(empty, 3, {3}).kind, entity_kind::other);
}

TEST(describe_number, makes_a_group_of_several_persons) {
    auto sentence = make_sentence("وزير الخارجية المصري");
    sentence.words[0].feats = "Number=Dual";
    EXPECT_EQ(known().describe(sentence, 0, all_words(sentence)).kind, entity_kind::group);
}

TEST(describe_heads, prefers_the_nisba_of_the_head) {
    // "لقاء الوفد التركي": in "ممثل الجالية التركية السوري" the nisba that hangs on the head wins.
    auto sentence = make_sentence("ممثل الجالية التركية السوري");
    sentence.words[2].head = 1;
    sentence.words[3].head = 0;
    EXPECT_EQ(known().describe(sentence, 0, all_words(sentence)).country, "SYR");
}

} // namespace
} // namespace isnad::knowledge
