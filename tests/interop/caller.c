/* Calls the exports of kernels.mojo from C and C++ and prints what comes back; the test compares the lines. */
#include "kernels.h"
#include <stdio.h>

int main(void) {
  float a[] = {1, 2, 3}, b[] = {4, 5, 6}, product = 0;
  kiln_text error;
  bool fine = kernels_dot(a, 3, b, 3, &product, &error);
  printf("%d %g\n", fine, product);
  if (!kernels_dot(a, 3, b, 2, &product, &error)) {
    printf("%.*s\n", (int)error.bytes, error.data);
    kiln_text_free(error);
  }
  double values[] = {1, 2, 3};
  kernels_scale(values, 3, 2);
  printf("%g %g %g\n", values[0], values[1], values[2]);
  printf("%lld %lld\n", (long long)kernels_add(1, 2), (long long)kernels_beyond());
  printf("%d %llu %d\n", (int)kernels_small(-100, 60000), (unsigned long long)kernels_wide(-2, UINT64_MAX), kernels_flip(true));
  kiln_text text;
  kernels_greet("C", 1, &text);
  printf("%.*s %lld\n", (int)text.bytes, text.data, (long long)kernels_count_bytes(text.data, text.bytes));
  kiln_text_free(text);
  kiln_list_float64 list;
  kernels_squares(4, &list);
  printf("%zu %g\n", list.count, list.data[3]);
  kiln_list_float64_free(list);
  int32_t numbers[] = {5, 6, 7};
  bool found = false;
  int64_t at = -1;
  kernels_find(numbers, 3, 7, &found, &at);
  printf("%d %lld\n", found, (long long)at);
  kernels_find(numbers, 3, 9, &found, &at);
  printf("%d %g %g\n", found, kernels_or_zero(true, 2.5), kernels_or_zero(false, 2.5));
  int64_t quotient = 0, rest = 0;
  fine = kernels_quotient(17, 5, &quotient, &rest, &error);
  printf("%d %lld %lld\n", fine, (long long)quotient, (long long)rest);
  kernels_Point from = {0, 0, {0, "a", 1}}, to = {2, 4, {0, "b", 1}}, middle;
  kernels_middle(from, to, &middle);
  printf("%g %g %.*s\n", middle.x, middle.y, (int)middle.label.bytes, middle.label.data);
  kiln_text_free(middle.label);
  kernels_Counter counter = kernels_Counter_init("c", 1);
  long long bumped = kernels_Counter_bump(counter, 5);
  kernels_bump_twice(counter);
  printf("%lld %lld %lld\n", bumped, (long long)kernels_Counter_get_count(counter), (long long)kernels_read_counter(counter));
  kernels_Counter_drop(counter);
  printf("%lld\n", (long long)kernels_end_counter(kernels_make_counter(3)));
  return 0;
}
