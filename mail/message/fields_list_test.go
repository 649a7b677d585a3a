package message

import (
	"reflect"
	"strings"
	"testing"
)

func TestAHeaderIsListedInItsOrder(t *testing.T) {
	raw := "Received: by b\nReceived: by a;\n\tMon, 2 Mar 2026\nsubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\nX-Odd: \x01ab\n\nSubject: no header\n"
	want := []Field{{"Received", "by b"}, {"Received", "by a; Mon, 2 Mar 2026"}, {"Subject", "Grüße"}, {"X-Odd", "ab"}}
	if got := Fields([]byte(raw)); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got := Fields(nil); got == nil || len(got) != 0 {
		t.Errorf("nothing: %v", got)
	}
	if got := Fields([]byte(strings.Repeat("X: y\n", 1<<20))); len(got) == 0 || len(got) > headerMost/fieldCost {
		t.Errorf("a million fields became %d", len(got))
	}
}
