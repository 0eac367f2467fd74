// The clitic segmenter: what any model must keep to, and what the shipped one must know.
#include "nlp/segmenter.hpp"

#include "base/utf8.hpp"
#include "text/fold.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

namespace isnad::nlp {
namespace {

std::string model_path() {
    const char* chosen = std::getenv("ISNAD_MODEL");
    return chosen != nullptr ? chosen : ISNAD_SOURCE_DIR "/models/isnad-ar.model";
}

class segmenter_test : public testing::Test {
protected:
    void SetUp() override {
        if (!std::filesystem::exists(model_path()))
            FAIL() << "the model file is not where it ships";
        auto model = container::open(model_path());
        ASSERT_TRUE(model.ok()) << model.failure().text();
        auto made = segmenter::open(*model);
        ASSERT_TRUE(made.ok()) << made.failure().text();
        segmenter_.emplace(std::move(*made));
        model_.emplace(std::move(*model));
    }

    /// "ل الجانب|و قال": the words of each token of one sentence.
    [[nodiscard]] std::string split(std::string_view text) const {
        std::string out;
        for (const auto& bounds : text::segment(text)) {
            sentence made;
            segmenter_->segment(text, bounds, made);
            for (const auto& token : made.tokens) {
                out += out.empty() ? "" : "|";
                for (std::uint32_t k = 0; k < token.count; ++k)
                    out += (k > 0 ? " " : "") + made.words[token.first + k].form;
            }
        }
        return out;
    }

    /// The pieces of text that the words of a one-token text show.
    [[nodiscard]] std::vector<std::string> shares(std::string_view text) const {
        std::vector<std::string> out;
        for (const auto& bounds : text::segment(text)) {
            sentence made;
            segmenter_->segment(text, bounds, made);
            for (const auto& word : made.words)
                out.emplace_back(word.at.of(text));
        }
        return out;
    }

