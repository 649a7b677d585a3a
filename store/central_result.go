package store

import (
	"encoding/json"
	"fmt"
	"time"

	"holdall/desk"
)

// Result is what became of a mutation; it is kept as the hub sends it.
type Result = desk.Result

// keptResult is a result as it is kept: with what tells which mutation it is of.
type keptResult struct {
	Result
	Fingerprint string `json:"fingerprint,omitempty"` // absent: of an earlier program
}

// PutResult keeps what became of a device's mutation (SPEC R3), which has this
// fingerprint.
func (tx *CentralTx) PutResult(device desk.DeviceID, r Result, fingerprint string, now time.Time) error {
	body, err := json.Marshal(keptResult{r, fingerprint})
	if err != nil {
		return fmt.Errorf("encode result %d: %w", r.Mid, err)
	}
	return tx.do("INSERT INTO result (device, mid, body, at) VALUES (?, ?, ?, ?)"+
		" ON CONFLICT (device, mid) DO UPDATE SET body = excluded.body, at = excluded.at",
		string(device), r.Mid, string(body), instant(now))
}

// Result reads what became of a device's mutation; false if nothing is known.
func (tx *CentralTx) Result(device desk.DeviceID, mid int64) (Result, bool, error) {
	r, _, found, err := tx.Answer(device, mid)
	return r, found, err
}

// Answer is Result with the fingerprint of the mutation that bore the mid; empty if
// that is not known.
func (tx *CentralTx) Answer(device desk.DeviceID, mid int64) (r Result, fingerprint string, found bool, err error) {
	var body string
	found, err = tx.find("SELECT body FROM result WHERE device = ? AND mid = ?", []any{string(device), mid}, &body)
	if err != nil || !found {
		return r, "", false, err
	}
	var kept keptResult
	err = json.Unmarshal([]byte(body), &kept)
	return kept.Result, kept.Fingerprint, err == nil, err
}

// ForgetResults removes results older than an instant, some at a time, and counts
// them.
func (tx *CentralTx) ForgetResults(before time.Time, most int) (int, error) {
	n, err := tx.exec("DELETE FROM result WHERE (device, mid) IN (SELECT device, mid FROM result WHERE at < ? ORDER BY at LIMIT ?)", instant(before), most)
	return int(n), err
}
