package app

import (
	"strconv"
	"strings"

	"holdall/desk"
)

// known are the servers of providers that many people have their mail at, by the
// domain of the address. They are what each publishes for IMAP and submission.
var known = map[string]guess{}

type guess struct {
	imap, smtp string // host:port; 993 and 465 are TLS at once, 587 is STARTTLS
	signIn     string
}

func init() {
	for domains, servers := range map[string]guess{
		"outlook.com hotmail.com live.com msn.com": {"outlook.office365.com:993", "smtp.office365.com:587", desk.ProviderMicrosoft},
		"gmail.com googlemail.com":                 {"imap.gmail.com:993", "smtp.gmail.com:465", desk.ProviderGoogle},
		"icloud.com me.com mac.com":                {"imap.mail.me.com:993", "smtp.mail.me.com:587", desk.SignInPassword},
		"yahoo.com yahoo.de yahoo.co.uk yahoo.fr":  {"imap.mail.yahoo.com:993", "smtp.mail.yahoo.com:465", desk.SignInPassword},
		"aol.com":                      {"imap.aol.com:993", "smtp.aol.com:465", desk.SignInPassword},
		"gmx.de gmx.net gmx.at gmx.ch": {"imap.gmx.net:993", "mail.gmx.net:465", desk.SignInPassword},
		"gmx.com":                      {"imap.gmx.com:993", "mail.gmx.com:465", desk.SignInPassword},
		"web.de":                       {"imap.web.de:993", "smtp.web.de:587", desk.SignInPassword},
		"t-online.de":                  {"secureimap.t-online.de:993", "securesmtp.t-online.de:465", desk.SignInPassword},
		"freenet.de":                   {"mx.freenet.de:993", "mx.freenet.de:587", desk.SignInPassword},
		"mailbox.org":                  {"imap.mailbox.org:993", "smtp.mailbox.org:465", desk.SignInPassword},
		"posteo.de posteo.net":         {"posteo.de:993", "posteo.de:465", desk.SignInPassword},
		"fastmail.com fastmail.fm":     {"imap.fastmail.com:993", "smtp.fastmail.com:465", desk.SignInPassword},
		"zoho.com":                     {"imap.zoho.com:993", "smtp.zoho.com:465", desk.SignInPassword},
		"zoho.eu":                      {"imap.zoho.eu:993", "smtp.zoho.eu:465", desk.SignInPassword},
		"yandex.com yandex.ru":         {"imap.yandex.com:993", "smtp.yandex.com:465", desk.SignInPassword},
		"orange.fr wanadoo.fr":         {"imap.orange.fr:993", "smtp.orange.fr:465", desk.SignInPassword},
		"free.fr":                      {"imap.free.fr:993", "smtp.free.fr:465", desk.SignInPassword},
		"libero.it":                    {"imapmail.libero.it:993", "smtp.libero.it:465", desk.SignInPassword},
		"bluewin.ch":                   {"imaps.bluewin.ch:993", "smtpauths.bluewin.ch:465", desk.SignInPassword},
	} {
		for domain := range strings.FieldsSeq(domains) {
			known[domain] = servers
		}
	}
}

// Guess fills in a form for an address: of the providers many use what they
// publish, of others the names most servers bear. A person may correct all of it.
func (m *Mailboxes) Guess(r GuessRequest) (MailboxForm, error) {
	address := strings.TrimSpace(r.Address)
	_, domain, ok := strings.Cut(address, "@")
	domain = strings.ToLower(domain)
	if !ok || !strings.Contains(domain, ".") {
		return MailboxForm{}, desk.Refuse(desk.CodeValidation, "%q is no mail address; write it as service@example.com.", address)
	}
	servers, famous := known[domain]
	switch {
	case r.SignIn == desk.ProviderMicrosoft:
		servers, famous = known["outlook.com"], true
	case r.SignIn == desk.ProviderGoogle:
		servers, famous = known["gmail.com"], true
	case !famous:
		servers = guess{"imap." + domain + ":993", "smtp." + domain + ":587", desk.SignInPassword}
	}
	f := showSetup(desk.MailboxSetup{
		Address: address, IMAP: desk.MailServer{Addr: servers.imap, TLS: usually(servers.imap)},
		SMTP: desk.MailServer{Addr: servers.smtp, TLS: usually(servers.smtp)}, Folder: "INBOX",
	})
	f.SignIn, f.Known = servers.signIn, famous
	if r.SignIn != "" {
		f.SignIn = r.SignIn
	}
	if known[domain].signIn == desk.ProviderMicrosoft {
		f.Tenant = "consumers" // these addresses belong to no organisation
	}
	return f, nil
}

// usually is how a port is protected (RFC 8314 §7.3).
func usually(addr string) desk.Protection {
	if strings.HasSuffix(addr, ":993") || strings.HasSuffix(addr, ":465") {
		return desk.ProtectedAtOnce
	}
	return desk.ProtectedLater
}

// parted is host:port for a form.
func parted(addr string) (host string, port int) {
	at := strings.LastIndexByte(addr, ':')
	if at < 0 {
		return addr, 0
	}
	port, _ = strconv.Atoi(addr[at+1:])
	return strings.Trim(addr[:at], "[]"), port
}

// joined is the way back.
func joined(host string, port int) string {
	host = strings.TrimSpace(host)
	if host == "" {
		return ""
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	return host + ":" + strconv.Itoa(port)
}
