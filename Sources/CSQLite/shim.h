// What Swift cannot call of SQLite: a variadic function.
#pragma once

#include <sqlite3.h>

// Spares SQLite the books it keeps of its memory, under a lock, at every allocation. Before anything else of SQLite is
// called; later it changes nothing.
static inline int csqlite_keep_no_memory_statistics(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }
