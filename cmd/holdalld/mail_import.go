package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"holdall/desk"
	"holdall/mail/intake"
	"holdall/sync/hub"
)

// importBatch is how many mails are filed in one transaction.
const importBatch = 200

// mailImportCommand takes in mails from files, as if they had arrived.
type mailImportCommand struct {
	place
	From string `arg:"" help:"A folder of .eml files, or a file in mbox format." type:"path"`
}

// Run files all mails, then converts them. Nobody is answered. A mail that was
// taken in before is passed over, so an import can be repeated.
func (c mailImportCommand) Run(ctx context.Context, p *program) error {
	mails, err := readMails(c.From)
	if err != nil {
		return err
	}
	if len(mails) == 0 {
		return desk.Refuse(desk.CodeValidation, "There are no mails in %s; it must be a folder of .eml files or an mbox.", c.From)
	}
	return p.withHub(ctx, c.place, func(h *atWork) error {
		begun := time.Now()
		sink := hub.NewMailSink(h.server)
		for batch := range slices.Chunk(mails, importBatch) {
			last := batch[len(batch)-1]
			if err := sink.File(ctx, batch, intake.Position{UIDValidity: last.UIDValidity, LastUID: last.UID}); err != nil {
				return err
			}
		}
		done, err := h.convertAll(ctx, p, sink, len(mails))
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(p.stdout, "%d mails read, %d of them new, in %.1f s.\n", len(mails), done, time.Since(begun).Seconds())
		return err
	})
}

// convertAll converts what is filed. Many mails of one sender are no storm here.
func (h *atWork) convertAll(ctx context.Context, p *program, sink *hub.MailSink, of int) (done int, err error) {
	workspace, err := h.server.Found(ctx, defaultName, time.Now())
	if err != nil {
		return 0, err
	}
	signature, err := hub.NewSignature(ctx, h.server, workspace.ID, settings{}.domain())
	if err != nil {
		return 0, err
	}
	converter := &intake.Converter{Sink: sink, Token: signature.Read, ReopenDays: workspace.ReopenDays, StormMails: of + 1}
	told := time.Now()
	return done, converter.Run(ctx, func(n int) {
		if done += n; time.Since(told) > time.Second {
			told = time.Now()
			fmt.Fprintf(p.stderr, "%d of %d\n", done, of)
		}
	})
}

// readMails reads a folder or an mbox.
func readMails(from string) ([]intake.Mail, error) {
	info, err := os.Stat(from)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, desk.Refuse(desk.CodeValidation, "There is no %s; check its name.", from)
	}
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		raw, err := os.ReadFile(from)
		if err != nil {
			return nil, err
		}
		return fromMbox(from, raw, info.ModTime()), nil
	}
	var mails []intake.Mail
	err = filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.EqualFold(filepath.Ext(path), ".eml") {
			return err
		}
		raw, err := os.ReadFile(path)
		mails = append(mails, fromFile(from, raw, time.Now()))
		return err
	})
	// An answer must come after what it answers, whatever the files are called.
	slices.SortStableFunc(mails, func(a, b intake.Mail) int { return a.InternalDate.Compare(b.InternalDate) })
	return mails, err
}

// fromFile is a mail of a file. It has no UID: its place comes from its bytes.
func fromFile(source string, raw []byte, otherwise time.Time) intake.Mail {
	m := intake.Mail{Account: "import", Mailbox: source, Size: int64(len(raw)), SHA256: sha256.Sum256(raw), Bytes: raw}
	m.UIDValidity = max(1, binary.BigEndian.Uint32(m.SHA256[:4]))
	m.UID = max(1, binary.BigEndian.Uint32(m.SHA256[4:8]))
	m.InternalDate = sentAt(raw, otherwise)
	return m
}

// sentAt is when a mail was sent by its Date field, if that can be true.
func sentAt(raw []byte, otherwise time.Time) time.Time {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return otherwise
	}
	at, err := m.Header.Date()
	if err != nil || at.Year() < 1990 || at.After(otherwise) {
		return otherwise
	}
	return at
}

// fromMbox cuts an mbox (RFC 4155) at the lines that begin with "From " after an
// empty line, and takes one ">" off quoted ones.
func fromMbox(source string, raw []byte, otherwise time.Time) []intake.Mail {
	var mails []intake.Mail
	var one []byte
	flush := func() {
		if len(bytes.TrimSpace(one)) > 0 {
			mails = append(mails, fromFile(source, one, otherwise))
		}
		one = nil
	}
	blank := true
	for line := range bytes.Lines(raw) {
		if blank && bytes.HasPrefix(line, []byte("From ")) {
			flush()
			blank = false
			continue
		}
		blank = len(bytes.TrimRight(line, "\r\n")) == 0
		if quoted := bytes.TrimLeft(line, ">"); len(quoted) < len(line) && bytes.HasPrefix(quoted, []byte("From ")) {
			line = line[1:]
		}
		one = append(one, line...)
	}
	flush()
	return mails
}
