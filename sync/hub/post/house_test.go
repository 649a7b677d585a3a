package post_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"

	"holdall/desk"
	"holdall/mail/message"
	"holdall/mail/outgoing"
	"holdall/sync/hub/post"
)

// answered opens tickets t0, t1 and on, each with an answer rt0, rt1 and on.
func (h *house) answered(tickets int) {
	h.Helper()
	for n := range tickets {
		id := desk.TicketID(fmt.Sprint("t", n))
		h.Open(id, "first")
		h.Write(id, reply(desk.MessageID("r"+id), desk.MessageID(id+"-q")))
	}
}

// mailServer is a mail server that a test tells how to answer.
type mailServer struct {
	mu     sync.Mutex
	taken  []outgoing.Answer
	raw    [][]byte
	answer func(n int) error // of the n-th mail, from 1
}

func (s *mailServer) send(_ context.Context, m outgoing.Mail) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken, s.raw = append(s.taken, unwritten(m)), append(s.raw, m.Raw)
	if s.answer == nil {
		return nil
	}
	return s.answer(len(s.taken))
}

// unwritten reads a mail back, as far as tests look at it.
func unwritten(m outgoing.Mail) outgoing.Answer {
	msg, err := message.Parse(context.Background(), m.Raw, message.Limits{})
	if err != nil {
		panic(err)
	}
	a := outgoing.Answer{
		From: outgoing.Address(msg.From), Subject: msg.Subject, Text: msg.Text, Date: msg.Date, AutoReply: msg.AutoSubmitted,
		MessageID: msg.MessageID, InReplyTo: msg.InReplyTo, References: msg.References,
	}
	for _, to := range msg.To {
		a.To = append(a.To, outgoing.Address(to))
	}
	for _, cc := range msg.Cc {
		a.Cc = append(a.Cc, outgoing.Address(cc))
	}
	for _, f := range msg.Attachments {
		a.Attachments = append(a.Attachments, outgoing.Attachment{Name: f.Name, Type: f.Type, Data: f.Data})
	}
	return a
}

// now lets it answer otherwise; nil: it takes every mail.
func (s *mailServer) now(answer func(n int) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = answer
}

func (s *mailServer) raws() [][]byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([][]byte(nil), s.raw...)
}

func (s *mailServer) mails() []outgoing.Answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]outgoing.Answer(nil), s.taken...)
}

// post makes the queue of replies of a house that is not at work yet.
func (h *house) post(server *mailServer) *post.Post {
	p := post.NewPost(h.Server, slog.New(slog.DiscardHandler))
	p.From, p.Send = outgoing.Address{Name: "Service", Email: "desk@example.com"}, server.send
	return p
}

// work runs the queue until the test ends or the returned function is called.
func (h *house) work(p *post.Post) (stop func()) {
	h.Helper()
	workspace, err := h.Server.Found(h.Context(), "", day)
	if err != nil {
		h.Fatal(err)
	}
	if p.Signature, err = post.NewSignature(h.Context(), h.Server, workspace.ID, "desk.example.com"); err != nil {
		h.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var working sync.WaitGroup
	working.Go(func() {
		if err := p.Run(ctx); err != nil {
			h.Error(err)
		}
	})
	stop = sync.OnceFunc(func() { cancel(); working.Wait() })
	h.Cleanup(stop)
	return stop
}

// comes waits until a reply has come so far.
func (h *house) comes(id desk.MessageID, to desk.Delivery) {
	h.Helper()
	h.Until(string(id)+" is "+string(to), func() bool { return h.Message(id).Delivery == to })
}
