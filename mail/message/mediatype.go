package message

import (
	"net/url"
	"sort"
	"strconv"
	"strings"
)

// parseMediaType reads a Content-Type or Content-Disposition value with its
// parameters (RFC 2045 §5.1, RFC 2231). It never refuses: what cannot be
// understood is skipped, since a part with a bad header still has a body.
func parseMediaType(v string) (string, map[string]string) {
	kind, rest := cutParam(v)
	kind = readable(strings.ToLower(strings.Trim(stripComment(kind), " \t\"'<>")))
	if i := strings.IndexAny(kind, " \t,"); i > 0 {
		kind = kind[:i]
	}
	params := map[string]string{}
	pieces := map[string][]paramPiece{}
	for n := 0; rest != "" && n < 100; n++ {
		var p string
		p, rest = cutParam(rest)
		key, val, ok := strings.Cut(p, "=")
		key = strings.ToLower(strings.Trim(key, " \t\"'"))
		if i := strings.LastIndexAny(key, " \t"); i >= 0 {
			key = key[i+1:]
		}
		if !ok || key == "" {
			continue
		}
		addParam(params, pieces, key, val)
	}
	for key, ps := range pieces {
		params[key] = joinPieces(ps)
	}
	return kind, params
}

// paramPiece is one numbered part of an RFC 2231 value.
type paramPiece struct {
	n       int
	encoded bool
	value   string
}

func addParam(params map[string]string, pieces map[string][]paramPiece, key, val string) {
	base, star, extended := strings.Cut(key, "*")
	val = unquoteParam(val)
	if !extended {
		if _, dup := params[key]; !dup {
			params[key] = val
		}
		return
	}
	encoded := strings.HasSuffix(key, "*")
	n, _ := strconv.Atoi(strings.TrimSuffix(star, "*"))
	pieces[base] = append(pieces[base], paramPiece{n, encoded, val})
}

func joinPieces(ps []paramPiece) string {
	sort.SliceStable(ps, func(i, j int) bool { return ps[i].n < ps[j].n })
	charset := ""
	var out strings.Builder
	for i, p := range ps {
		v := p.value
		if p.encoded {
			if a := strings.SplitN(v, "'", 3); i == 0 && len(a) == 3 {
				charset, v = a[0], a[2]
			}
			v = unescapeParam(v)
		}
		out.WriteString(v)
	}
	if charset == "" {
		return out.String()
	}
	return decodeText([]byte(out.String()), charset)
}

func unescapeParam(v string) string {
	if s, err := url.PathUnescape(v); err == nil {
		return s
	}
	return v
}

// cutParam splits at the first semicolon that stands outside quotes.
func cutParam(s string) (string, string) {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			if quoted {
				i++
			}
		case '"':
			quoted = !quoted && strings.IndexByte(s[i+1:], '"') >= 0
		case ';':
			if !quoted {
				return s[:i], s[i+1:]
			}
		}
	}
	return s, ""
}

// unquoteParam takes the quotes and escapes off a value. A backslash stays
// when it is part of a Windows path.
func unquoteParam(v string) string {
	v = strings.Trim(v, " \t\r\n")
	if !strings.HasPrefix(v, `"`) {
		if strings.HasPrefix(v, "=?") {
			return v
		}
		return strings.Trim(stripComment(v), " \t'")
	}
	v = v[1:]
	var out strings.Builder
	for i := 0; i < len(v); i++ {
		switch {
		case v[i] == '"':
			return out.String()
		case v[i] == '\\' && i+1 < len(v) && (v[i+1] == '"' || v[i+1] == '\\'):
			i++
			out.WriteByte(v[i])
		default:
			out.WriteByte(v[i])
		}
	}
	return out.String()
}

// stripComment removes RFC 822 comments from a token.
func stripComment(s string) string {
	i := strings.IndexByte(s, '(')
	if i < 0 {
		return s
	}
	j := strings.LastIndexByte(s, ')')
	if j < i {
		return s
	}
	return s[:i] + s[j+1:]
}
