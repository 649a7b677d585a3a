package desk

import (
	"strings"
	"testing"
)

// TestAForwardAnswersNobody: the requester waits as before and does not see it.
func TestAForwardAnswersNobody(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	w.do(hub, MessageAdd, "t", AddMessage{Message{ID: "q", Kind: FromRequester, Text: "It is broken."}})
	before := w.ticket("t")
	vendor := []Address{{"Vendor", "help@vendor.example"}}
	w.do(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: "f", Kind: Forward, About: "q", Text: "Can you look?", Quoted: "the mail", To: vendor}})
	m := w.records[Key{KindMessage, "f"}].(Message)
	after := w.ticket("t")
	if m.Delivery != DeliveryQueued || m.Public() || !m.Leaves() || m.Author != "ana" {
		t.Errorf("it became %+v", m)
	}
	if after.LastPublic != before.LastPublic || !after.AwaitsReply || after.FirstResponseAt != nil {
		t.Errorf("the ticket became %+v", after)
	}
	w.do(hub, ReplyDeliver, "t", DeliverReply{Message: "f", Delivery: DeliveryFailed, Problem: "No such user.", Permanent: true})
	if r := w.records[Key{KindRequester, "rita"}].(Requester); r.Undelivered {
		t.Error("a vendor's dead address marks the requester")
	}
}

func TestWhatCannotBeForwarded(t *testing.T) {
	vendor := []Address{{"", "help@vendor.example"}}
	cases := []struct {
		m    Message
		code Code
		part string
	}{
		{Message{About: "n", To: vendor}, CodeValidation, "never leaves the desk"},
		{Message{About: "elsewhere", To: vendor}, CodeGone, "does not stand on this ticket"},
		{Message{About: "nothing", To: vendor}, CodeGone, "does not stand on this ticket"},
		{Message{About: "q"}, CodeValidation, "goes to nobody"},
		{Message{About: "q", To: []Address{{"", "vendor"}}}, CodeValidation, "is no mail address"},
	}
	for _, c := range cases {
		w := newWorld(t)
		w.open("t")
		w.open("other")
		w.do(hub, MessageAdd, "t", AddMessage{Message{ID: "q", Kind: FromRequester, Text: "Hello"}})
		w.do(hub, MessageAdd, "other", AddMessage{Message{ID: "elsewhere", Kind: FromRequester, Text: "Hello"}})
		w.do(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: "n", Kind: InternalNote, Text: "Psst"}})
		c.m.ID, c.m.Kind, c.m.Text = "f", Forward, "Look"
		e, err := w.try(w.as("ana"), MessageAdd, "t", AddMessage{c.m})
		refused(t, e, err, c.code, c.part)
	}
}

// TestADescriptionIsForwarded: what was told by phone is no message.
func TestADescriptionIsForwarded(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	w.open("other")
	vendor := []Address{{"Vendor", "help@vendor.example"}}
	try := func(about MessageID) (Effects, error) {
		return w.try(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: "f", Kind: Forward, About: about, Text: "Can you look?", To: vendor}})
	}
	e, err := try(DescriptionOf("t"))
	refused(t, e, err, CodeGone, "has no description")
	w.do(w.as("ana"), TicketPatch, "t", PatchTicket{Set: map[Field]string{FieldDescription: "She rang: it leaks."}})
	e, err = try(DescriptionOf("other"))
	refused(t, e, err, CodeGone, "does not stand on this ticket")
	w.do(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: "f", Kind: Forward, About: DescriptionOf("t"), Text: "Can you look?", To: vendor}})
	if m := w.records[Key{KindMessage, "f"}].(Message); m.Delivery != DeliveryQueued || m.Public() {
		t.Errorf("it became %+v", m)
	}
	quoted := ForwardedDescription(w.ticket("t"), "Rita <rita@customer.example>")
	if !strings.Contains(quoted, "Reported by: Rita <rita@customer.example>") || !strings.Contains(quoted, "\n\nShe rang: it leaks.") || strings.Contains(quoted, "From:") {
		t.Errorf("quoted %q", quoted)
	}
}

func TestOnlyTheChosenMessageIsQuoted(t *testing.T) {
	got := Forwarded(Message{Subject: "Broken\r\nBcc: x", Text: " It is broken. ", Quoted: "> older words", At: moment}, "Rita <rita@customer.example>", "Title")
	if !strings.Contains(got, "Subject: Broken Bcc: x\n\nIt is broken.") || strings.Contains(got, "older") || !strings.Contains(got, "From: Rita <rita@customer.example>") {
		t.Errorf("quoted %q", got)
	}
}
