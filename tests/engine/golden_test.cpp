// What the whole pipeline must read in sentences written for this test. Expectations were written from the text.
#include "isnad/engine.hpp"
#include "record/names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace isnad {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const engine& shared_engine() {
    static const auto opened = [] {
        settings where;
        where.home = ISNAD_BINARY_DIR "/share/isnad";
        return engine::open(where);
    }();
    return opened.value();
}

/// One article, with questions in the words of its text.
struct told {
    document read;

    explicit told(std::string text, std::string published = "2018-11-20", std::string outlet = "صحيفة الميدان")
        : read(read_one(std::move(text), std::move(published), std::move(outlet))) {}

    static document read_one(std::string text, std::string published, std::string outlet) {
        article one;
        one.id = "t";
        one.outlet = std::move(outlet);
        one.published = std::move(published);
        one.text = std::move(text);
        return shared_engine().read(std::move(one)).value();
    }

    [[nodiscard]] std::string words(span at) const { return std::string(at.of(read.text)); }

    [[nodiscard]] const event* find(const std::string& trigger) const {
        const auto& all = read.what.events;
        const auto found = std::find_if(all.begin(), all.end(),
                                        [&](const event& one) { return words(one.trigger).starts_with(trigger); });
        return found == all.end() ? nullptr : &*found;
    }
    [[nodiscard]] std::vector<std::string> names(const std::vector<index>& mentions) const {
        std::vector<std::string> out;
        for (const auto m : mentions)
            out.push_back(read.what.entities[read.what.mentions[m].entity].name);
        return out;
    }
    /// Sources from the innermost outwards, "?" for a hidden one.
    [[nodiscard]] std::vector<std::string> chain(const event& of) const {
        std::vector<std::string> out;
        for (const auto c : of.chain) {
            const auto sources = names(read.what.claims[c].sources);
            out.push_back(sources.empty() ? "?" : sources.front());
        }
        return out;
    }
};

#define EXPECT_EVENT(found, text, trigger, kind, how)                                                                  \
    const auto* found = (text).find(trigger);                                                                          \
    ASSERT_NE(found, nullptr) << "no event at " << (trigger);                                                          \
    EXPECT_EQ(isnad::name(found->type), std::string_view(kind));                                                       \
    EXPECT_EQ(isnad::name(found->status), std::string_view(how))

TEST(golden, a_planned_meeting_according_to_an_agency) {
    const told text(
        "أفادت وكالة «رويترز» أن الرئيس التركي رجب طيب أردوغان سيلتقي المستشارة الألمانية أنغيلا ميركل في برلين.");
    EXPECT_EVENT(meeting, text, "يلتقي", "CONSULT", "planned");
    EXPECT_THAT(text.names(meeting->actors), ElementsAre(HasSubstr("أردوغان")));
    EXPECT_THAT(text.names(meeting->recipients), ElementsAre(HasSubstr("ميركل")));
    EXPECT_THAT(text.chain(*meeting), ElementsAre(HasSubstr("رويترز")));
    EXPECT_EQ(text.read.what.claims[meeting->chain[0]].kind, source_kind::media);
    ASSERT_TRUE(meeting->place.has_value());
    EXPECT_EQ(text.words(text.read.what.places[*meeting->place].at), "برلين");
}

TEST(golden, a_demand_is_a_claim_and_an_event_and_what_is_asked_is_demanded) {
    const told text("طالبت الحكومة اليمنية مجلس الأمن الدولي بفرض عقوبات على جماعة الحوثي.");
    EXPECT_EVENT(request, text, "طالبت", "REQUEST", "occurred");
    EXPECT_THAT(text.names(request->recipients), Contains(HasSubstr("مجلس الأمن")));
    EXPECT_THAT(request->chain, IsEmpty());
    EXPECT_EVENT(sanction, text, "عقوبات", "SANCTION", "demanded");
    EXPECT_THAT(text.chain(*sanction), ElementsAre(HasSubstr("اليمنية")));
}

