package app

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	idp "holdall/mail/oauth/loopback"
)

// TestASoloWorkspaceConnectsItsMailbox: tried first, read at once, changed, paused,
// removed; what was given is in no record, log or file in the clear.
func TestASoloWorkspaceConnectsItsMailbox(t *testing.T) {
	p := soloPage(t)
	inbox, form := p.post()
	if v := got(p.mailboxes.List()).or(t); !v.MayConfigure || v.Closed != "" || len(v.Mailboxes) != 0 {
		t.Fatalf("%+v", v)
	}
	if err := p.mailboxes.Connect(ConnectRequest{Form: form, Password: "a guess"}); desk.CodeOf(err) != desk.CodeValidation || !strings.Contains(err.Error(), "does not take this password") {
		t.Errorf("a wrong password: %v", err)
	}
	must(t, p.mailboxes.Connect(ConnectRequest{Form: form, Password: boxSecret}))
	card := p.box("it is read", func(b MailboxCard) bool { return b.State == "watching" })
	if !card.Stored || card.Sends || card.Address != form.Address || card.SignIn != "password" {
		t.Errorf("%+v", card)
	}
	must(t, inbox.Deliver("INBOX", []byte("From: Ada <ada@example.com>\r\nTo: service@nordlicht-werke.example\r\nSubject: Toner\r\nMessage-ID: <t@example.com>\r\n\r\nIt is empty.\r\n")))
	p.until("the mail is work", func() bool { return len(got(p.search.Find(SearchRequest{Query: "Toner"})).or(t)) == 1 })

	trial := got(p.mailboxes.TryRules(RulesRequest{Rules: []MailboxRule{
		{Name: "Printers", When: []MailTest{{In: "subject", Like: []string{"toner"}}}, Ignore: "it is ordered by itself"},
	}})).or(t)
	if trial.Read != 1 || trial.Asked != 1 || trial.Matched != 1 || trial.Mails[0].Ticket.Number == "" || trial.Mails[0].Becomes != "No work: it is ordered by itself" || trial.Mails[0].From != "Ada <ada@example.com>" {
		t.Errorf("%+v", trial)
	}
	if rules := got(p.mailboxes.Rules()).or(t).Rules; len(rules) != 0 {
		t.Errorf("trying them kept %+v", rules)
	}

	stands := got(p.mailboxes.Setup(card.ID)).or(t)
	if stands.ID != card.ID || stands.ImapHost != form.ImapHost || stands.ImapPort != form.ImapPort || stands.ImapUser != boxUser || stands.Sends {
		t.Errorf("%+v", stands)
	}
	must(t, p.mailboxes.Renew(RenewRequest{ID: card.ID, Password: boxSecret}))
	must(t, p.mailboxes.Pause(PauseRequest{ID: card.ID, Paused: true}))
	p.box("it is paused", func(b MailboxCard) bool { return b.State == "paused" })
	must(t, p.mailboxes.Pause(PauseRequest{ID: card.ID}))
	p.box("it is read again", func(b MailboxCard) bool { return b.State == "watching" })
	p.keepsNo(boxSecret)
	must(t, p.mailboxes.Remove(card.ID))
	p.until("it is gone", func() bool { return len(got(p.mailboxes.List()).or(t).Mailboxes) == 0 })
	if _, err := p.mailboxes.Setup(card.ID); desk.CodeOf(err) != desk.CodeGone {
		t.Errorf("removed: %v", err)
	}
}

// TestARateThatIsNoneIsRefused, in the words of the configuration, and before a mail
// server is asked.
func TestARateThatIsNoneIsRefused(t *testing.T) {
	p := soloPage(t)
	_, form := p.post()
	form.ImapPort = 1
	form.Sends, form.SMTPHost, form.SMTPPort, form.SMTPTLS = true, form.ImapHost, form.ImapPort, "plain"
	for _, most := range []string{"0", "-3", "ten", "1.5", "30 a minute", "99999999999999999999"} {
		form.Most = most
		err := p.mailboxes.Connect(ConnectRequest{Form: form, Password: boxSecret})
		if desk.CodeOf(err) != desk.CodeValidation || !strings.Contains(err.Error(), strconv.Quote(most)+" is no number of mails that may leave in a minute; write one such as 30, or leave it out for no bound.") {
			t.Errorf("%s: %v", most, err)
		}
	}
	form.Most = " 30 "
	if err := p.mailboxes.Connect(ConnectRequest{Form: form, Password: boxSecret}); desk.CodeOf(err) != desk.CodeValidation || !strings.Contains(err.Error(), "takes no connections on port 1") {
		t.Errorf("a rate: %v", err)
	}
	if v := got(p.mailboxes.List()).or(t); len(v.Mailboxes) != 0 {
		t.Errorf("kept: %+v", v.Mailboxes)
	}
}

