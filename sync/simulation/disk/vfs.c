/* The disk as SQLite sees it: a VFS (sqlite.org/vfs.html) whose files are
** memory, with the locks and the shared memory that a WAL asks for. */
#include "disk.h"
#include "sqlite.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct handle {
  sqlite3_file base;
  blob *file;
  int lock, shared, exclusive, mapped, temporary, database;
} handle;

static handle *of(sqlite3_file *f) { return (handle *)f; }

/* burn lets the fuse of a machine burn by one act. */
static int burn(machine *m) {
  if (m->dead) return SQLITE_IOERR;
  if (m->fuse > 0 && --m->fuse == 0) {
    m->dead = 1;
    return SQLITE_IOERR;
  }
  return SQLITE_OK;
}

/* note keeps what a write replaces, until it is synced. */
static void note(blob *f, int64_t at, const void *bytes, size_t length) {
  unsynced *w = calloc(1, sizeof *w);
  w->older = f->newest;
  f->newest = w;
  w->at = at;
  w->size_before = f->size;
  w->length = length;
  if (bytes) {
    w->is = malloc(length);
    memcpy(w->is, bytes, length);
  }
  size_t beyond = bytes ? length : (size_t)(f->size > at ? f->size - at : 0);
  if (at < f->size) {
    w->replaced = beyond < (size_t)(f->size - at) ? beyond : (size_t)(f->size - at);
    w->was = malloc(w->replaced);
    memcpy(w->was, f->data + at, w->replaced);
  }
}

static int disk_read(sqlite3_file *file, void *into, int n, sqlite3_int64 at) {
  blob *f = of(file)->file;
  int64_t have = f->size - at;
  if (have >= n) {
    memcpy(into, f->data + at, n);
    return SQLITE_OK;
  }
  if (have < 0) have = 0;
  memcpy(into, f->data + at, have);
  memset((char *)into + have, 0, n - have);
  return SQLITE_IOERR_SHORT_READ;
}

static int disk_write(sqlite3_file *file, const void *from, int n, sqlite3_int64 at) {
  blob *f = of(file)->file;
  int was = f->of->dead, rc = burn(f->of);
  if (rc != SQLITE_OK) {
    if (was || n < 2) return rc;
    n /= 2; /* the write during which the machine died is torn */
  }
  if (f->of->full && at + n > f->size) return SQLITE_FULL;
  if (!of(file)->temporary) note(f, at, from, n);
  if (at + n > f->room) {
    f->room = (at + n) * 2;
    f->data = realloc(f->data, f->room);
  }
  if (at > f->size) memset(f->data + f->size, 0, at - f->size);
  if (at + n > f->size) f->size = at + n;
  memcpy(f->data + at, from, n);
  return rc;
}

static int disk_truncate(sqlite3_file *file, sqlite3_int64 size) {
  blob *f = of(file)->file;
  int rc = burn(f->of);
  if (rc != SQLITE_OK || size >= f->size) return rc;
  note(f, size, NULL, 0);
  f->size = size;
  return SQLITE_OK;
}

/* show gives the file's namesake in the file system, which the store makes and
** measures, the length that the file has here. */
static void show(handle *h) {
  if (!h->database || h->file->shown == h->file->size) return;
  h->file->shown = h->file->size;
  if (truncate(h->file->name, h->file->size) != 0) h->file->shown = -1;
}

static int disk_sync(sqlite3_file *file, int how) {
  blob *f = of(file)->file;
  int rc = burn(f->of);
  if (rc == SQLITE_OK) {
    disk_forget_writes(f);
    show(of(file));
  }
  return rc;
}

static int disk_size(sqlite3_file *file, sqlite3_int64 *size) {
  *size = of(file)->file->size;
  return SQLITE_OK;
}

