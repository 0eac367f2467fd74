// Names settled on one reading by what the article says.
#include "knowledge/base.hpp"
#include "make_sentence.hpp"

#include <gmock/gmock.h>

namespace isnad::knowledge {
namespace {

using test::make_sentence;
using testing::Contains;
using testing::Not;

const base& known() {
    static const auto opened = base::map(ISNAD_BINARY_DIR "/share/isnad/knowledge.base");
    return *opened;
}

/// Words with a label behind a slash: "الأسد/I-PER".
nlp::sentence labelled(const std::string& words) {
    auto out = make_sentence(words);
    for (auto& word : out.words)
        if (const auto slash = word.form.find('/'); slash != std::string::npos) {
            word.name = word.form.substr(slash + 1);
            word.form.resize(slash);
            word.lemma = word.form;
            word.key = text::fold(word.form);
        }
    return out;
}

std::vector<std::string> linked(const std::vector<std::string>& sentences, const char* date = "2016-10-04") {
    std::vector<nlp::sentence> all;
    for (const auto& one : sentences)
        all.push_back(labelled(one));
    std::vector<std::string> out;
    for (const auto& names : known().link({}, all, day_of(date)))
        for (const auto& name : names) {
            EXPECT_FALSE(name.ambiguous);
            EXPECT_EQ(name.what, name.readings.front());
            out.push_back(name.what->id.str());
        }
    return out;
}

TEST(link, lets_the_state_spoken_of_tell_towns_apart) {
    EXPECT_THAT(linked({"اشتبك الجيش اللبناني مع مسلحين في طرابلس/B-LOC شمال لبنان"}),
                Contains("place/tripoli-lebanon"));
    EXPECT_THAT(linked({"قصفت قوات حفتر مطار معيتيقة في طرابلس/B-LOC وقالت ليبيا"}), Contains("place/tripoli"));
}

TEST(link, leaves_common_words_alone) {
    EXPECT_THAT(linked({"سار الرجل طوال النهار"}), Not(Contains("media/an-nahar")));
    EXPECT_THAT(linked({"المستقبل غامض"}), Not(Contains("org/future-movement")));
}

TEST(link, does_not_take_a_namesake_for_the_known_one) {
    EXPECT_THAT(linked({"قال منذر/B-PER الأسد/I-PER إن الحرب طويلة"}), Not(Contains("person/bashar-al-assad")));
    EXPECT_THAT(linked({"قال منذر/B-PER الأسد/I-PER ذلك", "ورأى الأسد/B-PER أن الحل بعيد"}),
                Not(Contains("person/bashar-al-assad")));
    EXPECT_THAT(linked({"النائب التونسي جون/B-PER كيري/I-PER"}), Not(Contains("person/john-kerry")));
}

TEST(link, takes_a_short_form_after_the_full_name) {
    EXPECT_THAT(
        linked({"وصل الأخضر/B-PER الإبراهيمي/I-PER إلى دمشق", "وقال الإبراهيمي/B-PER إن الهدنة قريبة"}, "2012-10-26"),
        testing::ElementsAre("person/lakhdar-brahimi", "place/damascus", "person/lakhdar-brahimi"));
}

TEST(link, takes_the_counterpart_for_the_holder_of_the_same_office) {
    EXPECT_THAT(linked({"التقى وزير الخارجية الروسي نظيره المصري"}), Contains("person/sameh-shoukry"));
    EXPECT_THAT(linked({"اتفق الرجل مع نظيره المصري"}), Not(Contains("person/sameh-shoukry")));
}

TEST(link, tells_namesakes_by_the_office_that_explains_them) {
    EXPECT_THAT(linked({"قال كوهين/B-PER ، رئيس الموساد ، ذلك"}, "2018-05-01"), Contains("person/yossi-cohen"));
    EXPECT_THAT(linked({"قال كوهين/B-PER ، سائق حافلة ، ذلك"}, "2018-05-01"), Not(Contains("person/yossi-cohen")));
}

TEST(link, takes_a_body_alone_for_that_of_the_one_state_spoken_of) {
    EXPECT_THAT(linked({"دخل الجيش بيروت/B-LOC في لبنان"}), Contains("org/lebanese-army"));
    EXPECT_THAT(linked({"دخل الجيش المدينة"}), Not(Contains("org/lebanese-army")));
}

TEST(link, is_the_same_whatever_was_linked_before) {
    const std::vector<std::string> one{"اشتبك الجيش اللبناني مع مسلحين في طرابلس/B-LOC"};
    const auto before = linked(one);
    linked({"قصفت قوات حفتر طرابلس/B-LOC في ليبيا"});
    EXPECT_EQ(linked(one), before);
}

} // namespace
} // namespace isnad::knowledge
