package store

import (
	"encoding/json"
	"fmt"
	"strings"

	"holdall/desk"
)

func wordsOf(s string) []string { return strings.Fields(s) }

// decodeColumns reads as much of a record as its query columns need. The kinds
// without columns are not read at all: their bytes are taken on trust until
// somebody looks at them.
func decodeColumns(r desk.Record) (desk.Entity, error) {
	if len(tables[r.Kind].columns) == 0 {
		if !json.Valid(r.Body) {
			return nil, fmt.Errorf("decode %s %s: not JSON", r.Kind, r.ID)
		}
		return nil, nil
	}
	return desk.Decode(r)
}

// list joins column names.
func list(columns []string) string { return strings.Join(columns, ", ") }
