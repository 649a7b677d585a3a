package hub

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// errBlob is the one answer for bytes that are not there and for bytes that are
// none of the asker's business (SPEC P42).
var errBlob = desk.Refuse(desk.CodeGone, "The file does not exist at the hub, or is not part of a ticket you can see.")

// blob hands out the bytes of an attachment, named by its SHA-256, to whoever
// can read a ticket that has it. A piece is asked for by Range (RFC 9110 §14.2).
func (w *Web) blob(rw http.ResponseWriter, r *http.Request) error {
	var device store.Device
	var file store.Blob
	err := w.store.View(r.Context(), func(tx *store.CentralTx) (err error) {
		var actor desk.Principal
		if device, actor, err = authenticate(tx, bearer(r)); err != nil {
			return err
		}
		if err := mayHave(tx, actor, r.PathValue("sha256")); err != nil {
			return err
		}
		file, err = tx.BlobOf(r.PathValue("sha256"))
		return err
	})
	if errors.Is(err, desk.ErrUnknown) {
		return errBlob
	}
	if err != nil {
		return err
	}
	done, err := w.loads.fetch(device.ID)
	if err != nil {
		return err
	}
	defer done()
	// What a stranger mailed is bytes to a browser, whatever it claims to be.
	strangers(rw, "application/octet-stream")
	rw.Header().Set("Content-Disposition", "attachment")
	rw.Header().Set("ETag", `"`+file.SHA256+`"`)
	http.ServeContent(rw, r, "", time.Time{}, &blobReader{ctx: r.Context(), store: w.store, file: file})
	return nil
}

// mayHave reports desk.ErrUnknown unless some message that has the file stands
// where the principal can read it, or the file is a quarantined mail and he sees
// those.
func mayHave(tx *store.CentralTx, actor desk.Principal, sum string) error {
	if !desk.IsSHA256(sum) {
		return desk.ErrUnknown
	}
	heads, err := tx.AllHeads()
	if err != nil {
		return err
	}
	buckets, err := given(tx, actor, sortedKeys(heads)) // archives may be had at any time
	if err != nil {
		return err
	}
	held, err := tx.BlobHeld(sum, buckets)
	if err == nil && !held && actor.SeesMail() {
		held, err = tx.InQuarantine(sum)
	}
	if err == nil && !held {
		err = desk.ErrUnknown
	}
	return err
}

// blobReader reads a file part by part, each in a transaction of its own: a slow
// reader keeps no snapshot open, and no file stands whole in memory.
type blobReader struct {
	ctx    context.Context
	store  *store.Central
	file   store.Blob
	offset int64
	ahead  []byte // read and not handed out
}

func (b *blobReader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if b.offset >= b.file.Size {
		return 0, io.EOF
	}
	if len(b.ahead) == 0 {
		err := b.store.View(b.ctx, func(tx *store.CentralTx) (err error) {
			b.ahead, err = tx.BlobAt(b.file, b.offset, protocol.PartBytes)
			return err
		})
		if err != nil {
			return 0, err
		}
	}
	n := copy(p, b.ahead)
	b.ahead, b.offset = b.ahead[n:], b.offset+int64(n)
	return n, nil
}

func (b *blobReader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += b.offset
	case io.SeekEnd:
		offset += b.file.Size
	}
	if offset < 0 {
		return 0, errors.New("seek before the beginning")
	}
	if offset != b.offset {
		b.offset, b.ahead = offset, nil
	}
	return offset, nil
}
