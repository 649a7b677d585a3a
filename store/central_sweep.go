package store

import "time"

// A sweep is bounded in each transaction, so that it keeps no other writer waiting:
// what it looks at, and what it deletes.
const (
	lookAtOnce    = 1000
	sweepAtOnce   = 50
	sweepAtOnceOf = 64 << 20 // bytes, unless one file has more
)

// FindLoose notes which files nothing refers to any more, and since when, and
// forgets it of those that are referred to again. Raw mails stay with their row
// of the ledger. It looks at some files in the order of their sums, after the one that
// is named, and tells the last of them; "" when it has come to the end.
func (tx *CentralTx) FindLoose(now time.Time, after string) (last string, err error) {
	_, err = tx.find("SELECT sha256 FROM file WHERE sha256 > ? ORDER BY sha256 LIMIT 1 OFFSET ?", []any{after, lookAtOnce - 1}, &last)
	if err != nil {
		return "", err
	}
	args := []any{after}
	if last != "" {
		args = append(args, last)
	}
	among := func(table string) string {
		if last == "" {
			return table + ".sha256 > ?"
		}
		return table + ".sha256 > ? AND " + table + ".sha256 <= ?"
	}
	for _, statement := range []string{
		"DELETE FROM file_holder WHERE " + among("file_holder") + " AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = file_holder.message)",
		"DELETE FROM file_loose WHERE " + among("file_loose") + " AND (EXISTS (SELECT 1 FROM file_holder h WHERE h.sha256 = file_loose.sha256)" +
			" OR EXISTS (SELECT 1 FROM mail m WHERE m.sha256 = file_loose.sha256))",
	} {
		if err := tx.do(statement, args...); err != nil {
			return "", err
		}
	}
	return last, tx.do("INSERT INTO file_loose (sha256, since) SELECT f.sha256, ? FROM file f WHERE "+among("f")+unheld+
		" AND NOT EXISTS (SELECT 1 FROM file_loose l WHERE l.sha256 = f.sha256)", append([]any{instant(now)}, args...)...)
}

// unheld are the files that nothing refers to.
const unheld = " AND NOT EXISTS (SELECT 1 FROM file_holder h WHERE h.sha256 = f.sha256)" +
	" AND NOT EXISTS (SELECT 1 FROM mail m WHERE m.sha256 = f.sha256)"

// DropLoose deletes files that have been loose since before an instant, some at
// a time, and tells how many. One that is referred to again stays.
func (tx *CentralTx) DropLoose(before time.Time) (int, error) {
	list, err := collect(tx.txn, "SELECT l.sha256, f.parts, f.size FROM file_loose l JOIN file f ON f.sha256 = l.sha256 WHERE l.since < ?"+unheld+" ORDER BY l.since, l.sha256 LIMIT ?",
		[]any{instant(before), sweepAtOnce}, func(s scan) (b Blob, err error) { return b, s(&b.SHA256, &b.parts, &b.Size) })
	if err != nil {
		return 0, err
	}
	list = few(list, func(b Blob) int64 { return b.Size })
	for _, b := range list {
		if err := tx.do("DELETE FROM file_part WHERE parts = ?", b.parts); err != nil {
			return 0, err
		}
		for _, table := range []string{"file", "file_loose"} {
			if err := tx.do("DELETE FROM "+table+" WHERE sha256 = ?", b.SHA256); err != nil {
				return 0, err
			}
		}
	}
	return len(list), nil
}

// DropStale gives up uploads that rest since before an instant, some at a time,
// and tells how many.
func (tx *CentralTx) DropStale(before time.Time) (int, error) {
	list, err := collect(tx.txn, "SELECT device, sha256, parts, received FROM upload WHERE touched_at < ? ORDER BY touched_at LIMIT ?",
		[]any{instant(before), sweepAtOnce}, func(s scan) (u Upload, err error) {
			return u, s(&u.Device, &u.SHA256, &u.parts, &u.Received)
		})
	if err != nil {
		return 0, err
	}
	list = few(list, func(u Upload) int64 { return u.Received })
	for _, u := range list {
		if err := tx.DropUpload(u); err != nil {
			return 0, err
		}
	}
	return len(list), nil
}

// few are the first of a list that together are no more than one transaction deletes,
// and one at least.
func few[T any](list []T, size func(T) int64) []T {
	sum := int64(0)
	for i, v := range list {
		if sum += size(v); sum > sweepAtOnceOf && i > 0 {
			return list[:i]
		}
	}
	return list
}

// BlobBytes is how much all files take.
func (tx *CentralTx) BlobBytes() (kept int64, err error) {
	_, err = tx.find("SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM file", nil, &kept)
	return kept, err
}

// UploadBytes is how much is announced in uploads under way.
func (tx *CentralTx) UploadBytes() (coming int64, err error) {
	_, err = tx.find("SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM upload", nil, &coming)
	return coming, err
}
