package mailbox

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// mbox cuts a file in mbox format (RFC 4155) at the lines that begin with
// "From " after an empty line, and takes one ">" off quoted ones.
type mbox struct {
	archive *Archive
	info    fs.FileInfo
	mail    []byte
	size    int64 // of the mail, also where it was cut
	read    int64 // bytes of the file
	mails   int64
}

func (a *Archive) readMbox(ctx context.Context, info fs.FileInfo) error {
	file, err := os.Open(a.Path)
	if err != nil {
		return fmt.Errorf("read the archive: %w", err)
	}
	defer file.Close()
	a.board.reading(0)
	box, lines := &mbox{archive: a, info: info}, bufio.NewReaderSize(file, 64<<10)
	blank, whole := true, true // the line before was empty; the last piece ended its line
	for {
		piece, err := lines.ReadSlice('\n')
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read the archive: %w", err)
		}
		box.read += int64(len(piece))
		begins := whole && blank && bytes.HasPrefix(piece, []byte("From "))
		if begins {
			if err := box.end(ctx); err != nil {
				return err
			}
			blank = false
		} else if box.add(piece, whole); whole {
			blank = len(bytes.TrimRight(piece, "\r\n")) == 0
		}
		whole = bytes.HasSuffix(piece, []byte("\n"))
		if errors.Is(err, io.EOF) {
			return box.end(ctx)
		}
	}
}

// add takes a line, or a piece of a long one, to the mail.
func (b *mbox) add(piece []byte, begins bool) {
	if quoted := bytes.TrimLeft(piece, ">"); begins && len(quoted) < len(piece) && bytes.HasPrefix(quoted, []byte("From ")) {
		piece = piece[1:]
	}
	b.size += int64(len(piece))
	room := b.archive.MaxSize - int64(len(b.mail))
	b.mail = append(b.mail, piece[:min(int64(len(piece)), room)]...)
}

// end hands over the mail that was read so far.
func (b *mbox) end(ctx context.Context) error {
	raw, size := b.mail, b.size
	b.mail, b.size = nil, 0
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil
	}
	if size > b.archive.MaxSize {
		raw = raw[:min(int64(len(raw)), b.archive.HeadSize)]
	}
	b.mails++
	left := (b.info.Size() - b.read) * b.mails / max(b.read, 1)
	b.archive.board.change(func(s *Status) { s.Waiting = int(left) + len(b.archive.batch) + 1 })
	return b.archive.take(ctx, raw, size, b.info.ModTime())
}
