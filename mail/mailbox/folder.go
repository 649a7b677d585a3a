package mailbox

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Folder is the Source that reads a folder of .eml files, in the order of their
// names. Files have no UIDs: UIDVALIDITY and UID are taken from the SHA-256 of
// the bytes, so the same mail has the same place under any name and the
// position decides nothing. After a start every file comes again and the
// receiver recognises it; with Done set a delivered file is moved away.
//
// A file must be complete when it gets its name: write it under another one,
// such as with a leading dot, and rename it.
type Folder struct {
	Account  string
	Dir      string
	Done     string        // a folder on the same disk; empty: files stay
	MaxSize  int64         // 50 MiB; above it only the first HeadSize bytes are read
	HeadSize int64         // 256 KiB
	Poll     time.Duration // 60 s; less than 0: Run ends when all is read
	OnStatus func(Status)

	board board
	seen  map[string]os.FileInfo
}

// Status tells how it goes.
func (f *Folder) Status() Status { return f.board.get() }

// Run delivers every file once, then those that arrive. It ends with ctx, or
// with the error of the folder or of deliver.
func (f *Folder) Run(ctx context.Context, _ Position, deliver Deliver) error {
	fill(&f.MaxSize, 50<<20)
	fill(&f.HeadSize, 256<<10)
	fill(&f.Poll, time.Minute)
	f.board.tell = f.OnStatus
	f.seen = map[string]os.FileInfo{}
	f.board.change(func(s *Status) { s.Account, s.Mailbox = f.Account, f.Dir })
	for {
		if err := f.readAll(ctx, deliver); err != nil {
			f.board.stopped(&Error{Class: ClassDelivery, Account: f.Account, Err: err})
			return err
		}
		f.board.polled()
		if f.Poll < 0 {
			f.board.stopped(nil)
			return nil
		}
		sleep(ctx, f.Poll, nil)
		if ctx.Err() != nil {
			f.board.stopped(nil)
			return ctx.Err()
		}
	}
}

func (f *Folder) readAll(ctx context.Context, deliver Deliver) error {
	names, err := f.fresh()
	if err != nil {
		return fmt.Errorf("read the folder of mails: %w", err)
	}
	f.board.reading(len(names))
	for _, name := range names {
		if ctx.Err() != nil {
			return nil
		}
		if err := f.one(ctx, name, deliver); err != nil {
			return fmt.Errorf("take mail %s: %w", name, err)
		}
	}
	return nil
}

// fresh returns the files not delivered yet, or changed since.
func (f *Folder) fresh() (names []string, err error) {
	entries, err := os.ReadDir(f.Dir)
	for _, e := range entries {
		if e.IsDir() || strings.HasPrefix(e.Name(), ".") || !strings.EqualFold(filepath.Ext(e.Name()), ".eml") {
			continue
		}
		info, err := e.Info()
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if old := f.seen[e.Name()]; old != nil && old.Size() == info.Size() && old.ModTime().Equal(info.ModTime()) {
			continue
		}
		names = append(names, e.Name())
	}
	return names, err
}

func (f *Folder) one(ctx context.Context, name string, deliver Deliver) error {
	raw, info, err := f.read(filepath.Join(f.Dir, name))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	next := Position{UIDValidity: raw.UIDValidity, LastUID: raw.UID}
	if err := deliver(ctx, []Raw{raw}, next); err != nil {
		return err
	}
	f.board.delivered(1)
	if f.Done != "" {
		return os.Rename(filepath.Join(f.Dir, name), filepath.Join(f.Done, name))
	}
	f.seen[name] = info
	return nil
}

func (f *Folder) read(path string) (Raw, os.FileInfo, error) {
	file, err := os.Open(path)
	if err != nil {
		return Raw{}, nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return Raw{}, nil, err
	}
	raw := Raw{Account: f.Account, Mailbox: f.Dir, Size: info.Size(), InternalDate: info.ModTime()}
	limit := f.MaxSize
	if raw.Truncated = info.Size() > limit; raw.Truncated {
		limit = f.HeadSize
	}
	if raw.Bytes, err = io.ReadAll(io.LimitReader(file, limit)); err != nil {
		return Raw{}, nil, err
	}
	raw.SHA256 = sha256.Sum256(raw.Bytes)
	raw.UIDValidity = max(1, binary.BigEndian.Uint32(raw.SHA256[:4]))
	raw.UID = max(1, binary.BigEndian.Uint32(raw.SHA256[4:8]))
	return raw, info, nil
}
