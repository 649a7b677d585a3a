package outgoing

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// patienceMost bounds what a server may ask for: a slip of its author must not
// hold an answer back for a year.
const patienceMost = 24 * time.Hour

// SMTP has no field for how long to wait (RFC 5321 §4.2.1 says only that a 4yz
// is worth another try), so servers say it in words: "Greylisted, try again in
// 300 seconds", "please come back in 00:04:59", "retry after 5 minutes".
var (
	waitWords = regexp.MustCompile(`(?i)\b(?:retry|again|wait|come back|greylist\w*|graylist\w*|delayed|resend)\b[^0-9]{0,30}(\d{1,6})\s*(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h)\b`)
	waitClock = regexp.MustCompile(`(?i)\b(?:retry|again|wait|come back|greylist\w*|graylist\w*|delayed|resend)\b[^0-9]{0,30}(\d{1,2}):([0-5]\d):([0-5]\d)\b`)
	waitBare  = regexp.MustCompile(`(?i)\bretry[- ]?after\b[:= ]{0,3}(\d{1,6})\b`) // RFC 9110 §10.2.3 counts seconds
)

// patience reads how long a server asks to wait; 0 if it does not say.
func patience(text string) time.Duration {
	var asked time.Duration
	if m := waitClock.FindStringSubmatch(text); m != nil {
		asked = number(m[1])*time.Hour + number(m[2])*time.Minute + number(m[3])*time.Second
	} else if m := waitWords.FindStringSubmatch(text); m != nil {
		unit := map[string]time.Duration{"s": time.Second, "m": time.Minute, "h": time.Hour}[strings.ToLower(m[2][:1])]
		asked = number(m[1]) * unit
	} else if m := waitBare.FindStringSubmatch(text); m != nil {
		asked = number(m[1]) * time.Second
	}
	return min(asked, patienceMost)
}

// number reads digits that a pattern found.
func number(digits string) time.Duration {
	n, _ := strconv.Atoi(digits)
	return time.Duration(n)
}
