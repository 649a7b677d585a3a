package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"time"
)

var errBody = errors.New("the body is not a JSON object")

// body walks through the fields of a record's JSON object without building what
// lies below them: a first fill looks for a handful of fields in every record,
// and a full decoder would take as long over them as SQLite over the row.
type body []byte

// fields calls visit with the name and the raw value of each field.
func (b body) fields(visit func(name string, value []byte) error) error {
	i := b.space(0)
	if i >= len(b) || b[i] != '{' {
		return errBody
	}
	for i = b.space(i + 1); i < len(b) && b[i] == '"'; i = b.space(i + 1) {
		end := b.text(i)
		colon := b.space(end)
		if end < 0 || colon >= len(b) || b[colon] != ':' {
			return errBody
		}
		from := b.space(colon + 1)
		to := b.value(from)
		if to < 0 {
			return errBody
		}
		if err := visit(string(b[i+1:end-1]), b[from:to]); err != nil {
			return err
		}
		if i = b.space(to); i < len(b) && b[i] == '}' {
			return nil
		}
		if i >= len(b) || b[i] != ',' {
			return errBody
		}
	}
	if i < len(b) && b[i] == '}' {
		return nil
	}
	return errBody
}

func (b body) space(i int) int {
	for i >= 0 && i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t') {
		i++
	}
	return i
}

// text is the end of the string that begins at i; -1 if it has none.
func (b body) text(i int) int {
	for i++; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return -1
}

// value is the end of the value that begins at i; -1 if it has none.
func (b body) value(i int) int {
	depth := 0
	for i < len(b) {
		switch c := b[i]; {
		case c == '"':
			if i = b.text(i); i < 0 {
				return -1
			}
			if depth == 0 {
				return i
			}
			continue
		case c == '{' || c == '[':
			depth++
		case (c == '}' || c == ']') && depth <= 1:
			if depth == 1 {
				i++
			}
			return i
		case c == '}' || c == ']':
			depth--
		case c == ',' && depth == 0:
			return i
		}
		i++
	}
	return -1
}

// word reads a string value.
func word[T ~string](to *T, value []byte) error {
	if n := len(value); n > 1 && value[0] == '"' && bytes.IndexByte(value, '\\') < 0 {
		*to = T(value[1 : n-1])
		return nil
	}
	var text string
	err := json.Unmarshal(value, &text)
	*to = T(text)
	return err
}

// figure reads a whole number.
func figure[T ~int](to *T, value []byte) error {
	n, err := strconv.Atoi(string(value))
	*to = T(n)
	return err
}

// moment reads an instant (RFC 3339).
func moment(to *time.Time, value []byte) error {
	var text string
	if err := word(&text, value); err != nil {
		return err
	}
	at, err := time.Parse(time.RFC3339, text)
	*to = at
	return err
}
