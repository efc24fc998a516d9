// What C reaches between two processes: `copy-peer receive ADDRESS` and `copy-peer send ADDRESS BYTES`, each printing its bytes per second.
// An address is the path of a unix socket, or HOST:PORT of IPv4. The receiver says where it listens before it waits: port 0 gets one.
// Both walk over memory as large as a guest's, in blocks of 1 MiB; it is touched before the clock starts, which is at the first byte.
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define BLOCK (1 << 20)
#define MEMORY (256l << 20)

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static int failed(const char *what) {
  perror(what);
  return 1;
}

static socklen_t read_address(const char *text, struct sockaddr_storage *address) {
  memset(address, 0, sizeof *address);
  if (strchr(text, '/')) {
    struct sockaddr_un *local = (struct sockaddr_un *)address;
    local->sun_family = AF_UNIX;
    strncpy(local->sun_path, text, sizeof local->sun_path - 1);
    return sizeof *local;
  }
  struct sockaddr_in *inet = (struct sockaddr_in *)address;
  char host[64] = "";
  int port = 0;
  if (sscanf(text, "%63[^:]:%d", host, &port) != 2 || inet_pton(AF_INET, host, &inet->sin_addr) != 1) return 0;
  inet->sin_family = AF_INET;
  inet->sin_port = htons(port);
  return sizeof *inet;
}

static int print_speed(long bytes, double start) {
  double seconds = now() - start;
  printf("{\"bytes\":%ld,\"bytesPerSecond\":%.0f}\n", bytes, bytes / seconds);
  return 0;
}

static int receive_all(int listener, uint8_t *memory) {
  struct sockaddr_in had;
  socklen_t length = sizeof had;
  if (getsockname(listener, (struct sockaddr *)&had, &length)) return failed("getsockname");
  printf("listening %d\n", had.sin_family == AF_INET ? ntohs(had.sin_port) : 0);
  fflush(stdout);
  int from = accept(listener, NULL, NULL);
  if (from < 0) return failed("accept");
  double start = 0;
  long done = 0;
  for (ssize_t n; (n = read(from, memory + done % MEMORY, BLOCK - done % BLOCK)) != 0; done += n) {
    if (n < 0) return failed("read");
    if (done == 0) start = now();
  }
  return print_speed(done, start);
}

static int send_all(int to, const uint8_t *memory, long bytes) {
  double start = now();
  for (long done = 0; done < bytes;) {
    long left = BLOCK - done % BLOCK;
    ssize_t n = write(to, memory + done % MEMORY, left < bytes - done ? left : bytes - done);
    if (n < 0) return failed("write");
    done += n;
  }
  if (shutdown(to, SHUT_WR)) return failed("shutdown");
  // The other side closes when it has read all.
  char end;
  if (read(to, &end, 1) != 0) return failed("the end");
  return print_speed(bytes, start);
}

int main(int argc, char **argv) {
  int receives = argc == 3 && !strcmp(argv[1], "receive");
  if (!receives && !(argc == 4 && !strcmp(argv[1], "send"))) return 2;
  struct sockaddr_storage address;
  socklen_t length = read_address(argv[2], &address);
  if (length == 0) return 2;
  uint8_t *memory = aligned_alloc(4096, MEMORY);
  if (!memory) return failed("memory");
  memset(memory, 1, MEMORY);
  int fd = socket(address.ss_family, SOCK_STREAM, 0);
  if (fd < 0) return failed("socket");
  if (!receives) return connect(fd, (struct sockaddr *)&address, length) ? failed("connect") : send_all(fd, memory, atol(argv[3]));
  if (bind(fd, (struct sockaddr *)&address, length) || listen(fd, 1)) return failed("listen");
  return receive_all(fd, memory);
}
