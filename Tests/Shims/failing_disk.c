// Stands between a program and one folder of its disk (LD_PRELOAD): writes down, in order, what would be lost or kept in a
// power cut, and fails calls on demand. The program is not changed and knows nothing of it.
//
//   DISK_FOLDER   what is watched: this folder and all in it, without symbolic links
//   DISK_LOG      a file to write everything down in; see `struct record`
//   DISK_CONTROL  a file of `struct control`, through which a test says which call shall fail, and reads the counts
//   DISK_NORMAL   set: SQLite is told `synchronous=NORMAL` where the program says FULL, and says FULL when asked
//
// What SQLite shares between its connections (`-shm`) and the lock file hold nothing that outlives the process.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

enum kind { CREATED = 1, MADE_FOLDER, REMOVED, RENAMED, WRITTEN, CUT, SYNCED, SAID, NOT_SYNCED };

// Followed by the path, relative to the folder, and by the bytes.
struct record {
	uint32_t kind, path_length;
	uint64_t offset, length;
};

enum fault { NONE, FULL, WRITE_ERROR, SYNC_ERROR, NEARLY_FULL };

// What is said to be left of a disk that is nearly full.
#define BYTES_LEFT ((64 << 20) - 1)

// All of it is written by the test but the counts.
struct control {
	volatile uint32_t fault; // enum fault
	volatile uint32_t at;    // the first call to fail, from 1 on; counted from when the counts were set to zero
	volatile uint32_t calls; // how many calls in a row fail; 0: all from then on
	volatile uint32_t writes, syncs, failed;
};

#define MOST_FILES 65536
#define LONGEST_PATH 512

