// Sends prepared HTTP requests to a server on this machine and measures the answers.
//
//     load PORT FILE CONNECTIONS SECONDS EXPECTED [RATE]
//
// FILE holds whole requests, each behind its length (four bytes, little-endian); each is sent once. An answer is good if
// its status is 200 and it holds the text EXPECTED. Without RATE every
// connection sends its next request as soon as it has its answer. With RATE so many a second become due at even spaces,
// and each is measured from the moment it was due, also where no connection was free then: a server that stalls cannot
// hide it by not being asked. Ends when the file or the time is used up, at the latest when an answer fails to come for
// ten seconds. Prints one line of JSON. One thread, no allocation while it measures, so that it takes little of the
// machine that the server needs.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { LARGEST_ANSWER = 16384, STALL_SECONDS = 10 };

struct connection {
    int fd;
    bool is_busy;
    double since;
    const char *unsent;
    size_t unsent_length;
    size_t received;
    char answer[LARGEST_ANSWER + 1];
};

static struct sockaddr_in server;
static const char *expected;
static int epoll;
static const char *next_request, *end_of_requests;
static double *times;
static size_t answered, failed;
static char first_failure[200];

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static void die(const char *what) {
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void open_connection(struct connection *connection) {
    connection->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connection->fd < 0 || connect(connection->fd, (struct sockaddr *)&server, sizeof server) != 0) die("connect");
    int on = 1;
    setsockopt(connection->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(connection->fd, F_SETFL, O_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
    epoll_ctl(epoll, EPOLL_CTL_ADD, connection->fd, &event);
}

// Writes what the socket takes; the rest waits for room.
static void write_more(struct connection *connection) {
    while (connection->unsent_length > 0) {
        ssize_t count = send(connection->fd, connection->unsent, connection->unsent_length, MSG_NOSIGNAL);
        if (count < 0 && errno == EAGAIN) break;
        if (count < 0) die("send");
        connection->unsent += count;
        connection->unsent_length -= count;
    }
    struct epoll_event event = {.data.ptr = connection};
    event.events = connection->unsent_length > 0 ? EPOLLIN | EPOLLOUT : EPOLLIN;
    if (connection->unsent_length > 0) epoll_ctl(epoll, EPOLL_CTL_MOD, connection->fd, &event);
}

// False if there is no request any more.
static bool send_next(struct connection *connection, double since) {
    if (next_request >= end_of_requests) return false;
    uint32_t length;
    memcpy(&length, next_request, sizeof length);
    connection->unsent = next_request + sizeof length;
    connection->unsent_length = length;
    next_request += sizeof length + length;
    connection->is_busy = true;
    connection->since = since;
    connection->received = 0;
    write_more(connection);
    return true;
}

// Whether the answer is whole.
static bool is_whole(struct connection *connection) {
    char *head_end = strstr(connection->answer, "\r\n\r\n");
    if (head_end == NULL) return false;
    char *length = strcasestr(connection->answer, "\r\ncontent-length:");
    size_t body = length != NULL && length < head_end ? strtoul(length + 17, NULL, 10) : 0;
    return connection->received >= (size_t)(head_end + 4 - connection->answer) + body;
}

// True when an answer was completed.
static bool receive(struct connection *connection) {
    ssize_t count = recv(connection->fd, connection->answer + connection->received,
        LARGEST_ANSWER - connection->received, 0);
    if (count < 0 && errno == EAGAIN) return false;
    if (count <= 0 || !connection->is_busy) {
        fprintf(stderr, "load: the server closed a connection\n");
        exit(1);
    }
    connection->received += count;
    connection->answer[connection->received] = 0;
    if (!is_whole(connection)) return false;
    connection->is_busy = false;
    times[answered++] = now() - connection->since;
    bool is_good = strncmp(connection->answer, "HTTP/1.1 200", 12) == 0 && strstr(connection->answer, expected);
    if (!is_good && failed++ == 0) snprintf(first_failure, sizeof first_failure, "%.199s", connection->answer);
    return true;
}

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double milliseconds(double part) { return answered ? times[(size_t)((answered - 1) * part)] * 1000 : 0; }

int main(int count, char **arguments) {
    if (count < 6) {
        fprintf(stderr, "load PORT FILE CONNECTIONS SECONDS EXPECTED [RATE]\n");
        return 2;
    }
    server.sin_family = AF_INET;
    server.sin_port = htons(atoi(arguments[1]));
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int file = open(arguments[2], O_RDONLY);
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0) die(arguments[2]);
    next_request = mmap(NULL, status.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    if (next_request == MAP_FAILED) die("mmap");
    end_of_requests = next_request + status.st_size;
    times = malloc((status.st_size / 64 + 1) * sizeof *times);
    int width = atoi(arguments[3]);
    double limit = atof(arguments[4]), rate = count > 6 ? atof(arguments[6]) : 0;
    expected = arguments[5];
    struct connection *connections = calloc(width, sizeof *connections);
    epoll = epoll_create1(0);
    for (int i = 0; i < width; i++) open_connection(&connections[i]);

    int timer = -1;
    if (rate > 0) {
        timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
        epoll_ctl(epoll, EPOLL_CTL_ADD, timer, &event);
    }
    double start = now(), last = start;
    size_t sent = 0;
    int busy = 0;
    for (int i = 0; rate == 0 && i < width; i++) busy += send_next(&connections[i], now());
    sent = busy;
    for (;;) {
        double moment = now();
        bool may_send = moment < start + limit && next_request < end_of_requests;
        if (rate > 0 && may_send) {
            for (int i = 0; i < width && start + sent / rate <= moment; i++) {
                if (connections[i].is_busy) continue;
                if (!send_next(&connections[i], start + sent / rate)) break;
                busy++;
                sent++;
            }
            double due = start + sent / rate;
            if (due > moment) {
                struct itimerspec at = {.it_value = {.tv_sec = (time_t)due, .tv_nsec = (due - (time_t)due) * 1e9}};
                timerfd_settime(timer, TFD_TIMER_ABSTIME, &at, NULL);
            }
        }
        if (!may_send && busy == 0) break;
        struct epoll_event events[256];
        int ready = epoll_wait(epoll, events, 256, STALL_SECONDS * 1000);
        if (ready == 0) {
            fprintf(stderr, "load: %d requests got no answer in %d s\n", busy, STALL_SECONDS);
            return 1;
        }
        for (int i = 0; i < ready; i++) {
            struct connection *connection = events[i].data.ptr;
            if (connection == NULL) {
                uint64_t ticks;
                (void)!read(timer, &ticks, sizeof ticks);
                continue;
            }
            if (events[i].events & EPOLLOUT) {
                struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
                epoll_ctl(epoll, EPOLL_CTL_MOD, connection->fd, &event);
                write_more(connection);
            }
            if (!(events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) || !receive(connection)) continue;
            busy--;
            last = now();
            if (rate == 0 && last < start + limit && send_next(connection, last)) {
                busy++;
                sent++;
            }
        }
    }
    qsort(times, answered, sizeof *times, ascending);
    for (char *c = first_failure; *c; c++)
        if (*c < ' ' || *c == '"' || *c == '\\') *c = ' ';
    printf("{\"answered\": %zu, \"failed\": %zu, \"seconds\": %.6f, \"p50\": %.4f, \"p99\": %.4f, \"max\": %.4f, "
           "\"failure\": \"%s\"}\n",
        answered, failed, last - start, milliseconds(0.5), milliseconds(0.99), milliseconds(1), first_failure);
}
