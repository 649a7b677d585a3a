package message

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// explanation is what the daemon wrote, without the mail it returns.
func explanation(m *Message, leaves []*part) string {
	const most = 64 << 10
	t := m.Text
	if strings.TrimSpace(t) == "" || len(strings.TrimSpace(t)) < 80 {
		for _, p := range leaves {
			if p.kind == "text/plain" && p.disposition == "attachment" {
				t += "\n" + p.text(most)
			}
		}
	}
	if strings.TrimSpace(t) == "" {
		t = htmlToText(m.HTML)
	}
	if len(t) > most {
		t = t[:most]
	}
	if i := returnedAt(t); i > 0 {
		return t[:i]
	}
	return t
}

// returnedAt is where a bounce begins to quote the mail it returns, -1 if it
// does not.
func returnedAt(text string) int {
	at := 0
	for line := range strings.SplitSeq(text, "\n") {
		if returnedMark.MatchString(line) {
			return at
		}
		at += len(line) + 1
	}
	return -1
}

// returnedMark is the line from which on a bounce quotes the mail it returns.
var returnedMark = newSieve(`(?i)`, `^[ \t>]*(?:[-=*_#+ ]*(?:this is a copy of|below (?:this line|the next line)|original (?:message|mail)(?: header)? ?(?:follows|text|below|[-=*:]|$)|message headers? follow|(?:start of )?(?:returned|unsent|undelivered|rejected|bounced) (?:message|mail)(?: follows|[ -]*(?:headers?)? ?(?:[-=*:]|$))|returned message|(?:the )?headers? of (?:the )?(?:original|message|mail)|message header|copy of (?:the )?(?:original|your) message|the (?:original )?message (?:headers? )?follow|your original message|---- ?header|included is a copy|first \d+ lines|old message:|begin (?:returned|original) message|the first \d+)|received: (?:from|by|\()|return-path: ?<|dkim-signature: |message-id: ?<|x-(?:mailer|priority|originating-ip): )`)

const addressPattern = `[A-Za-z0-9!#$%&'*+/=?^_{|}~.-]+@[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?`

var (
	anyAddress = regexp.MustCompile(addressPattern)
	// leading is what may stand before an address at the start of a line, as
	// most daemons list them; listTail is what may stand behind it there.
	leading  = regexp.MustCompile(`(?m)^[ \t>*-]*(?:[45]\d\d[ -](?:[45]\.\d{1,3}\.\d{1,3} )?)?["'(<\[]*(?:mailto:|smtp:|rfc822;)?[ ]?`)
	listTail = regexp.MustCompile(`^[>"')\]]*(?:[ \t]*(?:[:;,.(\[<\n-]|$)|[ \t]{2,}|[ \t]on [A-Z][a-z]{2},)`)
	// expanded is the address as the sender wrote it, before an alias.
	expanded = regexp.MustCompile(`(?i)expanded from:[ \t]*<?`)
	// named are the words that say the address behind them failed.
	named    = regexp.MustCompile(`(?i)\b(?:recipients?(?: address)?|addressed to|address|user(?:id)?|mailbox|account|deliver(?:ed|y)? to|undeliverable (?:mail )?to|message to|mail to|rcpt to|attempts|for|to|destinatar\w*|empfänger\w*|an|smtp|e-?mail)\b[ \t]*(?:is\b|:|=|;|<|>|"|'|\()*[ \t\n]*[<"'(\[]*`)
	anywhere = regexp.MustCompile(`(?:^|[^A-Za-z0-9.@_+=-])`)
	anyTail  = regexp.MustCompile(``)
)

// addressesAfter lists the addresses that follow a pattern directly.
func addressesAfter(text string, before, tail *regexp.Regexp, skip map[string]bool) []string {
	const most = 500
	var found []string
	for _, hit := range before.FindAllStringIndex(text, most) {
		rest := text[hit[1]:]
		at := anyAddress.FindStringIndex(rest[:min(len(rest), 320)])
		if at == nil || at[0] != 0 {
			continue
		}
		after := rest[at[1]:]
		a := strings.Trim(rest[:at[1]], ".'")
		if tail.MatchString(after[:min(len(after), 40)]) && !skip[strings.ToLower(a)] && !daemonUser.MatchString(a) {
			found = appendNew(found, a)
		}
	}
	return found
}

// failedRecipients finds whom a bounce in prose is about, at most ten.
func failedRecipients(h header, m *Message, report string, leaves []*part) []string {
	if vs := h.all("x-failed-recipients"); len(vs) > 0 {
		if as := emails(parseAddresses(strings.Join(vs, ","), "")); len(as) > 0 {
			return as
		}
	}
	ours := notRecipients(m)
	original := addressesAfter(report, expanded, anyTail, ours)
	for _, way := range []struct{ before, tail *regexp.Regexp }{{leading, listTail}, {named, anyTail}, {anywhere, anyTail}} {
		if found := addressesAfter(report, way.before, way.tail, ours); len(found) > 0 {
			found = append(original, found...)
			return found[:min(len(found), 10)]
		}
	}
	return returnedTo(m, leaves)
}

