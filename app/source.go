package app

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"holdall/desk"
	"holdall/mail/message"
	"holdall/sync/replica"
)

const (
	sourcePiece = 48 << 10 // bytes of a mail in one answer
	fieldsMost  = 64 << 10 // bytes of a header in one answer
	headerRead  = 256 << 10
)

// Headers lists the header of a mail as a person reads it.
func (t *Ticket) Headers(r SourceRequest) ([]MailField, error) {
	raw, _, err := t.read(r, 0, headerRead)
	if err != nil {
		return nil, err
	}
	fields, left := []MailField{}, fieldsMost
	for _, f := range message.Fields(raw) {
		value := plainly([]byte(f.Value))
		if left -= len(f.Name) + len(value); left < 0 {
			return append(fields, MailField{"…", "The header goes on; the source has all of it."}), nil
		}
		fields = append(fields, MailField{f.Name, value})
	}
	return fields, nil
}

// Source gives a piece of a mail as it came, as text that does nothing.
func (t *Ticket) Source(r SourceRequest) (SourceView, error) {
	raw, size, err := t.read(r, int64(max(0, r.Offset)), sourcePiece)
	if err != nil {
		return SourceView{}, err
	}
	v := SourceView{Size: int(size)}
	if end := max(0, r.Offset) + len(raw); int64(end) < size {
		raw = raw[:cutAt(raw)]
		v.Next = max(0, r.Offset) + len(raw)
	}
	v.Text = plainly(raw)
	return v, nil
}

// read gives bytes of a mail from an offset on, fetching it if it is not here.
func (t *Ticket) read(r SourceRequest, offset, most int64) (raw []byte, size int64, err error) {
	ws, err := t.app.workspace()
	if err != nil {
		return nil, 0, err
	}
	file, err := ws.mailOf(r)
	if err != nil {
		return nil, 0, err
	}
	data, err := ws.openMail(file)
	if err != nil {
		return nil, 0, err
	}
	defer data.Close()
	raw = make([]byte, most)
	n, err := data.ReadAt(raw, offset)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, 0, fmt.Errorf("read the mail of message %s: %w", r.MessageID, err)
	}
	return raw[:n], file.Size, nil
}

func (ws *workspace) openMail(file desk.Attachment) (*os.File, error) {
	data, err := ws.files.Get(ws.ctx, file.SHA256, file.Size, replica.OnScreen)
	if errors.Is(err, desk.ErrUnknown) {
		return nil, desk.Refuse(desk.CodeGone, "The mail as it came lies at the hub, which cannot be reached; look at it here when there is a connection.")
	}
	return data, err
}

// cutAt is where a piece ends that is not the last: behind a line, else before a
// character that is not whole.
func cutAt(raw []byte) int {
	if line := bytes.LastIndexByte(raw, '\n'); line > 0 {
		return line + 1
	}
	for back := 1; back < utf8.UTFMax && back < len(raw); back++ {
		if utf8.RuneStart(raw[len(raw)-back]) {
			return len(raw) - back
		}
	}
	return len(raw)
}

// plainly is text in which nothing hides: what controls a terminal or turns the
// direction of letters stands there as its number, and so does a byte that is no
// character.
func plainly(raw []byte) string {
	var out strings.Builder
	for len(raw) > 0 {
		r, size := utf8.DecodeRune(raw)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&out, "\\x%02x", raw[0])
		case r == '\r' && len(raw) > 1 && raw[1] == '\n':
		case r == '\n' || r == '\t':
			out.WriteRune(r)
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp):
			fmt.Fprintf(&out, "\\u%04x", r)
		default:
			out.WriteRune(r)
		}
		raw = raw[size:]
	}
	return out.String()
}
