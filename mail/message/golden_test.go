package message

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden reads every mail of mail/testdata and compares the command's
// object, the reason for no answer and the problems with the golden file.
func TestGolden(t *testing.T) {
	mails, err := filepath.Glob("../testdata/*.eml")
	if err != nil || len(mails) < 15 {
		t.Fatalf("found %d mails: %v", len(mails), err)
	}
	for _, file := range mails {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".eml"), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(file, ".eml") + ".golden"
			got := printed(t, raw)
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// printed is what a golden file holds.
func printed(t *testing.T, raw []byte) []byte {
	t.Helper()
	m, err := Parse(context.Background(), raw, Limits{})
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	note := ""
	if err != nil {
		note = err.Error()
	}
	if err := enc.Encode(map[string]any{"message": m, "reason": m.Reason, "problems": m.Problems, "error": note}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
