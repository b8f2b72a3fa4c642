// The forward pass of a Llama-2 model in C, as one would write it: loops over rows, a full row of scores for each head, a softmax in
// three passes. FILE THREADS ROUNDS POSITION…, and the same lines as kernel.mojo. Threads: OpenMP, if compiled with it.
#include <fcntl.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#ifdef _OPENMP
#include <omp.h>
#endif

typedef struct {
  int dim, hidden, layers, heads, kv_heads, vocabulary, positions;
} Sizes;

static Sizes s;
static int head_size, kv_size;
static const float *embedding, *attention_norm, *wq, *wk, *wv, *wo, *ffn_norm, *gate, *down, *up, *final_norm;
static float *x, *normed, *q, *attended, *hidden, *hidden2, *logits, *scores, *keys, *values;

static int64_t nanoseconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void load(const char *path) {
  int file = open(path, O_RDONLY);
  struct stat facts;
  if (file < 0 || fstat(file, &facts) != 0) exit(1);
  char *data = mmap(0, facts.st_size, PROT_READ, MAP_PRIVATE, file, 0);
  memcpy(&s, data, sizeof s);
  if (s.vocabulary < 0) s.vocabulary = -s.vocabulary;
  head_size = s.dim / s.heads;
  kv_size = head_size * s.kv_heads;
  const float *p = (const float *)(data + sizeof s);
  size_t layers = s.layers, square = (size_t)s.dim * s.dim, wide = (size_t)s.dim * s.hidden;
  embedding = p, p += (size_t)s.vocabulary * s.dim;
  attention_norm = p, p += layers * s.dim;
  wq = p, p += layers * square;
  wk = p, p += layers * s.dim * kv_size;
  wv = p, p += layers * s.dim * kv_size;
  wo = p, p += layers * square;
  ffn_norm = p, p += layers * s.dim;
  gate = p, p += layers * wide;
  down = p, p += layers * wide;
  up = p, p += layers * wide;
  final_norm = p;
  x = calloc(s.dim, 4), normed = calloc(s.dim, 4), q = calloc(s.dim, 4), attended = calloc(s.dim, 4);
  hidden = calloc(s.hidden, 4), hidden2 = calloc(s.hidden, 4), logits = calloc(s.vocabulary, 4);
  scores = calloc((size_t)s.heads * s.positions, 4);
  size_t cached = layers * s.positions * kv_size;
  keys = calloc(cached, 4), values = calloc(cached, 4);
  // Memory that was never written is one page of zeros, which stays in the first cache, as no text's keys and values do.
  for (size_t i = 0; i < cached; i += 1024) ((volatile float *)keys)[i] = ((volatile float *)values)[i] = 0;
}

static void normalize(float *out, const float *in, const float *weight) {
  float sum = 0;
  for (int i = 0; i < s.dim; i++) sum += in[i] * in[i];
  float scale = 1 / sqrtf(sum / s.dim + 1e-5f);
  for (int i = 0; i < s.dim; i++) out[i] = in[i] * scale * weight[i];
}

static void multiply(float *out, const float *weights, const float *in, int rows, int columns) {
#pragma omp parallel for
  for (int i = 0; i < rows; i++) {
    float sum = 0;
    for (int j = 0; j < columns; j++) sum += weights[(size_t)i * columns + j] * in[j];
    out[i] = sum;
  }
}

static void rotate(float *vector, int size, int position) {
  for (int i = 0; i < size; i += 2) {
    float angle = position / powf(10000, (float)(i % head_size) / head_size);
    float c = cosf(angle), d = sinf(angle), a = vector[i], b = vector[i + 1];
    vector[i] = a * c - b * d;
    vector[i + 1] = a * d + b * c;
  }
}

static void attend(int layer, int position) {
  int shared = s.heads / s.kv_heads;
  const float *layer_keys = keys + (size_t)layer * s.positions * kv_size;
  const float *layer_values = values + (size_t)layer * s.positions * kv_size;
#pragma omp parallel for
  for (int head = 0; head < s.heads; head++) {
    const float *query = q + head * head_size;
    float *row = scores + (size_t)head * s.positions, largest = -INFINITY, sum = 0;
    for (int t = 0; t <= position; t++) {
      const float *key = layer_keys + (size_t)t * kv_size + head / shared * head_size;
      float score = 0;
      for (int i = 0; i < head_size; i++) score += query[i] * key[i];
      row[t] = score / sqrtf(head_size);
      if (row[t] > largest) largest = row[t];
    }
    for (int t = 0; t <= position; t++) sum += row[t] = expf(row[t] - largest);
    float *out = attended + head * head_size;
    memset(out, 0, head_size * 4);
    for (int t = 0; t <= position; t++) {
      const float *value = layer_values + (size_t)t * kv_size + head / shared * head_size;
      float weight = row[t] / sum;
      for (int i = 0; i < head_size; i++) out[i] += weight * value[i];
    }
  }
}

static void forward(int token, int position) {
  memcpy(x, embedding + (size_t)token * s.dim, s.dim * 4);
  for (int l = 0; l < s.layers; l++) {
    float *key = keys + ((size_t)l * s.positions + position) * kv_size;
    float *value = values + ((size_t)l * s.positions + position) * kv_size;
    normalize(normed, x, attention_norm + l * s.dim);
    multiply(q, wq + (size_t)l * s.dim * s.dim, normed, s.dim, s.dim);
    multiply(key, wk + (size_t)l * s.dim * kv_size, normed, kv_size, s.dim);
    multiply(value, wv + (size_t)l * s.dim * kv_size, normed, kv_size, s.dim);
    rotate(q, s.dim, position);
    rotate(key, kv_size, position);
    attend(l, position);
    multiply(normed, wo + (size_t)l * s.dim * s.dim, attended, s.dim, s.dim);
    for (int i = 0; i < s.dim; i++) x[i] += normed[i];
    normalize(normed, x, ffn_norm + l * s.dim);
    multiply(hidden, gate + (size_t)l * s.dim * s.hidden, normed, s.hidden, s.dim);
    multiply(hidden2, up + (size_t)l * s.dim * s.hidden, normed, s.hidden, s.dim);
    for (int i = 0; i < s.hidden; i++) hidden[i] = hidden[i] / (1 + expf(-hidden[i])) * hidden2[i];
    multiply(normed, down + (size_t)l * s.dim * s.hidden, hidden, s.dim, s.hidden);
    for (int i = 0; i < s.dim; i++) x[i] += normed[i];
  }
  normalize(x, x, final_norm);
  multiply(logits, embedding, x, s.vocabulary, s.dim);
}

int main(int count, char **words) {
  load(words[1]);
#ifdef _OPENMP
  omp_set_num_threads(atoi(words[2]));
#endif
  for (int word = 4; word < count; word++) {
    int position = atoi(words[word]);
    int64_t best = INT64_MAX;
    for (int round = 0; round < atoi(words[3]); round++) {
      int64_t start = nanoseconds();
      forward((int64_t)position * 7919 % s.vocabulary, position);
      int64_t spent = nanoseconds() - start;
      if (spent < best) best = spent;
    }
    double sum = 0;
    for (int i = 0; i < s.vocabulary; i++) sum += fabs((double)logits[i]);
    printf("float32-%d %.9g %lld\n", position, sum, (long long)best);
  }
}
