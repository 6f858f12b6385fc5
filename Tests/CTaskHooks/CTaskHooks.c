#include "CTaskHooks.h"

#include <stddef.h>
#include <stdint.h>

#define SWIFT_CALL __attribute__((swiftcall))

typedef SWIFT_CALL void (*original_enqueue)(void *job);
typedef SWIFT_CALL void (*enqueue_hook)(void *job, original_enqueue original);

// Both are exported by libswift_Concurrency; linking fails should they ever go.
extern enqueue_hook swift_task_enqueueGlobal_hook;
extern SWIFT_CALL void swift_job_run(void *job, void *executor_identity, uintptr_t executor_implementation);

static _Thread_local task_hooks_taker current_taker;
static _Thread_local void *current_context;

static SWIFT_CALL void enqueue(void *job, original_enqueue original) {
    if (current_taker) {
        current_taker(current_context, job);
    } else {
        original(job);
    }
}

void task_hooks_capture(task_hooks_taker taker, void *context) {
    current_taker = taker;
    current_context = context;
    // Stays for the life of the process: for all other threads it is the same as none.
    __atomic_store_n(&swift_task_enqueueGlobal_hook, enqueue, __ATOMIC_RELEASE);
}

bool task_hooks_is_capturing(void) { return current_taker != NULL; }

void task_hooks_run(void *job) {
    // Two zeros are the generic executor: what runs on it may go on with any other task of it without a detour.
    swift_job_run(job, NULL, 0);
}
