/* Preloaded into clusterbot by the crash tests: kills the process before, amid or after the n-th call of a system function
   by the thread that armed it. See Sources/CrashPoints/CrashPlan.swift. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

static char call_name[32];
static char moment[16];
static int calls_left;
static _Atomic pid_t armed_thread;

/* `what` is `function.moment`, the moment one of before, half (only where bytes are written) and after. */
void clusterbot_die_in_call(const char *what, int calls) {
    if (sscanf(what, "%31[^.].%15s", call_name, moment) != 2) _exit(99);
    calls_left = calls;
    armed_thread = gettid();
}

static int is_last(const char *name) {
    return armed_thread == gettid() && strcmp(name, call_name) == 0 && --calls_left == 0;
}

static void die(void) {
    dprintf(STDERR_FILENO, "reached call.%s.%s\n", call_name, moment);
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

#define ORIGINAL(type, name) ((type)dlsym(RTLD_NEXT, name))

/* Runs a call that writes `size` bytes; at its last time none, half or all of them. */
#define WRITING(name, whole, part)                          \
    if (!is_last(name)) return whole;                       \
    if (strcmp(moment, "half") == 0) { (void)!(part); die(); } \
    if (strcmp(moment, "after") == 0) (void)!(whole);       \
    die();                                                  \
    return -1

#define CALLING(name, whole)                                \
    if (!is_last(name)) return whole;                       \
    if (strcmp(moment, "after") == 0) (void)!(whole);       \
    die();                                                  \
    return -1

typedef ssize_t (*pwrite_function)(int, const void *, size_t, off64_t);
typedef ssize_t (*send_function)(int, const void *, size_t, int);
typedef int (*sync_function)(int);
typedef int (*truncate_function)(int, off64_t);
typedef int (*connect_function)(int, const struct sockaddr *, socklen_t);

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
    pwrite_function original = ORIGINAL(pwrite_function, "pwrite64");
    WRITING("pwrite", original(file, bytes, count, offset), original(file, bytes, count / 2, offset));
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
    return pwrite64(file, bytes, count, offset);
}

ssize_t send(int file, const void *bytes, size_t count, int flags) {
    send_function original = ORIGINAL(send_function, "send");
    WRITING("send", original(file, bytes, count, flags), original(file, bytes, count / 2, flags));
}

int fdatasync(int file) {
    sync_function original = ORIGINAL(sync_function, "fdatasync");
    CALLING("sync", original(file));
}

int fsync(int file) {
    sync_function original = ORIGINAL(sync_function, "fsync");
    CALLING("sync", original(file));
}

int ftruncate64(int file, off64_t length) {
    truncate_function original = ORIGINAL(truncate_function, "ftruncate64");
    CALLING("truncate", original(file, length));
}

int ftruncate(int file, off_t length) { return ftruncate64(file, length); }

int connect(int file, const struct sockaddr *address, socklen_t length) {
    connect_function original = ORIGINAL(connect_function, "connect");
    CALLING("connect", original(file, address, length));
}
