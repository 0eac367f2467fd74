#include "nlp/kernels.hpp"

#include <cstdint>
#include <cstring>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wpsabi" // vectors never cross a function's edge here
#endif

namespace isnad::nlp {
namespace {

/// 1 / (1 + e^-z), to about 1e-6: 2^f by a polynomial, the whole exponent by its bits (Cephes' expf).
[[gnu::always_inline]] inline float sigmoid(float z) {
    z = z < -30.0F ? -30.0F : z > 30.0F ? 30.0F : z;
    const float scaled = z * -1.44269504F;
    // Rounding by adding and taking away 1.5 * 2^23: branch-free, and vectorised everywhere.
    const float whole = (scaled + 12582912.0F) - 12582912.0F;
    const float f = (scaled - whole) * 0.693147181F;
    float power = 1.9875691500e-4F;
    power = power * f + 1.3981999507e-3F;
    power = power * f + 8.3334519073e-3F;
    power = power * f + 4.1665795894e-2F;
    power = power * f + 1.6666665459e-1F;
    power = power * f + 5.0000001201e-1F;
    power = power * f * f + f + 1.0F;
    const std::int32_t exponent = (static_cast<std::int32_t>(whole) + 127) << 23;
    float scale = 0;
    std::memcpy(&scale, &exponent, sizeof scale);
    return 1.0F / (1.0F + power * scale);
}

namespace plain {
#define ISNAD_TARGET
#define ISNAD_LANES 4
#define ISNAD_ROWS 3
#define ISNAD_VECTORS 4
#include "nlp/kernels.inc"
#undef ISNAD_TARGET
#undef ISNAD_LANES
#undef ISNAD_ROWS
#undef ISNAD_VECTORS
} // namespace plain

constexpr kernels plain_set = {"plain", plain::product, plain::scan};

#if defined(__x86_64__)
namespace avx2 {
#define ISNAD_TARGET __attribute__((target("avx2,fma")))
#define ISNAD_LANES 8
#define ISNAD_ROWS 6
#define ISNAD_VECTORS 2
#include "nlp/kernels.inc"
#undef ISNAD_TARGET
#undef ISNAD_LANES
#undef ISNAD_ROWS
#undef ISNAD_VECTORS
} // namespace avx2

namespace avx512 {
#define ISNAD_TARGET __attribute__((target("avx512f,avx512vl,avx512dq,avx2,fma,prefer-vector-width=512")))
#define ISNAD_LANES 16
#define ISNAD_ROWS 8
#define ISNAD_VECTORS 2
#include "nlp/kernels.inc"
#undef ISNAD_TARGET
#undef ISNAD_LANES
#undef ISNAD_ROWS
#undef ISNAD_VECTORS
} // namespace avx512

constexpr kernels avx2_set = {"avx2", avx2::product, avx2::scan};
constexpr kernels avx512_set = {"avx512", avx512::product, avx512::scan};
#endif

} // namespace

std::vector<const kernels*> available_kernels() {
    std::vector<const kernels*> out = {&plain_set};
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        out.push_back(&avx2_set);
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq"))
        out.push_back(&avx512_set);
#endif
    return out;
}

const kernels& best_kernels() noexcept {
    static const kernels* const best = available_kernels().back();
    return *best;
}

} // namespace isnad::nlp