static int disk_unlock(sqlite3_file *file, int level) {
  handle *h = of(file);
  blob *f = h->file;
  if (h->lock <= level) return SQLITE_OK;
  if (f->exclusive == h) f->exclusive = NULL;
  if (f->reserved == h) f->reserved = NULL;
  if (level == SQLITE_LOCK_NONE && h->lock >= SQLITE_LOCK_SHARED) f->readers--;
  h->lock = level;
  return SQLITE_OK;
}

static int disk_lock(sqlite3_file *file, int level) {
  handle *h = of(file);
  blob *f = h->file;
  if (h->lock >= level) return SQLITE_OK;
  if (f->exclusive && f->exclusive != h) return SQLITE_BUSY;
  if (level >= SQLITE_LOCK_RESERVED && f->reserved && f->reserved != h) return SQLITE_BUSY;
  if (level == SQLITE_LOCK_EXCLUSIVE && f->readers > 1) return SQLITE_BUSY;
  if (h->lock == SQLITE_LOCK_NONE) f->readers++;
  if (level >= SQLITE_LOCK_RESERVED) f->reserved = h;
  if (level == SQLITE_LOCK_EXCLUSIVE) f->exclusive = h;
  h->lock = level;
  return SQLITE_OK;
}

static int disk_reserved(sqlite3_file *file, int *yes) {
  *yes = of(file)->file->reserved != NULL;
  return SQLITE_OK;
}

static int disk_control(sqlite3_file *file, int op, void *arg) { return SQLITE_NOTFOUND; }
static int disk_sector(sqlite3_file *file) { return 4096; }
static int disk_traits(sqlite3_file *file) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

static int disk_shm_map(sqlite3_file *file, int region, int size, int extend, void volatile **at) {
  handle *h = of(file);
  blob *f = h->file;
  if (!h->mapped) {
    h->mapped = 1;
    f->mapped++;
  }
  *at = NULL;
  if (region >= f->regions) {
    if (!extend) return SQLITE_OK;
    f->region = realloc(f->region, (region + 1) * sizeof *f->region);
    for (; f->regions <= region; f->regions++) f->region[f->regions] = calloc(1, size);
  }
  *at = f->region[region];
  return SQLITE_OK;
}

static void shm_unlock(handle *h, int slot) {
  blob *f = h->file;
  if (h->exclusive & 1 << slot) f->slot[slot] = 0;
  else if (h->shared & 1 << slot) f->slot[slot]--;
  h->exclusive &= ~(1 << slot);
  h->shared &= ~(1 << slot);
}

static int disk_shm_lock(sqlite3_file *file, int first, int n, int how) {
  handle *h = of(file);
  blob *f = h->file;
  for (int i = first; i < first + n && !(how & SQLITE_SHM_UNLOCK); i++) {
    int own = (h->shared >> i) & 1;
    if (how & SQLITE_SHM_SHARED ? f->slot[i] < 0 && !(h->exclusive & 1 << i) : f->slot[i] != own) return SQLITE_BUSY;
  }
  for (int i = first; i < first + n; i++) {
    if (how & SQLITE_SHM_UNLOCK) {
      shm_unlock(h, i);
    } else if (how & SQLITE_SHM_EXCLUSIVE) {
      h->exclusive |= 1 << i;
      f->slot[i] = -1;
    } else if (!(h->shared & 1 << i)) {
      h->shared |= 1 << i;
      f->slot[i]++;
    }
  }
  return SQLITE_OK;
}

static void disk_shm_barrier(sqlite3_file *file) { __sync_synchronize(); }

static int disk_shm_unmap(sqlite3_file *file, int discard) {
  handle *h = of(file);
  blob *f = h->file;
  if (!h->mapped) return SQLITE_OK;
  for (int i = 0; i < SQLITE_SHM_NLOCK; i++) shm_unlock(h, i);
  h->mapped = 0;
  if (--f->mapped == 0) { /* nobody is left who knows it: a machine that starts finds none */
    for (int i = 0; i < f->regions; i++) free(f->region[i]);
    free(f->region);
    f->region = NULL;
    f->regions = 0;
  }
  return SQLITE_OK;
}

