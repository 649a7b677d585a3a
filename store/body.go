package store

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"
)

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
