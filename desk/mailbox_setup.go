package desk

import (
	"strconv"
	"strings"
)

// MailboxSetup is how a mailbox is reached that an admin connects from a window.
// It holds no secret and is no record: it lies at the hub, for admins alone.
type MailboxSetup struct {
	// Account is the hub's name for it. It stays when the servers change, so that
	// nothing that was read is read again as new.
	Account string `json:"account,omitempty"`
	Address string `json:"address"`        // that people write to, and answers come from
	Name    string `json:"name,omitempty"` // beside it in answers; empty: the workspace's

	IMAP     MailServer `json:"imap"`
	Folder   string     `json:"folder"`              // in the account, such as INBOX
	Sent     string     `json:"sent,omitempty"`      // with copies of sent mails; empty: there is none
	KeepSent bool       `json:"keep_sent,omitempty"` // the desk puts the copies there, as its server does not

	SMTP        MailServer `json:"smtp,omitzero"`         // the desk's answers leave by it; no address: by another
	Acknowledge bool       `json:"acknowledge,omitempty"` // answers a new ticket's first mail with its number
	// PerMinute is how many mails may leave by it in any minute; 0: there is no bound.
	// nil: a program kept it that knows of none, and what stands stays.
	PerMinute *int `json:"per_minute,omitempty"`

	Provider *MailProvider `json:"provider,omitempty"` // that grants tokens; nil: a password signs in
	Paused   bool          `json:"paused,omitempty"`   // nobody reads it until it is resumed
	// SendingPaused is that no answer leaves by it until that goes on. nil: a program
	// kept it for which reading and sending rest together.
	SendingPaused *bool `json:"sending_paused,omitempty"`
}

// MailServer is one server of a mailbox.
type MailServer struct {
	Addr string     `json:"addr"` // host:port
	TLS  Protection `json:"tls"`
	User string     `json:"user,omitempty"` // that signs in; empty: the address of the mailbox
}

// Protection is how a connection to a mail server is protected.
type Protection string

const (
	ProtectedAtOnce Protection = "implicit" // RFC 8314
	ProtectedLater  Protection = "starttls" // RFC 9051 §6.2.1, RFC 3207
	Unprotected     Protection = "plain"    // on the hub's own machine alone
)

// MailProvider is who grants tokens in place of a password, to the program as the
// admin has registered it there.
type MailProvider struct {
	Kind     string   `json:"kind"`             // microsoft, google or other
	Tenant   string   `json:"tenant,omitempty"` // Microsoft: the organisation's domain or id
	ClientID string   `json:"client_id"`
	AuthURL  string   `json:"auth_url,omitempty"` // of another provider, with those below
	TokenURL string   `json:"token_url,omitempty"`
	Scopes   []string `json:"scopes,omitempty"`
}

// The kinds of provider.
const (
	ProviderMicrosoft = "microsoft"
	ProviderGoogle    = "google"
	ProviderOther     = "other"
)

// MailboxConnection is a setup with what signs in: it goes from a window to the
// hub and is kept nowhere on the way. An empty secret leaves the one that stands.
type MailboxConnection struct {
	Setup        MailboxSetup `json:"setup"`
	Password     string       `json:"password,omitempty"`
	SMTPPassword string       `json:"smtp_password,omitempty"` // empty: the same
	ClientSecret string       `json:"client_secret,omitempty"` // Google gives one to desktop programs too
	Grant        []byte       `json:"grant,omitempty"`         // what a person allowed at the provider
}

// String keeps the secrets out of every text.
func (c MailboxConnection) String() string { return "connection of mailbox " + c.Setup.Address }

// GoString keeps the secrets out of every text.
func (c MailboxConnection) GoString() string { return c.String() }

// Tidy fills in what needs no person to say.
func (s MailboxSetup) Tidy() MailboxSetup {
	for _, text := range []*string{&s.Address, &s.Name, &s.Folder, &s.Sent, &s.IMAP.Addr, &s.IMAP.User, &s.SMTP.Addr, &s.SMTP.User} {
		*text = strings.TrimSpace(*text)
	}
	if s.Folder == "" || strings.EqualFold(s.Folder, "INBOX") { // RFC 9051 §5.1
		s.Folder = "INBOX"
	}
	if s.IMAP.User == "" {
		s.IMAP.User = s.Address
	}
	if s.SMTP.Addr != "" && s.SMTP.User == "" {
		s.SMTP.User = s.IMAP.User
	}
	return s
}

// Sends reports whether the desk's answers leave by it, now or when it rests no more.
func (s MailboxSetup) Sends() bool { return s.SMTP.Addr != "" }

// SendingRests reports whether what would leave by it waits.
func (s MailboxSetup) SendingRests() bool {
	if s.SendingPaused == nil {
		return s.Paused
	}
	return *s.SendingPaused
}

// Rest has its reading or its sending paused, or go on; the other stays as it is.
func (s MailboxSetup) Rest(sending, paused bool) MailboxSetup {
	rests := s.SendingRests()
	if sending {
		rests = paused
	} else {
		s.Paused = paused
	}
	s.SendingPaused = &rests
	return s
}

