package message

import (
	"regexp"
	"strings"
)

// replyText returns what the writer of a mail added, without the quotation.
//
// Losing the writer's words is the expensive error, leaving a quotation in is
// the cheap one: replies between quoted lines are kept with the quotation they
// answer, a mail with nothing above its quotation is kept whole, and so is a
// forwarded mail, whose content is the point of it.
func replyText(text, subject string) string {
	whole := strings.TrimSpace(text)
	lines := strings.Split(text, "\n")
	if forwardPrefix.MatchString(subject) || len(lines) > mostLines {
		return whole
	}
	at, height, kind := findQuote(lines)
	kept := lines
	switch {
	case kind == quoteNone:
		kept = dropTrailingQuote(lines)
	case kind == quoteAttributed && prefixed(lines[at+height:]):
		kept = aroundQuote(lines, at, height)
	default:
		kept = lines[:at]
	}
	if reply := strings.Join(trimTail(dropSignature(kept)), "\n"); hasWords(reply) {
		return strings.TrimSpace(reply)
	}
	if reply := strings.Join(trimTail(kept), "\n"); hasWords(reply) {
		return strings.TrimSpace(reply)
	}
	return whole
}

// mostLines bounds the work; a mail that long is a log, not a reply.
const mostLines = 20000

var forwardPrefix = regexp.MustCompile(`(?i)^\s*(?:(?:re|aw|sv)\s*:\s*)*(?:fwd?|fw|wg|tr|rv|i|doorst|vs|vl|enc|пересл|転送|转发)\s*:`)

func hasWords(s string) bool { return strings.TrimSpace(s) != "" }

// quoteKind says how a quotation begins.
type quoteKind int

const (
	quoteNone       quoteKind = iota
	quoteAttributed           // "On … wrote:"
	quoteBlock                // a header block or an "Original Message" line
)

// findQuote returns the first line of the first quotation below some words of
// the writer, and how many lines its introduction takes.
func findQuote(lines []string) (at, height int, kind quoteKind) {
	words := false
	for i, l := range lines {
		if isQuoted(l) || strings.TrimSpace(l) == "" {
			continue
		}
		if n, strong := attribution(lines[i:]); n > 0 && (prefixed(lines[i+n:]) || strong && words) {
			return i, n, quoteAttributed
		}
		if words && (separator(l) || headerBlock(lines[i:])) {
			return i, 1, quoteBlock
		}
		words = true
	}
	return 0, 0, quoteNone
}

func isQuoted(l string) bool {
	l = strings.TrimLeft(l, " \t")
	return strings.HasPrefix(l, ">") || strings.HasPrefix(l, "&gt;")
}

// prefixed says whether the next line that is not empty carries a quote mark.
func prefixed(lines []string) bool {
	for _, l := range lines {
		if strings.TrimSpace(l) != "" {
			return isQuoted(l)
		}
	}
	return false
}

// aroundQuote keeps what stands before and after a marked quotation. With one
// block of quotation it goes; with several, and words between them, the
// replies stay with the lines that they answer.
func aroundQuote(lines []string, at, height int) []string {
	blocks, last := 0, -1
	between := false
	inQuote := false
	for i := at + height; i < len(lines); i++ {
		l := lines[i]
		switch {
		case isQuoted(l):
			if !inQuote {
				blocks++
				between = between || last >= 0
			}
			inQuote = true
		case strings.TrimSpace(l) == "":
		case signatureMark(l):
			return around(lines, at, height, last, between)
		case inQuote && wrappedTail(lines, i):
		default:
			if n, _ := attribution(lines[i:]); n > 0 && prefixed(lines[i+n:]) {
				i += n - 1
				continue
			}
			if !device(l) {
				inQuote, last = false, i
			}
		}
	}
	return around(lines, at, height, last, between)
}

func around(lines []string, at, height, last int, between bool) []string {
	switch {
	case last < 0:
		return lines[:at]
	case between:
		return lines[:last+1]
	}
	kept := append([]string{}, lines[:at]...)
	for _, l := range lines[at+height : last+1] {
		if !isQuoted(l) {
			kept = append(kept, l)
		}
	}
	return kept
}

// wrappedTail recognises the end of a quoted line that a relay broke: it
// follows the quotation directly and the quotation goes on right after it.
func wrappedTail(lines []string, i int) bool {
	return isQuoted(lines[i-1]) && len(lines[i-1]) > 60 && i+1 < len(lines) && isQuoted(lines[i+1])
}

// dropTrailingQuote removes marked lines at the end of a text that nothing
// introduces. A single such line may be the writer's own, so it stays.
func dropTrailingQuote(lines []string) []string {
	end, marked := len(lines), 0
	for end > 0 && (isQuoted(lines[end-1]) || strings.TrimSpace(lines[end-1]) == "") {
		end--
		if isQuoted(lines[end]) {
			marked++
		}
	}
	if marked < 2 {
		return lines
	}
	return lines[:end]
}
