/* What the disk uses of SQLite's C interface (sqlite.org/c3ref), declared here
** because the amalgamation that is linked brings no header along. The layouts
** are part of SQLite's promise of compatibility and never change. */
#ifndef HOLDALL_DISK_SQLITE_H
#define HOLDALL_DISK_SQLITE_H

enum {
  SQLITE_OK = 0, SQLITE_BUSY = 5, SQLITE_NOMEM = 7, SQLITE_IOERR = 10,
  SQLITE_NOTFOUND = 12, SQLITE_FULL = 13, SQLITE_CANTOPEN = 14,
  SQLITE_IOERR_SHORT_READ = SQLITE_IOERR | (2 << 8),

  SQLITE_OPEN_CREATE = 0x00000004, SQLITE_OPEN_MAIN_DB = 0x00000100,

  SQLITE_LOCK_NONE = 0, SQLITE_LOCK_SHARED, SQLITE_LOCK_RESERVED,
  SQLITE_LOCK_PENDING, SQLITE_LOCK_EXCLUSIVE,

  SQLITE_SHM_UNLOCK = 1, SQLITE_SHM_LOCK = 2, SQLITE_SHM_SHARED = 4,
  SQLITE_SHM_EXCLUSIVE = 8, SQLITE_SHM_NLOCK = 8,

  SQLITE_IOCAP_POWERSAFE_OVERWRITE = 0x1000,

  SQLITE_CONFIG_MUTEX = 10, SQLITE_CONFIG_GETMUTEX = 11,
  SQLITE_MUTEX_FAST = 0, SQLITE_MUTEX_RECURSIVE = 1,
};

typedef long long sqlite3_int64;
typedef struct sqlite3 sqlite3;
typedef struct sqlite3_file sqlite3_file;
typedef struct sqlite3_io_methods sqlite3_io_methods;
typedef struct sqlite3_vfs sqlite3_vfs;

struct sqlite3_file {
  const sqlite3_io_methods *pMethods;
};

struct sqlite3_io_methods {
  int iVersion;
  int (*xClose)(sqlite3_file *);
  int (*xRead)(sqlite3_file *, void *, int, sqlite3_int64);
  int (*xWrite)(sqlite3_file *, const void *, int, sqlite3_int64);
  int (*xTruncate)(sqlite3_file *, sqlite3_int64);
  int (*xSync)(sqlite3_file *, int);
  int (*xFileSize)(sqlite3_file *, sqlite3_int64 *);
  int (*xLock)(sqlite3_file *, int);
  int (*xUnlock)(sqlite3_file *, int);
  int (*xCheckReservedLock)(sqlite3_file *, int *);
  int (*xFileControl)(sqlite3_file *, int, void *);
  int (*xSectorSize)(sqlite3_file *);
  int (*xDeviceCharacteristics)(sqlite3_file *);
  int (*xShmMap)(sqlite3_file *, int, int, int, void volatile **);
  int (*xShmLock)(sqlite3_file *, int, int, int);
  void (*xShmBarrier)(sqlite3_file *);
  int (*xShmUnmap)(sqlite3_file *, int);
};

struct sqlite3_vfs {
  int iVersion;
  int szOsFile;
  int mxPathname;
  sqlite3_vfs *pNext;
  const char *zName;
  void *pAppData;
  int (*xOpen)(sqlite3_vfs *, const char *, sqlite3_file *, int, int *);
  int (*xDelete)(sqlite3_vfs *, const char *, int);
  int (*xAccess)(sqlite3_vfs *, const char *, int, int *);
  int (*xFullPathname)(sqlite3_vfs *, const char *, int, char *);
  void *(*xDlOpen)(sqlite3_vfs *, const char *);
  void (*xDlError)(sqlite3_vfs *, int, char *);
  void (*(*xDlSym)(sqlite3_vfs *, void *, const char *))(void);
  void (*xDlClose)(sqlite3_vfs *, void *);
  int (*xRandomness)(sqlite3_vfs *, int, char *);
  int (*xSleep)(sqlite3_vfs *, int);
  int (*xCurrentTime)(sqlite3_vfs *, double *);
  int (*xGetLastError)(sqlite3_vfs *, int, char *);
  int (*xCurrentTimeInt64)(sqlite3_vfs *, sqlite3_int64 *);
};

typedef struct sqlite3_mutex sqlite3_mutex;
typedef struct sqlite3_mutex_methods {
  int (*xMutexInit)(void);
  int (*xMutexEnd)(void);
  sqlite3_mutex *(*xMutexAlloc)(int);
  void (*xMutexFree)(sqlite3_mutex *);
  void (*xMutexEnter)(sqlite3_mutex *);
  int (*xMutexTry)(sqlite3_mutex *);
  void (*xMutexLeave)(sqlite3_mutex *);
  int (*xMutexHeld)(sqlite3_mutex *);
  int (*xMutexNotheld)(sqlite3_mutex *);
} sqlite3_mutex_methods;

int sqlite3_initialize(void);
int sqlite3_shutdown(void);
int sqlite3_config(int, ...);
int sqlite3_vfs_register(sqlite3_vfs *, int);
sqlite3_vfs *sqlite3_vfs_find(const char *);
int sqlite3_auto_extension(void (*)(void));
const char *sqlite3_db_filename(sqlite3 *, const char *);
void *sqlite3_commit_hook(sqlite3 *, int (*)(void *), void *);

#endif
