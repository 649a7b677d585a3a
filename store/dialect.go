package store

import (
	"strconv"
	"strings"
	"sync"
)

// dialect is what the two engines do not share. The SQL of this package is
// written once, in the words of SQLite with `?` placeholders.
type dialect int

const (
	sqlite dialect = iota
	postgres
)

var rewritten sync.Map // the PostgreSQL text of a statement, by its text

// text is the statement as the engine wants it.
func (d dialect) text(query string) string {
	if d == sqlite || !strings.Contains(query, "?") {
		return query
	}
	if known, ok := rewritten.Load(query); ok {
		return known.(string)
	}
	numbered := numberPlaceholders(query)
	rewritten.Store(query, numbered)
	return numbered
}

// numberPlaceholders turns each ? into $1, $2, …; no statement of ours has a
// question mark in a literal.
func numberPlaceholders(query string) string {
	var b strings.Builder
	n := 0
	for _, r := range query {
		if r != '?' {
			b.WriteRune(r)
			continue
		}
		n++
		b.WriteString("$" + strconv.Itoa(n))
	}
	return b.String()
}

// schema is a text of table definitions as the engine wants it. STRICT says in
// SQLite what PostgreSQL does anyway.
func (d dialect) schema(text string) string {
	if d == sqlite {
		return text
	}
	return strings.NewReplacer(
		" INTEGER", " BIGINT", " BLOB", " BYTEA", ") STRICT, WITHOUT ROWID;", ");", ") STRICT;", ");",
	).Replace(text)
}

// clock is an expression for the database's own time in milliseconds since 1970.
func (d dialect) clock() string {
	if d == sqlite {
		return "CAST(unixepoch('subsec') * 1000 AS BIGINT)"
	}
	return "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)"
}

// bytewise orders a text column by its bytes, whatever the language of the
// database.
func (d dialect) bytewise() string {
	if d == sqlite {
		return " COLLATE BINARY"
	}
	return ` COLLATE "C"`
}

// marks is a list of n placeholders.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// anys are the values for marks.
func anys[T any](list []T) []any {
	args := make([]any, len(list))
	for i, v := range list {
		args[i] = v
	}
	return args
}

// plainText makes a query column safe for both engines: PostgreSQL keeps no NUL
// and no invalid UTF-8. The body keeps both, escaped by JSON.
func plainText[T ~string](s T) string {
	return strings.ToValidUTF8(strings.ReplaceAll(string(s), "\x00", ""), "\uFFFD")
}

// keepable reports whether both engines keep a text as it is. No record of a hub
// has another id: whoever names one names nothing that is there.
func keepable[T ~string](s T) bool { return string(s) == plainText(s) }

// folded is plain text in lower case, for finding.
func folded[T ~string](s T) string { return findable(strings.ToLower(plainText(s))) }

// A row of an index holds about 2,700 bytes on PostgreSQL, and some hold two ids.
const (
	IDMost   = 500  // bytes of a record's id, and of what it is asked for by
	findMost = 1000 // bytes of another text that a record is found by
)

// findable is as much of a text as an index of either engine holds: a record is
// found by it, and whoever asks looks at all of it in the body.
func findable[T ~string](s T) string {
	text := plainText(s)
	if len(text) > findMost {
		text = strings.ToValidUTF8(text[:findMost], "")
	}
	return text
}

func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
