package message

import (
	"regexp"
	"strings"
)

// uuFile is a file that stands uuencoded in the text, as old mailers and some
// batch jobs still send it.
type uuFile struct {
	name string
	data []byte
}

var uuBegin = regexp.MustCompile(`^begin(?:-base64)? [0-7]{3,4} (.+)$`)

// splitUUEncoded takes the uuencoded files out of a text, as many as may be. A
// block without its end line, or above that number, is left in the text.
func splitUUEncoded(text string, most int) ([]uuFile, string) {
	if !strings.Contains(text, "begin ") {
		return nil, text
	}
	var files []uuFile
	var rest []string
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		m := uuBegin.FindStringSubmatch(strings.TrimRight(lines[i], "\r "))
		if m == nil || len(files) >= most {
			rest = append(rest, lines[i])
			continue
		}
		data, n := readUU(lines[i+1:])
		if n == 0 {
			rest = append(rest, lines[i])
			continue
		}
		files = append(files, uuFile{m[1], data})
		i += n
	}
	return files, strings.Join(rest, "\n")
}

// readUU decodes up to the end line and returns how many lines it took, 0
// when they are no uuencoded block.
func readUU(lines []string) ([]byte, int) {
	var out []byte
	for i, l := range lines {
		l = strings.TrimRight(l, "\r")
		if strings.TrimSpace(l) == "end" {
			return out, i + 1
		}
		if l == "" || l == "`" {
			continue
		}
		n := int(l[0]-' ') & 63
		need := (n + 2) / 3 * 4
		if l[0] < ' ' || l[0] > '`' || len(l)-1 > need+2 {
			return nil, 0
		}
		out = append(out, decodeUULine(l[1:], n)...)
	}
	return nil, 0
}

func decodeUULine(s string, n int) []byte {
	out := make([]byte, 0, n+3)
	at := func(i int) byte {
		if i < len(s) && s[i] >= ' ' {
			return (s[i] - ' ') & 63
		}
		return 0
	}
	for i := 0; len(out) < n; i += 4 {
		a, b, c, d := at(i), at(i+1), at(i+2), at(i+3)
		out = append(out, a<<2|b>>4, b<<4|c>>2, c<<6|d)
	}
	return out[:n]
}
