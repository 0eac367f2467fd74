// How long each stage takes, in words (written tokens) a second on one core. The article is examples/sample.txt, over
// and over.
#include "ingest/reader.hpp"
#include "isnad/engine.hpp"
#include "record/json.hpp"
#include "text/fold.hpp"
#include "text/segmentation.hpp"

#include <benchmark/benchmark.h>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace {

const std::string& sample() {
    static const std::string text = [] {
        std::ifstream file(ISNAD_SOURCE_DIR "/examples/sample.txt", std::ios::binary);
        std::stringstream content;
        content << file.rdbuf();
        return content.str();
    }();
    return text;
}

isnad::article article() {
    isnad::article one;
    one.id = "bench";
    one.published = "2019-11-17";
    one.text = sample();
    return one;
}

const isnad::engine& engine() {
    static const isnad::engine opened = [] {
        isnad::settings wanted;
        wanted.home = ISNAD_BINARY_DIR "/share/isnad";
        auto made = isnad::engine::open(wanted);
        if (!made)
            std::abort();
        return std::move(made).value();
    }();
    return opened;
}

std::size_t tokens() {
    std::size_t count = 0;
    for (const auto& sentence : isnad::text::segment(sample()))
        count += sentence.tokens.size();
    return count;
}

void words_a_second(benchmark::State& state) {
    static const std::size_t each = tokens();
    state.counters["words/s"] =
        benchmark::Counter(static_cast<double>(each), benchmark::Counter::kIsIterationInvariantRate);
}

void check(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(isnad::ingest::check_text(sample()));
    words_a_second(state);
}

void fold(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(isnad::text::fold(sample()));
    words_a_second(state);
}

void segment(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(isnad::text::segment(sample()));
    words_a_second(state);
}

void read(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(engine().read(article()));
    words_a_second(state);
}

void write_json(benchmark::State& state) {
    const auto document = engine().read(article());
    for (auto _ : state)
        benchmark::DoNotOptimize(isnad::to_json(document->what, document->text));
    words_a_second(state);
}

void open_engine(benchmark::State& state) {
    isnad::settings wanted;
    wanted.home = ISNAD_BINARY_DIR "/share/isnad";
    for (auto _ : state)
        benchmark::DoNotOptimize(isnad::engine::open(wanted));
}

BENCHMARK(check);
BENCHMARK(fold);
BENCHMARK(segment);
BENCHMARK(read)->Unit(benchmark::kMillisecond);
BENCHMARK(write_json);
BENCHMARK(open_engine)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