TEST(golden, a_subject_carries_over_from_the_sentence_before) {
    const told text("وصل المبعوث الأممي مارتن غريفيث إلى صنعاء أمس. والتقى زعيم جماعة الحوثي، ثم زار مدينة الحديدة.");
    EXPECT_EVENT(meeting, text, "التقى", "CONSULT", "occurred");
    EXPECT_THAT(text.names(meeting->actors), ElementsAre(HasSubstr("غريفيث")));
    EXPECT_EQ(text.read.what.mentions[meeting->actors[0]].kind, mention_kind::elided);
}

TEST(golden, a_suffix_stands_for_the_subject_of_its_clause) {
    const told text(
        "وأكد وزير الخارجية العراقي إبراهيم الجعفري، خلال لقائه مع نظيره الإيراني في بغداد، رفض بلاده التدخل الخارجي.");
    EXPECT_EVENT(meeting, text, "لقائه", "CONSULT", "occurred");
    EXPECT_THAT(text.names(meeting->actors), ElementsAre(HasSubstr("الجعفري")));
    EXPECT_THAT(meeting->chain, IsEmpty());
}

TEST(golden, a_refusal_that_hangs_on_a_condition) {
    const told text("وقال السفير الألماني إن بلاده لن تسحب قواتها ما لم تتوقف الهجمات.");
    EXPECT_EVENT(withdrawal, text, "تسحب", "RETREAT", "conditional");
    EXPECT_THAT(text.chain(*withdrawal), ElementsAre(HasSubstr("السفير الألماني")));
}

TEST(golden, a_denial_denies_what_it_speaks_of) {
    const told text("ونفى مسؤولون مصريون نية بيع أسلحة للجيش السوداني.");
    EXPECT_EVENT(sale, text, "بيع", "COOPERATE", "denied");
    EXPECT_EQ(text.read.what.claims[sale->chain.at(0)].stance, stance::deny);
    EXPECT_EQ(text.read.what.claims[sale->chain.at(0)].kind, source_kind::office);
}

TEST(golden, an_agency_that_quotes_a_source_makes_two_links) {
    const told text("نقلت وكالة الأناضول عن مصدر أمني قوله إن الجيش التركي قصف مواقع في شمال العراق.");
    EXPECT_EVENT(shelling, text, "قصف", "ASSAULT", "occurred");
    EXPECT_THAT(text.chain(*shelling), ElementsAre(HasSubstr("مصدر أمني"), HasSubstr("الأناضول")));
    EXPECT_EQ(text.read.what.claims[shelling->chain[0]].kind, source_kind::anonymous);
}

TEST(golden, a_paper_that_cites_sources_passes_on_what_they_say) {
    const told text("وأفادت صحيفة «لوموند»، نقلا عن مصادر دبلوماسية، بأن باريس علقت مساعداتها لمالي.");
    EXPECT_EVENT(stop, text, "علقت", "SANCTION", "occurred");
    EXPECT_THAT(text.chain(*stop), ElementsAre(HasSubstr("مصادر دبلوماسية"), HasSubstr("لوموند")));
}

TEST(golden, act_and_outcome_are_one_event_with_its_toll) {
    const told text("قُتل سبعة مدنيين وأصيب 12 آخرون في غارة جوية على مدينة إدلب، بحسب المرصد السوري لحقوق الإنسان.");
    EXPECT_EVENT(strike, text, "قُتل", "ASSAULT", "occurred");
    ASSERT_TRUE(strike->toll.killed.has_value());
    EXPECT_EQ(strike->toll.killed->low, 7);
    ASSERT_TRUE(strike->toll.wounded.has_value());
    EXPECT_EQ(strike->toll.wounded->low, 12);
    EXPECT_THAT(text.chain(*strike), ElementsAre(HasSubstr("المرصد السوري")));
    EXPECT_EQ(text.find("غارة"), nullptr);
}

