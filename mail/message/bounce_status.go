package message

import (
	"regexp"
	"strings"
)

// statusReport is what the machine-readable part of a bounce says.
type statusReport struct {
	found      bool // there is such a part
	failed     bool // a recipient failed or is delayed
	unclear    bool // the part names no action
	recipients []string
	code       string
	diagnostic string
}

// deliveryStatus reads the message/delivery-status parts (RFC 3464 §2).
func deliveryStatus(leaves []*part) statusReport {
	var s statusReport
	for _, p := range leaves {
		if p.kind != "message/delivery-status" && p.kind != "message/global-delivery-status" {
			continue
		}
		s.found = true
		body := p.data()
		for n := 0; len(body) > 0 && n < 200; n++ {
			var h header
			h, body, _ = splitHeader(body, 64<<10)
			s.add(h)
		}
	}
	s.unclear = s.found && !s.failed && !s.delivered()
	return s
}

var statusFields = newSieve(`(?im)`, `^[ \t>]*(?:final-recipient|original-recipient)[ \t]*:`)

// strayStatus reads status fields that stand in running text: some relays
// paste a report, wrap it into another mail, or lose its boundary.
func strayStatus(m *Message, leaves []*part) statusReport {
	texts := []string{m.Text}
	for _, p := range leaves {
		if p.kind == "message/rfc822" {
			h, _, _ := splitHeader(p.raw, 64<<10)
			if indexFold([]byte(h.get("content-type")), []byte("report")) >= 0 {
				texts = append(texts, string(p.data()))
			}
		}
	}
	var s statusReport
	for _, t := range texts {
		for n := 0; n < 50; n++ {
			i := statusFields.FindStringIndex(t)
			if i == nil {
				break
			}
			h, rest, _ := splitHeader([]byte(t[i[0]:]), 64<<10)
			s.add(h)
			if len(rest) >= len(t) {
				break
			}
			t = string(rest)
		}
	}
	s.found = s.failed
	return s
}

// delivered is kept apart from failed: a report of success names recipients too.
func (s *statusReport) delivered() bool { return s.code == "2" }

// add takes one group of fields, of the message or of one recipient.
func (s *statusReport) add(h header) {
	action := strings.ToLower(strings.TrimSpace(stripComment(h.get("action"))))
	code := enhanced.FindString(h.get("status"))
	to := recipientFields(h, "original-recipient", "final-recipient", "x-actual-recipient")
	switch action {
	case "delivered", "relayed", "expanded":
		if s.code == "" && !s.failed {
			s.code = "2"
		}
		return
	case "failed", "delayed", "failure":
	case "":
		if len(to) == 0 || strings.HasPrefix(code, "2") {
			return
		}
	}
	if !s.failed {
		s.code = ""
	}
	s.failed = true
	for _, a := range to {
		if len(s.recipients) < 50 {
			s.recipients = appendNew(s.recipients, a)
		}
	}
	if s.code == "" {
		s.code = code
	}
	if s.diagnostic == "" {
		s.diagnostic = h.get("diagnostic-code")
	}
}

// recipientFields takes the address as sent and as delivered: the one we know
// may be either.
func recipientFields(h header, names ...string) []string {
	var out []string
	for _, n := range names {
		for _, v := range h.all(n) {
			if _, after, ok := strings.Cut(v, ";"); ok {
				v = after
			}
			if a := anyAddress.FindString(decodeHeader(v, "")); a != "" {
				out = appendNew(out, a)
			}
		}
	}
	return out
}

var (
	// enhanced is a status code of RFC 3463.
	enhanced = regexp.MustCompile(`\b[245]\.\d{1,3}\.\d{1,3}\b`)
	// failing are such codes that report a failure, not part of a number.
	failing = regexp.MustCompile(`(?:^|[^\d.])([45]\.\d{1,3}\.\d{1,3})(?:[^\d.]|\.?$|\.\s)`)
	// basic is a reply code of RFC 5321 §4.2 at a place where one stands.
	basic = regexp.MustCompile(`(?m)(?:^|[\s(:"'=<>#\[])([45][0-5]\d)(?:[\s\-,:)\]]|$)`)

	temporary = regexp.MustCompile(`(?i)(delayed|will (keep trying|be retried|continue)|not yet been delivered|still (being|trying|in the queue)|warning:|no action is required|do not need to (resend|do anything)|temporar|transient|try again later|noch nicht zugestellt|wird weiterhin versucht)`)
	permanent = regexp.MustCompile(`(?i)(permanent|gave up|giving up|given up|undeliverable|has failed|could not be delivered for|deleted from queue|too long|timed? ?out|expired|no longer|retry (time|timeout)|failed after)`)
)

// betterStatus chooses among what the report and its explanation say. A
// specific code of the same class beats x.0.0; words are the last resort.
func betterStatus(code, diagnostic, subject, report string) string {
	if code != "" && code != "2" {
		if strings.HasSuffix(code, ".0.0") {
			for _, c := range failing.FindAllStringSubmatch(diagnostic, 5) {
				if c[1][0] == code[0] && c[1][1:] != ".0.0" {
					return c[1]
				}
			}
		}
		return code
	}
	for _, text := range []string{diagnostic, report} {
		if !containsAny(text, "4.", "5.") {
			continue
		}
		if m := failing.FindStringSubmatch(text); m != nil {
			return m[1]
		}
	}
	for _, text := range []string{diagnostic, report} {
		if m := basic.FindStringSubmatch(text); m != nil {
			return m[1][:1] + ".0.0"
		}
	}
	if temporary.MatchString(subject+"\n"+report) && !permanent.MatchString(subject+"\n"+report) {
		return "4.0.0"
	}
	return "5.0.0"
}
