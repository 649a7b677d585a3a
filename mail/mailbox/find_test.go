package mailbox

import (
	"errors"
	"strings"
	"testing"
)

func TestFindLooksIntoSent(t *testing.T) {
	_, cfg := account(t)
	raw := strings.ReplaceAll(letter("answer"), "\n", "\r\n")
	if found, err := Find(t.Context(), cfg, "Sent", "<answer@example.com>"); err != nil || found {
		t.Fatalf("before: %v, %v", found, err)
	}
	if err := Keep(t.Context(), cfg, "Sent", []byte(raw), func() bool { return true }); err != nil {
		t.Fatal(err)
	}
	other := strings.ReplaceAll(letter("other"), "\n", "\r\n")
	if err := Keep(t.Context(), cfg, "Sent", []byte(other), func() bool { return false }); !errors.Is(err, errHeldBack) {
		t.Errorf("the copy that was to be held back: %v", err)
	}
	for id, want := range map[string]bool{
		"<answer@example.com>": true, "answer@example.com": true, "<other@example.com>": false,
	} {
		if found, err := Find(t.Context(), cfg, "Sent", id); err != nil || found != want {
			t.Errorf("%s: %v, %v", id, found, err)
		}
	}
}

func TestFindInAMailboxThatDoesNotExist(t *testing.T) {
	_, cfg := account(t)
	_, err := Find(t.Context(), cfg, "Nowhere", "<a@example.com>")
	if failure, ok := errors.AsType[*Error](err); !ok || failure.Class != ClassProtocol {
		t.Fatalf("error %v", err)
	}
}
