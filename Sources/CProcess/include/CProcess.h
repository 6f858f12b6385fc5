#ifndef CPROCESS_H
#define CPROCESS_H

#include <stdbool.h>

/// Keeps other processes of the same user from reading this one's memory, which holds secrets: no core dump, no ptrace,
/// no `/proc/PID/mem` or `environ`. Root still can. Returns whether the kernel did so.
bool clusterbot_hide_memory(void);

#endif
