//go:build linux

#define _GNU_SOURCE
#include <glib-object.h>
#include <string.h>
#include <unistd.h>

// Microseconds by which the window's asset server lets go of a request late, as
// it would on a machine with more to do than it can.
#define LATE 400000

extern void __real_g_object_unref(gpointer);

void __wrap_g_object_unref(gpointer object) {
    if (gettid() != getpid() && strcmp(G_OBJECT_TYPE_NAME(object), "WebKitURISchemeRequest") == 0) {
        usleep(LATE);
    }
    __real_g_object_unref(object);
}
