// Simple recurrent units with highway (Lei et al. 2018), both directions, over sentences laid end to end.
//   f = s(Uf + vf*c' + bf)   r = s(Ur + vr*c' + br)   c = f*c' + (1-f)*Ux   h = r*c + (1-r)*x
// u is [n][2][3][H] (x, f, r), x and h are [n][2H], v and b are [2][2][H] (f, r). Channels never meet, so threads share
// them out in pieces. Called from model.py.
#include <stdint.h>
#include <string.h>

#define PIECE 64 // channels
#define AT(dir, k) (((int64_t)(dir) * 3 + (k)) * H)

// 1 / (1 + e^-z): 2^f by a polynomial and the whole exponent by its bits, so that the compiler can do sixteen at once.
static inline float s(float z) {
    z = z < -30.0f ? -30.0f : z > 30.0f ? 30.0f : z;
    const float scaled = z * -1.44269504f;
    const float whole = __builtin_floorf(scaled + 0.5f), f = (scaled - whole) * 0.693147181f;
    const float power = 1.0f + f * (1.0f + f * (0.5f + f * (1.66666655e-1f + f * (4.16657959e-2f + f * 8.3334519e-3f))));
    union { int32_t bits; float value; } scale = {((int32_t)whole + 127) << 23};
    return 1.0f / (1.0f + power * scale.value);
}

static inline int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

void forward(const float* u, const float* x, const float* v, const float* b, const int64_t* bounds, int64_t sentences,
             int64_t H, float* h, float* c, float* f, float* r) {
    static const float zero[PIECE];
#pragma omp parallel for collapse(2)
    for (int dir = 0; dir < 2; ++dir)
        for (int64_t first = 0; first < H; first += PIECE)
            for (int64_t q = 0; q < sentences; ++q) {
                const float *vf = v + dir * 2 * H + first, *vr = vf + H, *bf = b + dir * 2 * H + first, *br = bf + H;
                const float* before = zero;
                const int64_t n = bounds[q + 1] - bounds[q], size = least(PIECE, H - first);
                for (int64_t k = 0; k < n; ++k) {
                    const int64_t t = dir == 0 ? bounds[q] + k : bounds[q + 1] - 1 - k;
                    const float *ux = u + t * 6 * H + AT(dir, 0) + first, *uf = ux + H, *ur = uf + H;
                    const int64_t o = t * 2 * H + dir * H + first;
#pragma GCC ivdep
                    for (int64_t d = 0; d < size; ++d) {
                        const float cd = before[d];
                        const float fd = s(uf[d] + vf[d] * cd + bf[d]);
                        const float rd = s(ur[d] + vr[d] * cd + br[d]);
                        const float cn = fd * cd + (1 - fd) * ux[d];
                        f[o + d] = fd, r[o + d] = rd, c[o + d] = cn;
                        h[o + d] = rd * cn + (1 - rd) * x[o + d];
                    }
                    before = c + o;
                }
            }
}

void backward(const float* u, const float* x, const float* v, const float* c, const float* f, const float* r,
              const float* dh, const int64_t* bounds, int64_t sentences, int64_t H, float* du, float* dx, float* dv,
              float* db) {
    static const float zero[PIECE];
#pragma omp parallel for collapse(2)
    for (int dir = 0; dir < 2; ++dir)
        for (int64_t first = 0; first < H; first += PIECE)
            for (int64_t q = 0; q < sentences; ++q) {
                const float *vf = v + dir * 2 * H + first, *vr = vf + H;
                float *dvf = dv + dir * 2 * H + first, *dvr = dvf + H, *dbf = db + dir * 2 * H + first, *dbr = dbf + H;
                const int64_t n = bounds[q + 1] - bounds[q], size = least(PIECE, H - first);
                float dc[PIECE] = {0};
                for (int64_t k = n - 1; k >= 0; --k) {
                    const int64_t t = dir == 0 ? bounds[q] + k : bounds[q + 1] - 1 - k;
                    const int64_t o = t * 2 * H + dir * H + first;
                    const float* before = k == 0 ? zero : c + (dir == 0 ? o - 2 * H : o + 2 * H);
                    const int64_t p = t * 6 * H + AT(dir, 0) + first;
#pragma GCC ivdep
                    for (int64_t d = 0; d < size; ++d) {
                        const float g = dh[o + d], fd = f[o + d], rd = r[o + d], cd = before[d];
                        const float dr = g * (c[o + d] - x[o + d]) * rd * (1 - rd);
                        const float dcn = dc[d] + g * rd;
                        const float df = dcn * (cd - u[p + d]) * fd * (1 - fd);
                        dx[o + d] = g * (1 - rd);
                        du[p + d] = dcn * (1 - fd), du[p + H + d] = df, du[p + 2 * H + d] = dr;
                        dvf[d] += df * cd, dvr[d] += dr * cd, dbf[d] += df, dbr[d] += dr;
                        dc[d] = dcn * fd + df * vf[d] + dr * vr[d];
                    }
                }
            }
}
