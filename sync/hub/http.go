package hub

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"holdall/desk"
	"holdall/mail/picture"
	"holdall/store"
	"holdall/sync/protocol"
)

// Limits of a request (SECURITY: slow and swollen requests are dropped).
const (
	headerWait = 5 * time.Second
	signInWait = 10 * time.Second // for its turn: a sign-in is made to cost much
	headerMost = 16 << 10
	bodyMost   = 16 << 10
	idleWait   = 2 * time.Minute
)

// Web is the hub as its laptops reach it: sign-in, synchronisation, files, and
// a sign of life for whoever watches the machine. Every fault is answered with
// one JSON object {code, message}.
type Web struct {
	server   *Server
	store    *store.Central
	accounts *Accounts
	log      *slog.Logger
	health   func() []MailboxHealth
	polls    *protocol.Polls
	relay    relay
	routes   *http.ServeMux
	room     room
	loads    *loads
	pictures picture.Fetcher
	patience patience
	mailroom *Mailroom // nil: nobody tends it from a window
}

// NewWeb makes the handler of a hub; health tells how its mailboxes do and may
// be nil.
func NewWeb(server *Server, accounts *Accounts, log *slog.Logger, health func() []MailboxHealth) *Web {
	w := &Web{server: server, store: server.engine.store, accounts: accounts, log: log, health: health, polls: protocol.NewPolls(), loads: newLoads(), routes: http.NewServeMux(), patience: usual}
	for pattern, answer := range map[string]func(http.ResponseWriter, *http.Request) error{
		"POST /api/v1/devices":                        w.signIn,
		"DELETE /api/v1/devices/self":                 w.signOut,
		"GET /api/v1/sync":                            w.sync,
		"POST /api/v1/sync/poll":                      w.openPoll,
		"/api/v1/sync/poll/{name}":                    w.poll,
		"GET /api/v1/blobs/{sha256}":                  w.blob,
		"POST /api/v1/blobs/{sha256}":                 w.offer,
		"PUT /api/v1/blobs/{sha256}":                  w.part,
		"GET /api/v1/messages/{message}/pictures/{n}": w.picture,
		"GET /api/v1/archives":                        w.archived,
		"GET /api/v1/tickets/{number}":                w.found,
		"POST /api/v1/mailboxes":                      w.tending((*Mailroom).connect),
		"GET /api/v1/mailboxes/{mailbox}":             w.tending((*Mailroom).setup),
		"PUT /api/v1/mailboxes/{mailbox}":             w.tending((*Mailroom).change),
		"DELETE /api/v1/mailboxes/{mailbox}":          w.tending((*Mailroom).remove),
		"POST /api/v1/mailboxes/{mailbox}/password":   w.tending((*Mailroom).renewal),
		"POST /api/v1/mailboxes/{mailbox}/pause":      w.tending((*Mailroom).pause),
		trialRoute:                                    w.tending((*Mailroom).try),
		"GET /healthz":                                w.alive,
		"/":                                           nowhere,
	} {
		w.routes.HandleFunc(pattern, w.answering(answer))
	}
	return w
}

// Limit bounds what all files at the hub take, in bytes; 0 is no bound.
func (w *Web) Limit(bytes int64) *Web {
	w.room.most = bytes
	return w
}

// ServeHTTP refuses what a foreign page asks for: a hub has no pages.
func (w *Web) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	rw, r = w.patience.over(rw, r)
	if r.TLS != nil {
		rw.Header().Set("Strict-Transport-Security", "max-age=31536000")
	}
	if origin := r.Header.Get("Origin"); origin != "" && !sameHost(origin, r.Host) {
		w.fault(rw, r, http.StatusForbidden, desk.Refuse(desk.CodePerm, "A page of another site may not ask this hub."))
		return
	}
	w.routes.ServeHTTP(rw, r)
}

func sameHost(origin, host string) bool {
	u, err := url.Parse(origin)
	return err == nil && u.Host == host
}

// Listen makes the server that a handler is served by.
func Listen(ctx context.Context, handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler: handler, ReadHeaderTimeout: headerWait, IdleTimeout: idleWait, MaxHeaderBytes: headerMost,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug), BaseContext: func(net.Listener) context.Context { return ctx },
	}
}

// answering turns an error into its answer.
func (w *Web) answering(answer func(http.ResponseWriter, *http.Request) error) http.HandlerFunc {
	return func(rw http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(rw, r.Body, bodyLimit(r))
		if err := answer(rw, r); err != nil {
			w.fault(rw, r, 0, err)
		}
	}
}

