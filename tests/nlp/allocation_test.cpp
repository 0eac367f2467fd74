// What has once been used is used again: reading allocates nothing for each word. Left out under AddressSanitizer,
// whose allocator must not be replaced.
#ifndef __SANITIZE_ADDRESS__
#include "nlp/analyser.hpp"
#include "nlp/segmenter.hpp"
#include "text/segmentation.hpp"

#include <cstdlib>
#include <gtest/gtest.h>
#include <new>

namespace {
thread_local std::size_t allocations = 0;
} // namespace

// All of this test program's allocations pass here and are counted. Not inlined, or g++ 12 takes free() for a mismatch.
[[gnu::noinline]] void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size > 0 ? size : 1))
        return memory;
    throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
    std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t /*size*/) noexcept {
    std::free(memory);
}

namespace isnad::nlp {
namespace {

const std::string& news() {
    static const std::string text =
        "أعلنت وزارة الخارجية أن السفير سيعود إلى بغداد الأسبوع المقبل، وأضافت أن المحادثات ستتناول المساعدات "
        "الإنسانية والاستثمارات.\n"
        "قال متحدث باسم الشرطة إن مسلحين هاجموا حافلة قرب الحدود فقتلوا سائقها وأصابوا ثلاثة من ركابها بجروح.\n"
        "نفت الحكومة ذلك.\n"
        "وَصَلَ الرَّئِيسُ إلى العاصمة يوم 12 نوفمبر 2019 للقاء نظيره، وسيبحثان مستقبل العلاقات بينهما والتعاون "
        "الاقتصادي والمستجدات التي تشهدها المنطقة، فيما طالبت منظمات حقوقية بالإفراج عن المعتقلين.\n"
        "اتفقت الأطراف المتنازعة على وقف إطلاق النار؛ غير أن الاشتباكات تجددت بعد ساعات.\n";
    return text;
}

TEST(allocation, none_for_each_word_once_memory_has_grown) {
    const auto model = container::open(ISNAD_SOURCE_DIR "/models/isnad-ar.model");
    ASSERT_TRUE(model.ok()) << model.failure().text();
    const auto splits = segmenter::open(*model);
    const auto analyses = analyser::open(*model);
    ASSERT_TRUE(splits.ok());
    ASSERT_TRUE(analyses.ok());
    const auto bounds = text::segment(news());
    std::vector<sentence> sentences(bounds.size());
    segmenter::scratch splitting;
    analyser::scratch analysing;
    const auto read = [&] {
        for (std::size_t i = 0; i < bounds.size(); ++i)
            splits->segment(news(), bounds[i], sentences[i], splitting);
        analyses->analyse(sentences, analysing);
    };
    read();
    const std::size_t before = allocations;
    read();
    EXPECT_EQ(allocations - before, 0U);
    EXPECT_GT(before, 0U);
    EXPECT_EQ(sentences[0].words[0].key, "اعلن");
}

TEST(allocation, sentences_anew_cost_their_own_texts_alone) {
    const auto opened = analyser::open(ISNAD_SOURCE_DIR "/models/isnad-ar.model");
    ASSERT_TRUE(opened.ok());
    sentence bare;
    for (std::uint32_t i = 0; i < 200; ++i) {
        bare.tokens.push_back({{}, i, 1});
        bare.words.emplace_back().form = i % 2 == 0 ? "قال" : "الوزير";
    }
    analyser::scratch use;
    std::vector<sentence> first = {bare};
    opened->analyse(first, use);
    std::vector<sentence> second = {bare};
    const std::size_t before = allocations;
    opened->analyse(second, use);
    EXPECT_LE(allocations - before, 3 * bare.words.size()); // features, a long lemma, its key
}

} // namespace
} // namespace isnad::nlp

#endif