TEST(golden, a_dateline_is_no_place_and_the_outlet_speaks_in_its_own_voice) {
    const told text("بيروت - رويترز: اعتقلت الشرطة التونسية ثلاثة محتجين في صفاقس.");
    EXPECT_EVENT(arrest, text, "اعتقلت", "COERCE", "occurred");
    EXPECT_EQ(arrest->mode, "arrest");
    EXPECT_THAT(arrest->chain, IsEmpty());
    ASSERT_TRUE(arrest->toll.arrested.has_value());
    EXPECT_EQ(arrest->toll.arrested->low, 3);
    for (const auto& place : text.read.what.places)
        EXPECT_NE(text.words(place.at), "بيروت");
}

TEST(golden, background_has_its_own_time) {
    const told text("وكان الرئيس الجزائري قد زار موسكو في مارس/ آذار الماضي.");
    EXPECT_EVENT(visit, text, "زار", "CONSULT", "occurred");
    EXPECT_EQ(visit->mode, "visit");
    ASSERT_TRUE(visit->time.has_value());
    EXPECT_EQ(text.read.what.times[*visit->time].first, "2018-03-01");
    EXPECT_EQ(text.read.what.times[*visit->time].last, "2018-03-31");
}

TEST(golden, a_light_verb_lends_its_subject_to_the_noun) {
    const told text("أجرى وزير الخارجية القطري محادثات مع نظيره الكويتي في الدوحة.");
    EXPECT_EVENT(talks, text, "محادثات", "CONSULT", "occurred");
    EXPECT_THAT(text.names(talks->actors), ElementsAre("محمد بن عبد الرحمن آل ثاني"));
    EXPECT_THAT(text.names(talks->recipients), ElementsAre("صباح الخالد")); // the minister of that day
}

TEST(golden, a_known_parliament_is_called_by_a_quoted_predicate) {
    const told text("وجددت موسكو دعمها لبرلمان طبرق واعتباره «الجهة المنتخبة الوحيدة في البلاد».");
    const auto& claims = text.read.what.claims;
    const auto called = std::find_if(claims.begin(), claims.end(), [](const claim& one) { return one.direct; });
    ASSERT_NE(called, claims.end());
    EXPECT_EQ(text.words(called->content), "الجهة المنتخبة الوحيدة في البلاد");
    EXPECT_EQ(called->stance, stance::believe);
}

TEST(golden, a_noun_that_demands_has_the_subject_of_its_clause) {
    const told text("تظاهر مئات الطلاب في وهران للمطالبة بإطلاق سراح زملائهم.");
    EXPECT_EVENT(request, text, "لمطالبة", "REQUEST", "occurred");
    EXPECT_THAT(text.names(request->actors), ElementsAre(HasSubstr("الطلاب")));
    EXPECT_EVENT(release, text, "إطلاق", "RETREAT", "demanded");
}

TEST(golden, what_is_asked_of_somebody_is_his_to_do) {
    const told text("طالبت نقابة الصحافيين وزارة الداخلية بالإفراج عن المصور سامي الهلالي.");
    EXPECT_EVENT(release, text, "الإفراج", "RETREAT", "demanded");
    EXPECT_THAT(text.names(release->actors), ElementsAre(HasSubstr("الداخلية")));
    EXPECT_THAT(text.names(release->recipients), ElementsAre(HasSubstr("الهلالي")));
}

TEST(golden, two_adjectives_of_a_dual_are_two_parties) {
    const told text("اتفق الجانبان السعودي والعراقي على فتح معبر عرعر.");
    EXPECT_EVENT(agreement, text, "اتفق", "AGREE", "occurred");
    ASSERT_EQ(agreement->actors.size(), 1U);
    ASSERT_EQ(agreement->recipients.size(), 1U);
    const auto country = [&](index m) { return text.read.what.entities[text.read.what.mentions[m].entity].country; };
    EXPECT_EQ(country(agreement->actors[0]), "SAU");
    EXPECT_EQ(country(agreement->recipients[0]), "IRQ");
}

TEST(golden, the_place_visited_is_no_visitor) {
    const told text("يعتزم الرئيس اللبناني زيارة باريس الأسبوع المقبل.");
    EXPECT_EVENT(visit, text, "زيارة", "CONSULT", "planned");
    EXPECT_THAT(text.names(visit->actors), ElementsAre("ميشال عون"));
    EXPECT_THAT(text.names(visit->recipients), ElementsAre("باريس"));
}

