/* SQLite for a process of many short lives. A connection is used by one goroutine
** at a time, so only what all connections share is locked; and what a world gives
** back waits for the next world. */
#include "disk.h"
#include "sqlite.h"

#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

static sqlite3_mutex_methods real;
static char nobodys; /* the lock that nobody waits for */

static int kept(sqlite3_mutex *m) { return m != (sqlite3_mutex *)&nobodys; }

static sqlite3_mutex *make(int kind) {
  if (kind == SQLITE_MUTEX_FAST || kind == SQLITE_MUTEX_RECURSIVE) return (sqlite3_mutex *)&nobodys;
  return real.xMutexAlloc(kind);
}

static void drop(sqlite3_mutex *m) {
  if (kept(m)) real.xMutexFree(m);
}

static void enter(sqlite3_mutex *m) {
  if (kept(m)) real.xMutexEnter(m);
}

static int attempt(sqlite3_mutex *m) { return kept(m) ? real.xMutexTry(m) : SQLITE_OK; }

static void leave(sqlite3_mutex *m) {
  if (kept(m)) real.xMutexLeave(m);
}

/* disk_calm must run while nothing is open. Only what has begun once knows its
** locks, and only what has ended can be given others. */
int disk_calm(void) {
  static sqlite3_mutex_methods calm;
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 512 << 20);
  mallopt(M_TRIM_THRESHOLD, 512 << 20);
  mallopt(M_TOP_PAD, 64 << 20);
#endif
  int rc = sqlite3_initialize();
  if (rc == SQLITE_OK) rc = sqlite3_shutdown();
  if (rc == SQLITE_OK) rc = sqlite3_config(SQLITE_CONFIG_GETMUTEX, &real);
  if (rc != SQLITE_OK) return rc;
  calm = real;
  calm.xMutexAlloc = make;
  calm.xMutexFree = drop;
  calm.xMutexEnter = enter;
  calm.xMutexTry = attempt;
  calm.xMutexLeave = leave;
  return sqlite3_config(SQLITE_CONFIG_MUTEX, &calm);
}
