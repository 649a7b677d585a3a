package mailbox

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Archive is the Source that reads old mails once: a folder of .eml files with
// all below it, or a file in mbox format. It holds one batch in memory, however
// large the archive is. A mail is dated by its Date field; like a Folder's it
// has its place from its bytes, so reading the archive again doubles nothing.
type Archive struct {
	Account  string
	Path     string
	MaxSize  int64 // 50 MiB; of a larger mail only the first HeadSize bytes are kept
	HeadSize int64 // 256 KiB
	OnStatus func(Status)

	board   board
	deliver Deliver
	batch   []Raw
	size    int64 // bytes in the batch
}

// The most that is delivered at once.
const (
	archiveMails = 200
	archiveBytes = 4 << 20
)

// Status tells how it goes. What is left of an mbox is estimated from the size
// of its mails so far.
func (a *Archive) Status() Status { return a.board.get() }

// Run delivers everything and ends. Its error is of the disk, of ctx or of
// deliver.
func (a *Archive) Run(ctx context.Context, _ Position, deliver Deliver) error {
	fill(&a.MaxSize, 50<<20)
	fill(&a.HeadSize, 256<<10)
	a.board.tell, a.deliver = a.OnStatus, deliver
	a.board.change(func(s *Status) { s.Account, s.Mailbox = a.Account, a.Path })
	err := a.read(ctx)
	if err == nil {
		err = a.flush(ctx)
	}
	if err != nil {
		a.board.stopped(&Error{Class: ClassDelivery, Account: a.Account, Err: err})
		return err
	}
	a.board.polled()
	a.board.stopped(nil)
	return nil
}

func (a *Archive) read(ctx context.Context) error {
	info, err := os.Stat(a.Path)
	if err != nil {
		return fmt.Errorf("read the archive: %w", err)
	}
	if !info.IsDir() {
		return a.readMbox(ctx, info)
	}
	var names []string
	err = filepath.WalkDir(a.Path, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && strings.EqualFold(filepath.Ext(path), ".eml") {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("read the archive: %w", err)
	}
	a.board.reading(len(names))
	for _, name := range names {
		if err := a.readFile(ctx, name); err != nil {
			return fmt.Errorf("take mail %s: %w", name, err)
		}
	}
	return nil
}

func (a *Archive) readFile(ctx context.Context, name string) error {
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	limit := info.Size()
	if limit > a.MaxSize {
		limit = a.HeadSize
	}
	raw, err := io.ReadAll(io.LimitReader(file, limit))
	if err != nil {
		return err
	}
	return a.take(ctx, raw, info.Size(), info.ModTime())
}

// take adds a mail of so many bytes to the batch; raw is all or the beginning.
func (a *Archive) take(ctx context.Context, raw []byte, size int64, otherwise time.Time) error {
	m := Raw{Account: a.Account, Mailbox: a.Path, Size: size, SHA256: sha256.Sum256(raw), Bytes: raw, Truncated: int64(len(raw)) < size}
	m.UIDValidity = max(1, binary.BigEndian.Uint32(m.SHA256[:4]))
	m.UID = max(1, binary.BigEndian.Uint32(m.SHA256[4:8]))
	m.InternalDate = sentAt(raw, otherwise)
	a.batch, a.size = append(a.batch, m), a.size+int64(len(raw))
	if len(a.batch) < archiveMails && a.size < archiveBytes {
		return ctx.Err()
	}
	return a.flush(ctx)
}

func (a *Archive) flush(ctx context.Context) error {
	if len(a.batch) == 0 || ctx.Err() != nil {
		return ctx.Err()
	}
	last := a.batch[len(a.batch)-1]
	if err := a.deliver(ctx, a.batch, Position{UIDValidity: last.UIDValidity, LastUID: last.UID}); err != nil {
		return err
	}
	a.board.delivered(len(a.batch))
	a.batch, a.size = nil, 0
	return nil
}

// sentAt is when a mail was sent by its Date field, if that can be true.
func sentAt(raw []byte, otherwise time.Time) time.Time {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return otherwise
	}
	at, err := m.Header.Date()
	if err != nil || at.Year() < 1990 || at.After(time.Now()) {
		return otherwise
	}
	return at
}