TEST(golden, an_office_is_linked_to_who_held_it_that_day) {
    const told text("زار وزير الدفاع الروسي دمشق.", "2016-10-04");
    EXPECT_EVENT(visit, text, "زار", "CONSULT", "occurred");
    ASSERT_EQ(visit->actors.size(), 1U);
    const auto& mention = text.read.what.mentions[visit->actors.front()];
    EXPECT_EQ(mention.kind, mention_kind::title);
    EXPECT_EQ(text.read.what.entities[mention.entity].base, "person/sergei-shoigu");
    EXPECT_EQ(text.read.what.entities[mention.entity].code, "RUSGOV");
}

TEST(golden, a_distance_and_a_direction_make_a_point) {
    const told text("قصفت طائرات مجهولة رتلا على بعد 30 كيلومترا غربي سرت.");
    ASSERT_EQ(text.read.what.places.size(), 1U);
    const auto& point = text.read.what.places.front();
    EXPECT_EQ(point.precision, place_precision::point);
    ASSERT_TRUE(point.lat && point.lon);
    EXPECT_NEAR(*point.lat, 31.2, 0.1); // Sirte: 31.2 N 16.6 E; a degree of longitude is 95 km there
    EXPECT_NEAR(*point.lon, 16.6 - 30.0 / 95, 0.1);
    EXPECT_THAT(text.words(point.at), HasSubstr("30 كيلومترا غربي سرت"));
    EXPECT_FALSE(point.rule.empty());
}

TEST(golden, a_direction_makes_a_region_of_a_town) {
    const told text("قتل جنديان في هجوم في شمالي حلب.");
    ASSERT_EQ(text.read.what.places.size(), 1U);
    EXPECT_EQ(text.read.what.places.front().precision, place_precision::region);
    EXPECT_FALSE(text.read.what.places.front().rule.empty());
}

TEST(golden, a_noun_between_direction_and_name_is_passed_over) {
    const told text("خطف مسلحون مهندسين على بعد 40 كلم جنوب مدينة سبها.");
    ASSERT_EQ(text.read.what.places.size(), 1U);
    EXPECT_NEAR(text.read.what.places.front().lat.value_or(0), 27.04 - 40 / 111.2, 0.05); // Sebha: 27.04 N
}

TEST(golden, an_unknown_quarter_lies_in_its_town) {
    const told text("قتل طفل في قصف على حي البرتقال في مدينة حلب.");
    ASSERT_EQ(text.read.what.places.size(), 2U);
    for (const auto& place : text.read.what.places) {
        EXPECT_NEAR(place.lat.value_or(0), 36.2, 0.1);
        EXPECT_NEAR(place.lon.value_or(0), 37.15, 0.1);
    }
}

TEST(golden, a_governor_s_province_is_no_place_of_what_he_does) {
    const told text("قال محافظ نينوى إن الوضع مستقر.");
    EXPECT_TRUE(text.read.what.places.empty());
}

TEST(golden, a_place_at_the_head_of_its_sentence_does_no_harm) {
    const told text("درنة: مقتل جنديين في هجوم.");
    EXPECT_FALSE(text.read.what.events.empty());
}

TEST(golden, of_two_places_the_finer_is_where_it_happened) {
    const told text("قتل جنديان في هجوم في عرسال في لبنان.");
    EXPECT_EVENT(attack, text, "قتل", "ASSAULT", "occurred");
    ASSERT_TRUE(attack->place.has_value());
    EXPECT_EQ(text.read.what.entities[text.read.what.places[*attack->place].entity].base, "place/arsal");
}

TEST(golden, a_first_person_in_a_statement_is_who_issues_it) {
    const told text("قالت كتائب الفجر في بيان: نحذر العدو من أي عدوان، ونرفض الهدنة.");
    EXPECT_EVENT(refusal, text, "نرفض", "REJECT", "occurred");
    EXPECT_THAT(text.names(refusal->actors), ElementsAre(HasSubstr("كتائب الفجر")));
}

