package protocol

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// SPEC P30: the newest protocol both speak; too old a device may still push.
func TestOfferMeetsADevice(t *testing.T) {
	hub := Offer{Newest: 5, Oldest: 3, Schema: 2, Caps: []Cap{"presence", "digest"}}
	for _, c := range []struct {
		title string
		hello Hello
		want  Terms
		ok    bool
	}{
		{"of the same age", Hello{Protocol: 5, Oldest: 3, Schema: 2}, Terms{Version: 5}, true},
		{"newer, with a past", Hello{Protocol: 9, Oldest: 4, Schema: 4}, Terms{Version: 5}, true},
		{"newer, without a past", Hello{Protocol: 9, Schema: 4}, Terms{}, false},
		{"newer than this hub can follow", Hello{Protocol: 9, Oldest: 6, Schema: 4}, Terms{}, false},
		{"older, still served", Hello{Protocol: 3, Schema: 2}, Terms{Version: 3}, true},
		{"too old a protocol", Hello{Protocol: 2, Schema: 2}, Terms{Version: 2, PushOnly: true}, true},
		{"too old a shape", Hello{Protocol: 5, Schema: 1}, Terms{Version: 5, PushOnly: true}, true},
		{"says no shape", Hello{Protocol: 5}, Terms{Version: 5, PushOnly: true}, true},
		{"no protocol at all", Hello{}, Terms{}, false},
		{"a negative one", Hello{Protocol: -1, Oldest: -7}, Terms{}, false},
		{"abilities in common", Hello{Protocol: 5, Schema: 2, Caps: []Cap{"flight", "digest"}}, Terms{Version: 5, Caps: []Cap{"digest"}}, true},
	} {
		got, ok := hub.Meet(c.hello)
		if diff := cmp.Diff(c.want, got); ok != c.ok || diff != "" {
			t.Errorf("%s: %v\n%s", c.title, ok, diff)
		}
	}
}