// Rate is what may leave by it.
func (s MailboxSetup) Rate() MailRate {
	if s.PerMinute == nil {
		return MailRate{}
	}
	return MailRate{Minute: *s.PerMinute}
}

// SignIn names what opens it, as a Mailbox tells.
func (s MailboxSetup) SignIn() string {
	if s.Provider == nil {
		return SignInPassword
	}
	return s.Provider.Name()
}

// Name is the provider's as people know it.
func (p MailProvider) Name() string {
	switch p.Kind {
	case ProviderMicrosoft:
		return "Microsoft 365"
	case ProviderGoogle:
		return "Google"
	}
	return "another provider"
}

// Check says in a sentence what an admin has to correct.
func (s MailboxSetup) Check() error {
	at := strings.LastIndexByte(s.Address, '@')
	switch {
	case at < 1 || at == len(s.Address)-1 || strings.ContainsAny(s.Address, " \t\r\n<>,"):
		return Refuse(CodeValidation, "%q is no mail address; write it as service@example.com.", s.Address)
	case strings.ContainsAny(s.Name+s.Folder+s.Sent, "\r\n"):
		return Refuse(CodeValidation, "The names of %s go over several lines; write each in one.", s.Address)
	case max(len(s.Address), len(s.Folder), len(s.Sent)) > AddressMost:
		return Refuse(CodeValidation, "The address and the folders of %.40s… take at most %d bytes each; shorten them.", s.Address, AddressMost)
	case s.KeepSent && s.Sent == "":
		return Refuse(CodeValidation, "Say in which folder copies of what is sent are kept, such as Sent.")
	case s.Acknowledge && s.SMTP.Addr == "":
		return Refuse(CodeValidation, "New tickets can be answered with their number only where answers leave; name the server for sending.")
	}
	if err := s.IMAP.check("reading"); err != nil {
		return err
	}
	if s.SMTP.Addr != "" {
		if err := s.SMTP.check("sending"); err != nil {
			return err
		}
	}
	if err := s.Rate().Check(); err != nil || s.Provider == nil {
		return err
	}
	return s.Provider.check()
}

func (m MailServer) check(what string) error {
	host, port, ok := m.split()
	number, err := strconv.Atoi(port)
	switch {
	case !ok || host == "" || strings.ContainsAny(host, " /\t\r\n@"):
		return Refuse(CodeValidation, "Name the server for %s, such as imap.example.com.", what)
	case err != nil || number < 1 || number > 65535:
		return Refuse(CodeValidation, "%q is no port of the server for %s; it is a number, such as 993.", port, what)
	case strings.ContainsAny(m.User, "\r\n"):
		return Refuse(CodeValidation, "The user name for %s goes over several lines; write it in one.", what)
	}
	switch m.TLS {
	case ProtectedAtOnce, ProtectedLater:
		return nil
	case Unprotected:
		if host == "localhost" || host == "[::1]" || strings.HasPrefix(host, "127.") {
			return nil
		}
		return Refuse(CodeValidation, "%s would be reached without encryption; choose TLS or STARTTLS.", host)
	}
	return Refuse(CodeValidation, "%q is no way to protect the connection for %s; choose TLS or STARTTLS.", m.TLS, what)
}

func (m MailServer) split() (host, port string, ok bool) {
	colon := strings.LastIndexByte(m.Addr, ':')
	if colon < 0 {
		return m.Addr, "", false
	}
	return m.Addr[:colon], m.Addr[colon+1:], true
}

func (p MailProvider) check() error {
	switch {
	case p.Kind != ProviderMicrosoft && p.Kind != ProviderGoogle && p.Kind != ProviderOther:
		return Refuse(CodeValidation, "There is no provider %q; choose Microsoft 365, Google or another one.", p.Kind)
	case strings.TrimSpace(p.ClientID) == "":
		return Refuse(CodeValidation, "Register the program at %s and give its client id.", p.Name())
	case p.Kind == ProviderOther && (!guarded(p.AuthURL) || !guarded(p.TokenURL)):
		return Refuse(CodeValidation, "Give the addresses at which the provider asks people and gives tokens; both begin with https://.")
	}
	return nil
}

// guarded is an address that a secret may go to.
func guarded(address string) bool {
	rest, plain := strings.CutPrefix(address, "http://")
	return strings.HasPrefix(address, "https://") || plain && (strings.HasPrefix(rest, "127.") || strings.HasPrefix(rest, "localhost:"))
}

// SameServers reports whether what signs in goes where it went before: a secret
// that stands is shown to no other server.
func (s MailboxSetup) SameServers(before MailboxSetup) bool {
	provider := s.Provider == nil && before.Provider == nil ||
		s.Provider != nil && before.Provider != nil && s.Provider.Kind == before.Provider.Kind && s.Provider.ClientID == before.Provider.ClientID &&
			s.Provider.Tenant == before.Provider.Tenant && s.Provider.TokenURL == before.Provider.TokenURL
	return provider && s.IMAP == before.IMAP && (s.SMTP.Addr == "" || s.SMTP == before.SMTP)
}