// notRecipients are the addresses of this mail itself: a bounce names the
// sender of the returned mail as well.
func notRecipients(m *Message) map[string]bool {
	out := map[string]bool{strings.ToLower(m.From.Email): true}
	for _, a := range m.To {
		out[strings.ToLower(a.Email)] = true
	}
	for _, a := range m.Delivered {
		out[strings.ToLower(strings.Trim(a, " <>"))] = true
	}
	return out
}

// returnedTo takes the addressee from the returned mail.
func returnedTo(m *Message, leaves []*part) []string {
	for _, p := range leaves {
		if p.kind == "message/rfc822" || p.kind == "text/rfc822-headers" || p.kind == "message/rfc822-headers" {
			h, _, _ := splitHeader(p.data(), 256<<10)
			if as := emails(addresses(h, "to", "")); len(as) > 0 {
				return as
			}
		}
	}
	if i := returnedAt(m.Text); i >= 0 {
		if hit := returnedField.FindStringSubmatch(m.Text[i:]); hit != nil {
			return emails(parseAddresses(hit[1], ""))
		}
	}
	return nil
}

var returnedField = regexp.MustCompile(`(?im)^[ \t>]*to:[ \t]*(.+)$`)

func emails(as []Address) []string {
	var out []string
	for _, a := range as {
		if strings.Contains(a.Email, "@") {
			out = appendNew(out, a.Email)
		}
	}
	return out
}

func appendNew(list []string, s string) []string {
	for _, have := range list {
		if strings.EqualFold(have, s) {
			return list
		}
	}
	return append(list, s)
}

// reportIDs lists the Message-IDs a machine's mail carries in its body: our
// own signed id there is the surest way from a bounce to its ticket.
func reportIDs(m *Message, root *part) []string {
	if m.Bounce == nil && !m.AutoSubmitted {
		return nil
	}
	const most = 64 << 10
	var ids []string
	take := func(b []byte) {
		for _, run := range announcedIDs(b[:min(len(b), most)]) {
			for _, id := range messageIDs(string(run)) {
				ids = appendNew(ids, id)
			}
		}
	}
	take([]byte(m.Text))
	for _, p := range flatten(root, nil) {
		if strings.HasPrefix(p.kind, "message/") || strings.HasPrefix(p.kind, "text/rfc822") {
			take(p.data())
		}
	}
	return ids
}

// idFields are the fields that announce ids (RFC 5322 §3.6.4).
var idFields = []string{"message-id", "in-reply-to", "references"}

// announcedIDs finds the runs of ids behind the name of such a field and its
// colon, wherever in a text: a report quotes a header as it likes. It looks at
// colons alone, for an expression would look at every letter of a long report.
func announcedIDs(b []byte) (runs [][]byte) {
	const most = 20
	for at := 0; len(runs) < most; {
		colon := bytes.IndexByte(b[at:], ':')
		if colon < 0 {
			break
		}
		name := bytes.TrimRight(b[:at+colon], " \t")
		at += colon + 1
		if !slices.ContainsFunc(idFields, func(f string) bool {
			return len(name) >= len(f) && strings.EqualFold(string(name[len(name)-len(f):]), f)
		}) {
			continue
		}
		if n := idsAt(b[at:]); n > 0 {
			runs = append(runs, b[at:at+n])
			at += n
		}
	}
	return runs
}

// idsAt is how long a run of ids and blanks is at the beginning of b.
func idsAt(b []byte) (n int) {
	for {
		blank := len(b[n:]) - len(bytes.TrimLeft(b[n:], " \t\r\n"))
		id := idAt(b[n+blank:])
		if id == 0 {
			return n
		}
		n += blank + id
	}
}

// idAt is how long the id at the beginning of b is with its brackets; 0 if none
// is there.
func idAt(b []byte) int {
	const most = 200 // characters on either side of the @
	if len(b) == 0 || b[0] != '<' {
		return 0
	}
	end := bytes.IndexAny(b[1:min(len(b), 8*most)], "<> \t\r\n\v\f")
	if end < 0 || b[1+end] != '>' {
		return 0
	}
	local, domain, ok := bytes.Cut(b[1:1+end], []byte("@"))
	side := func(s []byte) bool { n := utf8.RuneCount(s); return n > 0 && n <= most }
	if !ok || bytes.IndexByte(domain, '@') >= 0 || !side(local) || !side(domain) {
		return 0
	}
	return end + 2
}
