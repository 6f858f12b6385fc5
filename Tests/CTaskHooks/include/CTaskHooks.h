/// Lets one thread keep the jobs of Swift's concurrency runtime that would otherwise go to the global pool, and run them
/// itself, one by one and in the order that it likes.
///
/// A task executor cannot do that: an unstructured `Task {}` does not inherit it, and the engine needs some of these (work
/// that must outlive a cancelled task). `swift_task_enqueueGlobal_hook` sees every job of tasks, child tasks, groups,
/// continuations and default actors. What it does not see, as of Swift 6.3: `Task.yield()` and `Task.sleep`, which hand
/// their jobs to the default executor directly. Whoever runs on a captured thread must not use these;
/// `task_hooks_is_capturing` tells whether something got away to another thread.
#ifndef C_TASK_HOOKS_H
#define C_TASK_HOOKS_H

#include <stdbool.h>

/// Takes a job; called on the capturing thread, in the middle of whatever made the job runnable.
typedef void (*task_hooks_taker)(void *_Nonnull context, void *_Nonnull job);

/// From now on gives the jobs that this thread makes runnable to `taker`, until it is called again with NULL. All other
/// threads go on as ever.
void task_hooks_capture(task_hooks_taker _Nullable taker, void *_Nullable context);

/// Whether the calling thread captures its jobs.
bool task_hooks_is_capturing(void);

/// Runs a captured job until it ends or waits. A job must be run exactly once.
void task_hooks_run(void *_Nonnull job);

#endif
