// The language core by its parts, on one core unless said otherwise, in syntactic words a second. The text is
// examples/sample.txt, over and over.
#include "nlp/analyser.hpp"
#include "nlp/segmenter.hpp"
#include "text/segmentation.hpp"

#include <benchmark/benchmark.h>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

namespace {

using namespace isnad::nlp;
using clock_type = std::chrono::steady_clock;

double seconds(clock_type::time_point from, clock_type::time_point to) {
    return std::chrono::duration<double>(to - from).count();
}

const std::string& sample() {
    static const std::string text = [] {
        std::ifstream file(ISNAD_SOURCE_DIR "/examples/sample.txt", std::ios::binary);
        std::stringstream once;
        once << file.rdbuf();
        std::string out;
        for (int i = 0; i < 10; ++i)
            out += once.str() + "\n";
        return out;
    }();
    return text;
}

template <class T>
T opened() {
    const auto model = container::open(ISNAD_SOURCE_DIR "/models/isnad-ar.model");
    if (!model)
        std::abort();
    auto made = T::open(*model);
    if (!made)
        std::abort();
    return std::move(made).value();
}

const analyser& analyses() {
    static const analyser one = opened<analyser>();
    return one;
}

const segmenter& splits() {
    static const segmenter one = opened<segmenter>();
    return one;
}

/// What one thread needs to read the sample.
struct reading {
    std::vector<sentence> sentences;
    segmenter::scratch splitting;
    analyser::scratch analysing;

    void split() {
        const auto bounds = isnad::text::segment(sample());
        sentences.resize(bounds.size());
        for (std::size_t i = 0; i < bounds.size(); ++i)
            splits().segment(sample(), bounds[i], sentences[i], splitting);
    }
    void analyse(heads wanted = {}) { analyses().analyse(sentences, analysing, wanted); }
    void all() {
        split();
        analyse();
    }
    [[nodiscard]] double words() const {
        std::size_t count = 0;
        for (const sentence& one : sentences)
            count += one.words.size();
        return static_cast<double>(count);
    }
};

/// A product that stays in the cache: what the core can do at most.
struct cached_product {
    static constexpr std::size_t rows = 96, inputs = 512, outputs = 512;
    byte_rows x;
    std::vector<std::int8_t> weights = std::vector<std::int8_t>(inputs * outputs, 1);
    std::vector<float> by_output = std::vector<float>(outputs, 1.0F);
    std::vector<std::int32_t> sum = std::vector<std::int32_t>(outputs, 1);
    std::vector<float> y = std::vector<float>(rows * outputs);

    cached_product() { x.resize(rows, inputs); }
    void run() {
        const matrix_view matrix = {
            outputs, inputs / matrix_view::group, weights.data(), by_output.data(), by_output.data(), sum.data()};
        best_kernels().product(x, 0, rows, matrix, 1, y.data(), outputs);
        benchmark::DoNotOptimize(y.data());
    }
    static constexpr double products = static_cast<double>(rows * inputs * outputs);
};

void rate(benchmark::State& state, const char* name, double each) {
    state.counters[name] = benchmark::Counter(each, benchmark::Counter::kIsIterationInvariantRate);
}

void product(benchmark::State& state) {
    cached_product one;
    for (auto _ : state)
        one.run();
    rate(state, "multiply-adds/s", cached_product::products);
    state.SetLabel(best_kernels().name);
}

/// Features, look-up and recurrent layers, with the share that their products have of the rate that product() has. Both
/// are timed in turn and by the processor's time, so that a busy machine does not change the share.
void encoder(benchmark::State& state) {
    reading one;
    one.split();
    cached_product reference;
    double encoding = 0;
    double multiplying = 0;
    double rounds = 0;
    for (auto _ : state) {
        const std::clock_t begun = std::clock();
        one.analyse({.tag = false, .parse = false, .ner = false});
        const std::clock_t encoded = std::clock();
        for (int i = 0; i < 200; ++i)
            reference.run();
        encoding += static_cast<double>(encoded - begun) / CLOCKS_PER_SEC;
        multiplying += static_cast<double>(std::clock() - encoded) / CLOCKS_PER_SEC;
        rounds += 1;
        state.SetIterationTime(static_cast<double>(encoded - begun) / CLOCKS_PER_SEC);
    }
    state.counters["words/s"] = one.words() * rounds / encoding;
    const double made = one.words() * static_cast<double>(analyses().net().encoder_products()) * rounds / encoding;
    const double most = 200 * cached_product::products * rounds / multiplying;
    state.counters["multiply-adds/s"] = made;
    state.counters["product rate"] = most;
    state.counters["share"] = made / most;
}

void heads_of(benchmark::State& state, heads wanted) {
    reading one;
    one.split();
    for (auto _ : state)
        one.analyse(wanted);
    rate(state, "words/s", one.words());
}

void split(benchmark::State& state) {
    reading one;
    for (auto _ : state)
        one.split();
    rate(state, "words/s", one.words());
}

void parse_raw(benchmark::State& state) {
    reading one;
    for (auto _ : state)
        one.all();
    rate(state, "words/s", one.words());
}

/// Raw text to everything in two threads, and how many times faster that is than one, which is timed in turn. By the
/// clock on the wall: it tells something on an idle machine alone.
void parse_raw_two_threads(benchmark::State& state) {
    std::vector<reading> both(2);
    double alone = 0;
    double together = 0;
    for (auto _ : state) {
        const auto begun = clock_type::now();
        both[0].all();
        const auto between = clock_type::now();
        std::thread other([&] { both[1].all(); });
        both[0].all();
        other.join();
        const auto ended = clock_type::now();
        alone += seconds(begun, between);
        together += seconds(between, ended);
        state.SetIterationTime(seconds(between, ended));
    }
    const auto rounds = static_cast<double>(state.iterations());
    state.counters["words/s"] = 2 * both[0].words() * rounds / together;
    state.counters["times one"] = 2 * alone / together;
}

void open_model(benchmark::State& state) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(opened<analyser>());
        benchmark::DoNotOptimize(opened<segmenter>());
    }
}

BENCHMARK(product);
BENCHMARK(encoder)->UseManualTime();
BENCHMARK_CAPTURE(heads_of, tags, heads{.tag = true, .parse = false, .ner = false});
BENCHMARK_CAPTURE(heads_of, trees, heads{.tag = false, .parse = true, .ner = false});
BENCHMARK_CAPTURE(heads_of, names, heads{.tag = false, .parse = false, .ner = true});
BENCHMARK_CAPTURE(heads_of, all, heads{});
BENCHMARK(split);
BENCHMARK(parse_raw);
BENCHMARK(parse_raw_two_threads)->UseManualTime();
BENCHMARK(open_model)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
