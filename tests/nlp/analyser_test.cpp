#include "nlp/analyser.hpp"

#include <algorithm>
#include <bit>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <optional>
#include <random>
#include <span>
#include <thread>
#include <unistd.h>

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
    shipped().analyse(sentences);
    for (const sentence& read : sentences)
        expect_tree(read);
}

TEST(analyser, says_the_same_twice_alone_or_in_company_and_in_any_thread) {
    auto together = wild(30);
    const auto bare = together;
    shipped().analyse(together);
    const std::string once = told(together);
    analyser::scratch use; // kept, so that nothing of a sentence may stay behind for the next
    for (const std::size_t size : {1U, 2U, 7U, 30U}) {
        auto again = bare;
        for (std::size_t i = 0; i < again.size(); i += size)
            shipped().analyse(std::span(again).subspan(i, std::min(size, again.size() - i)), use);
        EXPECT_EQ(told(again), once) << size;
    }
    std::vector<std::vector<sentence>> elsewhere(4, bare);
    std::vector<std::thread> threads;
    for (auto& own : elsewhere)
        threads.emplace_back([&own] { shipped().analyse(own); });
    for (std::thread& one : threads)
        one.join();
    for (const auto& own : elsewhere)
        EXPECT_EQ(told(own), once);
}

TEST(analyser, says_the_same_on_every_set_of_instructions) {
    auto expected = wild(12);
    shipped().analyse(expected);
    for (const kernels* by : available_kernels()) {
        analyser chosen = shipped();
        chosen.use_kernels(*by);
        auto read = wild(12);
        chosen.analyse(read);
        EXPECT_EQ(told(read), told(expected)) << by->name;
    }
}

