/* The files of the disk, by name, and what befalls a machine. */
#include "disk.h"
#include "sqlite.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 4096 };

static blob *blobs[BUCKETS];
static machine *machines[BUCKETS];

/* The tables are shared by all worlds; a file and a machine are not: a world is
** played by one thread at a time. */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static unsigned place(const char *s) {
  unsigned h = 2166136261u;
  while (*s) h = (h ^ (unsigned char)*s++) * 16777619u;
  return h % BUCKETS;
}

static machine *machine_of(const char *folder, int make) {
  unsigned b = place(folder);
  for (machine *m = machines[b]; m; m = m->next)
    if (strcmp(m->folder, folder) == 0) return m;
  if (!make) return NULL;
  machine *m = calloc(1, sizeof *m);
  m->folder = strdup(folder);
  m->next = machines[b];
  return machines[b] = m;
}

machine *disk_machine(const char *folder, int make) {
  pthread_mutex_lock(&mutex);
  machine *m = machine_of(folder, make);
  pthread_mutex_unlock(&mutex);
  return m;
}

static blob *blob_of(const char *name, int make) {
  unsigned b = place(name);
  for (blob *f = blobs[b]; f; f = f->next)
    if (strcmp(f->name, name) == 0) return f;
  if (!make) return NULL;
  blob *f = calloc(1, sizeof *f);
  f->name = strdup(name);
  char *folder = strdup(name), *slash = strrchr(folder, '/');
  if (slash) *slash = 0;
  f->of = machine_of(folder, 1);
  free(folder);
  f->next = blobs[b];
  return blobs[b] = f;
}

blob *disk_find(const char *name, int make) {
  pthread_mutex_lock(&mutex);
  blob *f = blob_of(name, make);
  pthread_mutex_unlock(&mutex);
  return f;
}

void disk_forget_writes(blob *f) {
  while (f->newest) {
    unsynced *w = f->newest;
    f->newest = w->older;
    free(w->was);
    free(w->is);
    free(w);
  }
}

static void release(blob *f) {
  disk_forget_writes(f);
  for (int i = 0; i < f->regions; i++) free(f->region[i]);
  free(f->region);
  free(f->data);
  free(f->name);
  free(f);
}

static void unlink_blob(blob *f) {
  for (blob **p = &blobs[place(f->name)]; *p; p = &(*p)->next)
    if (*p == f) {
      *p = f->next;
      break;
    }
  if (f->handles > 0) f->nameless = 1; /* the last close releases it */
  else release(f);
}

void disk_remove(blob *f) {
  pthread_mutex_lock(&mutex);
  if (f->nameless) release(f);
  else unlink_blob(f);
  pthread_mutex_unlock(&mutex);
}

int disk_copy(const char *from, const char *to) {
  pthread_mutex_lock(&mutex);
  blob *in = blob_of(from, 0);
  if (in) {
    blob *out = blob_of(to, 1);
    disk_forget_writes(out);
    free(out->data);
    out->data = malloc(in->size ? in->size : 1);
    memcpy(out->data, in->data, in->size);
    out->size = out->room = in->size;
  }
  pthread_mutex_unlock(&mutex);
  return in != NULL;
}

void disk_fuse(const char *folder, int64_t writes) { disk_machine(folder, 1)->fuse = writes; }
void disk_kill(const char *folder) { disk_machine(folder, 1)->dead = 1; }
void disk_fill(const char *folder, int full) { disk_machine(folder, 1)->full = full; }
void disk_refuse(const char *folder, int64_t commits) { disk_machine(folder, 1)->refusals = commits; }

int disk_dead(const char *folder) {
  machine *m = disk_machine(folder, 0);
  return m && m->dead;
}

/* random_of is SplitMix64 (Steele, Lea and Flood, 2014). */
static uint64_t random_of(uint64_t *s) {
  uint64_t z = (*s += 0x9e3779b97f4a7c15ull);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  return z ^ (z >> 31);
}

