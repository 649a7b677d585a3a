package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"holdall/desk"
)

// stock is a hub's file with what is hardest to carry over.
func stock(t *testing.T) (path, epoch string) {
	path = engines["SQLite"](t)
	c := openCentral(t, path)
	c.mustUpdate(t, func(tx *CentralTx) error {
		for i := range 1200 {
			tk := ticketOf(fmt.Sprintf("t%d", i), int64(i))
			tk.Title = "printer \x00 \xff\xfe Ärger \u202e 🖨 ' -- ; $1 ?"
			enter(t, tx, "triage", tk)
		}
		mail := noteOf("m1", "t1", "a mail")
		mail.MailID = endless(5000)
		for _, e := range []desk.Entity{mail, desk.Requester{ID: "r1", Email: endless(5000)}} {
			_, err := tx.Put(e)
			must(t, err)
		}
		for i, at := range []time.Time{{}, time.UnixMilli(-1 << 40), time.UnixMilli(1 << 52), noon} {
			must(t, tx.AddDevice(Device{ID: desk.DeviceID(fmt.Sprint("d", i)), Name: "n", TokenHash: []byte{0, byte(i)}, LastMid: 1<<63 - 1, CreatedAt: at}))
			for _, mid := range []int64{1, 1<<53 + 1, 1<<63 - 1} {
				must(t, tx.PutResult(desk.DeviceID(fmt.Sprint("d", i)), Result{Mid: mid, Status: desk.Applied}, "", at))
			}
		}
		must(t, tx.SetPassword("ana", "hash"))
		must(t, tx.PutBlob("empty", nil))
		return tx.PutBlob("bytes", []byte{0, 1, 255, 0})
	})
	epoch = c.Epoch()
	must(t, c.Close())
	return path, epoch
}

func ignore(string, int64) {}

// TestAHubMovesToAServer: killed after each of its batches and begun again, the
// copy is the same row by row, and so is its life (SPEC P56).
func TestAHubMovesToAServer(t *testing.T) {
	path, epoch := stock(t)
	_, dsn := strictByStatement(t, 5)
	stops := 0
	for {
		stopped, stop := context.WithCancel(ctx)
		sums, err := Transfer(stopped, path, dsn, func(string, int64) { stop() })
		if stop(); err == nil {
			rows := map[string]int64{}
			for _, s := range sums {
				rows[s.Table] = s.Rows
			}
			if rows["ticket"] != 1200 || rows["entry"] != 1200 || rows["device"] != 4 || rows["result"] != 12 || rows["file"] != 2 {
				t.Errorf("rows %v", rows)
			}
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		if _, err := OpenCentral(ctx, dsn); stops == 0 {
			sentence(t, err, desk.CodeVersion, "not finished", "holdalld migrate")
		}
		stops++
	}
	if stops < 8 {
		t.Errorf("it was stopped only %d times", stops)
	}
	copied := openCentral(t, dsn)
	if copied.Epoch() != epoch {
		t.Errorf("epoch %s, want %s", copied.Epoch(), epoch)
	}
	copied.mustView(t, func(tx *CentralTx) error {
		d, err := tx.Device("d1")
		if err != nil {
			return err
		}
		r, found, err := tx.Result("d1", 1<<63-1)
		if err != nil {
			return err
		}
		if d.LastMid != 1<<63-1 || !found || r.Mid != 1<<63-1 {
			t.Errorf("%+v, %+v", d, r)
		}
		tk, err := tx.TicketByNumber("INC0000007")
		if err == nil && !strings.Contains(tk.Title, "\x00") {
			t.Errorf("title %q", tk.Title)
		}
		return err
	})
	_, err := Transfer(ctx, path, dsn, ignore)
	sentence(t, err, desk.CodeValidation, "is not empty")
}

// TestALongComparisonIsNotCut: a server that gives up transactions whose client says
// nothing does not give up the one that compares large files.
func TestALongComparisonIsNotCut(t *testing.T) {
	path, _ := stock(t)
	c := openCentral(t, path)
	c.mustUpdate(t, func(tx *CentralTx) error {
		for i := range byte(40) {
			must(t, tx.PutBlob(fmt.Sprint("large", i), bytes.Repeat([]byte{i}, 3<<20)))
		}
		return nil
	})
	must(t, c.Close())
	sums, err := Transfer(ctx, path, postgresDSN(t)+"&"+idleParam+"=100", ignore)
	if err != nil || len(sums) == 0 {
		t.Errorf("%d tables, %v", len(sums), err)
	}
}

// TestWhatATransferRefuses leaves both sides as they were.
func TestWhatATransferRefuses(t *testing.T) {
	path, _ := stock(t)
	t.Run("a database of others", func(t *testing.T) {
		dsn := postgresDSN(t)
		must(t, openCentral(t, dsn).Close())
		_, err := Transfer(ctx, path, dsn, ignore)
		sentence(t, err, desk.CodeValidation, "is not empty")
	})
	t.Run("another hub's copy", func(t *testing.T) {
		dsn := postgresDSN(t)
		stopped, stop := context.WithCancel(ctx)
		if _, err := Transfer(stopped, path, dsn, func(string, int64) { stop() }); err == nil {
			t.Fatal("it was not stopped")
		}
		other, _ := stock(t)
		_, err := Transfer(ctx, other, dsn, ignore)
		sentence(t, err, desk.CodeValidation, "is not empty")
	})
	t.Run("a hub at work", func(t *testing.T) {
		c := openCentral(t, path)
		if sole, err := c.Sole(ctx); !sole || err != nil {
			t.Fatalf("%v, %v", sole, err)
		}
		_, err := Transfer(ctx, path, postgresDSN(t), ignore)
		sentence(t, err, desk.CodeValidation, "is at work", path)
		must(t, c.Close())
	})
	t.Run("no hub", func(t *testing.T) {
		_, err := Transfer(ctx, path+"x", postgresDSN(t), ignore)
		sentence(t, err, desk.CodeValidation, "There is no hub", "--from")
	})
	t.Run("text that no server keeps", func(t *testing.T) {
		c := openCentral(t, path)
		c.mustUpdate(t, func(tx *CentralTx) error { return tx.SetMeta("a\x00b", "c") })
		must(t, c.Close())
		_, err := Transfer(ctx, path, postgresDSN(t), ignore)
		sentence(t, err, desk.CodeValidation, "meta", "correct or remove it")
	})
	t.Run("a copy that was changed", func(t *testing.T) {
		changed, _ := stock(t)
		dsn := postgresDSN(t)
		stopped, stop := context.WithCancel(ctx)
		_, err := Transfer(stopped, changed, dsn, func(table string, _ int64) {
			if table == "device" {
				stop()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		target, err := openAny(ctx, dsn)
		must(t, err)
		must(t, target.update(ctx, func(tx *txn) error { return tx.do("UPDATE device SET name = 'other' WHERE id = 'd1'") }))
		must(t, target.close())
		_, err = Transfer(ctx, changed, dsn, ignore)
		sentence(t, err, desk.CodeInternal, "device", "differs")
	})
}