var statuses = map[desk.Code]int{
	desk.CodePerm: http.StatusUnauthorized, desk.CodeValidation: http.StatusBadRequest, desk.CodeGone: http.StatusNotFound,
	desk.CodeQuota: http.StatusTooManyRequests, desk.CodeVersion: http.StatusUpgradeRequired,
}

// fault answers with a refusal. What is a fault of ours is logged in full and
// told as such.
func (w *Web) fault(rw http.ResponseWriter, r *http.Request, status int, err error) {
	var refusal *desk.Error
	if !errors.As(err, &refusal) || refusal.Code == desk.CodeInternal {
		w.log.Error("answer a request", "path", r.URL.Path, "error", err)
		refusal = desk.Refuse(desk.CodeInternal, "The hub cannot do this just now; try again in a moment.")
	}
	if errors.Is(err, errCrowded) {
		status = http.StatusServiceUnavailable // which a device takes for a hub that is away for a moment
	}
	if status == 0 {
		status = http.StatusInternalServerError
		if s, ok := statuses[refusal.Code]; ok {
			status = s
		}
	}
	write(rw, status, refusal)
}

func write(rw http.ResponseWriter, status int, body any) {
	rw.Header().Set("Content-Type", "application/json")
	rw.Header().Set("Cache-Control", "no-store")
	rw.Header().Set("X-Content-Type-Options", "nosniff")
	rw.WriteHeader(status)
	// Whoever asked may be gone; there is nobody left to tell.
	_ = json.NewEncoder(rw).Encode(body)
}

// strangers heads an answer whose bytes a stranger wrote: they are of the type we
// say, run nothing, and are kept by nobody.
func strangers(rw http.ResponseWriter, kind string) {
	head := rw.Header()
	head.Set("Content-Type", kind)
	head.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Cache-Control", "private, no-store")
}

func nowhere(http.ResponseWriter, *http.Request) error {
	return desk.Refuse(desk.CodeGone, "This hub has nothing at this address; is the program older or newer than the hub?")
}

// signIn enrols a device for whoever knows a password.
func (w *Web) signIn(rw http.ResponseWriter, r *http.Request) error {
	var asked SignIn
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		return desk.Refuse(desk.CodeValidation, "The request must be JSON with email, password and device.")
	}
	place, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), signInWait)
	defer cancel()
	made, err := w.accounts.SignIn(ctx, asked, place, time.Now())
	if err != nil {
		return err
	}
	w.log.Info("device enrolled", "device", made.Device, "person", made.Person)
	write(rw, http.StatusCreated, made)
	return nil
}

// signOut shuts the asking device out.
func (w *Web) signOut(rw http.ResponseWriter, r *http.Request) error {
	err := w.store.Update(r.Context(), func(tx *store.CentralTx) error {
		device, _, err := authenticate(tx, bearer(r))
		if err != nil {
			return err
		}
		return tx.RevokeDevice(device.ID)
	})
	if err == nil {
		rw.WriteHeader(http.StatusNoContent)
	}
	return err
}

// sync speaks the protocol with a device until either side ends it.
func (w *Web) sync(rw http.ResponseWriter, r *http.Request) error {
	device, err := w.admitted(r)
	if err != nil {
		return err
	}
	conn, err := protocol.Accept(rw, r)
	if err != nil {
		w.log.Info("no websocket", "device", device.ID, "error", err)
		return nil
	}
	w.converse(r, conn, device.ID)
	return nil
}

// converse serves a conversation that outlives its first request, and so keeps
// none of what a request costs. It ends with the hub as every session does.
func (w *Web) converse(r *http.Request, conn protocol.Conn, device desk.DeviceID) {
	ctx := context.WithoutCancel(r.Context())
	go func() {
		if err := w.server.Serve(ctx, conn, device); err != nil {
			w.log.Info("conversation ended", "device", device, "error", err)
		}
	}()
}

// seenEvery is how exactly it is known when a device was last here: a storm of
// devices that come back is no storm of writes.
const seenEvery = 10 * time.Minute

// admitted is the device that asks, noted as seen.
func (w *Web) admitted(r *http.Request) (device store.Device, err error) {
	err = w.store.View(r.Context(), func(tx *store.CentralTx) error {
		device, _, err = authenticate(tx, bearer(r))
		return err
	})
	now := time.Now()
	if err != nil || now.Sub(device.LastSeen).Abs() < seenEvery { // a clock may have been ahead
		return device, err
	}
	return device, w.store.Update(r.Context(), func(tx *store.CentralTx) error { return tx.Seen(device.ID, now) })
}

// bearer is the token of a request (RFC 6750 §2.1).
func bearer(r *http.Request) string {
	kind, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(kind, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}
