package store

import "time"

// sweepAtOnce bounds the files one transaction deletes, so that no sweep keeps
// the hub's other writers waiting.
const sweepAtOnce = 50

// FindLoose notes which files nothing refers to any more, and since when, and
// forgets it of those that are referred to again. Raw mails stay with their row
// of the ledger.
func (tx *CentralTx) FindLoose(now time.Time) error {
	for _, statement := range []string{
		"DELETE FROM file_holder WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.id = file_holder.message)",
		"DELETE FROM file_loose WHERE EXISTS (SELECT 1 FROM file_holder h WHERE h.sha256 = file_loose.sha256)" +
			" OR EXISTS (SELECT 1 FROM mail m WHERE m.sha256 = file_loose.sha256)",
	} {
		if err := tx.do(statement); err != nil {
			return err
		}
	}
	return tx.do("INSERT INTO file_loose (sha256, since) SELECT f.sha256, ? FROM file f"+
		" WHERE NOT EXISTS (SELECT 1 FROM file_holder h WHERE h.sha256 = f.sha256)"+
		" AND NOT EXISTS (SELECT 1 FROM mail m WHERE m.sha256 = f.sha256)"+
		" AND NOT EXISTS (SELECT 1 FROM file_loose l WHERE l.sha256 = f.sha256)", instant(now))
}

// DropLoose deletes files that have been loose since before an instant, some at
// a time, and tells how many.
func (tx *CentralTx) DropLoose(before time.Time) (int, error) {
	list, err := collect(tx.txn, "SELECT l.sha256, f.parts FROM file_loose l JOIN file f ON f.sha256 = l.sha256 WHERE l.since < ? ORDER BY l.since LIMIT ?",
		[]any{instant(before), sweepAtOnce}, func(s scan) (b Blob, err error) { return b, s(&b.SHA256, &b.parts) })
	if err != nil {
		return 0, err
	}
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
	list, err := collect(tx.txn, "SELECT device, sha256, parts FROM upload WHERE touched_at < ? ORDER BY touched_at LIMIT ?",
		[]any{instant(before), sweepAtOnce}, func(s scan) (u Upload, err error) { return u, s(&u.Device, &u.SHA256, &u.parts) })
	if err != nil {
		return 0, err
	}
	for _, u := range list {
		if err := tx.DropUpload(u); err != nil {
			return 0, err
		}
	}
	return len(list), nil
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
