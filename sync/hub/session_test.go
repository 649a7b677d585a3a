package hub_test

import (
	"testing"

	"holdall/sync/protocol"
)

// TestHelloIsSaidOnce (SPEC P3): whoever says it again is hung up on, and may come
// back.
func TestHelloIsSaidOnce(t *testing.T) {
	w := guarded(t)
	ws := w.greet()
	w.say(ws, plain(`["HELLO",{"protocol":1,"next_mid":1}]`))
	if bye := w.ended(ws); bye.Code != protocol.ByeHello {
		t.Errorf("%+v", bye)
	}
	w.unharmed()
}