TEST(analyser, leaves_out_what_is_not_wanted_and_says_the_same_of_the_rest) {
    auto whole = wild(8);
    const auto bare = whole;
    shipped().analyse(whole);
    analyser::scratch use;
    for (int wanted = 0; wanted < 8; ++wanted) {
        auto read = bare;
        shipped().analyse(read, use, {.tag = (wanted & 1) != 0, .parse = (wanted & 2) != 0, .ner = (wanted & 4) != 0});
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
    shipped().analyse(read);
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
    shipped().analyse(plain);
    shipped().analyse(decorated);
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

/// A copy of the model file to be damaged here and there; gone with the test.
class damaged_model {
public:
    damaged_model()
        : path_(std::filesystem::temp_directory_path() / ("isnad-damaged-" + std::to_string(::getpid()) + ".model")) {
        std::filesystem::copy_file(ISNAD_SOURCE_DIR "/models/isnad-ar.model", path_,
                                   std::filesystem::copy_options::overwrite_existing);
        std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
        std::ifstream file(path_, std::ios::binary);
        file.seekg(8);
        std::uint64_t size = 0;
        file.read(reinterpret_cast<char*>(&size), sizeof size);
        header_.resize(size);
        file.read(header_.data(), static_cast<std::streamsize>(size));
    }
    damaged_model(const damaged_model&) = delete;
    damaged_model& operator=(const damaged_model&) = delete;
    ~damaged_model() { std::filesystem::remove(path_); }

    [[nodiscard]] const std::string& header() const { return header_; }
    [[nodiscard]] std::size_t size() const { return std::filesystem::file_size(path_); }
    void cut(std::size_t size) const { std::filesystem::resize_file(path_, size); }
    void put(std::size_t at, const std::string& bytes) const {
        std::fstream file(path_, std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(static_cast<std::streamoff>(at));
        file << bytes;
    }
    /// What opening tells with other bytes at a place of the header: the error, nothing if there was none.
    [[nodiscard]] std::optional<errc> with(std::size_t at, const std::string& bytes) const {
        put(16 + at, bytes);
        const auto opened = analyser::open(path_.string());
        put(16 + at, header_.substr(at, bytes.size()));
        return opened.ok() ? std::nullopt : std::optional(opened.failure().code);
    }
    [[nodiscard]] bool is_fine() const {
        const auto opened = analyser::open(path_.string());
        return opened.ok() && opened->verify().ok();
    }

private:
    std::filesystem::path path_;
    std::string header_;
};

TEST(analyser, every_section_of_the_core_is_missed) {
    const damaged_model model;
    const std::string name = R"("name":"core/)";
    std::size_t sections = 0;
    for (std::size_t at = model.header().find(name); at != std::string::npos; at = model.header().find(name, at + 1)) {
        const std::size_t end = model.header().find('"', at + name.size());
        const std::string section = model.header().substr(at + name.size(), end - at - name.size());
        EXPECT_EQ(model.with(end - 1, "_"), errc::model) << section << " goes by another name";
        const std::size_t shape = model.header().find("[", end);
        EXPECT_EQ(model.with(shape + 1, model.header()[shape + 1] == '1' ? "2" : "1"), errc::model)
            << section << " is of another shape";
        ++sections;
    }
    EXPECT_GT(sections, 60U);
}

TEST(analyser, sizes_that_do_not_fit_the_sections_are_an_error) {
    const damaged_model model;
    for (const char* size : {"embedding", "hidden", "small", "layers", "tag", "lemma", "arc", "relation", "name",
                             "tags", "scripts", "relations", "names", "word_rows", "piece_rows"}) {
        const std::string key = "\"" + std::string(size) + "\":";
        const std::size_t at = model.header().find(key, model.header().find("\"sizes\"")) + key.size();
        for (const char* other : {model.header()[at] == '7' ? "8" : "7", "0", "-", "\""})
            EXPECT_EQ(model.with(at, other), errc::model) << size << " " << other;
    }
}

TEST(analyser, a_model_cut_short_or_changed_is_an_error) {
    const damaged_model model;
    EXPECT_TRUE(model.is_fine());
    model.put(model.size() / 2, "damage");
    EXPECT_FALSE(model.is_fine());
    for (const std::size_t part : {std::size_t{1} << 24, std::size_t{1} << 20, std::size_t{5000}, std::size_t{100}}) {
        model.cut(std::min(part, model.size() - 1));
        EXPECT_FALSE(model.is_fine()) << part;
    }
}

TEST(analyser, opens_within_a_tenth_of_a_second) {
    double least = 1;
    for (int i = 0; i < 5; ++i) {
        const std::clock_t begun = std::clock();
        const auto opened = analyser::open(ISNAD_SOURCE_DIR "/models/isnad-ar.model");
        ASSERT_TRUE(opened.ok());
        least = std::min(least, static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC);
    }
    EXPECT_LT(least, 0.1);
}

TEST(analyser, analyses_sentences_of_any_length_in_bounded_memory) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < 2500; ++i)
        words.push_back(i % 7 == 0 ? "قال" : i % 3 == 0 ? "الوزير" : "بغداد");
    sentence read = of(words);
    shipped().analyse(read);
    expect_tree(read);
    const auto root = std::find_if(read.words.begin(), read.words.end(), [](const word& w) { return w.head < 0; });
    EXPECT_LT(root - read.words.begin(), 1000);
    const auto hung = std::count_if(read.words.begin() + 1000, read.words.end(),
                                    [&](const word& w) { return w.head == root - read.words.begin(); });
    EXPECT_EQ(hung, 2) << "the roots of the second and third piece";
}

TEST(analyser, long_tokens_leave_no_memory_behind) {
    analyser::scratch use;
    for (std::size_t place = 0; place < 8; ++place) {
        std::vector<std::string> forms(8, "قال");
        forms[place] = std::string(100'000, 'x');
        sentence one = of(forms);
        shipped().analyse(std::span(&one, 1), use);
        EXPECT_EQ(one.words[place].form, forms[place]);
    }
    for (const std::string& slot : use.cleaned)
        EXPECT_LE(slot.capacity(), 4096U);
}

} // namespace
} // namespace isnad::nlp