// keepsNo fails if a secret stands in the log, in the outbox, or in a file.
func (p *page) keepsNo(secret string) {
	p.t.Helper()
	if strings.Contains(p.log.String(), secret) {
		p.t.Error("a secret stands in the log")
	}
	if waits := got(p.sync.Outbox()).or(p.t); len(waits) != 0 {
		p.t.Errorf("the outbox has %+v", waits)
	}
	must(p.t, filepath.WalkDir(p.cfg.Dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		if raw, err := os.ReadFile(path); err == nil && strings.Contains(string(raw), secret) {
			p.t.Errorf("a secret stands in %s", path)
		}
		return nil
	}))
}

// TestAPersonIsAskedInTheBrowser: what was allowed connects the mailbox it was
// asked for; no is no; a question that is given up leaves nothing.
func TestAPersonIsAskedInTheBrowser(t *testing.T) {
	p := soloPage(t)
	_, form := p.post()
	issuer := got(idp.Start(idp.Rules{User: form.Address})).or(t)
	t.Cleanup(func() { issuer.Close() })
	form.SignIn, form.ClientID, form.AuthURL, form.TokenURL = desk.ProviderOther, "desk", issuer.URL+"/authorize", issuer.URL+"/token"
	ask := func() AskView {
		v := got(p.mailboxes.Ask(AskRequest{Form: form})).or(t)
		if v.State != "asking" || !strings.HasPrefix(v.URL, form.AuthURL) || !strings.Contains(v.URL, "code_challenge_method=S256") {
			t.Fatalf("%+v", v)
		}
		visit(t, v.URL)
		p.until("the question is answered", func() bool { return got(p.mailboxes.Asked()).or(t).State != "asking" })
		return got(p.mailboxes.Asked()).or(t)
	}
	if v := ask(); v.State != "allowed" {
		t.Errorf("%+v", v)
	}
	setup := got(setupOf(form)).or(t)
	if p.asking.granted(setup) == nil {
		t.Error("what was allowed is not there")
	}
	other := setup
	other.Address = "other@nordlicht-werke.example"
	if p.asking.granted(other) != nil {
		t.Error("what was allowed serves another address")
	}
	issuer.Set(func(r *idp.Rules) { r.Deny = true })
	if v := ask(); v.State != "failed" || !strings.Contains(v.Problem, "did not allow it") || p.asking.granted(setup) != nil {
		t.Errorf("%+v", v)
	}
	got(p.mailboxes.Ask(AskRequest{Form: form})).or(t)
	must(t, p.mailboxes.GiveUp())
	if v := got(p.mailboxes.Asked()).or(t); v.State != "" {
		t.Errorf("given up: %+v", v)
	}
	for says, change := range map[string]func(*AskRequest){
		"nobody has to be asked":   func(r *AskRequest) { r.Form.SignIn = "password" },
		"give its client id":       func(r *AskRequest) { r.Form.ClientID = "" },
		"allows no mail by a code": func(r *AskRequest) { r.Device = true },
		"both begin with https://": func(r *AskRequest) { r.Form.TokenURL = "http://id.example" },
		"is no mail address":       func(r *AskRequest) { r.Form.Address = "" },
	} {
		r := AskRequest{Form: form}
		change(&r)
		if _, err := p.mailboxes.Ask(r); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", says, err)
		}
	}
}

func visit(t *testing.T, address string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	r := got(http.NewRequestWithContext(ctx, http.MethodGet, address, nil)).or(t)
	answer := got(http.DefaultClient.Do(r)).or(t)
	defer answer.Body.Close()
	_, err := io.Copy(io.Discard, answer.Body)
	must(t, err)
}

