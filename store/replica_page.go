package store

import (
	"slices"

	"holdall/desk"
)

// ready is a record with all that is to be written of it.
type ready struct {
	desk.Record
	entity desk.Entity // as far as its columns need it; nil of a kind without
	row    []any       // nil of a kind this program does not know
}

func readied(r desk.Record, e desk.Entity) ready {
	if s, ok := shelves[r.Kind]; ok {
		return ready{r, e, s.row(r, e)}
	}
	return ready{r, e, tables[r.Kind].row(r, e)}
}

// readRecord reads what the columns of a record need.
func readRecord(r desk.Record) (ready, error) {
	if _, known := tables[r.Kind]; !known {
		return ready{Record: r}, nil
	}
	e, err := decodeColumns(r)
	if err != nil {
		return ready{}, err
	}
	return readied(r, e), nil
}

// Of a page at least so many records are read at a time, ahead of those that are
// being written.
const readAhead = 128

// reading is a part of a page that was read, or why it could not be.
type reading struct {
	list []ready
	err  error
}

// PutPage is PutFrom for the records of a page. To read them asks nothing of the
// database and takes a third of the time; so it is done on another core.
func (tx *ReplicaTx) PutPage(b desk.BucketID, page []desk.Record) error {
	parts := make(chan reading, len(page)/readAhead+1)
	go func() {
		defer close(parts)
		for part := range slices.Chunk(page, readAhead) {
			parts <- readPart(part)
		}
	}()
	for part := range parts {
		for _, r := range part.list {
			if err := tx.keepFrom(b, r); err != nil {
				return err
			}
		}
		if part.err != nil {
			return part.err
		}
	}
	return nil
}

func readPart(records []desk.Record) (part reading) {
	part.list = make([]ready, 0, len(records))
	for _, r := range records {
		row, err := readRecord(r)
		if err != nil {
			part.err = err
			return part
		}
		part.list = append(part.list, row)
	}
	return part
}
