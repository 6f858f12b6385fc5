#ifndef CPROCESS_H
#define CPROCESS_H

#include <stdbool.h>
#include <stdint.h>

/// Keeps other processes of the same user from reading this one's memory, which holds secrets: no core dump, no ptrace,
/// no `/proc/PID/mem` or `environ`. Root still can. Returns whether the kernel did so.
bool clusterbot_hide_memory(void);

/// Returns when a file was made, in nanoseconds since 1970; -1 where the file system does not keep it.
int64_t clusterbot_file_birth(const char *path);

#endif
