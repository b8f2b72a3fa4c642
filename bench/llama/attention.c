// Causal attention of one head in C, as one would write it: THREADS ROUNDS LENGTH…, the numbers and the lines of attention.mojo.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#ifdef _OPENMP
#include <omp.h>
#endif
#define SIZE 64

static uint64_t state = 11;
static float next(void) {
  state ^= state >> 12, state ^= state << 25, state ^= state >> 27;
  return (float)((state * 0x2545F4914F6CDD1DULL) >> 40) / 16777216.0f;
}

static void attend(float *result, const float *query, const float *key, const float *value, float *scores, int length) {
#pragma omp parallel for schedule(dynamic, 16)
  for (int i = 0; i < length; i++) {
    float *row = scores + (size_t)i * length, largest = -INFINITY, sum = 0;
    for (int j = 0; j <= i; j++) {
      float score = 0;
      for (int k = 0; k < SIZE; k++) score += query[i * SIZE + k] * key[j * SIZE + k];
      row[j] = score * 0.125f;
      if (row[j] > largest) largest = row[j];
    }
    for (int j = 0; j <= i; j++) sum += row[j] = expf(row[j] - largest);
    float out[SIZE] = {0};
    for (int j = 0; j <= i; j++)
      for (int k = 0; k < SIZE; k++) out[k] += row[j] * value[j * SIZE + k];
    for (int k = 0; k < SIZE; k++) result[i * SIZE + k] = out[k] / sum;
  }
}

int main(int count, char **words) {
#ifdef _OPENMP
  omp_set_num_threads(atoi(words[1]));
#endif
  for (int word = 3; word < count; word++) {
    int length = atoi(words[word]);
    float *numbers[4];
    for (int i = 0; i < 4; i++) numbers[i] = calloc(length * SIZE, 4);
    float *scores = malloc((size_t)length * length * 4);
    state = 11;
    for (int i = 0; i < length * SIZE; i++) {
      numbers[0][i] = next() * 4 - 2, numbers[1][i] = next() * 4 - 2, numbers[2][i] = next() - 0.5f;
    }
    int64_t best = INT64_MAX;
    for (int round = 0; round < atoi(words[2]); round++) {
      struct timespec a, b;
      clock_gettime(CLOCK_MONOTONIC, &a);
      attend(numbers[3], numbers[0], numbers[1], numbers[2], scores, length);
      clock_gettime(CLOCK_MONOTONIC, &b);
      int64_t spent = (b.tv_sec - a.tv_sec) * 1000000000LL + b.tv_nsec - a.tv_nsec;
      if (spent < best) best = spent;
    }
    double sum = 0;
    for (int i = 0; i < length * SIZE; i++) sum += fabs((double)numbers[3][i]);
    printf("attention-%d %.9g %lld\n", length, sum, (long long)best);
  }
}
