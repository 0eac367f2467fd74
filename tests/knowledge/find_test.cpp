// Names, nisbas and head nouns found in sentences built by hand.
#include "knowledge/base.hpp"
#include "make_sentence.hpp"

#include <gmock/gmock.h>

namespace isnad::knowledge {
namespace {

using test::make_sentence;

const base& known() {
    static const auto opened = base::map(ISNAD_BINARY_DIR "/share/isnad/knowledge.base");
    return *opened;
}

/// The ids found, in order; "?" after those that are ambiguous.
std::vector<std::string> ids(const std::string& words) {
    std::vector<std::string> out;
    for (const auto& found : known().find(make_sentence(words)))
        out.push_back(found.what->id.str() + (found.ambiguous ? "?" : ""));
    return out;
}

using testing::ElementsAre;
using testing::IsEmpty;

TEST(find, takes_the_longest_name) {
    EXPECT_THAT(ids("قال وزير الخارجية الأميركي جون كيري"), ElementsAre("person/john-kerry"));
    EXPECT_THAT(ids("أعلن الجيش الوطني الليبي ذلك"), ElementsAre("org/libyan-national-army"));
    EXPECT_THAT(ids("زار حفتر روسيا"), ElementsAre("person/khalifa-haftar", "country/RUS"));
}

TEST(find, gives_the_words_of_the_name) {
    const auto sentence = make_sentence("التقى خليفة حفتر في موسكو");
    const auto found = known().find(sentence);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].first, 1U);
    EXPECT_EQ(found[0].count, 2U);
    EXPECT_EQ(found[1].first, 4U);
    EXPECT_EQ(found[1].what->stands_for.view(), "country/RUS");
}

TEST(find, is_blind_to_spelling_habits) {
    for (const auto* name : {"أنقرة", "انقره", "أَنْقَرَة", "أنقـرة"})
        EXPECT_THAT(ids(name), ElementsAre("place/ankara")) << name;
    for (const auto* name : {"عبد الفتاح السيسي", "عبدالفتاح السيسى"})
        EXPECT_THAT(ids(name), ElementsAre("person/abdel-fattah-el-sisi")) << name;
    for (const auto* name : {"سوريا", "سورية", "الجمهورية العربية السورية"})
        EXPECT_THAT(ids(name), ElementsAre("country/SYR")) << name;
    for (const auto* name : {"أمريكا", "أميركا", "الولايات المتحدة", "الولايات المتحدة الأمريكية"})
        EXPECT_THAT(ids(name), ElementsAre("country/USA")) << name;
}

TEST(find, passes_over_quotes_inside_a_name) {
    const auto found = known().find(make_sentence("نقلت وكالة « سبوتنيك » الروسية"));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].what->id.view(), "media/sputnik");
    EXPECT_EQ(found[0].first, 1U);
    EXPECT_EQ(found[0].count, 4U); // the closing mark belongs to it
    const auto alone = known().find(make_sentence("ذكرت « سبوتنيك » أمس"));
    ASSERT_EQ(alone.size(), 1U);
    EXPECT_EQ(alone[0].first, 2U);
    EXPECT_EQ(alone[0].count, 1U);
    EXPECT_THAT(ids("قيادي في حركة \" حماس \""), ElementsAre("org/hamas"));
    EXPECT_THAT(ids("كيم جونغ - أون"), ElementsAre("person/kim-jong-un"));
    EXPECT_THAT(ids("قالت أ . ف . ب إن"), ElementsAre("media/afp"));
    EXPECT_THAT(ids("قالت أ.ف.ب إن"), ElementsAre("media/afp"));
}

TEST(find, lets_a_comma_end_a_name) {
    EXPECT_THAT(ids("الأمم ، المتحدة"), IsEmpty());
    EXPECT_THAT(ids("روسيا ، تركيا"), ElementsAre("country/RUS", "country/TUR"));
}

TEST(find, prefers_the_state_to_its_capital) {
    for (const auto& [name, id] :
         {std::pair{"تونس", "country/TUN"}, {"الجزائر", "country/DZA"}, {"الكويت", "country/KWT"}})
        EXPECT_THAT(ids(name), ElementsAre(id));
    EXPECT_THAT(ids("تونس العاصمة"), ElementsAre("place/tunis"));
}

TEST(find, flags_what_is_also_a_common_word) {
    EXPECT_THAT(ids("النهار"), ElementsAre("media/an-nahar?"));
    EXPECT_THAT(ids("صحيفة النهار"), ElementsAre("media/an-nahar"));
    EXPECT_THAT(ids("تيار المستقبل"), ElementsAre("org/future-movement"));
    EXPECT_THAT(ids("المستقبل"), ElementsAre("org/future-movement?"));
    EXPECT_THAT(ids("حكومة الوفاق"), ElementsAre("org/government-of-national-accord"));
    EXPECT_THAT(ids("المرج"), ElementsAre("place/al-marj?"));
    EXPECT_THAT(ids("مدينة المرج"), ElementsAre("place/al-marj")); // the noun before says so
}

