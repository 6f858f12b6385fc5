// The cluster API and Slack on one port of this machine, as far as clusterbot calls them: every request is answered at
// once, and nothing is kept. In C, so that it is never what is waited for.
//
//     peer              prints its port and serves until it is ended
//     peer FILE         the same, and when a line with clusterbot's port comes in: sends the requests of FILE (as `load`
//                       reads them) one after the other, each once the result of the one before was posted, and prints
//                       the time from each to its result in milliseconds, one a line; then ends

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LARGEST_REQUEST = 256 * 1024, STALL_SECONDS = 30 };

struct connection {
    int fd;
    size_t received;
    char request[LARGEST_REQUEST + 1];
};

// As the API documents a cluster, with the fields that clusterbot reads.
static const char cluster_format[] =
    "{\"code\":200,\"data\":{\"id\":%d,\"name\":\"training-cluster\",\"no_of_nodes\":8,\"status\":\"Running\","
    "\"image_version\":{\"id\":2,\"version\":\"v2\",\"name\":\"Ubuntu Slurm\"},\"ssh_keys\":[]},\"errors\":{},"
    "\"message\":\"Success\"}";
static const char sentence[] =
    "{\"code\":200,\"data\":\"Security groups were attached.\",\"errors\":{},\"message\":\"Success\"}";

static int epoll;
static bool has_result;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static void die(const char *what) {
    fprintf(stderr, "peer: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void watch(int fd, struct connection *connection) {
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) != 0) die("epoll");
}

static void answer(struct connection *connection, size_t length) {
    static int message;
    char body[1024];
    const char *request = connection->request;
    char *cluster = memmem(request, length, "/cluster/", 9);
    if (strncmp(request, "POST ", 5) == 0) {
        snprintf(body, sizeof body, "{\"ok\":true,\"channel\":\"C0000\",\"ts\":\"1700000000.%06d\"}", ++message);
        has_result = has_result || memmem(request, length, " done", 5) != NULL;
    } else if (strncmp(request, "PUT ", 4) == 0 && memmem(request, length, "security_group", 14) != NULL) {
        snprintf(body, sizeof body, "%s", sentence);
    } else {
        snprintf(body, sizeof body, cluster_format, cluster ? atoi(cluster + 9) : 0);
    }
    char reply[2048];
    int count = snprintf(reply, sizeof reply,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s", strlen(body), body);
    if (send(connection->fd, reply, count, MSG_NOSIGNAL) != count) die("send");
}

// The length of the first request that is there; 0 if it is not whole.
static size_t whole_request(struct connection *connection) {
    char *head_end = memmem(connection->request, connection->received, "\r\n\r\n", 4);
    if (head_end == NULL) return 0;
    char *field = strcasestr(connection->request, "\r\ncontent-length:");
    size_t body = field != NULL && field < head_end ? strtoul(field + 17, NULL, 10) : 0;
    size_t length = head_end + 4 - connection->request + body;
    if (length > LARGEST_REQUEST) die("request too large");
    return connection->received >= length ? length : 0;
}

static void receive(struct connection *connection) {
    ssize_t count = recv(connection->fd, connection->request + connection->received,
        LARGEST_REQUEST - connection->received, 0);
    if (count <= 0) {
        close(connection->fd);
        free(connection);
        return;
    }
    connection->received += count;
    connection->request[connection->received] = 0;
    for (size_t length; (length = whole_request(connection)) > 0;) {
        answer(connection, length);
        connection->received -= length;
        memmove(connection->request, connection->request + length, connection->received + 1);
    }
}

static int listen_anywhere(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&address, length) != 0 || listen(listener, 1024) != 0) die("listen");
    getsockname(listener, (struct sockaddr *)&address, &length);
    printf("listening on %d\n", ntohs(address.sin_port));
    fflush(stdout);
    return listener;
}

// Serves whatever comes within the time, at the latest until a result was posted.
static void serve(int listener, bool until_result) {
    struct epoll_event events[64];
    int ready = epoll_wait(epoll, events, 64, until_result ? STALL_SECONDS * 1000 : -1);
    if (ready == 0) {
        fprintf(stderr, "peer: no result within %d s\n", STALL_SECONDS);
        exit(1);
    }
    for (int i = 0; i < ready; i++) {
        struct connection *connection = events[i].data.ptr;
        if (connection != NULL) {
            receive(connection);
            continue;
        }
        int fd = accept(listener, NULL, NULL);
        if (fd < 0) die("accept");
        int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        connection = malloc(sizeof *connection);
        connection->fd = fd;
        connection->received = 0;
        watch(fd, connection);
    }
}

static int connect_to(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    address.sin_port = htons(port);
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) die("connect");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

static void round_trips(int listener, const char *path, int port) {
    int file = open(path, O_RDONLY), bot = connect_to(port);
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0) die(path);
    const char *next = mmap(NULL, status.st_size, PROT_READ, MAP_PRIVATE, file, 0), *end = next + status.st_size;
    while (next < end) {
        uint32_t length;
        memcpy(&length, next, sizeof length);
        double start = now();
        has_result = false;
        if (send(bot, next + sizeof length, length, MSG_NOSIGNAL) != (ssize_t)length) die("send");
        while (!has_result) serve(listener, true);
        printf("%.4f\n", now() - start);
        char reply[65536];
        if (recv(bot, reply, sizeof reply, 0) <= 0 || strncmp(reply, "HTTP/1.1 200", 12) != 0) die("reply");
        next += sizeof length + length;
    }
}

int main(int count, char **arguments) {
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    epoll = epoll_create1(0);
    int listener = listen_anywhere();
    watch(listener, NULL);
    int port = 0;
    if (count > 1) {
        // clusterbot asks nothing before it is told of a command.
        if (scanf("%d", &port) != 1) return 0;
        round_trips(listener, arguments[1], port);
        return 0;
    }
    for (;;) serve(listener, false);
}