static char *paths[MOST_FILES]; // by descriptor, relative to the folder; NULL: not watched
static char folder[LONGEST_PATH];
static int log_descriptor = -1;
static struct control *control;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))real(#name, &real_##name))
#define DECLARE(name) static void *real_##name
DECLARE(open); DECLARE(open64); DECLARE(close); DECLARE(write); DECLARE(pwrite64); DECLARE(ftruncate64); DECLARE(fsync);
DECLARE(fdatasync); DECLARE(unlink); DECLARE(rename); DECLARE(mkdir); DECLARE(statvfs);

static void *real(const char *name, void **slot) {
	if (!*slot) *slot = dlsym(RTLD_NEXT, name);
	return *slot;
}

__attribute__((constructor)) static void begin(void) {
	const char *name = getenv("DISK_FOLDER");
	if (!name || strlen(name) >= sizeof folder) return;
	strcpy(folder, name);
	if ((name = getenv("DISK_LOG"))) log_descriptor = REAL(open)(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if ((name = getenv("DISK_CONTROL"))) {
		int descriptor = REAL(open)(name, O_RDWR | O_CLOEXEC);
		void *shared = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
		control = shared == MAP_FAILED ? NULL : shared;
		REAL(close)(descriptor);
	}
	// Only this process: not the programs that it starts.
	unsetenv("LD_PRELOAD");
}

// The path relative to the folder; NULL for what is outside or of no interest.
static const char *watched(const char *path) {
	size_t length = strlen(folder), all = strlen(path);
	if (!length || strncmp(path, folder, length) || (path[length] && path[length] != '/')) return NULL;
	if (all > 4 && !strcmp(path + all - 4, "-shm")) return NULL;
	if (all > 5 && !strcmp(path + all - 5, ".lock")) return NULL;
	return path[length] ? path + length + 1 : "";
}

static void put(const void *bytes, size_t length) {
	for (const char *next = bytes; length;) {
		ssize_t count = syscall(SYS_write, log_descriptor, next, length);
		if (count < 0) _exit(99);
		next += count, length -= count;
	}
}

// With the lock held, so that the order is that of the calls.
static void record(enum kind kind, const char *path, uint64_t offset, uint64_t length, const void *bytes, uint64_t count) {
	if (log_descriptor < 0) return;
	struct record head = {kind, strlen(path), offset, length};
	put(&head, sizeof head);
	put(path, head.path_length);
	put(bytes, count);
}

// Counts a call, and says whether it shall fail.
static int fails(int is_sync) {
	if (!control) return 0;
	uint32_t number = __atomic_add_fetch(is_sync ? &control->syncs : &control->writes, 1, __ATOMIC_SEQ_CST);
	if (control->fault == NONE || control->fault == NEARLY_FULL) return 0;
	if ((control->fault == SYNC_ERROR) != is_sync || number < control->at) return 0;
	if (control->calls && number >= control->at + control->calls) return 0;
	__atomic_add_fetch(&control->failed, 1, __ATOMIC_SEQ_CST);
	return 1;
}

static const char *path_of(int descriptor) {
	return descriptor >= 0 && descriptor < MOST_FILES ? paths[descriptor] : NULL;
}

static int opened(const char *path, int flags, int mode, int is_wide) {
	const char *name = watched(path);
	pthread_mutex_lock(&lock);
	int is_new = name && (flags & O_CREAT) && syscall(SYS_access, path, F_OK) != 0;
	int descriptor = is_wide ? REAL(open64)(path, flags, mode) : REAL(open)(path, flags, mode);
	int reason = errno;
	if (name && descriptor >= 0 && descriptor < MOST_FILES) {
		paths[descriptor] = strdup(name);
		if (is_new) record(CREATED, name, 0, 0, NULL, 0);
		if (flags & O_TRUNC) record(CUT, name, 0, 0, NULL, 0);
	}
	pthread_mutex_unlock(&lock);
	errno = reason;
	return descriptor;
}

int open(const char *path, int flags, ...) {
	va_list rest;
	va_start(rest, flags);
	int mode = va_arg(rest, int);
	va_end(rest);
	return opened(path, flags, mode, 0);
}

int open64(const char *path, int flags, ...) {
	va_list rest;
	va_start(rest, flags);
	int mode = va_arg(rest, int);
	va_end(rest);
	return opened(path, flags, mode, 1);
}

int close(int descriptor) {
	if (path_of(descriptor)) {
		pthread_mutex_lock(&lock);
		free(paths[descriptor]);
		paths[descriptor] = NULL;
		pthread_mutex_unlock(&lock);
	}
	return REAL(close)(descriptor);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
	if (descriptor != STDOUT_FILENO) return REAL(write)(descriptor, bytes, count);
	pthread_mutex_lock(&lock);
	record(SAID, "", 0, count, bytes, count);
	pthread_mutex_unlock(&lock);
	return REAL(write)(descriptor, bytes, count);
}

static ssize_t written(int descriptor, const void *bytes, size_t count, off64_t offset) {
	const char *name = path_of(descriptor);
	if (!name) return REAL(pwrite64)(descriptor, bytes, count, offset);
	pthread_mutex_lock(&lock);
	ssize_t done;
	if (!fails(0)) {
		done = REAL(pwrite64)(descriptor, bytes, count, offset);
	} else if (control->fault == FULL && count > 1 && control->calls != 1 && control->failed == 1) {
		// A disk that fills up takes what still fits, and then nothing.
		done = REAL(pwrite64)(descriptor, bytes, count / 2, offset);
	} else {
		done = -1;
		errno = control->fault == FULL ? ENOSPC : EIO;
	}
	int reason = errno;
	if (done > 0) record(WRITTEN, name, offset, done, bytes, done);
	pthread_mutex_unlock(&lock);
	errno = reason;
	return done;
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
	return written(descriptor, bytes, count, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
	return written(descriptor, bytes, count, offset);
}

static int cut(int descriptor, off64_t length) {
	const char *name = path_of(descriptor);
	if (!name) return REAL(ftruncate64)(descriptor, length);
	pthread_mutex_lock(&lock);
	int result = -1, reason = EIO;
	if (!fails(0) || control->fault == FULL) {
		result = REAL(ftruncate64)(descriptor, length);
		reason = errno;
	}
	if (!result) record(CUT, name, 0, length, NULL, 0);
	pthread_mutex_unlock(&lock);
	errno = reason;
	return result;
}

int ftruncate(int descriptor, off_t length) { return cut(descriptor, length); }
int ftruncate64(int descriptor, off64_t length) { return cut(descriptor, length); }

static int synced(int descriptor, int is_data) {
	const char *name = path_of(descriptor);
	if (!name) return is_data ? REAL(fdatasync)(descriptor) : REAL(fsync)(descriptor);
	pthread_mutex_lock(&lock);
	int result = -1, reason = EIO;
	// The disk is made up: what really is on it does not matter, so that nothing is waited for.
	if (!fails(1)) result = 0, reason = errno;
	record(result ? NOT_SYNCED : SYNCED, name, 0, 0, NULL, 0);
	pthread_mutex_unlock(&lock);
	errno = reason;
	return result;
}

int fsync(int descriptor) { return synced(descriptor, 0); }
int fdatasync(int descriptor) { return synced(descriptor, 1); }

int unlink(const char *path) {
	const char *name = watched(path);
	pthread_mutex_lock(&lock);
	int result = REAL(unlink)(path), reason = errno;
	if (name && !result) record(REMOVED, name, 0, 0, NULL, 0);
	pthread_mutex_unlock(&lock);
	errno = reason;
	return result;
}

int rename(const char *from, const char *to) {
	const char *name = watched(from), *next = watched(to);
	pthread_mutex_lock(&lock);
	int result = REAL(rename)(from, to), reason = errno;
	if (name && next && !result) record(RENAMED, name, 0, strlen(next), next, strlen(next));
	pthread_mutex_unlock(&lock);
	errno = reason;
	return result;
}

int mkdir(const char *path, mode_t mode) {
	const char *name = watched(path);
	pthread_mutex_lock(&lock);
	int result = REAL(mkdir)(path, mode), reason = errno;
	if (name && !result) record(MADE_FOLDER, name, 0, 0, NULL, 0);
	pthread_mutex_unlock(&lock);
	errno = reason;
	return result;
}

int statvfs(const char *path, struct statvfs *status) {
	int result = REAL(statvfs)(path, status);
	if (!result && watched(path) && control && control->fault == NEARLY_FULL) status->f_bavail = BYTES_LEFT / status->f_frsize;
	return result;
}

// SQLite's own, of which only the durability of commits is changed, for the control that must be seen to lose some.
typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;
DECLARE(sqlite3_prepare_v3);

int sqlite3_prepare_v3(sqlite3 *database, const char *sql, int length, unsigned flags, sqlite3_stmt **statement,
                       const char **rest) {
	static const char set[] = "PRAGMA synchronous = FULL", asked[] = "PRAGMA synchronous";
	const char *instead = NULL;
	size_t known = 0;
	if (getenv("DISK_NORMAL") && length < 0) {
		if (!strncmp(sql, set, sizeof set - 1)) instead = "PRAGMA synchronous = NORMAL", known = sizeof set - 1;
		else if (!strcmp(sql, asked)) instead = "SELECT 2", known = sizeof asked - 1;
	}
	int code = REAL(sqlite3_prepare_v3)(database, instead ? instead : sql, length, flags, statement, rest);
	if (instead && rest) *rest = sql + known;
	return code;
}
