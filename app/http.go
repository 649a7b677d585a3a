package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"reflect"
	"time"

	"holdall/desk"
)

const (
	callBytes   = 4 << 20 // of a call's argument
	heartbeat   = 20 * time.Second
	streamDepth = 64 // signals that wait for a slow reader
)

// HTTP serves the page and answers its calls over HTTP, for browser tests and
// kiosks. It asks for no password: the caller listens on loopback only, and
// whatever a foreign page sends is refused.
func (a *App) HTTP(page fs.FS) http.Handler {
	mux := http.NewServeMux()
	doors := doorsOf(a.Facades())
	mux.HandleFunc("POST /api/call/{facade}/{method}", func(w http.ResponseWriter, r *http.Request) {
		a.call(w, r, doors)
	})
	mux.HandleFunc("GET /api/events", a.stream)
	mux.Handle("GET /asset/", a.Assets())
	mux.Handle("POST /asset/", a.Assets())
	mux.Handle("GET /", http.FileServerFS(page))
	return Policy(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !fromHere(r) {
			a.refuse(w, desk.Refuse(desk.CodePerm, "Only the page of this program may ask; open it on this computer."))
			return
		}
		mux.ServeHTTP(w, r)
	}))
}

// fromHere reports whether the request is meant for this computer and comes from
// our own page: no rebound name, no foreign origin.
func fromHere(r *http.Request) bool {
	if !loopback(r.Host) {
		return false
	}
	origin := r.Header.Get("Origin")
	if origin != "" && origin != "http://"+r.Host {
		return false
	}
	site := r.Header.Get("Sec-Fetch-Site")
	return site == "" || site == "same-origin" || site == "none"
}

func loopback(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	addr, err := netip.ParseAddr(name)
	return name == "localhost" || err == nil && addr.IsLoopback()
}

// doorsOf lists the methods of the facades by "Facade/Method".
func doorsOf(facades []any) map[string]reflect.Value {
	doors := map[string]reflect.Value{}
	for _, f := range facades {
		v := reflect.ValueOf(f)
		for i := range v.NumMethod() {
			doors[v.Type().Elem().Name()+"/"+v.Type().Method(i).Name] = v.Method(i)
		}
	}
	return doors
}

// call answers one call of the page with JSON.
func (a *App) call(w http.ResponseWriter, r *http.Request, doors map[string]reflect.Value) {
	name := r.PathValue("facade") + "/" + r.PathValue("method")
	door, ok := doors[name]
	if !ok {
		a.refuse(w, desk.Refuse(desk.CodeGone, "This program has no %s.%s.", r.PathValue("facade"), r.PathValue("method")))
		return
	}
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" {
		a.refuse(w, desk.Refuse(desk.CodeValidation, "A call brings its argument as application/json."))
		return
	}
	arguments, err := argumentsOf(door, http.MaxBytesReader(w, r.Body, callBytes))
	if err != nil {
		a.refuse(w, desk.Refuse(desk.CodeValidation, "The argument of %s cannot be read.", name))
		return
	}
	answer, err := enter(door, arguments)
	if err != nil {
		a.refuse(w, err)
		return
	}
	a.answer(w, http.StatusOK, answer)
}

// argumentsOf decodes the one argument a method may have.
func argumentsOf(door reflect.Value, body io.Reader) ([]reflect.Value, error) {
	if door.Type().NumIn() == 0 {
		return nil, nil
	}
	argument := reflect.New(door.Type().In(0))
	if err := json.NewDecoder(body).Decode(argument.Interface()); err != nil {
		return nil, err
	}
	return []reflect.Value{argument.Elem()}, nil
}

// enter calls a method; a panic in it is a fault like any other.
func enter(door reflect.Value, arguments []reflect.Value) (answer any, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("call of the page: %v", fault)
		}
	}()
	for _, out := range door.Call(arguments) {
		if failed, ok := out.Interface().(error); ok {
			return nil, failed
		}
		if !out.Type().Implements(reflect.TypeFor[error]()) {
			answer = out.Interface()
		}
	}
	return answer, nil
}

func (a *App) refuse(w http.ResponseWriter, err error) {
	p := a.Explain(err)
	a.answer(w, p.status(), p)
}

func (a *App) answer(w http.ResponseWriter, status int, body any) {
	text, err := json.Marshal(body)
	if err != nil {
		a.log.Error("encode an answer", "error", err)
		status, text = http.StatusInternalServerError, []byte(`{"code":"internal","message":"The answer could not be written."}`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write(text)
}

// stream tells the page what changed as server-sent events. A reader that falls
// behind is cut off; it comes back and asks for everything anew.
func (a *App) stream(w http.ResponseWriter, r *http.Request) {
	out := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	heard, slow := make(chan Signal, streamDepth), make(chan struct{}, 1)
	defer a.signals.listen(func(s Signal) {
		select {
		case heard <- s:
		default:
			select {
			case slow <- struct{}{}:
			default:
			}
		}
	})()
	// Whoever is told so asks for everything: nothing that changes from here on is
	// missed.
	if _, err := io.WriteString(w, ": listening\n\n"); err != nil || out.Flush() != nil {
		return
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		var line string
		select {
		case <-r.Context().Done():
			return
		case <-a.ctx.Done():
			return
		case <-slow:
			return
		case <-beat.C:
			line = ": still here\n\n"
		case s := <-heard:
			text, err := json.Marshal(s)
			if err != nil {
				return
			}
			line = "data: " + string(text) + "\n\n"
		}
		if _, err := io.WriteString(w, line); errors.Join(err, out.Flush()) != nil {
			return
		}
	}
}
