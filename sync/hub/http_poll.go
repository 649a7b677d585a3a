package hub

import (
	"net/http"

	"holdall/store"
	"holdall/sync/protocol"
)

// pollAnswer is where a device goes on.
type pollAnswer struct {
	Connection string `json:"connection"`
}

// openPoll begins a conversation by plain requests, for a device that no
// websocket reaches (SPEC P34). It is a session like any other.
func (w *Web) openPoll(rw http.ResponseWriter, r *http.Request) error {
	device, err := w.admitted(r)
	if err != nil {
		return err
	}
	name, conn := w.polls.Open(string(device.ID))
	w.converse(r, conn, device.ID)
	write(rw, http.StatusCreated, pollAnswer{w.relay.name(name)})
	return nil
}

// poll carries frames of a conversation that was opened.
func (w *Web) poll(rw http.ResponseWriter, r *http.Request) error {
	var device store.Device
	err := w.store.View(r.Context(), func(tx *store.CentralTx) (err error) {
		device, _, err = authenticate(tx, bearer(r))
		return err
	})
	if err != nil {
		return err
	}
	name, away := w.relay.read(r.PathValue("name"))
	if away != "" {
		w.relay.pass(rw, r, away)
		return nil
	}
	w.polls.Serve(rw, r, name, string(device.ID))
	return nil
}

// Leave answers the long polls that wait: their connections are told that the hub
// goes down, and its server need not wait for them.
func (w *Web) Leave() {
	if err := w.polls.Farewell(stopping); err != nil {
		w.log.Error("end the long polls", "error", err)
	}
}

// bodyLimit is how much a request may bring.
func bodyLimit(r *http.Request) int64 {
	switch {
	case r.PathValue("name") != "":
		return protocol.BodyMost
	case r.Method == http.MethodPut:
		return protocol.PartBytes
	case r.Pattern == trialRoute:
		return rulesMost
	}
	return bodyMost
}