TEST(golden, a_date_after_publication_is_a_plan) {
    const told text("تستضيف الدوحة قمة خليجية في 5 ديسمبر المقبل.", "2018-11-20");
    ASSERT_FALSE(text.read.what.events.empty());
    EXPECT_EQ(text.read.what.events[0].status, event_status::planned);
}

TEST(golden, spelling_does_not_change_the_reading) {
    const std::string plain = "اعلن وزير الدفاع الامريكي ان بلاده سترسل اسلحة الى اوكرانيا.";
    const std::string marked = "أعلنَ وزيـــر الدفاع الأمريكيّ أنّ بلادَه سترسل أسلحةً إلى أوكرانيا.";
    const told a(plain), b(marked);
    ASSERT_EQ(a.read.what.events.size(), b.read.what.events.size());
    ASSERT_FALSE(a.read.what.events.empty());
    for (std::size_t i = 0; i < a.read.what.events.size(); ++i) {
        EXPECT_EQ(a.read.what.events[i].type, b.read.what.events[i].type);
        EXPECT_EQ(a.read.what.events[i].status, b.read.what.events[i].status);
    }
}

/// Whatever the text, every span lies inside it and points at whole characters, every index exists, and reading again
/// gives the same.
TEST(golden, an_unvocalised_verb_with_subject_and_object_is_active) {
    const told text("قال الناطق إن الحراس قتلوا ثلاثة مهاجمين أمام المصرف.");
    EXPECT_EVENT(killing, text, "قتلوا", "ASSAULT", "occurred");
    EXPECT_THAT(text.names(killing->actors), ElementsAre(HasSubstr("الحراس")));
    EXPECT_THAT(text.names(killing->recipients), ElementsAre(HasSubstr("مهاجمين")));
    ASSERT_TRUE(killing->toll.killed);
    EXPECT_EQ(killing->toll.killed->low, 3);
}

TEST(golden, a_verb_whose_doer_a_phrase_names_is_passive) {
    const told text("خطف مهندسان من مكتبهما على يد مسلحين مجهولين.");
    EXPECT_EVENT(taking, text, "خطف", "ASSAULT", "occurred");
    EXPECT_THAT(text.names(taking->recipients), ElementsAre(HasSubstr("مهندسان")));
}

TEST(golden, who_announces_a_killing_did_not_kill) {
    const told text("أعلن مصدر طبي مقتل سبعة عمال في انفجار قنبلة بالسوق.");
    EXPECT_EVENT(killing, text, "مقتل", "ASSAULT", "occurred");
    EXPECT_THAT(killing->actors, IsEmpty());
    EXPECT_THAT(text.names(killing->recipients), ElementsAre(HasSubstr("عمال")));
}

TEST(golden, the_genitive_of_a_masdar_may_look_like_an_adjective) {
    const told text("نفذت الجماعة قتل المدنيين في القرية.");
    EXPECT_EVENT(killing, text, "قتل", "ASSAULT", "occurred");
    EXPECT_THAT(text.names(killing->recipients), ElementsAre(HasSubstr("المدنيين")));
}

TEST(golden, words_are_no_assault) {
    const told text("شن النائب هجوما عنيفا على الحكومة خلال الجلسة.");
    EXPECT_EVENT(blame, text, "هجوما", "ACCUSE", "occurred");
    EXPECT_THAT(text.names(blame->actors), ElementsAre(HasSubstr("النائب")));
}

TEST(golden, an_approximate_number_counts_what_stands_behind_it) {
    const told text(
        "وقتل ما لا يقل عن 19 عاملا في تفجير شاحنة ملغومة. وتجمع نحو مئة معلم أمام الوزارة احتجاجا على التأخير.");
    EXPECT_EVENT(killing, text, "قتل", "ASSAULT", "occurred");
    EXPECT_THAT(text.names(killing->recipients), ElementsAre(HasSubstr("عاملا")));
    ASSERT_TRUE(killing->toll.killed);
    EXPECT_EQ(killing->toll.killed->low, 19);
    EXPECT_FALSE(killing->toll.killed->high);
    EXPECT_EVENT(protest, text, "تجمع", "PROTEST", "occurred");
    EXPECT_THAT(text.names(protest->actors), ElementsAre(HasSubstr("معلم")));
}

