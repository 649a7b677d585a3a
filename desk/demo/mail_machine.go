package demo

import (
	"fmt"
	"strings"

	"holdall/desk"
)

// outOfOffice is a machine's answer (RFC 3834 §5).
func (p *post) outOfOffice() string {
	t, ok := p.thread()
	if !ok {
		return p.plain()
	}
	back := p.at.AddDate(0, 0, 3+p.IntN(10))
	text := "Vielen Dank für Ihre Nachricht. Ich bin bis zum " + back.Format("02.01.2006") + " nicht im Büro. Ihre Mail wird nicht weitergeleitet.\n\n" +
		"Thank you for your message. I am out of the office until " + back.Format("2 January 2006") + "."
	more := append(t.links(), "Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All", "Precedence: bulk")
	return p.header(t.who, "Automatische Antwort: "+t.subject, more...) + part("text/plain", text)
}

// bounced is a delivery status notification (RFC 3464).
func (p *post) bounced() string {
	t, ok := p.thread()
	if !ok {
		return p.plain()
	}
	status, reason := "5.1.1", "550 5.1.1 User unknown"
	if chance(p.Rand, 40) {
		status, reason = "4.2.2", "452 4.2.2 Mailbox full"
	}
	relay := "mx1." + Domain
	report := fmt.Sprintf("Content-Type: message/delivery-status\n\nReporting-MTA: dns; %s\nArrival-Date: %s\n\nFinal-Recipient: rfc822; %s\nAction: %s\nStatus: %s\nDiagnostic-Code: smtp; %s\n",
		relay, p.at.Format("Mon, 02 Jan 2006 15:04:05 -0700"), t.who.Email, map[bool]string{true: "failed", false: "delayed"}[status[0] == '5'], status, reason)
	original := "Content-Type: text/rfc822-headers\n\nMessage-ID: <" + t.id + ">\nFrom: <" + Mailbox + ">\nTo: <" + t.who.Email + ">\nSubject: Re: (your request)\n"
	text := "This is the mail system at host " + relay + ".\n\nYour message could not be delivered to one or more recipients.\n\n<" + t.who.Email + ">: " + reason + "\n"
	from := desk.Address{Name: "Mail Delivery System", Email: "MAILER-DAEMON@" + relay}
	head := p.header(from, "Undelivered Mail Returned to Sender", "Auto-Submitted: auto-replied")
	head = strings.Replace(head, "Return-Path: <"+from.Email+">", "Return-Path: <>", 1)
	body := p.multi("report", part("text/plain", text), report, original)
	return head + strings.Replace(body, "multipart/report;", "multipart/report; report-type=delivery-status;", 1)
}

var offers = []struct{ sender, subject, text string }{
	{"news@kappeln-kunststoff.example", "Kappeln Kunststoff Newsletter: neue Werkstoffe", "Liebe Kundinnen und Kunden,\n\nin dieser Ausgabe: Granulate für den Leichtbau, unser Messestand und ein Rezept zum Fest."},
	{"events@baltic-castings.example", "Webinar: casting simulation in practice", "Join us for forty minutes on simulation, questions included. Seats are limited."},
	{"info@elbtal-logistik.example", "Elbtal Logistik: Feiertagsregelung", "Bitte beachten Sie unsere geänderten Abholzeiten zwischen den Jahren."},
}

// newsletter is list mail (RFC 2369).
func (p *post) newsletter() string {
	o := pick(p.Rand, offers)
	text := o.text + "\n\nTo unsubscribe, follow the link in the browser version."
	name, _, _ := strings.Cut(o.sender, "@")
	head := p.header(desk.Address{Name: name, Email: o.sender}, o.subject, "List-Id: <"+strings.Replace(o.sender, "@", ".", 1)+">",
		"List-Unsubscribe: <mailto:"+o.sender+"?subject=unsubscribe>", "Precedence: bulk")
	return head + p.multi("alternative", part("text/plain", text), part("text/html", page(text, `<img src="https://elbtal-logistik.example/pixel.gif" width="1" height="1">`)))
}

// alarm is monitoring's mail.
func (p *post) alarm() string {
	server := pick(p.Rand, fillings["server"])
	kind := pick(p.Rand, []string{"disk /var 91 % full", "backup job finished with warnings", "certificate expires in 14 days", "CPU load above 90 % for 15 min"})
	text := "Host: " + server + "\nService: " + kind + "\nState: WARNING\nTime: " + p.at.Format("2006-01-02 15:04:05") + "\n"
	head := p.header(desk.Address{Name: "Monitoring", Email: "alarm@monitor." + Domain}, "[WARNING] "+server+": "+kind, "Auto-Submitted: auto-generated")
	return head + part("text/plain", text)
}
