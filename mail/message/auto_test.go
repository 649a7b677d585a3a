package message

import "testing"

func TestAutoSubmitted(t *testing.T) {
	for _, c := range []struct {
		field string
		want  bool
	}{
		{"Auto-Submitted: auto-replied", true},
		{"Auto-Submitted: Auto-Generated (failure); owner=x", true},
		{"Auto-Submitted: no", false},
		{"auto-submitted: No", false},
		{"Precedence: Bulk", true},
		{"Precedence: list", true},
		{"Precedence: first-class", false},
		{"X-Precedence: junk", true},
		{"List-Id: <news.example.com>", true},
		{"List-Unsubscribe: <mailto:x@example.com>", true},
		{"X-Auto-Response-Suppress: OOF, AutoReply", true},
		{"X-Auto-Response-Suppress: DR, RN, NRN", false},
		{"X-Loop: desk", true},
		{"X-Autoreply: yes", true},
		{"X-Autoreply: no", false},
		{"Return-Path: <>", true},
		{"Return-Path: <elif@nordlicht-werke.example>", false},
		{"Sender: elif@nordlicht-werke.example", false},
		{"Subject: Automatic reply: Printer", true},
		{"Subject: Abwesenheitsnotiz: Drucker", true},
		{"Subject: Auto reply is broken on my mailbox", false},
		{"Subject: Out of office next week: need VPN", false},
	} {
		m := mustParse(t, mailOf("From: Elif Arslan <elif@nordlicht-werke.example>", c.field, "", "Hello"))
		if m.AutoSubmitted != c.want {
			t.Errorf("%s: got %v (%s)", c.field, m.AutoSubmitted, m.Reason)
		}
	}
}

func TestOutOfOffice(t *testing.T) {
	for subject, want := range map[string]bool{"Automatic reply: Printer": true, "Abwesenheitsnotiz": true, "Printer": false} {
		m := mustParse(t, mailOf("From: elif@nordlicht-werke.example", "Subject: "+subject, "", "Hello"))
		if m.OutOfOffice != want {
			t.Errorf("%s: got %v", subject, m.OutOfOffice)
		}
	}
}
