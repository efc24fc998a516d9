// What a program in C does with pages, for comparison: `peer zero BYTES | wide BYTES | scan FILE | encode FILE | decode FILE`. Prints what child.ts does.
#define _POSIX_C_SOURCE 200809L
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PAGE = 4096, BITS = 1 << 18, SAMPLES = 40, WARM_MS = 150, SAMPLE_MS = 2 };

static volatile uint64_t kept;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

static uint64_t load64(const uint8_t *p) {
  uint64_t v;
  memcpy(&v, p, 8);
  return v;
}

static int is_zero(const uint8_t *p) {
  const uint64_t *w = (const uint64_t *)p;
  for (int i = 0; i < PAGE / 8; i += 8)
    if (w[i] | w[i + 1] | w[i + 2] | w[i + 3] | w[i + 4] | w[i + 5] | w[i + 6] | w[i + 7]) return 0;
  return 1;
}

// For the widest vectors that the machine has, wider than those of WebAssembly.
static int is_zero_wide(const uint8_t *p) {
  if (load64(p)) return 0;
  for (int block = 0; block < PAGE; block += 256) {
    uint64_t any = 0;
    for (int i = 0; i < 256; i += 8) any |= load64(p + block + i);
    if (any) return 0;
  }
  return 1;
}

static uint32_t scan(const uint64_t *bits, uint32_t words, uint32_t *into) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < words; i++)
    for (uint64_t w = bits[i]; w; w &= w - 1) into[n++] = i * 64 + __builtin_ctzll(w);
  return n;
}

static int put_count(uint8_t *p, int n) {
  if (n < 0x80) return *p = n, 1;
  p[0] = n | 0x80;
  p[1] = n >> 7;
  return 2;
}

static int encode(const uint8_t *a, const uint8_t *b, uint8_t *out) {
  int at = 0, n = 0;
  while (at < PAGE) {
    if (n + 2 > PAGE) return -1;
    int start = at;
    for (;;) {
      if (at + 8 > PAGE) {
        while (at < PAGE && a[at] == b[at]) at++;
        break;
      }
      uint64_t d = load64(a + at) ^ load64(b + at);
      if (d) {
        at += __builtin_ctzll(d) >> 3;
        break;
      }
      at += 8;
    }
    if (at == PAGE) break;
    n += put_count(out + n, at - start);
    if (n + 2 > PAGE) return -1;
    start = at;
    for (;;) {
      if (at + 8 > PAGE) {
        while (at < PAGE && a[at] != b[at]) at++;
        break;
      }
      uint64_t d = load64(a + at) ^ load64(b + at);
      uint64_t equal = (d - 0x0101010101010101) & ~d & 0x8080808080808080;
      if (equal) {
        at += __builtin_ctzll(equal) >> 3;
        break;
      }
      at += 8;
    }
    n += put_count(out + n, at - start);
    if (n + (at - start) > PAGE) return -1;
    memcpy(out + n, b + start, at - start);
    n += at - start;
  }
  return n;
}

static int get_count(const uint8_t *p, int *n) {
  *n = p[0];
  if (p[0] < 0x80) return 1;
  if (p[1] & 0x80) return -1;
  *n = (p[0] & 0x7f) | p[1] << 7;
  return 2;
}

static int decode(const uint8_t *in, int length, uint8_t *page) {
  int at = 0, covered = 0, n, used;
  while (at < length) {
    if (length - at < 2 || (used = get_count(in + at, &n)) < 0 || (at && !n)) return -1;
    at += used;
    covered += n;
    if (covered > PAGE) return -1;
    if (length - at < 2 || (used = get_count(in + at, &n)) < 0 || !n) return -1;
    at += used;
    if (covered + n > PAGE || at + n > length) return -1;
    memcpy(page + covered, in + at, n);
    covered += n;
    at += n;
  }
  return covered;
}

static const char *what;
static uint8_t *data, *encoded, *page;
static uint32_t *list, pages;
static int *lengths;
static long size;

static uint64_t once(void) {
  uint64_t sum = 0;
  if (*what == 'z') for (uint32_t i = 0; i < pages; i++) sum += is_zero(data + (size_t)i * PAGE);
  if (*what == 'w') for (uint32_t i = 0; i < pages; i++) sum += is_zero_wide(data + (size_t)i * PAGE);
  if (*what == 's') for (long at = 0; at < size; at += BITS / 8) sum += scan((const uint64_t *)(data + at), BITS / 64, list);
  if (*what == 'e') for (uint32_t i = 0; i < pages; i++) sum += encode(data + (size_t)i * 2 * PAGE, data + ((size_t)i * 2 + 1) * PAGE, encoded);
  if (*what == 'd') for (uint32_t i = 0; i < pages; i++) sum += decode(encoded + (size_t)i * PAGE, lengths[i], page);
  return sum;
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  what = argv[1];
  if (*what == 'z' || *what == 'w') {
    size = atol(argv[2]);
    data = aligned_alloc(PAGE, size);
    // Not calloc: its pages would all be one.
    memset(data, 1, size);
    memset(data, 0, size);
    pages = size / PAGE;
  } else {
    FILE *f = fopen(argv[2], "rb");
    if (!f || fseek(f, 0, SEEK_END)) return 3;
    size = ftell(f);
    rewind(f);
    data = aligned_alloc(PAGE, (size + PAGE - 1) / PAGE * PAGE);
    if (fread(data, 1, size, f) != (size_t)size) return 3;
    pages = size / (2 * PAGE);
    list = malloc(BITS * 4);
    encoded = malloc((size_t)size / 2 + PAGE);
    page = malloc(PAGE);
    lengths = malloc((pages + 1) * sizeof *lengths);
    if (*what == 'd')
      for (uint32_t i = 0; i < pages; i++)
        lengths[i] = encode(data + (size_t)i * 2 * PAGE, data + ((size_t)i * 2 + 1) * PAGE, encoded + (size_t)i * PAGE);
  }
  uint64_t result = once();
  double start = now(), samples[SAMPLES];
  long count = 0;
  do kept = once(), count++;
  while (now() - start < WARM_MS * 1e6);
  count = count * SAMPLE_MS / WARM_MS + 1;
  for (int s = 0; s < SAMPLES; s++) {
    start = now();
    for (long i = 0; i < count; i++) kept = once();
    samples[s] = (now() - start) / count;
  }
  qsort(samples, SAMPLES, sizeof *samples, by_value);
  printf("{\"ns\":%f,\"result\":%llu}\n", samples[SAMPLES / 4], (unsigned long long)result);
  return 0;
}