    std::optional<container> model_;
    std::optional<segmenter> segmenter_;
};

TEST_F(segmenter_test, does_what_its_trainer_did) {
    simdjson::dom::parser parser;
    const simdjson::padded_string part{model_->part("segmenter")};
    std::size_t held = 0;
    for (const auto sample : parser.parse(part)["samples"].get_array()) {
        const std::string_view text = sample.at(0);
        const std::string_view words = sample.at(1);
        EXPECT_EQ(split(text), words);
        ++held;
    }
    EXPECT_GE(held, 5U);
}

TEST_F(segmenter_test, splits_clitics_and_spells_the_stem) {
    EXPECT_EQ(split("أثنى على الجهود للجانب الآخر في بيان"), "أثنى|على|الجهود|ل الجانب|الآخر|في|بيان");
    EXPECT_EQ(split("قدم التقرير للجنة أمس"), "قدم|التقرير|ل اللجنة|أمس");
    EXPECT_EQ(split("زار مدرسته أمس"), "زار|مدرسة ه|أمس");
    EXPECT_EQ(split("كان لديه خطة"), "كان|لدي ه|خطة");
    EXPECT_EQ(split("قرر ألا يسافر"), "قرر|أن لا|يسافر");
    EXPECT_EQ(split("وسيجتمع مع وزرائه غدا"), "و س يجتمع|مع|وزراء ه|غدا");
    EXPECT_EQ(split("قال إنهم قتلوه في بيته ."), "قال|إن هم|قتلوا ه|في|بيت ه|.");
    EXPECT_EQ(split("واضاف ان الحكومة ستعلن ذلك"), "و أضاف|ان|الحكومة|س تعلن|ذلك");
}

TEST_F(segmenter_test, leaves_names_and_words_that_begin_like_clitics) {
    EXPECT_EQ(split("وصل وليد إلى بغداد وبحث مع وزير خارجية فرنسا ملف لبنان"),
              "وصل|وليد|إلى|بغداد|و بحث|مع|وزير|خارجية|فرنسا|ملف|لبنان");
    EXPECT_EQ(split("نقلت وكالة الأنباء عن وفد كردستان في باريس"), "نقلت|وكالة|الأنباء|عن|وفد|كردستان|في|باريس");
}

TEST_F(segmenter_test, splits_stems_that_no_treebank_has) {
    EXPECT_EQ(split("التقى لافروف وشويغو أمس"), "التقى|لافروف|و شويغو|أمس");
    EXPECT_EQ(split("أصيب المئات بالفيروس أمس"), "أصيب|المئات|ب الفيروس|أمس");
    EXPECT_EQ(split("القوات الموالية لحفتر تتقدم"), "القوات|الموالية|ل حفتر|تتقدم");
}

TEST_F(segmenter_test, vowelled_and_decorated_tokens_are_split_alike) {
    EXPECT_EQ(split("وَقَالَ إنّهُ سيعود"), "و قال|إن ه|س يعود");
    EXPECT_EQ(split("والــعراق"), split("والعراق"));
    EXPECT_THAT(shares("وَقَالَ الوزير"), testing::ElementsAre("وَ", "قَالَ", "الوزير"));
}

TEST_F(segmenter_test, words_show_their_letters) {
    EXPECT_THAT(shares("للجانب"), testing::ElementsAre("ل", "لجانب"));
    EXPECT_THAT(shares("قرر ألا يسافر"), testing::ElementsAre("قرر", "أ", "لا", "يسافر"));
    EXPECT_THAT(shares("وسيقتلونهم غدا"), testing::ElementsAre("و", "س", "يقتلون", "هم", "غدا"));
}

void holds(const segmenter& by, std::string_view text) {
    for (const auto& bounds : text::segment(text)) {
        sentence made;
        by.segment(text, bounds, made);
        ASSERT_EQ(made.tokens.size(), bounds.tokens.size());
        std::uint32_t next = 0;
        for (std::size_t i = 0; i < made.tokens.size(); ++i) {
            const auto& token = made.tokens[i];
            ASSERT_EQ(token.at, bounds.tokens[i]);
            ASSERT_EQ(token.first, next);
            ASSERT_GE(token.count, 1U);
            next += token.count;
            auto at = token.at.begin;
            const auto letters = utf8::length(text::clean(token.at.of(text)));
            for (auto k = token.first; k < next; ++k) {
                const auto& word = made.words[k];
                ASSERT_EQ(word.at.begin, at);
                ASSERT_LE(word.at.end, token.at.end);
                ASSERT_TRUE(!word.at.empty() || letters < token.count) << token.at.of(text);
                ASSERT_FALSE(word.form.empty());
                at = word.at.end;
            }
            ASSERT_EQ(at, token.at.end);
        }
        ASSERT_EQ(next, made.words.size());
    }
}

TEST_F(segmenter_test, words_share_out_their_token) {
    std::mt19937 random(5);
    const std::vector<std::string> parts = {"و",     "ف",  "ب",   "ل",   "ك",    "س",  "ال", "ان", "قال",
                                            "مدرست", "ها", "ه",   "هما", "ي",    "نا", "َ",   "ّ",   "ـ",
                                            " ",     " ",  "مما", "ألا", "\xD9", ".",  "5",  "x"};
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (auto n = random() % 40; n-- > 0;)
            text += parts[random() % parts.size()];
        ASSERT_NO_FATAL_FAILURE(holds(*segmenter_, text)) << text;
    }
}

TEST_F(segmenter_test, linear_on_a_megabyte) {
    for (const std::string part : {"و", "وال", "ولل ", "ها"}) {
        std::string text;
        while (text.size() < 1'000'000)
            text += part;
        const auto begin = std::chrono::steady_clock::now();
        ASSERT_NO_FATAL_FAILURE(holds(*segmenter_, text));
        EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10)) << part;
    }
}

} // namespace
} // namespace isnad::nlp
