package main

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"testing"

	"holdall/store"
	"holdall/store/postgres"
)

// TestAListIsPrintedOnce: on a server that refuses and loses transactions what is read
// is read again, and nothing of it stands there twice (SPEC P54).
func TestAListIsPrintedOnce(t *testing.T) {
	server, err := postgres.Start(filepath.Join(t.TempDir(), "postgres"))
	check(t, err)
	defer server.Stop()
	strict, err := server.Strict(7, true)
	check(t, err)
	defer strict.Stop()
	h, err := openHub(t.Context(), strict.DSN(server.DSN()), slog.New(slog.DiscardHandler))
	check(t, err)
	defer h.close()
	var out bytes.Buffer
	p := &program{stdout: &out}
	for range 60 {
		out.Reset()
		check(t, p.columns(t.Context(), h, func(tx *store.CentralTx, out io.Writer) error {
			fmt.Fprintln(out, "Eingang\ttemplate")
			_, err := tx.Teams()
			return err
		}))
		if out.String() != "Eingang  template\n" {
			t.Fatalf("it printed %q", out.String())
		}
	}
	if strict.Refused.Load()+strict.Cut.Load() < 5 {
		t.Fatal("nothing was met")
	}
}
