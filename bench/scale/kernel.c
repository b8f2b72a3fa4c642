#include "../measure.h"
enum { N = 8192, REPEATS = 20000 };
__attribute__((noinline)) static void scale(float *y, const float *x, long n, float a) {
  for (long i = 0; i < n; i++) y[i] = a * x[i] + y[i];
}
static void fill(float *x, float *y) {
  for (long i = 0; i < N; i++) x[i] = (float)(i % 32) * 0.03125f, y[i] = (float)(i % 8);
}
static double sum(const float *y) {
  double total = 0;
  for (long i = 0; i < N; i++) total += y[i];
  return total;
}
int main(void) {
  float *x = aligned_alloc(64, N * 4), *y = aligned_alloc(64, N * 4);
  const char *names[] = {"lists", "vectors"};
  for (int v = 0; v < 2; v++)
    MEASURE(names[v], 5, sum(y), { fill(x, y); for (int r = 0; r < REPEATS; r++) { scale(y, x, N, 0.0001220703125f); KEEP(y); } });
}
