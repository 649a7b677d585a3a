package hub

import (
	"crypto/sha256"
	"encoding"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// partWait is how long the bytes of one part may take on a bad line.
const partWait = 2 * time.Minute

var (
	errOtherBytes = desk.Refuse(desk.CodeValidation, "The bytes are not those that were announced; the file is sent again from its beginning.")
	errPart       = desk.Refuse(desk.CodeValidation, "A part of a file begins at the offset the hub named and holds %d bytes, the last one what is left.", protocol.PartBytes)
)

// offer tells a device how far the hub is with a file its person announced. What
// he may read already is not sent again: the file is his at once (SPEC P43).
func (w *Web) offer(rw http.ResponseWriter, r *http.Request) error {
	up := &upload{web: w, r: r, sum: r.PathValue("sha256")}
	err := w.store.Update(r.Context(), func(tx *store.CentralTx) error {
		if err := up.find(tx); err != nil || up.standing.Done {
			return err
		}
		err := mayHave(tx, up.actor, up.sum)
		if err == nil {
			return up.claim(tx)
		}
		if !errors.Is(err, desk.ErrUnknown) {
			return err
		}
		return up.begin(tx)
	})
	return up.answer(rw, err)
}

// part takes in the next bytes of a file; they are durable when it is answered
// (SPEC P41). A part that was taken in before is answered with where to go on.
func (w *Web) part(rw http.ResponseWriter, r *http.Request) error {
	offset, err := strconv.ParseInt(r.URL.Query().Get("offset"), 10, 64)
	if err != nil {
		return errPart
	}
	device, err := w.known(r)
	if err != nil { // before a byte of a stranger's is kept
		return err
	}
	data, done, err := w.loads.take(r, device, http.NewResponseController(rw))
	if err != nil {
		return err
	}
	defer done()
	up := &upload{web: w, r: r, sum: r.PathValue("sha256")}
	err = w.store.Update(r.Context(), func(tx *store.CentralTx) error {
		if err := up.find(tx); err != nil || up.standing.Done {
			return err
		}
		if err := up.begin(tx); err != nil || offset != up.rows.Received {
			return err
		}
		return up.add(tx, data)
	})
	return up.answer(rw, err)
}

// known is the device that asks; it refuses a request that none of this hub makes.
func (w *Web) known(r *http.Request) (desk.DeviceID, error) {
	var device store.Device
	err := w.store.View(r.Context(), func(tx *store.CentralTx) (err error) {
		device, _, err = authenticate(tx, bearer(r))
		return err
	})
	return device.ID, err
}

// upload is one request of a device about a file it sends.
type upload struct {
	web      *Web
	r        *http.Request
	sum      string
	device   store.Device
	actor    desk.Principal
	message  desk.Message
	rows     store.Upload
	complete bool // everything is here, and the message does not say so yet
	wrong    bool // everything is here, and it is something else
	standing protocol.Standing
}

// find looks for the message that announced the file. Only its author sends it,
// and nobody else learns whether there is such a message or file (SPEC P42).
func (u *upload) find(tx *store.CentralTx) (err error) {
	u.complete, u.wrong, u.standing = false, false, protocol.Standing{}
	if u.device, u.actor, err = authenticate(tx, bearer(u.r)); err != nil {
		return err
	}
	u.message, err = desk.Read[desk.Message](tx, desk.Message{ID: desk.MessageID(u.r.URL.Query().Get("message"))}.Key())
	if errors.Is(err, desk.ErrUnknown) || err == nil && u.message.Author != u.actor.Person {
		return errBlob
	}
	if err != nil {
		return err
	}
	for _, f := range u.message.Attachments {
		if f.SHA256 == u.sum {
			u.standing = protocol.Standing{Offset: f.Size, Size: f.Size, Done: !f.Awaited}
			return nil
		}
	}
	return errBlob
}

// claim gives a message a file that its author can read elsewhere.
func (u *upload) claim(tx *store.CentralTx) error {
	have, err := tx.BlobOf(u.sum)
	if err != nil {
		return err
	}
	if have.Size != u.standing.Size {
		return errOtherBytes
	}
	u.complete = true
	return nil
}

// begin takes up an upload, or makes room for a new one.
func (u *upload) begin(tx *store.CentralTx) (err error) {
	var found bool
	u.rows, found, err = tx.Upload(u.device.ID, u.sum)
	if err != nil {
		return err
	}
	if found && u.rows.Size != u.standing.Size { // another message says something else of it
		if err := tx.DropUpload(u.rows); err != nil {
			return err
		}
		found = false
	}
	if !found {
		if err := u.web.room.check(tx, u.standing.Size); err != nil {
			return err
		}
		if u.rows, err = tx.BeginUpload(u.device.ID, u.sum, u.standing.Size, time.Now()); err != nil {
			return err
		}
	}
	u.standing.Offset = u.rows.Received
	return u.compare(tx)
}

// add keeps a part with the digest of everything up to its end.
func (u *upload) add(tx *store.CentralTx, data []byte) error {
	if int64(len(data)) != min(protocol.PartBytes, u.rows.Size-u.rows.Received) {
		return errPart
	}
	if len(data) == 0 {
		return nil
	}
	digest, err := digestOf(u.rows.Digest)
	if err != nil {
		return err
	}
	digest.Write(data)
	state, err := digest.AppendBinary(nil)
	if err != nil {
		return err
	}
	if err := tx.AddPart(&u.rows, data, state, time.Now()); err != nil {
		return err
	}
	u.standing.Offset = u.rows.Received
	return u.compare(tx)
}

// compare looks at the sum of what has come when it is all there.
func (u *upload) compare(tx *store.CentralTx) error {
	if u.rows.Received < u.rows.Size {
		return nil
	}
	digest, err := digestOf(u.rows.Digest)
	if err != nil {
		return err
	}
	u.complete = hex.EncodeToString(digest.Sum(nil)) == u.sum
	u.wrong = !u.complete
	if u.wrong {
		return tx.DropUpload(u.rows)
	}
	return nil
}

type resumable interface {
	io.Writer
	Sum([]byte) []byte
	encoding.BinaryAppender
}

// digestOf goes on with a SHA-256 where it stood.
func digestOf(state []byte) (resumable, error) {
	digest := sha256.New()
	if len(state) > 0 {
		if err := digest.(encoding.BinaryUnmarshaler).UnmarshalBinary(state); err != nil {
			return nil, fmt.Errorf("go on with a digest: %w", err)
		}
	}
	return digest.(resumable), nil
}

// answer lets the message say that its file is here, and tells the device.
func (u *upload) answer(rw http.ResponseWriter, err error) error {
	switch {
	case err != nil:
		return err
	case u.wrong:
		return errOtherBytes
	case u.complete:
		if err := u.arrive(); err != nil {
			return err
		}
		u.standing.Offset, u.standing.Done = u.standing.Size, true
	}
	write(rw, http.StatusOK, u.standing)
	return nil
}

// arrive makes a file of what was received and notes it in the message, in one
// transaction.
func (u *upload) arrive() error {
	act := Act{Name: desk.FileArrive, Ticket: u.message.Ticket, Args: desk.ArriveFile{Message: u.message.ID, SHA256: u.sum}, At: time.Now()}
	return u.web.server.Do(u.r.Context(), func(tx *store.CentralTx) error {
		rows, found, err := tx.Upload(u.device.ID, u.sum)
		if err != nil {
			return err
		}
		if found && rows.Received == rows.Size {
			if err := tx.KeepUpload(rows); err != nil {
				return err
			}
		}
		if _, err := tx.BlobOf(u.sum); errors.Is(err, desk.ErrUnknown) {
			return errOtherBytes // they were given up between that transaction and this one
		} else if err != nil {
			return err
		}
		return tx.HoldBlob(u.sum, u.message.ID)
	}, act)
}
