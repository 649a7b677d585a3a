package loopback

import (
	"strings"
	"testing"
	"time"

	"holdall/mail/outgoing"
)

func TestAnswersAreTakenInOrder(t *testing.T) {
	seen := make(chan Mail, 2)
	r, err := Start(func(m Mail) { seen <- m })
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	sender := &outgoing.Sender{Addr: r.Addr, TLS: outgoing.Plain}
	for _, subject := range []string{"one", "two"} {
		err := sender.Send(t.Context(), outgoing.Answer{
			From: outgoing.Address{Email: "desk@example.com"}, To: []outgoing.Address{{Email: "mira@example.com"}},
			Subject: subject, Text: "Hello", MessageID: subject + "@example.com", Date: time.Unix(0, 0),
		})
		if err != nil {
			t.Fatal(err)
		}
		if m := <-seen; m.To[0] != "mira@example.com" || !strings.Contains(string(m.Raw), "Subject: "+subject) {
			t.Fatalf("%+v", m)
		}
	}
	if got := r.Mails(); len(got) != 2 || got[0].From != "desk@example.com" {
		t.Fatalf("%+v", got)
	}
}
