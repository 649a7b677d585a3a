package message

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Parse reads one mail. The Message is never nil: a mail that cannot be read
// yields the headers that can, its body as text, and an error that wraps
// ErrTooLarge, ErrDeadline, ErrUnreadable or ErrEmpty, or is an Excess.
func Parse(ctx context.Context, raw []byte, limits Limits) (m *Message, err error) {
	m = &Message{}
	defer func() {
		if r := recover(); r != nil {
			m.problem("a part could not be read")
			err = errors.Join(err, fmt.Errorf("%w: %v", ErrUnreadable, r))
		}
	}()
	lim := limits.withDefaults()
	if int64(len(raw)) > lim.Bytes {
		raw = raw[:lim.Bytes]
		err = fmt.Errorf("read mail of over %d bytes: %w", lim.Bytes, ErrTooLarge)
		m.problem("the mail is larger than the limit; the end of it is only in the raw mail")
	}
	h, body, problem := splitHeader(plainLineEndings(raw), lim.HeaderBytes)
	if over, spent := errors.AsType[*Excess](problem); spent {
		m.exceeds(over)
	} else if problem != nil {
		m.problem(problem.Error())
	}
	if len(h) == 0 && len(bytes.TrimSpace(body)) == 0 {
		return m, errors.Join(err, ErrEmpty)
	}
	m.readHeader(h)
	err = errors.Join(err, m.readBody(ctx, h, body, lim))
	if m.over != nil {
		err = errors.Join(err, m.over)
	}
	return m, err
}

func (m *Message) readBody(ctx context.Context, h header, body []byte, lim Limits) error {
	root, err := m.readTree(ctx, h, body, lim)
	if err != nil {
		m.problem("the parts could not be told apart; the body is shown as it came")
		root = &part{kind: "text/plain", raw: body, params: map[string]string{}, whole: true}
	}
	if ctx.Err() != nil {
		root.raw = root.raw[:min(len(root.raw), 256<<10)]
	}
	b := collect(root)
	err = errors.Join(err, m.fill(b, lim))
	m.Invite, m.Sealed = findInvite(root), findSeal(root, m.Text)
	m.weigh(root, lim)
	m.judge(h, root)
	m.ReplyText = replyText(m.Text, m.Subject)
	if err == nil && ctx.Err() != nil {
		err = fmt.Errorf("%w: %w", ErrDeadline, context.Cause(ctx))
	}
	return err
}

// judge decides what kind of mail this is, after its text is known.
func (m *Message) judge(h header, root *part) {
	m.Bounce = findBounce(h, m, root)
	m.AutoSubmitted, m.Reason = automatic(h, m, root)
	m.OutOfOffice = m.Bounce == nil && outOfOffice(h, m)
	m.ReportIDs = reportIDs(m, root)
}

// readHeader fills the fields that need only the header.
func (m *Message) readHeader(h header) {
	cs := habitualCharset(h)
	m.Subject = strings.TrimSpace(decodeHeader(h.get("subject"), cs))
	m.From = author(h, cs)
	for _, a := range addresses(h, "from", cs) {
		if strings.Contains(a.Email, "@") {
			m.Authors = append(m.Authors, a)
		}
	}
	m.Sender = firstAddress(h, cs, "sender")
	m.To = addresses(h, "to", cs)
	m.Cc = addresses(h, "cc", cs)
	m.ReplyTo = addresses(h, "reply-to", cs)
	if len(m.Authors) >= addressesMost || max(len(m.To), len(m.Cc), len(m.ReplyTo)) >= addressesMost {
		m.exceeds(&Excess{fmt.Sprintf("%d addresses or more in one field", addressesMost)})
	}
	if ids := messageIDs(h.get("message-id")); len(ids) > 0 {
		m.MessageID = ids[0]
	}
	if ids := messageIDs(h.get("in-reply-to")); len(ids) > 0 {
		m.InReplyTo = ids[0]
	}
	m.References = messageIDs(strings.Join(h.all("references"), " "))
	m.Date = parseDate(h.get("date"))
	m.AuthenticationResults = h.readable("authentication-results")
	m.Precedence = h.readable("precedence")
	m.ListID = strings.Trim(readable(h.get("list-id")), " ")
	m.Loop = h.readable("x-loop")
	for _, n := range []string{"delivered-to", "x-original-to", "envelope-to"} {
		m.Delivered = append(m.Delivered, h.readable(n)...)
	}
	if h.has("return-path") {
		m.ReturnPath = "<" + readable(cleanEmail(h.get("return-path"), "")) + ">"
	}
}

// author returns the first sender that can be written to; failing that the
// first that is named at all.
func author(h header, charset string) Address {
	var named Address
	for _, n := range []string{"from", "reply-to", "sender", "return-path"} {
		for _, a := range addresses(h, n, charset) {
			if local, domain, ok := cutLast(a.Email, '@'); ok && local != "" && domain != "" {
				if n == "from" || named.Email == "" {
					return a
				}
			}
			if named == (Address{}) {
				named = a
			}
		}
	}
	return named
}

// habitualCharset is the charset a mail is likely to use where it declares
// none: that of its body, else that of its encoded words.
func habitualCharset(h header) string {
	_, params := parseMediaType(h.get("content-type"))
	if params["charset"] != "" {
		return params["charset"]
	}
	for _, n := range []string{"subject", "from", "to"} {
		if _, w, _, ok := nextWord(h.get(n)); ok {
			return w.charset
		}
	}
	return ""
}

func firstAddress(h header, charset string, names ...string) Address {
	for _, n := range names {
		if as := addresses(h, n, charset); len(as) > 0 {
			return as[0]
		}
	}
	return Address{}
}

func addresses(h header, name, charset string) []Address {
	return parseAddresses(strings.Join(h.all(name), ", "), charset)
}

// idMost bounds an id, in bytes: no line of a mail is longer, and none can be cut
// within one (RFC 5322 §2.1.1). What is longer names nothing, and could be answered
// by no mail.
const idMost = 998

// messageIDs reads a list of ids (RFC 5322 §3.6.4), without their brackets.
func messageIDs(v string) []string {
	const most = 1000
	ids := listIDs(readable(v), most)
	return slices.DeleteFunc(ids, func(id string) bool { return len(id) > idMost })
}

func listIDs(v string, most int) []string {
	var out []string
	for rest := v; len(out) < most; {
		_, after, ok := strings.Cut(rest, "<")
		if !ok {
			break
		}
		id, tail, closed := strings.Cut(after, ">")
		if !closed {
			break
		}
		if i := strings.LastIndexByte(id, '<'); i >= 0 {
			id = id[i+1:]
		}
		if id = strings.Join(strings.Fields(id), ""); id != "" {
			out = append(out, id)
		}
		rest = tail
	}
	if len(out) > 0 {
		return out
	}
	for _, f := range strings.Fields(v) {
		if f = strings.Trim(f, "<>,;\"'"); strings.Contains(f, "@") && len(out) < most {
			out = append(out, f)
		}
	}
	if f := strings.Trim(v, " <>"); len(out) == 0 && f != "" && !strings.ContainsAny(f, " \t") {
		out = append(out, f)
	}
	return out
}