// TestTheInventedCompanyHasItsOwnMailbox: answers to invented people leave nowhere.
func TestTheInventedCompanyHasItsOwnMailbox(t *testing.T) {
	p := newPage(t, Config{Version: "test", NoMail: true})
	got(p.session.StartSolo(SoloRequest{Demo: true})).or(t)
	_, form := p.post()
	if v := got(p.mailboxes.List()).or(t); !strings.Contains(v.Closed, "open a workspace of your own") {
		t.Errorf("%+v", v)
	}
	if err := p.mailboxes.Connect(ConnectRequest{Form: form, Password: boxSecret}); desk.CodeOf(err) != desk.CodeGone {
		t.Errorf("%v", err)
	}
}

func TestServersAreGuessedFromTheAddress(t *testing.T) {
	m := &Mailboxes{}
	for _, c := range []struct {
		asked      GuessRequest
		imap, smtp string
		signIn     string
		isKnown    bool
	}{
		{GuessRequest{Address: " it@Nordlicht-Werke.example "}, "imap.nordlicht-werke.example:993 implicit", "smtp.nordlicht-werke.example:587 starttls", "password", false},
		{GuessRequest{Address: "desk@gmx.de"}, "imap.gmx.net:993 implicit", "mail.gmx.net:465 implicit", "password", true},
		{GuessRequest{Address: "desk@gmail.com"}, "imap.gmail.com:993 implicit", "smtp.gmail.com:465 implicit", "google", true},
		{GuessRequest{Address: "desk@outlook.com"}, "outlook.office365.com:993 implicit", "smtp.office365.com:587 starttls", "microsoft", true},
		{GuessRequest{Address: "it@nordlicht-werke.example", SignIn: "microsoft"}, "outlook.office365.com:993 implicit", "smtp.office365.com:587 starttls", "microsoft", true},
		{GuessRequest{Address: "it@nordlicht-werke.example", SignIn: "google"}, "imap.gmail.com:993 implicit", "smtp.gmail.com:465 implicit", "google", true},
	} {
		f, err := m.Guess(c.asked)
		imap, smtp := fmt.Sprint(joined(f.ImapHost, f.ImapPort), " ", f.ImapTLS), fmt.Sprint(joined(f.SMTPHost, f.SMTPPort), " ", f.SMTPTLS)
		if err != nil || imap != c.imap || smtp != c.smtp || f.SignIn != c.signIn || f.Known != c.isKnown || f.Address != strings.TrimSpace(c.asked.Address) || !f.Sends {
			t.Errorf("%+v: %+v, %v", c.asked, f, err)
		}
	}
	if f, _ := m.Guess(GuessRequest{Address: "desk@outlook.com"}); f.Tenant != "consumers" {
		t.Errorf("an address of no organisation: %+v", f)
	}
	for _, address := range []string{"", "desk", "desk@", "desk@host"} {
		if _, err := m.Guess(GuessRequest{Address: address}); desk.CodeOf(err) != desk.CodeValidation {
			t.Errorf("%q: %v", address, err)
		}
	}
}

// TestAFormSaysWhatItMeans, there and back.
func TestAFormSaysWhatItMeans(t *testing.T) {
	form := MailboxForm{
		Address: "it@nordlicht-werke.example", Name: "IT", ImapHost: "2001:db8::1", ImapPort: 993, ImapTLS: "implicit", ImapUser: "it", Folder: "Desk", Sent: "Sent", KeepSent: true,
		Sends: true, SMTPHost: "smtp.example.com", SMTPPort: 587, SMTPTLS: "starttls", SMTPUser: "other", Acknowledge: true, Most: "30",
		SignIn: "other", ClientID: "desk", AuthURL: "https://a.example", TokenURL: "https://t.example", Scopes: "mail offline",
	}
	if again := showSetup(got(setupOf(form)).or(t)); again != form {
		t.Errorf("\n%+v\n%+v", again, form)
	}
	form.Most = " "
	if s := got(setupOf(form)).or(t); s.PerMinute == nil || showSetup(s).Most != "" {
		t.Errorf("an empty bound leaves one that stands: %+v", s)
	}
	form.Sends = false
	if s := got(setupOf(form)).or(t); s.SMTP.Addr != "" || s.Acknowledge {
		t.Errorf("answers leave by another: %+v", s)
	}
	for _, text := range []string{fmt.Sprint(ConnectRequest{Form: form, Password: boxSecret}), fmt.Sprintf("%#v %+v", AskRequest{Form: form, ClientSecret: boxSecret}, ConnectRequest{SMTPPassword: boxSecret, ClientSecret: boxSecret})} {
		if strings.Contains(text, boxSecret) {
			t.Error(text)
		}
	}
}
