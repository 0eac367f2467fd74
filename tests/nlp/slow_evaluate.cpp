// Measures the model on gold words. Where the data are is told by the environment; without them only the model's own
// samples are held to.
//     ISNAD_GOLD=dev.conllu ISNAD_NAMES=names.conllu test_nlp_slow --gtest_filter=measure.*
#include "nlp/evaluate.hpp"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <iostream>
#include <sstream>

namespace isnad::nlp {
namespace {

std::string environment(const char* name, const std::string& otherwise) {
    const char* value = std::getenv(name);
    return value == nullptr ? otherwise : value;
}

figures measured(const analyser& by, const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream content;
    content << file.rdbuf();
    const auto gold = read_conllu(content.str(), path);
    EXPECT_TRUE(gold.ok()) << (gold.ok() ? "" : gold.failure().text());
    return gold.ok() ? evaluate(by, *gold) : figures{};
}

double share(std::size_t part, std::size_t all) {
    return all == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(all);
}

TEST(measure, gold_words) {
    const auto by = analyser::open(environment("ISNAD_MODEL", ISNAD_SOURCE_DIR "/models/isnad-ar.model"));
    ASSERT_TRUE(by.ok()) << by.failure().text();
    const auto verified = by->verify();
    EXPECT_TRUE(verified.ok()) << (verified.ok() ? "" : verified.failure().text());
    if (const std::string path = environment("ISNAD_GOLD", ""); !path.empty()) {
        const figures f = measured(*by, path);
        std::cout << "words " << f.words << "  UPOS " << share(f.upos, f.words) << "  XPOS " << share(f.xpos, f.words)
                  << "  UFeats " << share(f.feats, f.words) << "  Lemma " << share(f.lemma, f.words) << "  UAS "
                  << share(f.uas, f.words) << "  LAS " << share(f.las, f.words) << "  words/s "
                  << static_cast<double>(f.words) / f.seconds << '\n';
        EXPECT_GE(share(f.upos, f.words), 93.0);
        EXPECT_GE(share(f.las, f.words), 70.0);
    }
    if (const std::string path = environment("ISNAD_NAMES", ""); !path.empty()) {
        const figures f = measured(*by, path);
        std::cout << "names " << f.names_gold << "  F1 " << 100 * f.name_f1() << "  words/s "
                  << static_cast<double>(f.words) / f.seconds << '\n';
        EXPECT_GE(f.name_f1(), 0.6);
    }
}

} // namespace
} // namespace isnad::nlp
