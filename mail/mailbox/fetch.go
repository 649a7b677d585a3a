package mailbox

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// bodies fetches the mails of one batch in the order of their UIDs. Where the
// server refuses, the batch is halved until the offender stands alone.
func (s *session) bodies(ctx context.Context, mails []listed) ([]Raw, error) {
	got, err := s.ask(ctx, mails)
	if err == nil {
		err = s.account(ctx, mails, got)
	}
	if err == nil {
		return inOrder(mails, got), nil
	}
	if _, refused := errors.AsType[*imap.Error](err); !refused {
		return nil, err // the connection is gone or unreadable
	}
	if len(mails) == 1 {
		return []Raw{s.unreadable(mails[0], err)}, nil
	}
	half := len(mails) / 2
	low, err := s.bodies(ctx, mails[:half])
	if err != nil {
		return nil, err
	}
	high, err := s.bodies(ctx, mails[half:])
	return append(low, high...), err
}

func (s *session) ask(ctx context.Context, mails []listed) (map[uint32]Raw, error) {
	var set imap.UIDSet
	for _, m := range mails {
		set.AddNum(imap.UID(m.uid))
	}
	section := &imap.FetchItemBodySection{Peek: true}
	cut := mails[0].size > s.cfg.MaxSize
	if cut {
		section.Partial = &imap.SectionPartial{Size: s.cfg.HeadSize}
	}
	got := make(map[uint32]Raw, len(mails))
	err := s.wait(ctx, func() error {
		cmd := s.client.Fetch(set, &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{section}})
		for msg := cmd.Next(); msg != nil; msg = cmd.Next() {
			raw, err := s.read(msg)
			if err != nil {
				// Not cmd.Close: it would read on beside the library's own
				// reader, which has been set free by the error.
				s.conn.Conn.Close()
				return err
			}
			if raw.Bytes != nil {
				raw.Truncated = raw.Truncated || cut
				got[raw.UID] = raw
			}
		}
		return cmd.Close()
	})
	if err != nil {
		return nil, fmt.Errorf("fetch mails %s: %w", set.String(), err)
	}
	return got, nil
}

// read takes one mail off the connection. The size the server announced is not
// believed: no more than MaxSize is kept, the rest is read and dropped.
func (s *session) read(msg *imapclient.FetchMessageData) (Raw, error) {
	raw := Raw{Account: s.cfg.Account, Mailbox: s.cfg.Mailbox}
	for item := msg.Next(); item != nil; item = msg.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			raw.UID = uint32(item.UID)
		case imapclient.FetchItemDataBodySection:
			if item.Literal == nil {
				raw.Bytes = []byte{}
				continue
			}
			raw.Truncated = item.Literal.Size() > s.cfg.MaxSize
			raw.Bytes = make([]byte, min(item.Literal.Size(), s.cfg.MaxSize))
			if _, err := io.ReadFull(item.Literal, raw.Bytes); err != nil {
				return raw, err
			}
		}
	}
	return raw, nil
}

// account looks after mails of which no bytes came. One that was expunged
// meanwhile is missing (RFC 9051 §6.4.9) or, with some servers, empty; one that
// is still there after a NOOP is handed over as unreadable and not forgotten.
func (s *session) account(ctx context.Context, mails []listed, got map[uint32]Raw) error {
	var absent imap.UIDSet
	for _, m := range mails {
		if raw, ok := got[m.uid]; !ok || len(raw.Bytes) == 0 && m.size > 0 {
			delete(got, m.uid)
			absent.AddNum(imap.UID(m.uid))
		}
	}
	if len(absent) == 0 {
		return nil
	}
	if err := s.wait(ctx, func() error { return s.client.Noop().Wait() }); err != nil {
		return fmt.Errorf("ask for what was expunged: %w", err)
	}
	present, err := s.listSet(ctx, absent)
	if err != nil {
		return err
	}
	for _, m := range present {
		got[m.uid] = s.unreadable(m, errNoBytes)
	}
	return nil
}

func inOrder(mails []listed, got map[uint32]Raw) []Raw {
	raws := make([]Raw, 0, len(mails))
	for _, m := range mails {
		raw, ok := got[m.uid]
		if !ok {
			continue
		}
		raw.Size, raw.InternalDate = m.size, m.date
		if !raw.Truncated && raw.Problem == "" {
			raw.Size = int64(len(raw.Bytes))
		}
		raws = append(raws, raw)
	}
	return raws
}

var errNoBytes = errors.New("the server lists it and sends nothing of it")

func (s *session) unreadable(m listed, err error) Raw {
	return Raw{
		Account: s.cfg.Account, Mailbox: s.cfg.Mailbox, UID: m.uid, Size: m.size, InternalDate: m.date,
		Problem: fmt.Sprintf("the mail server could not hand over mail %d of %s: %v", m.uid, s.cfg.Mailbox, err),
	}
}
