// Simple recurrent units with highway (Lei et al. 2018), both directions, over sentences laid end to end.
//   f = s(Uf + vf*c' + bf)   r = s(Ur + vr*c' + br)   c = f*c' + (1-f)*Ux   h = r*c + (1-r)*x
// u is [n][2][3][H] (x, f, r), x and h are [n][2H], v and b are [2][2][H] (f, r). Called from model.py.
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define AT(dir, k) (((int64_t)(dir) * 3 + (k)) * H)

static inline float s(float z) { return 1.0f / (1.0f + expf(-z)); }

void forward(const float* u, const float* x, const float* v, const float* b, const int64_t* bounds, int64_t sentences,
             int64_t H, float* h, float* c, float* f, float* r) {
    float* zero = calloc((size_t)H, sizeof(float));
    for (int64_t q = 0; q < sentences; ++q)
        for (int dir = 0; dir < 2; ++dir) {
            const float *vf = v + dir * 2 * H, *vr = vf + H, *bf = b + dir * 2 * H, *br = bf + H;
            const float* before = zero;
            const int64_t n = bounds[q + 1] - bounds[q];
            for (int64_t k = 0; k < n; ++k) {
                const int64_t t = dir == 0 ? bounds[q] + k : bounds[q + 1] - 1 - k;
                const float *ux = u + t * 6 * H + AT(dir, 0), *uf = ux + H, *ur = uf + H;
                const int64_t o = t * 2 * H + dir * H;
                for (int64_t d = 0; d < H; ++d) {
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
    free(zero);
}

void backward(const float* u, const float* x, const float* v, const float* c, const float* f, const float* r,
              const float* dh, const int64_t* bounds, int64_t sentences, int64_t H, float* du, float* dx, float* dv,
              float* db) {
    float* zero = calloc((size_t)H, sizeof(float));
    float* dc = malloc((size_t)H * sizeof(float));
    for (int64_t q = 0; q < sentences; ++q)
        for (int dir = 0; dir < 2; ++dir) {
            const float *vf = v + dir * 2 * H, *vr = vf + H;
            float *dvf = dv + dir * 2 * H, *dvr = dvf + H, *dbf = db + dir * 2 * H, *dbr = dbf + H;
            const int64_t n = bounds[q + 1] - bounds[q];
            memset(dc, 0, (size_t)H * sizeof(float));
            for (int64_t k = n - 1; k >= 0; --k) {
                const int64_t t = dir == 0 ? bounds[q] + k : bounds[q + 1] - 1 - k;
                const int64_t o = t * 2 * H + dir * H;
                const float* before = k == 0 ? zero : c + (dir == 0 ? o - 2 * H : o + 2 * H);
                const int64_t p = t * 6 * H + AT(dir, 0);
                for (int64_t d = 0; d < H; ++d) {
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
    free(zero), free(dc);
}
