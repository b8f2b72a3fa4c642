#include "../measure.h"
enum { N = 20000, REPEATS = 1500 };
__attribute__((noinline)) static float dot_float(const float *a, const float *b, long n) {
  float sum = 0;
  for (long i = 0; i < n; i++) sum += a[i] * b[i];
  return sum;
}
__attribute__((noinline)) static int8_t dot_int8(const int8_t *a, const int8_t *b, long n) {
  int8_t sum = 0;
  for (long i = 0; i < n; i++) sum += (int8_t)(a[i] * b[i]);
  return sum;
}
int main(void) {
  float *f = aligned_alloc(64, N * 4 / 64 * 64 + 64), result = 0;
  int8_t *s = aligned_alloc(64, N / 64 * 64 + 64), small = 0;
  for (long i = 0; i < N; i++) f[i] = (float)(i % 17) * 0.25f, s[i] = (int8_t)(i % 23 - 11);
  MEASURE("float32", 5, result, for (int r = 0; r < REPEATS; r++) { result = dot_float(f, f, N); KEEP(&result); KEEP(f); });
  MEASURE("int8", 5, small, for (int r = 0; r < REPEATS; r++) { small = dot_int8(s, s, N); KEEP(&small); KEEP(s); });
}
