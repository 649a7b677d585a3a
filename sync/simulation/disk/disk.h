#ifndef HOLDALL_DISK_H
#define HOLDALL_DISK_H

#include <stddef.h>
#include <stdint.h>

/* A write that no fsync has covered yet: what it replaced, to take it back, and
** what it wrote, to leave some of it. A truncation has no bytes of its own. */
typedef struct unsynced {
  struct unsynced *older;
  int64_t at, size_before;
  size_t length, replaced;
  unsigned char *was, *is;
} unsynced;

/* The files of one folder belong to one machine, which fails as a whole. */
typedef struct machine {
  struct machine *next;
  char *folder;
  int dead;          /* nothing is written any more */
  int full;          /* no file may grow */
  int64_t fuse;      /* writes and syncs until it dies; 0: never */
  int64_t refusals;  /* commits to be refused from now on */
} machine;

typedef struct blob {
  struct blob *next;
  char *name;
  machine *of;
  unsigned char *data;
  int64_t size, room, shown;        /* shown: to the operating system */
  int handles, nameless;
  unsynced *newest;
  int readers;                      /* holders of SHARED and above */
  void *reserved, *exclusive;       /* the handle that holds the lock */
  void **region;                    /* of the shared memory of a WAL */
  int regions;
  int slot[8];                      /* -1: exclusive, else how many share it */
  int mapped;
} blob;

/* tree.c: the files and machines there are. */
blob *disk_find(const char *name, int make);
void disk_remove(blob *);
machine *disk_machine(const char *folder, int make);
void disk_forget_writes(blob *);

int disk_calm(void); /* calm.c */

/* What Go asks for; names are paths, folders have no slash at their end. */
int disk_register(void);
int disk_copy(const char *from, const char *to);
void disk_fuse(const char *folder, int64_t writes);
int disk_dead(const char *folder);
void disk_kill(const char *folder);
void disk_fill(const char *folder, int full);
void disk_refuse(const char *folder, int64_t commits);
int64_t disk_revive(const char *folder, int power, uint64_t seed);
void disk_erase(const char *root);
void disk_forget(const char *name);

#endif
