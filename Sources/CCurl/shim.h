// What Swift needs of libcurl beyond its own header: the variadic functions, typed by the family of their argument
// (Swift does not import variadic functions, and an argument of the wrong width is undefined behaviour), the macros
// that import badly, and three small pieces of the socket interface that the callbacks need.
#pragma once

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

// 7.88 is the oldest version this was tried with. CURLOPT_QUICK_EXIT came with 7.87, CURLOPT_PROTOCOLS_STR with 7.85,
// CURLOPT_PREREQFUNCTION with 7.80, curl_multi_wakeup with 7.68.
#define CCURL_OLDEST_VERSION 0x075800
#if LIBCURL_VERSION_NUM < CCURL_OLDEST_VERSION
#error "libcurl 7.88.0 or newer is needed: install a newer libcurl4-openssl-dev"
#endif

static const unsigned int ccurl_oldest_version = CCURL_OLDEST_VERSION;
static const int ccurl_feature_asynchronous_dns = CURL_VERSION_ASYNCHDNS;
static const int ccurl_feature_tls = CURL_VERSION_SSL;
static const int ccurl_feature_threadsafe = CURL_VERSION_THREADSAFE;

static const long ccurl_http_1_1 = CURL_HTTP_VERSION_1_1;
static const long ccurl_http_2_over_tls = CURL_HTTP_VERSION_2TLS;
static const long ccurl_tls_1_2_or_newer = CURL_SSLVERSION_TLSv1_2;
static const long ccurl_netrc_ignored = CURL_NETRC_IGNORED;
static const long ccurl_multiplex = CURLPIPE_MULTIPLEX;
static const unsigned int ccurl_url_no_user = CURLU_DISALLOW_USER;
static const unsigned int ccurl_url_default_port = CURLU_DEFAULT_PORT;
static const size_t ccurl_error_buffer_size = CURL_ERROR_SIZE;

static inline const curl_version_info_data *ccurl_version_info(void) { return curl_version_info(CURLVERSION_NOW); }

static inline CURLcode ccurl_global_init(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }

static inline CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_url(CURL *easy, CURLU *value) {
    return curl_easy_setopt(easy, CURLOPT_CURLU, value);
}

static inline CURLcode ccurl_set_headers(CURL *easy, struct curl_slist *value) {
    return curl_easy_setopt(easy, CURLOPT_HTTPHEADER, value);
}

// For CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION.
static inline CURLcode ccurl_set_receiver(CURL *easy, CURLoption option, curl_write_callback value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_prereq(CURL *easy, curl_prereq_callback value) {
    return curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, value);
}

static inline CURLcode ccurl_set_open_socket(CURL *easy, curl_opensocket_callback value) {
    return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, value);
}

static inline CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode ccurl_get_private(CURL *easy, void **value) {
    return curl_easy_getinfo(easy, CURLINFO_PRIVATE, value);
}

static inline CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

// Writes the 4 or 16 bytes of an address that libcurl is about to connect to; returns how many, 0 for another family.
static inline int ccurl_address_bytes(const struct curl_sockaddr *address, unsigned char *bytes) {
    if (address->family == AF_INET) {
        struct sockaddr_in v4;
        memcpy(&v4, &address->addr, sizeof(v4));
        memcpy(bytes, &v4.sin_addr, 4);
        return 4;
    }
    if (address->family == AF_INET6) {
        struct sockaddr_in6 v6;
        memcpy(&v6, &address->addr, sizeof(v6));
        memcpy(bytes, &v6.sin6_addr, 16);
        return 16;
    }
    return 0;
}

// The same for a numeric address in text; 0 if it is none.
static inline int ccurl_parse_address(const char *text, unsigned char *bytes) {
    if (inet_pton(AF_INET, text, bytes) == 1) return 4;
    if (inet_pton(AF_INET6, text, bytes) == 1) return 16;
    return 0;
}

// The socket libcurl would have made itself, but not inherited by child processes.
static inline curl_socket_t ccurl_open_socket(const struct curl_sockaddr *address) {
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static inline curl_socket_t ccurl_no_socket(void) { return CURL_SOCKET_BAD; }

static inline void ccurl_pause(unsigned int microseconds) { usleep(microseconds); }

static inline void ccurl_ignore_broken_pipe_signal(void) { signal(SIGPIPE, SIG_IGN); }
