//go:build linux && (production || dev)

#include <webkit2/webkit2.h>

// Milliseconds between two looks at requests that the program may have let go.
#define LOOK 200

extern void __real_webkit_web_context_register_uri_scheme(WebKitWebContext *, const char *, WebKitURISchemeRequestCallback, gpointer, GDestroyNotify);
extern void __real_webkit_uri_scheme_request_finish_with_response(WebKitURISchemeRequest *, WebKitURISchemeResponse *);
extern void __real_webkit_uri_scheme_request_finish_error(WebKitURISchemeRequest *, GError *);

// A request that the program works at. The reference held here is the last one,
// so that its destructor runs where held is looked through.
typedef struct {
    WebKitURISchemeRequest *request;
    gboolean alone; // at the last look already
} Held;

static GSList *held; // of the first thread alone

static gboolean look(gpointer unused) {
    GSList **at = &held;
    while (*at != NULL) {
        Held *h = (*at)->data;
        if (g_atomic_int_get((gint *)&G_OBJECT(h->request)->ref_count) > 1) {
            h->alone = FALSE;
        } else if (!h->alone) {
            h->alone = TRUE; // whoever let go may not have returned yet
        } else {
            g_object_unref(h->request);
            g_free(h);
            *at = g_slist_delete_link(*at, *at);
            continue;
        }
        at = &(*at)->next;
    }
    return held == NULL ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static WebKitURISchemeRequestCallback serve; // there is one scheme

static void hold(WebKitURISchemeRequest *request, gpointer data) {
    Held *h = g_new0(Held, 1);
    h->request = g_object_ref(request);
    if (held == NULL) {
        g_timeout_add(LOOK, look, NULL);
    }
    held = g_slist_prepend(held, h);
    serve(request, data);
}

void __wrap_webkit_web_context_register_uri_scheme(WebKitWebContext *context, const char *scheme, WebKitURISchemeRequestCallback callback, gpointer data, GDestroyNotify destroy) {
    serve = callback;
    __real_webkit_web_context_register_uri_scheme(context, scheme, hold, data, destroy);
}

// The end of a request, on its way to the first thread.
typedef struct {
    WebKitURISchemeRequest *request;
    WebKitURISchemeResponse *response;
    GError *error;
} End;

static gboolean end(gpointer data) {
    End *e = data;
    if (e->error != NULL) {
        __real_webkit_uri_scheme_request_finish_error(e->request, e->error);
        g_error_free(e->error);
    } else {
        __real_webkit_uri_scheme_request_finish_with_response(e->request, e->response);
        g_object_unref(e->response);
    }
    g_object_unref(e->request);
    g_free(e);
    return G_SOURCE_REMOVE;
}

static void send(WebKitURISchemeRequest *request, WebKitURISchemeResponse *response, GError *error) {
    End *e = g_new0(End, 1);
    e->request = g_object_ref(request);
    e->response = response;
    e->error = error;
    g_idle_add_full(G_PRIORITY_DEFAULT, end, e, NULL);
}

void __wrap_webkit_uri_scheme_request_finish_with_response(WebKitURISchemeRequest *request, WebKitURISchemeResponse *response) {
    send(request, g_object_ref(response), NULL);
}

void __wrap_webkit_uri_scheme_request_finish_error(WebKitURISchemeRequest *request, GError *error) {
    send(request, NULL, g_error_copy(error));
}