static void hold(blob *f, int64_t size) {
  if (size > f->room) {
    f->room = size * 2;
    f->data = realloc(f->data, f->room);
  }
}

static void take_back(blob *f, unsynced *w) {
  hold(f, w->size_before);
  if (f->size < w->size_before) memset(f->data + f->size, 0, w->size_before - f->size);
  f->size = w->size_before;
  memcpy(f->data + w->at, w->was, w->replaced);
}

static void leave(blob *f, unsynced *w, size_t length) {
  int64_t end = w->at + (int64_t)length;
  if (!w->is) {
    f->size = w->at;
    return;
  }
  hold(f, end);
  if (end > f->size) {
    if (w->at > f->size) memset(f->data + f->size, 0, w->at - f->size);
    f->size = end;
  }
  memcpy(f->data + w->at, w->is, length);
}

/* cut leaves of the writes that were not synced the first few, one of them
** torn, and here and there one of the rest: a disk keeps no order. */
static void cut(blob *f, uint64_t *seed) {
  size_t n = 0;
  for (unsynced *w = f->newest; w; w = w->older, n++) take_back(f, w);
  if (n == 0) return;
  unsynced **list = malloc(n * sizeof *list);
  size_t i = n;
  for (unsynced *w = f->newest; w; w = w->older) list[--i] = w;
  size_t whole = random_of(seed) % (n + 1);
  for (i = 0; i < n; i++) {
    size_t length = list[i]->length;
    if (i == whole) length = length ? random_of(seed) % length : 0;
    else if (i > whole && random_of(seed) % 4) continue;
    leave(f, list[i], length);
  }
  free(list);
}

static int by_name(const void *a, const void *b) {
  return strcmp((*(blob *const *)a)->name, (*(blob *const *)b)->name);
}

/* disk_revive lets a machine start again; files that are still open, of which
** there must be none, are counted. After a power cut only what was synced is
** sure to be there; after the end of a program, all that was written. */
int64_t disk_revive(const char *folder, int power, uint64_t seed) {
  pthread_mutex_lock(&mutex);
  machine *m = machine_of(folder, 1);
  m->dead = m->full = 0;
  m->fuse = m->refusals = 0;
  int64_t open = 0;
  blob *mine[16];
  size_t n = 0;
  for (int b = 0; b < BUCKETS; b++)
    for (blob *f = blobs[b]; f; f = f->next)
      if (f->of == m && n < 16) mine[n++] = f;
  qsort(mine, n, sizeof *mine, by_name);
  for (size_t i = 0; i < n; i++) {
    open += mine[i]->handles;
    if (!power) continue;
    cut(mine[i], &seed);
    disk_forget_writes(mine[i]);
  }
  pthread_mutex_unlock(&mutex);
  return open;
}

/* disk_forget removes one file. */
void disk_forget(const char *name) {
  pthread_mutex_lock(&mutex);
  for (int b = 0; b < BUCKETS; b++)
    for (blob *f = blobs[b], *next; f; f = next) {
      next = f->next;
      if (strcmp(f->name, name) == 0) unlink_blob(f);
    }
  pthread_mutex_unlock(&mutex);
}

/* disk_erase removes everything below a folder. */
void disk_erase(const char *root) {
  size_t n = strlen(root);
  pthread_mutex_lock(&mutex);
  for (int b = 0; b < BUCKETS; b++)
    for (blob *f = blobs[b], *next; f; f = next) {
      next = f->next;
      if (strncmp(f->name, root, n) == 0 && f->name[n] == '/') unlink_blob(f);
    }
  for (int b = 0; b < BUCKETS; b++)
    for (machine **p = &machines[b]; *p;) {
      machine *m = *p;
      if (strncmp(m->folder, root, n) == 0 && (m->folder[n] == '/' || !m->folder[n])) {
        *p = m->next;
        free(m->folder);
        free(m);
      } else
        p = &m->next;
    }
  pthread_mutex_unlock(&mutex);
}
