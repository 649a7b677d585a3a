package desk

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func setup(change func(*MailboxSetup)) MailboxSetup {
	s := MailboxSetup{
		Address: "service@nordlicht-werke.example", IMAP: MailServer{Addr: "imap.nordlicht-werke.example:993", TLS: ProtectedAtOnce},
		SMTP: MailServer{Addr: "smtp.nordlicht-werke.example:587", TLS: ProtectedLater},
	}
	change(&s)
	return s.Tidy()
}

func TestASetupSaysWhatHasToBeCorrected(t *testing.T) {
	for _, c := range []struct {
		says   string // empty: it is in order
		change func(*MailboxSetup)
	}{
		{"", func(*MailboxSetup) {}},
		{"", func(s *MailboxSetup) { s.SMTP = MailServer{} }},
		{"", func(s *MailboxSetup) { s.IMAP.Addr, s.IMAP.TLS = "127.0.0.1:143", Unprotected }},
		{"", func(s *MailboxSetup) { s.IMAP.Addr = "[2001:db8::1]:993" }},
		{"", func(s *MailboxSetup) { s.Provider = &MailProvider{Kind: ProviderGoogle, ClientID: "desk"} }},
		{`"service" is no mail address`, func(s *MailboxSetup) { s.Address = "service" }},
		{"is no mail address", func(s *MailboxSetup) { s.Address = "a@b.example, c@d.example" }},
		{"several lines", func(s *MailboxSetup) { s.Name = "Service\r\nBcc: x@example.com" }},
		{"at most 254 bytes each", func(s *MailboxSetup) { s.Folder = strings.Repeat("f", 255) }},
		{"user name for sending goes over several lines", func(s *MailboxSetup) { s.SMTP.User = "a\nb" }},
		{"in which folder copies", func(s *MailboxSetup) { s.KeepSent = true }},
		{"", func(s *MailboxSetup) { s.PerMinute = new(30) }},
		{"", func(s *MailboxSetup) { s.PerMinute = new(0) }},
		{"-1 is no number of mails that may leave in a minute", func(s *MailboxSetup) { s.PerMinute = new(-1) }},
		{"only where answers leave", func(s *MailboxSetup) { s.SMTP, s.Acknowledge = MailServer{}, true }},
		{"Name the server for reading", func(s *MailboxSetup) { s.IMAP.Addr = ":993" }},
		{"Name the server for sending", func(s *MailboxSetup) { s.SMTP.Addr = "smtp.example.com" }},
		{`"many" is no port`, func(s *MailboxSetup) { s.IMAP.Addr = "imap.example.com:many" }},
		{`"70000" is no port`, func(s *MailboxSetup) { s.SMTP.Addr = "smtp.example.com:70000" }},
		{"imap.example.com would be reached without encryption", func(s *MailboxSetup) { s.IMAP.Addr, s.IMAP.TLS = "imap.example.com:143", Unprotected }},
		{`"ssl3" is no way to protect`, func(s *MailboxSetup) { s.SMTP.TLS = "ssl3" }},
		{`no provider "owls"`, func(s *MailboxSetup) { s.Provider = &MailProvider{Kind: "owls"} }},
		{"Register the program at Microsoft 365", func(s *MailboxSetup) { s.Provider = &MailProvider{Kind: ProviderMicrosoft, ClientID: " "} }},
		{"both begin with https://", func(s *MailboxSetup) {
			s.Provider = &MailProvider{Kind: ProviderOther, ClientID: "desk", AuthURL: "https://id.example", TokenURL: "http://id.example"}
		}},
	} {
		err := setup(c.change).Check()
		if c.says == "" && err != nil || c.says != "" && (CodeOf(err) != CodeValidation || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%q: %v", c.says, err)
		}
	}
}