TEST(golden, what_must_be_done_or_is_intended_has_not_happened) {
    const told duty("يرى القائد أنه يجب خطف جنود آخرين.");
    EXPECT_EVENT(taking, duty, "خطف", "ASSAULT", "demanded");
    const told intent("قال المحلل إن الجماعة تنوي الهجوم على الميناء.");
    EXPECT_EVENT(attack, intent, "الهجوم", "ASSAULT", "planned");
}

TEST(golden, a_light_verb_behind_its_noun_lends_its_subject) {
    const told text("وجاء القرار بعد غارات شنتها المقاتلات الإسرائيلية على مخيم النصيرات فجر الأحد.");
    EXPECT_EVENT(raids, text, "غارات", "ASSAULT", "occurred");
    EXPECT_EQ(raids->mode, "aerial");
    EXPECT_THAT(text.names(raids->actors), ElementsAre(HasSubstr("المقاتلات")));
}

TEST(golden, a_kept_nun_ends_the_subject) {
    const told text("واتهم ناشطون الجيش السوري بقصف السوق.");
    EXPECT_EVENT(charge, text, "اتهم", "ACCUSE", "occurred");
    EXPECT_THAT(text.names(charge->actors), ElementsAre("ناشطون"));
    EXPECT_THAT(text.names(charge->recipients), ElementsAre(HasSubstr("الجيش")));
    EXPECT_EVENT(shelling, text, "قصف", "ASSAULT", "occurred");
    EXPECT_THAT(text.names(shelling->actors), ElementsAre(HasSubstr("الجيش")));
}

TEST(golden, his_country_is_the_state_of_the_one_who_speaks) {
    const told text("وقال وزير الخارجية المصري إن بلاده سترسل مساعدات إنسانية إلى السودان.");
    EXPECT_EVENT(aid, text, "ترسل", "AID", "planned");
    ASSERT_EQ(aid->actors.size(), 1U);
    EXPECT_EQ(text.read.what.entities[text.read.what.mentions[aid->actors[0]].entity].country, "EGY");
}

TEST(golden, what_is_asked_for_says_what_kind_of_asking_it_is) {
    const told text("ودعت واشنطن الطرفين إلى استئناف المفاوضات. وطالبت باريس الخرطوم بالإفراج عن الصحافيين.");
    EXPECT_EVENT(call, text, "دعت", "REQUEST", "occurred");
    EXPECT_EQ(call->mode, "meet");
    EXPECT_EVENT(demand, text, "طالبت", "REQUEST", "occurred");
    EXPECT_EQ(demand->mode, "yield");
    EXPECT_EVENT(release, text, "الإفراج", "RETREAT", "demanded");
}

TEST(golden, a_threat_may_hang_on_a_condition) {
    const told text("وهددت الحركة بقصف الميناء إذا لم تنسحب القوات من المدينة.");
    EXPECT_EVENT(threat, text, "هددت", "THREATEN", "occurred");
    EXPECT_EQ(threat->mode, "violence");
    EXPECT_EVENT(shelling, text, "قصف", "ASSAULT", "conditional");
}

TEST(golden, a_nominal_of_the_other_gender_is_no_subject) {
    const told text("وقالت المنظمة إن الوضع خطير، ودعت الرئيس إلى الإفراج عن المعتقلين.");
    EXPECT_EVENT(call, text, "دعت", "REQUEST", "occurred");
    EXPECT_THAT(text.names(call->actors), ElementsAre(HasSubstr("المنظمة")));
    EXPECT_THAT(text.names(call->recipients), ElementsAre(HasSubstr("الرئيس")));
}

TEST(golden, a_town_is_no_party) {
    const told text("قصفت الطائرات مدينة إدلب صباح الأحد.");
    EXPECT_EVENT(bombing, text, "قصفت", "ASSAULT", "occurred");
    EXPECT_THAT(bombing->recipients, IsEmpty());
    EXPECT_TRUE(bombing->place.has_value());
}

