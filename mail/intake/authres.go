package intake

import (
	"slices"
	"strings"
)

// disowned reports whether our own receiving server says that the sender's
// domain disowns the mail (dmarc=fail, RFC 7489). Without such a word the answer
// is unknown, which is not disowned.
func disowned(fields, servers []string) bool { return ruledDMARC(fields, servers, "fail") }

// vouched reports whether it says that the sender's domain stands by the mail.
func vouched(fields, servers []string) bool { return ruledDMARC(fields, servers, "pass") }

// ruledDMARC looks for a verdict. Only results of a configured server name count
// (RFC 8601 §2.5): anyone can write the header.
//
// The library at hand refuses the comments that servers write into this field,
// so it is read here.
func ruledDMARC(fields, servers []string, verdict string) bool {
	return slices.ContainsFunc(fields, func(field string) bool {
		server, results, _ := strings.Cut(withoutComments(field), ";")
		words := strings.Fields(server) // the name, then perhaps a version
		if len(words) == 0 || !slices.ContainsFunc(servers, func(s string) bool { return strings.EqualFold(s, words[0]) }) {
			return false
		}
		return slices.ContainsFunc(strings.Split(results, ";"), func(result string) bool { return isDMARC(result, verdict) })
	})
}

func isDMARC(result, verdict string) bool {
	method, rest, ok := strings.Cut(result, "=")
	value := strings.Fields(rest)
	return ok && strings.EqualFold(strings.TrimSpace(method), "dmarc") && len(value) > 0 && strings.EqualFold(value[0], verdict)
}

// withoutComments takes out what stands in parentheses (RFC 5322 §3.2.2).
func withoutComments(s string) string {
	var out strings.Builder
	depth := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && depth > 0:
			i++
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth == 0:
			out.WriteByte(c)
		}
	}
	return out.String()
}