TEST(find, tells_all_readings_of_a_shared_name) {
    const auto found = known().find(make_sentence("طرابلس"));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_TRUE(found[0].ambiguous);
    ASSERT_GE(found[0].readings.size(), 2U); // and a village or two of the gazetteer
    EXPECT_EQ(found[0].readings[0]->country.view(), "LBY");
    EXPECT_EQ(found[0].readings[1]->country.view(), "LBN");
    EXPECT_EQ(found[0].readings[0], found[0].what);
}

TEST(find, doubts_a_surname_inside_a_longer_name) {
    auto sentence = make_sentence("قال منذر الأسد أمس");
    EXPECT_FALSE(known().find(sentence).at(0).ambiguous);
    sentence.words[1].name = "B-PER";
    sentence.words[2].name = "I-PER";
    EXPECT_TRUE(known().find(sentence).at(0).ambiguous);
}

TEST(find, knows_what_is_no_name) {
    EXPECT_THAT(ids("مسقط رأس الكاتب"), IsEmpty());
    EXPECT_THAT(ids("سلطان في مسقط"), ElementsAre("place/muscat"));
    EXPECT_THAT(ids(""), IsEmpty());
}

TEST(find, gives_matches_in_order_without_overlap) {
    const auto sentence =
        make_sentence("بحث وزير خارجية روسيا سيرغي لافروف مع نظيره التركي في أنقرة ملف سوريا والأمم المتحدة");
    std::uint32_t end = 0;
    for (const auto& found : known().find(sentence)) {
        EXPECT_GE(found.first, end);
        EXPECT_GE(found.count, 1U);
        end = found.first + found.count;
        EXPECT_LE(end, sentence.words.size());
        EXPECT_EQ(found.what, found.readings.front());
    }
}

TEST(nisba, comes_in_all_genders_and_numbers) {
    for (const auto* word :
         {"روسي", "الروسي", "روسية", "الروسية", "روسيون", "الروسيين", "روسيتان", "روسيات", "روس", "الروس", "روسيان"})
        EXPECT_EQ(known().nisba(word), known().by_id("country/RUS")) << word;
    for (const auto& [word, id] : {std::pair{"أتراك", "country/TUR"},
                                   {"الأتراك", "country/TUR"},
                                   {"ألمان", "country/DEU"},
                                   {"الألماني", "country/DEU"},
                                   {"ألمانية", "country/DEU"},
                                   {"مغاربة", "country/MAR"},
                                   {"أميركي", "country/USA"},
                                   {"أمريكية", "country/USA"},
                                   {"الأفغان", "country/AFG"},
                                   {"هنود", "country/IND"},
                                   {"صهيوني", "country/ISR"},
                                   {"سورية", "country/SYR"},
                                   {"ليبيان", "country/LBY"},
                                   {"إماراتيون", "country/ARE"},
                                   {"الأردنيين", "country/JOR"},
                                   {"صرب", "country/SRB"}})
        EXPECT_EQ(known().nisba(word), known().by_id(id)) << word;
}

TEST(nisba, knows_peoples_without_a_state) {
    const auto* kurds = known().nisba("الأكراد");
    ASSERT_NE(kurds, nullptr);
    EXPECT_EQ(kurds->kind, entity_kind::group);
    EXPECT_EQ(kurds->country.view(), "");
    EXPECT_EQ(known().nisba("كردية"), kurds);
    EXPECT_EQ(known().nisba("الأممي"), known().by_id("org/united-nations"));
}

TEST(nisba, refuses_states_and_common_adjectives) {
    EXPECT_EQ(known().nisba("روسيا"), nullptr); // the country, not an accusative
    EXPECT_EQ(known().nisba("مالية"), nullptr); // finance
    EXPECT_EQ(known().nisba("جديد"), nullptr);
    EXPECT_EQ(known().nisba(""), nullptr);
}

TEST(head, speaks_for_lemmas_and_their_plurals) {
    const auto* minister = known().head(text::fold("وزير"));
    ASSERT_NE(minister, nullptr);
    EXPECT_EQ(minister->kind, entity_kind::person);
    EXPECT_EQ(minister->title, 1);
    EXPECT_EQ(minister->plural, 0);
    EXPECT_THAT(packed::strings(minister->sectors), ElementsAre("GOV"));
    const auto* ministers = known().head(text::fold("وزراء"));
    ASSERT_NE(ministers, nullptr);
    EXPECT_EQ(ministers->plural, 1);
    EXPECT_EQ(known().head(text::fold("طاولة")), nullptr);
}

TEST(code_of, joins_country_and_sectors) {
    EXPECT_EQ(code_of("LBY", {"MIL"}), "LBYMIL");
    EXPECT_EQ(code_of("", {"MED"}), "MED");
    EXPECT_EQ(code_of("DZA", {}), "DZA");
    EXPECT_EQ(code_of("", {}), "");
}

} // namespace
} // namespace isnad::knowledge
