#include "../measure.h"
enum { N = 65536, REPEATS = 60 };
__attribute__((noinline)) static void activate(float *to, const float *from, long n, int kind) {
  if (kind == 0)
    for (long i = 0; i < n; i++) to[i] = tanhf(from[i]);
  else
    for (long i = 0; i < n; i++) to[i] = expf(from[i]);
}
static double sum(const float *y) {
  double total = 0;
  for (long i = 0; i < N; i++) total += y[i];
  return total;
}
int main(void) {
  float *from = aligned_alloc(64, N * 4), *to = aligned_alloc(64, N * 4);
  for (long i = 0; i < N; i++) from[i] = (float)(i % 4096) * 0.001f - 2;
  MEASURE("tanh", 7, sum(to), for (int r = 0; r < REPEATS; r++) { activate(to, from, N, 0); KEEP(to); });
  MEASURE("exp", 7, sum(to), for (int r = 0; r < REPEATS; r++) { activate(to, from, N, 1); KEEP(to); });
}
