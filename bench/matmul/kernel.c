#include "../measure.h"
enum { N = 512, ROWS = 8, VECTORS = 2, WIDTH = 16 };
typedef float vector __attribute__((vector_size(WIDTH * 4), aligned(4)));
__attribute__((noinline)) static void plain(float *restrict c, const float *restrict a, const float *restrict b) {
  for (long i = 0; i < N * N; i++) c[i] = 0;
  for (long i = 0; i < N; i++)
    for (long k = 0; k < N; k++) {
      float left = a[i * N + k];
      for (long j = 0; j < N; j++) c[i * N + j] += left * b[k * N + j];
    }
}
__attribute__((noinline)) static void tiled(float *c, const float *a, const float *b, float *packed) {
  for (long column = 0; column < N; column += WIDTH * VECTORS) {
    for (long k = 0; k < N; k++)
      for (long v = 0; v < VECTORS; v++) *(vector *)(packed + (k * VECTORS + v) * WIDTH) = *(const vector *)(b + k * N + column + v * WIDTH);
    for (long row = 0; row < N; row += ROWS) {
      vector sums[ROWS][VECTORS] = {{{0}}};
      for (long k = 0; k < N; k++) {
        vector right[VECTORS];
#pragma clang loop unroll(full)
        for (int v = 0; v < VECTORS; v++) right[v] = *(vector *)(packed + (k * VECTORS + v) * WIDTH);
#pragma clang loop unroll(full)
        for (int r = 0; r < ROWS; r++)
#pragma clang loop unroll(full)
          for (int v = 0; v < VECTORS; v++) sums[r][v] += a[(row + r) * N + k] * right[v];
      }
#pragma clang loop unroll(full)
      for (int r = 0; r < ROWS; r++)
#pragma clang loop unroll(full)
        for (int v = 0; v < VECTORS; v++) *(vector *)(c + (row + r) * N + column + v * WIDTH) = sums[r][v];
    }
  }
}
static double sum(const float *c) {
  double total = 0;
  for (long i = 0; i < N * N; i++) total += fabs(c[i]);
  return total;
}
int main(void) {
  float *a = aligned_alloc(64, N * N * 4), *b = aligned_alloc(64, N * N * 4), *c = aligned_alloc(64, N * N * 4);
  float *packed = aligned_alloc(64, N * WIDTH * VECTORS * 4);
  for (long i = 0; i < N * N; i++) a[i] = (float)(i % 7 - 3), b[i] = (float)(i % 11 - 5) * 0.5f;
  MEASURE("plain", 8, sum(c), { plain(c, a, b); KEEP(c); });
  MEASURE("tiled", 8, sum(c), { tiled(c, a, b, packed); KEEP(c); });
}
