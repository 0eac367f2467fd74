#include "nlp/kernels.hpp"

#include <cmath>
#include <cstring>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wpsabi" // vectors never cross a function's edge here
#endif

namespace isnad::nlp {
namespace {

// Each namespace's dot4 adds to every sum the products of four unsigned bytes of `x` and four signed ones of `w`.

namespace plain {
#define ISNAD_TARGET
#define ISNAD_LANES 4
#define ISNAD_ROWS 2
#define ISNAD_VECTORS 4
#define ISNAD_UNITS 4
using whole4 = std::int32_t __attribute__((vector_size(16), aligned(4), may_alias));
/// By pairs in sixteen bits, which they fit (matrix_view::largest).
inline whole4 dot4(whole4 sums, whole4 x, whole4 w) {
    using halves = std::int16_t __attribute__((vector_size(16)));
    using plain_halves = std::uint16_t __attribute__((vector_size(16)));
    const auto even = reinterpret_cast<halves>(reinterpret_cast<plain_halves>(x) & 0xFF);
    const auto odd = reinterpret_cast<halves>(reinterpret_cast<plain_halves>(x) >> 8);
    const auto signed_odd = reinterpret_cast<halves>(w) >> 8;
    const auto signed_even = reinterpret_cast<halves>(reinterpret_cast<plain_halves>(w) << 8) >> 8;
    const auto pairs = reinterpret_cast<whole4>(even * signed_even + odd * signed_odd);
    return sums + (pairs >> 16) + ((pairs << 16) >> 16);
}
#include "nlp/kernels.inc"
#undef ISNAD_TARGET
#undef ISNAD_LANES
#undef ISNAD_ROWS
#undef ISNAD_VECTORS
#undef ISNAD_UNITS
} // namespace plain

constexpr kernels plain_set = plain::set_of("plain");

#if defined(__x86_64__)
namespace sse4 {
#define ISNAD_TARGET __attribute__((target("sse4.1")))
#define ISNAD_LANES 4
#define ISNAD_ROWS 2
#define ISNAD_VECTORS 4
#define ISNAD_UNITS 4
using whole4 = std::int32_t __attribute__((vector_size(16), aligned(4), may_alias));
[[gnu::always_inline]] ISNAD_TARGET inline whole4 dot4(whole4 sums, whole4 x, whole4 w) {
    const __m128i pairs = _mm_maddubs_epi16(reinterpret_cast<__m128i>(x), reinterpret_cast<__m128i>(w));
    return sums + reinterpret_cast<whole4>(_mm_madd_epi16(pairs, _mm_set1_epi16(1)));
}
#include "nlp/kernels.inc"
#undef ISNAD_TARGET
#undef ISNAD_LANES
#undef ISNAD_ROWS
#undef ISNAD_VECTORS
#undef ISNAD_UNITS
} // namespace sse4

namespace avx2 {
#define ISNAD_TARGET __attribute__((target("avx2")))
#define ISNAD_LANES 8
#define ISNAD_ROWS 5
#define ISNAD_VECTORS 2
#define ISNAD_UNITS 4
using whole8 = std::int32_t __attribute__((vector_size(32), aligned(4), may_alias));
[[gnu::always_inline]] ISNAD_TARGET inline whole8 dot4(whole8 sums, whole8 x, whole8 w) {
    const __m256i pairs = _mm256_maddubs_epi16(reinterpret_cast<__m256i>(x), reinterpret_cast<__m256i>(w));
    return sums + reinterpret_cast<whole8>(_mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}
#include "nlp/kernels.inc"
#undef ISNAD_TARGET
#undef ISNAD_LANES
#undef ISNAD_ROWS
#undef ISNAD_VECTORS
#undef ISNAD_UNITS
} // namespace avx2

namespace avx512 {
#if defined(__clang__) // takes whole vectors of their own accord, and knows no such option
#define ISNAD_TARGET __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx512vnni,avx2")))
#else
#define ISNAD_TARGET                                                                                                   \
    __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx512vnni,avx2,prefer-vector-width=512")))
#endif
#define ISNAD_LANES 16
#define ISNAD_ROWS 12
#define ISNAD_VECTORS 2
#define ISNAD_UNITS 4
using whole16 = std::int32_t __attribute__((vector_size(64), aligned(4), may_alias));
[[gnu::always_inline]] ISNAD_TARGET inline whole16 dot4(whole16 sums, whole16 x, whole16 w) {
    return reinterpret_cast<whole16>(_mm512_dpbusd_epi32(reinterpret_cast<__m512i>(sums), reinterpret_cast<__m512i>(x),
                                                         reinterpret_cast<__m512i>(w)));
}
#include "nlp/kernels.inc"
#undef ISNAD_TARGET
#undef ISNAD_LANES
#undef ISNAD_ROWS
#undef ISNAD_VECTORS
#undef ISNAD_UNITS
} // namespace avx512

constexpr kernels sse4_set = sse4::set_of("sse4");
constexpr kernels avx2_set = avx2::set_of("avx2");
constexpr kernels avx512_set = avx512::set_of("avx512-vnni");
#endif

} // namespace

std::vector<const kernels*> available_kernels() {
    std::vector<const kernels*> out = {&plain_set};
#if defined(__x86_64__)
    if (__builtin_cpu_supports("sse4.1"))
        out.push_back(&sse4_set);
    if (__builtin_cpu_supports("avx2"))
        out.push_back(&avx2_set);
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vnni"))
        out.push_back(&avx512_set);
#endif
    return out;
}

const kernels& best_kernels() noexcept {
    static const kernels* const best = available_kernels().back();
    return *best;
}

} // namespace isnad::nlp
