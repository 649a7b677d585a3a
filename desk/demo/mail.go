package demo

import (
	"encoding/base64"
	"fmt"
	"iter"
	"math/rand/v2"
	"mime"
	"mime/quotedprintable"
	"strings"
	"time"

	"holdall/desk"
)

// Mails are n raw mails (RFC 5322, CRLF) to Mailbox as they go on arriving:
// questions plain and in HTML, answers with their quotation, files, machines,
// bounces, newsletters, old charsets and broken ones. Each is later than the one
// before it, and an answer comes after what it answers.
func (w *World) Mails(n int) [][]byte {
	p := w.post(n)
	list := make([][]byte, n)
	for i := range list {
		p.at = p.at.Add(time.Duration(20+p.IntN(90)) * time.Second)
		list[i] = p.next()
	}
	return list
}

// Arrivals goes on writing such mails without end, from the n-th: each when it is
// asked for, dated as clock says.
func (w *World) Arrivals(n int, clock func() time.Time) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		p := w.post(recentThreads)
		for p.at = clock(); p.n < n; p.next() {
		}
		for p.at = clock(); yield(p.next()); p.at = clock() {
		}
	}
}

// recentThreads is how many of the history's last tickets may be answered.
const recentThreads = 200

func (w *World) post(n int) *post {
	return &post{World: w, Rand: w.dice("mails", 0), cast: newCast(), at: w.now, threads: w.threads(min(n, recentThreads))}
}

// next writes the next mail.
func (p *post) next() []byte {
	if len(p.rest) == 0 {
		p.rest = p.round(p.n == 0)
	}
	mail := strings.ReplaceAll(p.rest[0](p), "\n", "\r\n")
	p.n, p.rest = p.n+1, p.rest[1:]
	return []byte(mail)
}

// post writes mails, one after the other.
type post struct {
	*World
	*rand.Rand
	n       int
	at      time.Time
	cast    *cast
	threads []thread     // that can be answered
	rest    []letterKind // of this round
}

// thread is a mail that somebody may answer.
type thread struct {
	id, subject, text string
	who               desk.Address
	by                string // who wrote the mail that is answered
}

type letterKind func(*post) string

// letterKinds come this often in a round of mails.
var letterKinds = []struct {
	times int
	write letterKind
}{
	{8, (*post).plain}, {5, (*post).alternative}, {3, (*post).htmlOnly}, {3, (*post).screenshot}, {2, (*post).spreadsheet},
	{5, (*post).answered}, {2, (*post).outlookAnswered}, {1, (*post).forwarded}, {1, (*post).invitation}, {2, (*post).inlinePicture},
	{2, (*post).outOfOffice}, {2, (*post).bounced}, {2, (*post).newsletter}, {2, (*post).alarm},
	{2, (*post).latin1}, {1, (*post).windows1252}, {1, (*post).iso2022jp}, {1, (*post).shiftJIS}, {1, (*post).utf8Japanese},
	{1, (*post).noBoundary}, {1, (*post).noHeaders}, {1, (*post).wrongCharset}, {1, (*post).noSubject},
}

// round is every kind as often as it comes, shuffled; the first one begins with
// ordinary mails.
func (p *post) round(first bool) []letterKind {
	var list []letterKind
	for _, k := range letterKinds {
		for range k.times {
			list = append(list, k.write)
		}
	}
	p.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	if first {
		list = append([]letterKind{(*post).plain, (*post).screenshot, (*post).alternative, (*post).answered}, list...)
	}
	return list
}

// threads are the newest messages of the history's last tickets, up to n.
func (w *World) threads(n int) []thread {
	var list []thread
	c := newCast()
	for i := range w.openings {
		steps := w.tell(i, c)
		if i < len(w.openings)-n {
			continue
		}
		if t, ok := lastMessage(steps); ok {
			list = append(list, t)
		}
	}
	return list
}