TEST(golden, what_happens_beside_a_refusal_is_not_done_by_who_refuses) {
    const told text("وأعلن مجلس المحافظة رفضه استخدام القوة بعد اقتحام الفندق.");
    const auto* storming = text.find("اقتحام");
    ASSERT_NE(storming, nullptr);
    EXPECT_THAT(storming->actors, IsEmpty());
}

TEST(golden, a_derived_perfect_is_no_first_person) {
    const told text("وأثار القرار غضب الطلاب في العاصمة.");
    EXPECT_EQ(text.find("أثار"), nullptr);
}

TEST(golden, what_is_condemned_ends_before_the_next_demand) {
    const told text("دمشق تدين الغارات الإسرائيلية وتطالب مجلس الأمن بعقد جلسة طارئة.");
    EXPECT_EVENT(demand, text, "تطالب", "REQUEST", "occurred");
    EXPECT_THAT(demand->chain, IsEmpty());
    EXPECT_EVENT(session, text, "جلسة", "CONSULT", "demanded");
    EXPECT_EQ(session->chain.size(), 1U);
}

TEST(golden, witnesses_before_a_colon_speak) {
    const told text("10:15 | شهود عيان: طيران الجيش يقصف مواقع المسلحين شرق المدينة.");
    EXPECT_EVENT(bombing, text, "يقصف", "ASSAULT", "occurred");
    ASSERT_EQ(bombing->chain.size(), 1U);
    EXPECT_EQ(text.read.what.claims[bombing->chain[0]].kind, source_kind::anonymous);
}

TEST(golden, protesters_carry_banners) {
    const told text("ورفع المعتصمون لافتات تندد بالفساد.");
    EXPECT_EVENT(protest, text, "رفع", "PROTEST", "occurred");
    EXPECT_THAT(text.names(protest->actors), ElementsAre("المعتصمون"));
}

TEST(golden, every_field_points_into_the_text) {
    const std::vector<std::string> pieces = {"قال الوزير", " إن ",  "«",    "»",       "\"",   "،",         ".",
                                             "\n",         " نفى ", "قصف",  " مع ",    "أن",   "لقائه",     "وفق قوله",
                                             "بحسب",       ":",     "12",   "الطرفان", "اتهم", " عن ",      "مؤكدا",
                                             "ما لم",      "روسيا", "نقلت", "مصدر",    "؟",    "تم اعتقال", " ذلك"};
    std::uint32_t seed = 12345;
    for (int round = 0; round < 150; ++round) {
        std::string text;
        for (int i = 0; i < 40; ++i) {
            seed = seed * 1664525U + 1013904223U;
            text += pieces[(seed >> 16) % pieces.size()] + " ";
        }
        const told read(text);
        const auto& record = read.read.what;
        const auto inside = [&](span at) { return at.begin < at.end && at.end <= text.size(); };
        for (const auto& mention : record.mentions) {
            ASSERT_TRUE(inside(mention.at));
            ASSERT_LT(mention.entity, record.entities.size());
        }
        for (const auto& claim : record.claims) {
            ASSERT_TRUE(inside(claim.content)) << text;
            ASSERT_TRUE(!claim.cue || inside(*claim.cue));
            ASSERT_TRUE(!claim.parent || *claim.parent < record.claims.size());
            for (const auto m : claim.sources)
                ASSERT_LT(m, record.mentions.size());
        }
        for (const auto& event : record.events) {
            ASSERT_TRUE(inside(event.trigger));
            ASSERT_TRUE(!event.theme || inside(*event.theme)) << text;
            for (const auto c : event.chain)
                ASSERT_LT(c, record.claims.size());
            ASSERT_GE(event.confidence, 0.0);
            ASSERT_LE(event.confidence, 1.0);
        }
        const told again(text);
        ASSERT_EQ(record.events.size(), again.read.what.events.size());
    }
}

} // namespace
} // namespace isnad
