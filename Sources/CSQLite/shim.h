// What Swift cannot call of SQLite: a variadic function, and a constant that is no pointer.
#pragma once

#include <sqlite3.h>

// Spares SQLite the books it keeps of its memory, under a lock, at every allocation. Before anything else of SQLite is
// called; later it changes nothing.
static inline int csqlite_keep_no_memory_statistics(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

// Binds a text of which the statement keeps a copy.
static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const char *text, int bytes) {
    return sqlite3_bind_text(statement, index, text, bytes, SQLITE_TRANSIENT);
}
