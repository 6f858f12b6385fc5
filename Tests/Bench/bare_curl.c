// The same call of the cluster API as clusterbot makes it, with nothing around it: what a command must take at least.
//
//     bare_curl PORT COUNT
//
// Prints the milliseconds of each call, one a line.

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static size_t ignore(char *data, size_t size, size_t count, void *user) {
    (void)data;
    (void)user;
    return size * count;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

int main(int count, char **arguments) {
    if (count < 3) return 2;
    char url[200];
    snprintf(url, sizeof url,
        "http://127.0.0.1:%s/gpu/distributed_jobs_v2/cluster/42/?project_id=1&location=Delhi&apikey=key", arguments[1]);
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    headers = curl_slist_append(headers, "Authorization: Bearer token");
    curl_global_init(CURL_GLOBAL_ALL);
    for (int i = 0; i < atoi(arguments[2]); i++) {
        double start = now();
        CURL *call = curl_easy_init();
        curl_easy_setopt(call, CURLOPT_URL, url);
        curl_easy_setopt(call, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(call, CURLOPT_CUSTOMREQUEST, "PUT");
        curl_easy_setopt(call, CURLOPT_POSTFIELDS, "{\"action\":\"add_security_group\",\"security_groups_ids\":[7]}");
        // A call that must not be sent twice does not use a connection twice.
        curl_easy_setopt(call, CURLOPT_FRESH_CONNECT, 1L);
        curl_easy_setopt(call, CURLOPT_FORBID_REUSE, 1L);
        curl_easy_setopt(call, CURLOPT_WRITEFUNCTION, ignore);
        CURLcode result = curl_easy_perform(call);
        curl_easy_cleanup(call);
        if (result != CURLE_OK) {
            fprintf(stderr, "bare_curl: %s\n", curl_easy_strerror(result));
            return 1;
        }
        printf("%.4f\n", now() - start);
    }
    return 0;
}
