// Timing for the C programs: the best of several rounds, and the line that the harness reads.
#pragma once
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#define KEEP(p) __asm__ volatile("" : : "r"(p) : "memory")
static inline int64_t nanoseconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}
#define MEASURE(name, rounds, checksum, work)                        \
  do {                                                               \
    int64_t best = INT64_MAX;                                        \
    for (int round = 0; round < (rounds); round++) {                 \
      int64_t start = nanoseconds();                                 \
      work;                                                          \
      int64_t spent = nanoseconds() - start;                         \
      if (spent < best) best = spent;                                \
    }                                                                \
    printf("%s %.9g %lld\n", name, (double)(checksum), (long long)best); \
  } while (0)