static int disk_close(sqlite3_file *file) {
  handle *h = of(file);
  blob *f = h->file;
  disk_shm_unmap(file, 0);
  disk_unlock(file, SQLITE_LOCK_NONE);
  f->handles--;
  if (f->handles == 0 && (f->nameless || h->temporary)) disk_remove(f);
  return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
  2, disk_close, disk_read, disk_write, disk_truncate, disk_sync, disk_size,
  disk_lock, disk_unlock, disk_reserved, disk_control, disk_sector, disk_traits,
  disk_shm_map, disk_shm_lock, disk_shm_barrier, disk_shm_unmap,
};

static int disk_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out) {
  static int temporary;
  char made[32];
  handle *h = of(file);
  memset(h, 0, sizeof *h);
  if (!name) {
    int n = __sync_add_and_fetch(&temporary, 1);
    char *p = made + sizeof made - 1;
    for (*p = 0; n; n /= 10) *--p = '0' + n % 10;
    *--p = '/';
    name = p;
    h->temporary = 1;
  }
  blob *f = disk_find(name, (flags & SQLITE_OPEN_CREATE) != 0);
  if (!f) return SQLITE_CANTOPEN;
  h->file = f;
  f->handles++;
  if (out) *out = flags;
  h->base.pMethods = &methods;
  h->database = (flags & SQLITE_OPEN_MAIN_DB) != 0;
  f->shown = -1; /* another world may have had a file of this name */
  show(h);
  return SQLITE_OK;
}

static int disk_delete(sqlite3_vfs *vfs, const char *name, int sync) {
  blob *f = disk_find(name, 0);
  if (!f) return SQLITE_OK;
  int rc = burn(f->of);
  if (rc == SQLITE_OK) disk_remove(f);
  return rc;
}

static int disk_access(sqlite3_vfs *vfs, const char *name, int what, int *yes) {
  *yes = disk_find(name, 0) != NULL;
  return SQLITE_OK;
}

static int disk_path(sqlite3_vfs *vfs, const char *name, int n, char *into) {
  if ((int)strlen(name) >= n) return SQLITE_CANTOPEN;
  strcpy(into, name);
  return SQLITE_OK;
}

/* What a world does must not depend on chance: salts need only differ. */
static int disk_randomness(sqlite3_vfs *vfs, int n, char *into) {
  static unsigned count;
  unsigned seed = __sync_add_and_fetch(&count, 1);
  for (int i = 0; i < n; i++) into[i] = (char)((seed = seed * 1664525u + 1013904223u) >> 24);
  return n;
}

static int refuse(void *of) {
  machine *m = of;
  if (m->refusals <= 0) return 0;
  m->refusals--;
  return 1;
}

/* watch lets a machine refuse commits of the connections to its files. */
static int watch(sqlite3 *db, char **problem, const void *api) {
  const char *name = sqlite3_db_filename(db, "main");
  blob *f = name && *name ? disk_find(name, 0) : NULL;
  if (f) sqlite3_commit_hook(db, refuse, f->of);
  return SQLITE_OK;
}

int disk_register(void) {
  static sqlite3_vfs vfs;
  int rc = disk_calm();
  if (rc != SQLITE_OK) return rc;
  sqlite3_vfs *real = sqlite3_vfs_find(NULL);
  if (!real) return 1;
  vfs = *real;
  vfs.iVersion = 2;
  vfs.szOsFile = sizeof(handle);
  vfs.mxPathname = 512;
  vfs.pNext = NULL;
  vfs.zName = "holdall";
  vfs.xOpen = disk_open;
  vfs.xDelete = disk_delete;
  vfs.xAccess = disk_access;
  vfs.xFullPathname = disk_path;
  vfs.xRandomness = disk_randomness;
  if (sqlite3_vfs_register(&vfs, 1)) return 1;
  return sqlite3_auto_extension((void (*)(void))watch);
}