func TestWhatASetupNeedsNoPersonFor(t *testing.T) {
	s := setup(func(s *MailboxSetup) { s.Folder = " inbox " })
	if s.Folder != "INBOX" || s.IMAP.User != s.Address || s.SMTP.User != s.Address || !s.Sends() || s.SignIn() != SignInPassword {
		t.Errorf("%+v", s)
	}
	if s = setup(func(s *MailboxSetup) { s.SMTP.Addr, s.Provider = "", &MailProvider{Kind: ProviderMicrosoft} }); s.Sends() || s.SignIn() != "Microsoft 365" {
		t.Errorf("of a provider: %+v", s)
	}
}

// TestReadingAndSendingRestApart: what an older program had paused rests in both
// until one of them goes on (SPEC P82).
func TestReadingAndSendingRestApart(t *testing.T) {
	is := func(s MailboxSetup, reading, sending bool) {
		t.Helper()
		raw, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var again MailboxSetup
		if err := json.Unmarshal(raw, &again); err != nil || again.Paused != reading || again.SendingRests() != sending {
			t.Errorf("%s rests in reading %v, in sending %v: %v", raw, again.Paused, again.SendingRests(), err)
		}
	}
	fresh := setup(func(*MailboxSetup) {})
	is(fresh, false, false)
	is(fresh.Rest(true, true), false, true)
	is(fresh.Rest(false, true), true, false)
	is(fresh.Rest(false, true).Rest(true, true).Rest(false, false), false, true)
	var older MailboxSetup
	if err := json.Unmarshal([]byte(`{"address": "service@nordlicht-werke.example", "paused": true}`), &older); err != nil {
		t.Fatal(err)
	}
	is(older, true, true)
	is(older.Rest(false, false), false, true)
	is(older.Rest(true, false), true, false)
}

// TestASecretGoesToNoOtherServer: what stands is good for the servers it was given
// for alone.
func TestASecretGoesToNoOtherServer(t *testing.T) {
	before := setup(func(*MailboxSetup) {})
	for name, c := range map[string]struct {
		same   bool
		change func(*MailboxSetup)
	}{
		"a name":          {true, func(s *MailboxSetup) { s.Name, s.Folder = "Service", "Desk" }},
		"no sending":      {true, func(s *MailboxSetup) { s.SMTP = MailServer{} }},
		"another reader":  {false, func(s *MailboxSetup) { s.IMAP.Addr = "imap.example.com:993" }},
		"another sender":  {false, func(s *MailboxSetup) { s.SMTP.Addr = "smtp.example.com:587" }},
		"less protection": {false, func(s *MailboxSetup) { s.IMAP.TLS = ProtectedLater }},
		"another user":    {false, func(s *MailboxSetup) { s.IMAP.User = "else" }},
		"tokens":          {false, func(s *MailboxSetup) { s.Provider = &MailProvider{Kind: ProviderGoogle} }},
	} {
		if same := setup(c.change).SameServers(before); same != c.same {
			t.Errorf("%s: %v", name, same)
		}
	}
	tokens := setup(func(s *MailboxSetup) { s.Provider = &MailProvider{Kind: ProviderOther, TokenURL: "https://a.example"} })
	moved := setup(func(s *MailboxSetup) { s.Provider = &MailProvider{Kind: ProviderOther, TokenURL: "https://b.example"} })
	if moved.SameServers(tokens) || !tokens.SameServers(tokens) {
		t.Error("a grant would go to another provider")
	}
}

func TestAConnectionPrintsNoSecret(t *testing.T) {
	c := MailboxConnection{Setup: setup(func(*MailboxSetup) {}), Password: "canary", SMTPPassword: "canary", ClientSecret: "canary", Grant: []byte("canary")}
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		if said := fmt.Sprintf(format, c); strings.Contains(said, "canary") || !strings.Contains(said, c.Setup.Address) {
			t.Errorf("%s prints %s", format, said)
		}
	}
	raw, err := json.Marshal(c.Setup)
	if err != nil || strings.Contains(string(raw), "canary") {
		t.Errorf("%s, %v", raw, err)
	}
}
