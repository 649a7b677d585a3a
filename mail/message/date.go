package message

import (
	"net/mail"
	"regexp"
	"strings"
	"time"
)

// dateLayouts are the forms that senders use beside RFC 5322 §3.3.
var dateLayouts = []string{
	time.RFC3339, time.ANSIC, time.UnixDate, time.RubyDate, time.RFC850,
	"Mon, 2 Jan 2006 15:04:05", "Mon, 2 Jan 2006 15:04", "2 Jan 2006 15:04:05", "2 Jan 2006 15:04",
	"Mon, 2 January 2006 15:04:05 -0700", "2 January 2006 15:04:05 -0700", "Monday, 2 January 2006 15:04:05 -0700",
	"Mon, 2-Jan-2006 15:04:05 -0700", "Mon, 2-Jan-06 15:04:05 -0700", "2-Jan-06 15:04:05 -0700",
	"Mon, 2 Jan 2006 15.04.05 -0700", "Mon, Jan 2, 2006 15:04:05 -0700", "Mon, Jan 2 2006 15:04:05 -0700",
	"Jan 2, 2006 15:04:05 -0700", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05", "2006-01-02T15:04:05",
	"Mon Jan 2 15:04:05 2006 -0700", "Mon, 2 Jan 06 15:04:05 -0700", "Mon, 2 Jan 06 15:04 -0700", "2 Jan 06 15:04 -0700", "2 Jan 06 15:04:05 -0700",
	"Mon 2 Jan 2006 15:04:05 -0700", "Mon, 02/01/2006 15:04:05 -0700", "Mon, 2 Jan 2006 3:04:05 PM -0700",
}

var (
	dateComment = regexp.MustCompile(`\([^()]*\)`)
	dateZone    = regexp.MustCompile(`\s(?:(?:UTC|GMT)\s*([+-]\d{4}|[+-]\d{1,2}:\d{2})|([+-]\d{2}):(\d{2})|([+-]\d{4})\s+[A-Z]{2,5}|([A-Z]{1,5}))$`)
)

// zones are the names of RFC 822 §5.1 and those that travel in real mail.
var zones = map[string]string{
	"UT": "+0000", "UTC": "+0000", "GMT": "+0000", "Z": "+0000", "WET": "+0000", "BST": "+0100", "WEST": "+0100",
	"CET": "+0100", "MET": "+0100", "CEST": "+0200", "MEST": "+0200", "EET": "+0200", "EEST": "+0300", "MSK": "+0300",
	"EST": "-0500", "EDT": "-0400", "CST": "-0600", "CDT": "-0500", "MST": "-0700", "MDT": "-0600", "PST": "-0800", "PDT": "-0700",
	"JST": "+0900", "KST": "+0900", "HKT": "+0800", "SGT": "+0800", "IST": "+0530", "AEST": "+1000", "AEDT": "+1100", "NZST": "+1200", "NZDT": "+1300",
}

// parseDate reads a Date value, zero when it names no date.
func parseDate(v string) time.Time {
	v = strings.Join(strings.Fields(dateComment.ReplaceAllString(v, " ")), " ")
	v = strings.Trim(v, "\"' ,;")
	if v == "" || len(v) > 200 {
		return time.Time{}
	}
	v = numericZone(v)
	if t, err := mail.ParseDate(v); err == nil {
		return t
	}
	for _, s := range []string{v, strings.ReplaceAll(v, ".", ":"), strings.ReplaceAll(v, " ,", ",")} {
		for _, l := range dateLayouts {
			if t, err := time.Parse(l, s); err == nil {
				return t
			}
		}
	}
	return withoutWeekday(v)
}

// numericZone rewrites a trailing zone name as an offset.
func numericZone(v string) string {
	m := dateZone.FindStringSubmatchIndex(v)
	if m == nil {
		return v
	}
	part := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return v[m[2*i]:m[2*i+1]]
	}
	head := v[:m[0]] + " "
	switch {
	case part(1) != "":
		return head + strings.ReplaceAll(part(1), ":", "")
	case part(2) != "":
		return head + part(2) + part(3)
	case part(4) != "":
		return head + part(4)
	case zones[part(5)] != "":
		return head + zones[part(5)]
	}
	return v
}

// withoutWeekday retries a date whose weekday is misspelt or in another language.
func withoutWeekday(v string) time.Time {
	_, rest, ok := strings.Cut(v, ",")
	if !ok {
		return time.Time{}
	}
	t, _ := mail.ParseDate(strings.TrimSpace(rest))
	return t
}
