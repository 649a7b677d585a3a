package demo

import (
	"bytes"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/png"
	"strings"
	"time"
)

func (p *post) plain() string {
	who, title, text := p.question()
	return p.head(addressOf(who), title, text) + part("text/plain", text)
}

// page is the text as a mail program's HTML.
func page(text, extra string) string {
	body := strings.ReplaceAll(html.EscapeString(text), "\n", "<br>\n")
	return "<html><head><style>p{font-family:Calibri,sans-serif;font-size:11pt}</style></head><body><p>" + body + "</p>" + extra + "</body></html>"
}

func (p *post) alternative() string {
	who, title, text := p.question()
	return p.head(addressOf(who), title, text) + p.multi("alternative", part("text/plain", text), part("text/html", page(text, "")))
}

func (p *post) htmlOnly() string {
	who, title, text := p.question()
	logo := `<table><tr><td style="color:#00637c"><b>Nordlicht Werke</b><br>Werftstraße 12, Kiel</td></tr></table>`
	return p.head(addressOf(who), title, text) + part("text/html", page(text, logo))
}

// picture is what a screen shows: a window with a message in it.
func (p *post) picture() []byte {
	img := image.NewPaletted(image.Rect(0, 0, 320, 200), color.Palette{color.RGBA{0xe8, 0xec, 0xee, 255}, color.RGBA{0, 0x63, 0x7c, 255},
		color.White, color.RGBA{0xb3, 0x26, 0x1e, 255}})
	fill := func(r image.Rectangle, index uint8) {
		for y := r.Min.Y; y < r.Max.Y; y++ {
			for x := r.Min.X; x < r.Max.X; x++ {
				img.SetColorIndex(x, y, index)
			}
		}
	}
	left, top := 30+p.IntN(40), 30+p.IntN(30)
	fill(image.Rect(0, 0, 320, 14), 1)
	fill(image.Rect(left, top, left+200, top+100), 2)
	fill(image.Rect(left, top, left+200, top+16), 1)
	fill(image.Rect(left+14, top+34, left+34, top+54), 3)
	fill(image.Rect(left+50, top+36, left+60+p.IntN(120), top+42), 0)
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		panic(fmt.Sprintf("demo: encode a picture: %v", err))
	}
	return out.Bytes()
}

func (p *post) screenshot() string {
	who, title, text := p.question()
	name := pick(p.Rand, []string{"Anmeldefenster.png", "Screenshot 2026.png", "Fehlermeldung.png", "error.png"})
	return p.head(addressOf(who), title, text) + p.multi("mixed", part("text/plain", text), file("image/png", name, "attachment", p.picture()))
}

func (p *post) spreadsheet() string {
	who, title, text := p.question()
	var rows strings.Builder
	rows.WriteString("Material;Menge;Lagerort\n")
	for range 5 + p.IntN(20) {
		fmt.Fprintf(&rows, "%d;%d;%04d\n", 100000+p.IntN(900000), p.IntN(400), 1+p.IntN(20))
	}
	return p.head(addressOf(who), title, text) + p.multi("mixed",
		p.multi("alternative", part("text/plain", text), part("text/html", page(text, ""))),
		file("text/csv", "Bestand.csv", "attachment", []byte(rows.String())))
}

func (p *post) inlinePicture() string {
	who, title, text := p.question()
	picture := strings.Replace(file("image/png", "image001.png", "inline", p.picture()), "\n\n", "\nContent-ID: <image001@"+Domain+">\n\n", 1)
	return p.head(addressOf(who), title, text) + p.multi("related",
		part("text/html", page(text, `<p>See below:</p><img src="cid:image001@`+Domain+`">`)), picture)
}

var replies = []string{
	"I tried it, but it is still the same.", "That helped, thank you! One more thing: can you do the same for my colleague?", "Yes, tomorrow at nine suits me.",
	"Here is what you asked for: it happens only in the morning.", "The message is gone now, but the program is slower than before.",
	"Geht leider noch nicht. Soll ich das Gerät vorbeibringen?", "Is there any news? I have to finish this today.",
}

// thread is one that can be answered; a first mail if there is none yet.
func (p *post) thread() (thread, bool) {
	if len(p.threads) == 0 {
		return thread{}, false
	}
	return pick(p.Rand, p.threads), true
}

func (t thread) links() []string {
	return []string{"In-Reply-To: <" + t.id + ">", "References: <" + t.id + ">"}
}

func (p *post) answered() string {
	t, ok := p.thread()
	if !ok {
		return p.plain()
	}
	text := pick(p.Rand, replies) + "\n\nOn " + p.at.Add(-3*time.Hour).Format("Mon, 2 Jan 2006 at 15:04") + ", " + t.by + " wrote:\n> " +
		strings.ReplaceAll(t.text, "\n", "\n> ") + "\n"
	return p.head(t.who, "Re: "+t.subject, text, t.links()...) + part("text/plain", text)
}

func (p *post) outlookAnswered() string {
	t, ok := p.thread()
	if !ok {
		return p.plain()
	}
	text := pick(p.Rand, replies) + "\n\nViele Grüße\n" + t.who.Name + "\n\n-----Ursprüngliche Nachricht-----\nVon: " + t.by +
		"\nGesendet: " + p.at.Add(-time.Hour).Format("02.01.2006 15:04") + "\nAn: " + t.who.Email + "\nBetreff: " + t.subject + "\n\n" + t.text
	return p.head(t.who, "AW: "+t.subject, text, t.links()...) + p.multi("alternative", part("text/plain", text), part("text/html", page(text, "")))
}

func (p *post) forwarded() string {
	who, title, text := p.question()
	supplier := "From: Orders <orders@hansen-hydraulik.example>\nTo: " + who.Email + "\nSubject: Portal\nMessage-ID: <" + p.id("inner", p.n) +
		"@hansen-hydraulik.example>\nMIME-Version: 1.0\n" + part("text/plain", "Our portal refuses your certificate since Monday. Please check.")
	return p.head(addressOf(who), "Fwd: "+title, text) + p.multi("mixed", part("text/plain", text),
		"Content-Type: message/rfc822\nContent-Disposition: attachment\n\n"+supplier)
}

func (p *post) invitation() string {
	who, title, text := p.question()
	start := p.at.Add(26 * time.Hour).Truncate(30 * time.Minute).UTC().Format("20060102T150405Z")
	event := strings.Join([]string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Nordlicht//EN", "METHOD:REQUEST", "BEGIN:VEVENT",
		"UID:" + p.id("event", p.n) + "@" + Domain, "DTSTAMP:" + p.at.UTC().Format("20060102T150405Z"), "DTSTART:" + start, "DURATION:PT30M",
		"SUMMARY:" + title, "ORGANIZER:mailto:" + who.Email, "ATTENDEE:mailto:" + Mailbox, "END:VEVENT", "END:VCALENDAR"}, "\n")
	return p.head(addressOf(who), "Invitation: "+title, text) + p.multi("alternative", part("text/plain", text),
		"Content-Type: text/calendar; method=REQUEST; charset=utf-8\n\n"+event+"\n")
}

func (p *post) noSubject() string {
	who, _, text := p.question()
	return strings.Replace(p.head(addressOf(who), "", text), "Subject: \n", "", 1) + part("text/plain", text)
}
