package mailroom

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/outgoing"
	"holdall/store"
	"holdall/sync/hub"
)

// relay is a mail server that takes what a token it believes brings.
type relay struct {
	address string

	mu      sync.Mutex
	refused map[string]bool
	shown   []string // tokens, in order
	mails   int
}

func openRelay(t *testing.T) *relay {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { l.Close() })
	r := &relay{address: l.Addr().String(), refused: map[string]bool{}}
	go func() {
		for {
			line, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer line.Close()
				r.converse(line)
			}()
		}
	}()
	return r
}

func (r *relay) converse(line net.Conn) {
	io.WriteString(line, "220 mx.example\r\n")
	data := false
	for lines := bufio.NewScanner(line); lines.Scan(); {
		said, answer := lines.Text(), "250 ok"
		switch {
		case data && said != ".":
			continue
		case data:
			data = false
			r.mu.Lock()
			r.mails++
			r.mu.Unlock()
		case strings.HasPrefix(said, "EHLO"):
			answer = "250-mx.example\r\n250 AUTH XOAUTH2"
		case strings.HasPrefix(said, "AUTH XOAUTH2 "):
			answer = r.judge(strings.TrimPrefix(said, "AUTH XOAUTH2 "))
		case said == "DATA":
			data, answer = true, "354 go on"
		}
		if _, err := io.WriteString(line, answer+"\r\n"); err != nil {
			return
		}
	}
}

func (r *relay) judge(word string) string {
	plain, _ := base64.StdEncoding.DecodeString(word)
	_, token, _ := strings.Cut(strings.Trim(string(plain), "\x01"), "Bearer ")
	r.mu.Lock()
	defer r.mu.Unlock()
	r.shown = append(r.shown, token)
	if r.refused[token] {
		return "535 5.7.8 the token has ended"
	}
	return "235 ok"
}

// TestAnswersWaitForAGrant: nobody has given one, somebody does, and it is taken
// back; each time the answers say so and wait, and leave when there is another.
func TestAnswersWaitForAGrant(t *testing.T) {
	o, r := openOffice(t), openRelay(t)
	sender := &outgoing.Sender{Addr: r.address, TLS: outgoing.Plain, User: address, Token: o.source.Token, Refused: o.source.Refused, Timeout: 20 * time.Second}
	server := o.openWith(Settings{
		From: outgoing.Address{Name: "Service", Email: address}, Send: sender.Deliver, Out: Outlet{Server: r.address, SignIn: "Loopback", Secret: o.box.Secret},
		Schedule: outgoing.Schedule{First: time.Hour},
	})
	answer := func(n int) {
		ticket := desk.TicketID(fmt.Sprint("t", n))
		must(t, server.Do(t.Context(), nil,
			hub.Act{Name: desk.TicketCreate, Ticket: ticket, At: time.Now(), Args: desk.CreateTicket{Kind: desk.Incident, Title: "A matter"}},
			hub.Act{Name: desk.MessageAdd, Ticket: ticket, At: time.Now(), Args: desk.AddMessage{Message: desk.Message{
				ID: desk.MessageID(fmt.Sprint("r", n)), Kind: desk.PublicReply, Text: "Done.", Auto: true, To: []desk.Address{{Email: "a.petersen@nordlicht-werke.example"}},
			}}}))
	}
	answer(1)
	if m := o.comes("r1", desk.DeliveryWaiting); m.Wait.For != desk.WaitSignIn || !strings.Contains(m.Problem, "nobody has allowed") || len(r.shown) > 0 {
		t.Errorf("without a grant: %+v %s", m.Wait, m.Problem)
	}
	o.allow()
	o.comes("r1", desk.DeliverySent)

	o.issuer.Revoke()
	r.mu.Lock()
	for _, token := range r.shown {
		r.refused[token] = true
	}
	r.mu.Unlock()
	answer(2)
	if m := o.comes("r2", desk.DeliveryWaiting); m.Wait.For != desk.WaitSignIn || !strings.Contains(m.Problem, "taken back") || strings.Contains(m.Problem, r.shown[0]) {
		t.Errorf("with a grant that was taken back: %+v %s", m.Wait, m.Problem)
	}
	asked := o.issuer.Renewals()
	o.allow()
	o.comes("r2", desk.DeliverySent)
	if again := o.issuer.Renewals(); again > asked || r.mails != 2 {
		t.Errorf("%d mails left; the provider was asked %d times more for what it had taken back", r.mails, again-asked)
	}
}

// comes waits until a reply has come so far.
func (o *office) comes(id desk.MessageID, to desk.Delivery) (m desk.Message) {
	o.Helper()
	over := time.After(time.Minute)
	for tick := time.NewTicker(10 * time.Millisecond); ; {
		must(o, o.central.View(o.Context(), func(tx *store.CentralTx) error {
			e, err := tx.Get(desk.Message{ID: id}.Key())
			if err == nil {
				m = e.(desk.Message)
			}
			return err
		}))
		if m.Delivery == to {
			return m
		}
		select {
		case <-tick.C:
		case <-over:
			o.Fatalf("%s is %s: %s", id, m.Delivery, m.Problem)
		}
	}
}
