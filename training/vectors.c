// Continuous bag of words with sub-word features and negative sampling (Mikolov et al. 2013, Bojanowski et al. 2017):
// predicts a word from the feature rows of the words around it. Called from vectors.py.
#include <math.h>
#include <stdint.h>
#include <string.h>

#define D 96
#define MAX_CONTEXT 16

static uint64_t next(uint64_t* s) {
    *s ^= *s << 13, *s ^= *s >> 7, *s ^= *s << 17;
    return *s;
}

void train(const int32_t* tokens, int64_t n, const int64_t* first, const int32_t* rows, const float* keep,
           const int32_t* noise, int64_t noise_size, float* in, float* out, float lr0, float progress0,
           float progress1, int window, int negatives, uint64_t seed) {
    uint64_t s = seed * 2654435761u + 88172645463325252ull;
    float h[D], g[D];
    for (int64_t i = 0; i < n; ++i) {
        const int32_t target = tokens[i];
        if (target < 0 || keep[target] < (float)(next(&s) >> 40) / 16777216.0f)
            continue;
        const float lr = lr0 * (1 - (progress0 + (progress1 - progress0) * (float)i / (float)n));
        const int reach = 1 + (int)(next(&s) % (uint64_t)window);
        int32_t context[MAX_CONTEXT];
        int m = 0;
        for (int64_t j = i - 1; j >= 0 && j >= i - reach && tokens[j] != -1; --j)
            if (tokens[j] >= 0) context[m++] = tokens[j];
        for (int64_t j = i + 1; j < n && j <= i + reach && tokens[j] != -1; ++j)
            if (tokens[j] >= 0) context[m++] = tokens[j];
        if (m == 0)
            continue;
        memset(h, 0, sizeof h), memset(g, 0, sizeof g);
        int64_t used = 0;
        for (int c = 0; c < m; ++c)
            for (int64_t k = first[context[c]]; k < first[context[c] + 1]; ++k, ++used) {
                const float* row = in + (int64_t)rows[k] * D;
                for (int d = 0; d < D; ++d) h[d] += row[d];
            }
        const float scale = 1.0f / (float)used;
        for (int d = 0; d < D; ++d) h[d] *= scale;
        for (int k = 0; k <= negatives; ++k) {
            const int32_t word = k == 0 ? target : noise[next(&s) % (uint64_t)noise_size];
            if (k > 0 && word == target) continue;
            float* o = out + (int64_t)word * D;
            float dot = 0;
            for (int d = 0; d < D; ++d) dot += h[d] * o[d];
            const float step = lr * ((k == 0 ? 1.0f : 0.0f) - 1.0f / (1.0f + expf(-dot)));
            for (int d = 0; d < D; ++d) g[d] += step * o[d], o[d] += step * h[d];
        }
        // As fastText does: the whole gradient to every row, not its share.
        for (int c = 0; c < m; ++c)
            for (int64_t k = first[context[c]]; k < first[context[c] + 1]; ++k) {
                float* row = in + (int64_t)rows[k] * D;
                for (int d = 0; d < D; ++d) row[d] += g[d] / (float)m;
            }
    }
}
