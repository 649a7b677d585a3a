package message

import "strings"

// addressesMost bounds the addresses of one field.
const addressesMost = 2000

// parseAddresses reads an address list (RFC 5322 §3.4) as senders write it:
// groups, comments, semicolons for commas, bare names, missing quotes. Order
// is kept; nothing that could be an address is dropped, up to addressesMost.
func parseAddresses(v, charset string) []Address {
	var out []Address
	for _, item := range splitAddresses(v) {
		if len(out) == addressesMost {
			break
		}
		if a := parseAddress(item, charset); a != (Address{}) {
			out = append(out, a)
		}
	}
	return out
}

// splitAddresses cuts a list at commas and semicolons that stand outside
// quotes, comments and angle brackets, and drops group names.
func splitAddresses(v string) []string {
	var out []string
	start, depth, angle, quoted := 0, 0, false, false
	lastParen, lastAngle, lastSemi := strings.LastIndexByte(v, ')'), strings.LastIndexByte(v, '>'), strings.LastIndexByte(v, ';')
	flush := func(end int) {
		if s := strings.TrimSpace(v[start:end]); s != "" {
			out = append(out, s)
		}
		start = end + 1
	}
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case c == '\\' && (quoted || depth > 0):
			i++
		case c == '=' && strings.HasPrefix(v[i:], "=?"):
			if _, n := readWord(v[i:]); n > 0 {
				i += n - 1
			}
		case c == '"' && depth == 0:
			quoted = !quoted && closesQuote(v[i+1:])
		case quoted:
		case c == '(':
			if i < lastParen {
				depth++
			}
		case c == ')' && depth > 0:
			depth--
		case depth > 0:
		case c == '<':
			angle = i < lastAngle
		case c == '>':
			angle = false
		case angle:
		case c == ',' || c == ';':
			flush(i)
		case c == ':' && i < lastSemi && isGroup(v[start:i]):
			start = i + 1
		}
	}
	if start < len(v) {
		flush(len(v))
	}
	return out
}

// closesQuote says whether an opened quote is closed before the next address.
func closesQuote(rest string) bool {
	i := strings.IndexByte(rest, '"')
	return i >= 0 && i < 1000
}

// isGroup recognises the name in "Team: a@x, b@x;" (RFC 5322 §3.4).
func isGroup(name string) bool {
	if len(name) > 200 {
		return false
	}
	name = strings.TrimSpace(name)
	return name != "" && !strings.ContainsAny(name, "@<") && !strings.EqualFold(name, "mailto")
}

// parseAddress reads one mailbox.
func parseAddress(s, charset string) Address {
	s = strings.TrimSpace(s)
	if lt, gt := angleBrackets(s); lt >= 0 {
		name := s[:lt]
		if strings.TrimSpace(name) == "" && gt+1 < len(s) {
			name = s[gt+1:]
		}
		return Address{Name: displayName(name, charset), Email: cleanEmail(s[lt+1:gt], charset)}
	}
	plain, comment := cutComment(s)
	if strings.HasPrefix(plain, `"`) && !strings.Contains(plain, `"@`) {
		if end := strings.IndexByte(plain[1:], '"'); end >= 0 && strings.Contains(plain[end+2:], "@") {
			return Address{Name: displayName(plain[:end+2], charset), Email: cleanEmail(plain[end+2:], charset)}
		}
	}
	if !strings.Contains(plain, "@") && strings.Contains(comment, "@") {
		plain, comment = comment, plain
	}
	if strings.Contains(plain, "=?") {
		decoded := decodeHeader(plain, charset)
		if lt, gt := angleBrackets(decoded); lt >= 0 {
			return Address{Name: displayName(decoded[:lt], charset), Email: cleanEmail(decoded[lt+1:gt], charset)}
		}
		if !strings.Contains(decoded, "@") {
			return Address{Name: strings.TrimSpace(decoded)}
		}
	}
	return Address{Name: displayName(comment, charset), Email: cleanEmail(plain, charset)}
}

// angleBrackets finds the address part: the last bracket pair outside quotes.
func angleBrackets(s string) (int, int) {
	lt, quoted := -1, false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && quoted:
			i++
		case s[i] == '"':
			quoted = !quoted && closesQuote(s[i+1:])
		case s[i] == '<' && !quoted:
			lt = i
		}
	}
	if lt < 0 {
		return -1, -1
	}
	gt := strings.IndexByte(s[lt:], '>')
	if gt < 0 {
		return lt, len(s)
	}
	return lt, lt + gt
}

func cutComment(s string) (string, string) {
	i := strings.IndexByte(s, '(')
	j := strings.LastIndexByte(s, ')')
	if i < 0 || j < i || strings.HasPrefix(s, `"`) {
		return s, ""
	}
	return strings.TrimSpace(s[:i] + " " + s[j+1:]), s[i+1 : j]
}

// displayName decodes a phrase: quotes off, escapes undone, words decoded.
func displayName(s, charset string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, `"`) || strings.Contains(s, `"`) {
		s = unquotePhrase(s)
	}
	s = decodeHeader(s, charset)
	if t := strings.TrimSpace(s); len(t) >= 2 && strings.ContainsAny(t[:1], `"'`) && t[0] == t[len(t)-1] {
		s = t[1 : len(t)-1]
	}
	return strings.Join(strings.Fields(undisguised(s)), " ")
}

func unquotePhrase(s string) string {
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			i++
			out.WriteByte(s[i])
		case s[i] != '"':
			out.WriteByte(s[i])
		}
	}
	return out.String()
}

// cleanEmail strips what is no part of an address: route, mailto, brackets.
func cleanEmail(s, charset string) string {
	s = strings.Trim(s, " \t\r\n<>,;'")
	if i := strings.LastIndexByte(s, ':'); i >= 0 && strings.HasPrefix(s, "@") {
		s = s[i+1:]
	}
	if len(s) > 7 && strings.EqualFold(s[:7], "mailto:") {
		s = s[7:]
	}
	if strings.Contains(s, "=?") || !isASCII([]byte(s)) {
		s = decodeHeader(s, charset)
	}
	if plain, _ := cutComment(s); plain != "" {
		s = plain
	}
	local, domain, ok := cutLast(s, '@')
	if ok {
		s = strings.TrimSpace(local) + "@" + strings.TrimSpace(domain)
	}
	if strings.HasPrefix(s, `"`) && (!ok || strings.HasSuffix(s, `"`)) {
		s = strings.Trim(s, `"`)
	}
	return strings.TrimSpace(s)
}

func cutLast(s string, sep byte) (string, string, bool) {
	if i := strings.LastIndexByte(s, sep); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}
