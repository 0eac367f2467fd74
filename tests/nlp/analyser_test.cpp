#include "nlp/analyser.hpp"

#include <bit>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <random>
#include <span>
#include <thread>

namespace isnad::nlp {
namespace {

const analyser& shipped() {
    static const auto opened = analyser::open(ISNAD_SOURCE_DIR "/models/isnad-ar.model");
    EXPECT_TRUE(opened.ok()) << opened.failure().text();
    return *opened;
}

sentence of(const std::vector<std::string>& forms) {
    sentence out;
    for (const std::string& form : forms) {
        out.tokens.push_back({{}, static_cast<std::uint32_t>(out.words.size()), 1});
        word w;
        w.form = form;
        out.words.push_back(w);
    }
    return out;
}

std::vector<sentence> wild(std::size_t count) {
    const std::vector<std::string> forms = {"قال",   "الرئيس", "و",   "في", "هجوم",     "بغداد", "إن",
                                            "ه",     "أمس",    ".",   "،",  "2024",     "UN",    "لم",
                                            "يعتقل", "محمد",   "ـــ", "",   "\xFF\xC0", "قَتَلَ",   "٪"};
    std::mt19937 random(11);
    std::vector<sentence> out;
    for (std::size_t s = 0; s < count; ++s) {
        std::vector<std::string> words;
        for (std::size_t i = random() % 60; i-- > 0;)
            words.push_back(forms[random() % forms.size()]);
        out.push_back(of(words));
    }
    return out;
}

void expect_tree(const sentence& read) {
    std::size_t roots = 0;
    for (std::size_t i = 0; i < read.words.size(); ++i) {
        const word& w = read.words[i];
        roots += w.head < 0 ? 1U : 0U;
        EXPECT_EQ(w.head < 0, w.deprel == "root");
        EXPECT_GE(w.margin, 0.0F);
        EXPECT_LE(w.margin, 1.0F);
        std::size_t steps = 0;
        for (auto at = static_cast<std::int32_t>(i); at >= 0; at = read.words[static_cast<std::size_t>(at)].head)
            ASSERT_LE(++steps, read.words.size()) << "a cycle";
    }
    EXPECT_EQ(roots, read.words.empty() ? 0U : 1U);
}

/// All that was said of the words, the margins by their bits.
std::string told(std::span<const sentence> read) {
    std::string out;
    for (const sentence& s : read)
        for (const word& w : s.words)
            out += w.lemma + "/" + w.key + "/" + w.xpos + "/" + w.feats + "/" + std::to_string(w.head) + "/" +
                   w.deprel + "/" + w.name + "/" + std::to_string(std::bit_cast<std::uint32_t>(w.margin)) + "\n";
    return out;
}

TEST(analyser, gives_every_list_of_words_one_tree) {
    auto sentences = wild(60);
    shipped().analyse("", sentences);
    for (const sentence& read : sentences)
        expect_tree(read);
}

TEST(analyser, says_the_same_twice_alone_or_in_company_and_in_any_thread) {
    auto together = wild(30);
    const auto bare = together;
    shipped().analyse("", together);
    const std::string once = told(together);
    analyser::scratch use; // kept, so that nothing of a sentence may stay behind for the next
    for (const std::size_t size : {1U, 2U, 7U, 30U}) {
        auto again = bare;
        for (std::size_t i = 0; i < again.size(); i += size)
            shipped().analyse("", std::span(again).subspan(i, std::min(size, again.size() - i)), use);
        EXPECT_EQ(told(again), once) << size;
    }
    std::vector<std::vector<sentence>> elsewhere(4, bare);
    std::vector<std::thread> threads;
    for (auto& own : elsewhere)
        threads.emplace_back([&own] { shipped().analyse("", own); });
    for (std::thread& one : threads)
        one.join();
    for (const auto& own : elsewhere)
        EXPECT_EQ(told(own), once);
}

TEST(analyser, says_the_same_on_every_set_of_instructions) {
    auto expected = wild(12);
    shipped().analyse("", expected);
    for (const kernels* by : available_kernels()) {
        analyser chosen = shipped();
        chosen.use_kernels(*by);
        auto read = wild(12);
        chosen.analyse("", read);
        EXPECT_EQ(told(read), told(expected)) << by->name;
    }
}

TEST(analyser, leaves_out_what_is_not_wanted_and_says_the_same_of_the_rest) {
    auto whole = wild(8);
    const auto bare = whole;
    shipped().analyse("", whole);
    analyser::scratch use;
    for (int wanted = 0; wanted < 8; ++wanted) {
        auto read = bare;
        shipped().analyse("", read, use,
                          {.tag = (wanted & 1) != 0, .parse = (wanted & 2) != 0, .ner = (wanted & 4) != 0});
        for (std::size_t s = 0; s < read.size(); ++s)
            for (std::size_t i = 0; i < read[s].words.size(); ++i) {
                const word& found = read[s].words[i];
                const word& full = whole[s].words[i];
                const word untouched;
                const word& tags = (wanted & 1) != 0 ? full : untouched;
                EXPECT_EQ(found.tag, tags.tag);
                EXPECT_EQ(found.xpos, tags.xpos);
                EXPECT_EQ(found.feats, tags.feats);
                EXPECT_EQ(found.lemma, tags.lemma);
                EXPECT_EQ(found.key, tags.key);
                const word& tree = (wanted & 2) != 0 ? full : untouched;
                EXPECT_EQ(found.head, tree.head);
                EXPECT_EQ(found.deprel, tree.deprel);
                EXPECT_EQ(found.margin, tree.margin);
                EXPECT_EQ(found.name, (wanted & 4) != 0 ? full.name : "");
            }
    }
}

TEST(analyser, reads_a_plain_sentence_as_a_grammarian_would) {
    sentence read =
        of({"قال", "وزير", "الدفاع", "العراقي", "إن", "الجيش", "قتل", "ثلاثة", "مسلحين", "في", "بغداد", "."});
    shipped().analyse("", read);
    EXPECT_EQ(read.words[0].tag, upos::verb);
    EXPECT_EQ(read.words[0].head, -1);
    EXPECT_EQ(read.words[0].key, "قال");
    EXPECT_EQ(read.words[1].deprel, "nsubj");
    EXPECT_EQ(read.words[1].head, 0);
    EXPECT_EQ(read.words[2].head, 1);
    EXPECT_EQ(read.words[6].tag, upos::verb);
    EXPECT_EQ(read.words[7].head, 6);
    EXPECT_EQ(read.words[10].name, "B-LOC");
    EXPECT_EQ(feature(read.words[6].feats, "Aspect"), "Perf");
}

TEST(analyser, is_fooled_by_no_decoration) {
    sentence plain = of({"أعلنت", "الحكومة", "اعتقال", "المشتبه", "بهم", "2024"});
    sentence decorated = of({"أَعْلَنَتِ", "الحكومـــة", "اعتقال", "المشتبه", "بهم", "٢٠٢٤"});
    shipped().analyse("", plain);
    shipped().analyse("", decorated);
    for (std::size_t i = 0; i < plain.words.size(); ++i) {
        EXPECT_EQ(plain.words[i].xpos, decorated.words[i].xpos);
        EXPECT_EQ(plain.words[i].lemma, decorated.words[i].lemma);
        EXPECT_EQ(plain.words[i].head, decorated.words[i].head);
    }
}

TEST(analyser, the_shipped_model_passes_its_own_samples) {
    const auto verified = shipped().verify();
    EXPECT_TRUE(verified.ok()) << verified.failure().text();
    EXPECT_EQ(shipped().model_id().size(), std::string("isnad-ar@").size() + 12);
}

TEST(analyser, a_damaged_model_is_an_error) {
    std::ifstream file(ISNAD_SOURCE_DIR "/models/isnad-ar.model", std::ios::binary);
    const std::string whole((std::istreambuf_iterator<char>(file)), {});
    const auto path = std::filesystem::temp_directory_path() / "isnad-damaged.model";
    const auto opens = [&](const std::string& content) {
        std::ofstream(path, std::ios::binary) << content;
        const auto opened = analyser::open(path.string());
        const bool fine = opened.ok() && opened->verify().ok();
        std::filesystem::remove(path);
        return fine;
    };
    EXPECT_FALSE(opens(whole.substr(0, whole.size() / 2)));
    EXPECT_FALSE(opens(whole.substr(0, 100)));
    std::string renamed = whole; // a section goes by another name
    renamed.replace(renamed.find("core/arc."), 9, "core/arx.");
    EXPECT_FALSE(opens(renamed));
    std::string flipped = whole;
    flipped[whole.size() / 2] = static_cast<char>(flipped[whole.size() / 2] ^ 1);
    EXPECT_FALSE(opens(flipped));
}

} // namespace
} // namespace isnad::nlp