// lastMessage is the newest public message of a story, if it goes on.
func lastMessage(steps []step) (t thread, ok bool) {
	for _, s := range steps {
		switch args := s.args.(type) {
		case desk.MoveTicket:
			if !args.To.Open() {
				return thread{}, false
			}
		case desk.AddMessage:
			m := args.Message
			if m.Kind != desk.PublicReply {
				continue
			}
			t = thread{id: mailID(m.ID), subject: strings.TrimPrefix(m.Subject, "Re: "), text: m.Text, who: m.To[0], by: Mailbox}
			ok = true
		}
	}
	return t, ok
}

// question is somebody with something to ask.
func (p *post) question() (who desk.Requester, title, text string) {
	who = p.caller(p.Rand)
	s := p.cast.scenario(p.Rand, false)
	title, filled := p.cast.title(p.Rand, s, who, func() words { return p.fillIn(p.Rand, who, p.at, s.german) })
	return who, title, filled.Replace(letter(p.Rand, s, who))
}

// head writes the header of somebody's mail, which may be answered later.
func (p *post) head(from desk.Address, subject, text string, more ...string) string {
	p.threads = append(p.threads, thread{id: p.messageID(), subject: strings.TrimPrefix(subject, "Re: "), text: text, who: from, by: from.Email})
	return p.header(from, subject, more...)
}

func (p *post) messageID() string { return p.id("mail", p.n) + "@mail." + Domain }

// header writes the header of a mail.
func (p *post) header(from desk.Address, subject string, more ...string) string {
	lines := []string{
		"Return-Path: <" + from.Email + ">",
		fmt.Sprintf("Received: from relay%d.%s (relay%d.%s [192.0.2.%d])\n\tby mx1.%s with ESMTPS; %s",
			1+p.IntN(2), Domain, 1+p.IntN(2), Domain, 10+p.IntN(40), Domain, p.at.Format(time.RFC1123Z)),
		"Date: " + p.at.In(zone).Format(time.RFC1123Z),
		"From: " + mime.QEncoding.Encode("utf-8", from.Name) + " <" + from.Email + ">",
		"To: Service <" + Mailbox + ">",
		"Subject: " + mime.QEncoding.Encode("utf-8", subject),
		"Message-ID: <" + p.messageID() + ">",
		"MIME-Version: 1.0",
	}
	return strings.Join(append(lines, more...), "\n") + "\n"
}

func addressOf(who desk.Requester) desk.Address {
	return desk.Address{Name: who.Name, Email: who.Email}
}

// part writes a body with its header, in quoted-printable (RFC 2045 §6.7).
func part(kind, text string) string {
	var out strings.Builder
	q := quotedprintable.NewWriter(&out)
	q.Write([]byte(text)) // a strings.Builder takes everything
	q.Close()
	return "Content-Type: " + kind + "; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n" +
		strings.ReplaceAll(out.String(), "\r\n", "\n") + "\n"
}

// file writes an attachment in base64.
func file(kind, name, disposition string, data []byte) string {
	text := base64.StdEncoding.EncodeToString(data)
	var lines []string
	for len(text) > 76 {
		lines, text = append(lines, text[:76]), text[76:]
	}
	return fmt.Sprintf("Content-Type: %s; name=\"%s\"\nContent-Disposition: %s; filename=\"%s\"\nContent-Transfer-Encoding: base64\n",
		kind, name, disposition, name) + "\n" + strings.Join(append(lines, text), "\n") + "\n"
}

// multi joins parts under a boundary (RFC 2046 §5.1).
func (p *post) multi(kind string, parts ...string) string {
	mark := fmt.Sprintf("=_%s_%d", kind, p.n)
	out := fmt.Sprintf("Content-Type: multipart/%s; boundary=\"%s\"\n\n", kind, mark)
	for _, one := range parts {
		out += "--" + mark + "\n" + one + "\n"
	}
	return out + "--" + mark + "--\n"
}
