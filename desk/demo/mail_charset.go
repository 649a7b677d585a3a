package demo

import (
	"encoding/base64"
	"fmt"
	"strings"

	"holdall/desk"
)

// narrow writes text in ISO 8859-1, which is the first 256 characters of
// Unicode; the rest becomes a question mark, as the sender's program would do.
func narrow(text string) string {
	out := make([]byte, 0, len(text))
	for _, r := range text {
		if r > 255 {
			r = '?'
		}
		out = append(out, byte(r))
	}
	return string(out)
}

// quoted is quoted-printable for a single-byte charset, lines kept short enough
// by their writer.
func quoted(text string) string {
	var out strings.Builder
	for _, c := range []byte(text) {
		if c == '=' || c > 126 {
			fmt.Fprintf(&out, "=%02X", c)
			continue
		}
		out.WriteByte(c)
	}
	return out.String()
}

var german = []struct{ subject, text string }{
	{"Störung an der Fräse", "Moin,\n\nan der Fräse 4 fällt seit heute früh die Übertragung aus.\nDie Kollegen müssen alles von Hand eingeben.\n\nGrüße aus der Halle"},
	{"Schlüssel für Büro verloren", "Guten Tag,\n\nich habe den Schlüssel für das Büro im dritten Stock verloren.\nKönnen Sie die Tür für heute öffnen lassen?\n\nMit freundlichen Grüßen"},
	{"Umlaute in der Adressliste falsch", "Hallo,\n\nin der Adressliste steht Müller als M?ller.\nDas betrifft auch Größe und Straße.\n\nSchöne Grüße"},
	{"Übergabe Rechner, Prüfstand 3", "Liebe IT,\n\nder Rechner am Prüfstand 3 soll über Ostern nach Rostock.\nWer übernimmt das Gerät?\n\nViele Grüße"},
}

func (p *post) latin1() string {
	who, m := p.caller(p.Rand), pick(p.Rand, german)
	text := m.text + "\n" + who.Name
	return p.head(addressOf(who), m.subject, text) +
		"Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n" + quoted(narrow(text)) + "\n"
}

// windows1252 has its euro sign where ISO 8859-1 has nothing.
func (p *post) windows1252() string {
	who, m := p.caller(p.Rand), pick(p.Rand, german)
	text := m.text + "\n" + who.Name + "\n\nPS: Kostenrahmen 250 €"
	body := strings.Replace(narrow(strings.ReplaceAll(text, "€", "\x01")), "\x01", "\x80", 1)
	return p.head(addressOf(who), m.subject, text) +
		"Content-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: 8bit\n\n" + body + "\n"
}

// The same letter from Osaka in the two charsets that Japanese mail programs
// used before Unicode, each as base64 of its bytes: subject and text.
const (
	osakaISO     = "GyRCJTUhPCVTJTklRyU5JS84ZkNmGyhCCgobJEJCZzplMUQ2SD1qJE4/OTszJEckOSEjOiNEKyQrJGkbKEJWUE4bJEIkS0BcQjMkRyQtJF4kOyRzISMbKEIKGyRCIVYlMiE8JUglJiUnJSQkS0V+QyMkRyQtJF4kOyRzIVckSEk9PCgkNSRsJF4kOSEjGyhCChskQjpGNS9GMCQ3JEYkYkYxJDgkRyQ5ISMkaCRtJDckLyQqNGokJCQ3JF4kOSEjGyhCCgobJEI/OTszGyhCIBskQk1aGyhCChskQkJnOmUxRDZIPWobKEIK"
	osakaISOHead = "VlBOGyRCJEtAXEIzJEckLSReJDskcxsoQg=="
	osakaJIS     = "g1SBW4Nyg1iDZoNYg06M5JKGCgqR5Y3jiWOLxo+KgsyQWI5SgsWCt4FCjaGSqYKpgudWUE6CyZDakbGCxYKrgtyCuYLxgUIKgXWDUYFbg2eDRYNGg0OCyZOekkKCxYKrgtyCuYLxgXaCxpVcjqaCs4LqgtyCt4FCCo3Ei06TroK1gsSC4JOvgraCxYK3gUKC5oLrgrWCrYKoiuiCooK1gtyCt4FCCgqQWI5SIJd5CpHljeOJY4vGj4oK"
	osakaJISHead = "VlBOgsmQ2pGxgsWCq4LcgrmC8Q=="
)

var osaka = desk.Address{Name: "Haruka Moriyama", Email: "h.moriyama@osaka." + Domain}

// withSubject puts an encoded word in place of the subject.
func withSubject(head, charset, word string) string {
	return strings.Replace(head, "Subject: VPN\n", "Subject: =?"+charset+"?B?"+word+"?=\n", 1)
}

// iso2022jp is seven-bit: its escape sequences travel as they are.
func (p *post) iso2022jp() string {
	text, err := base64.StdEncoding.DecodeString(osakaISO)
	if err != nil {
		panic("demo: the letter from Osaka is damaged")
	}
	return withSubject(p.head(osaka, "VPN", "VPN"), "iso-2022-jp", osakaISOHead) +
		"Content-Type: text/plain; charset=iso-2022-jp\nContent-Transfer-Encoding: 7bit\n\n" + string(text)
}

func (p *post) shiftJIS() string {
	return withSubject(p.head(osaka, "VPN", "VPN"), "shift_jis", osakaJISHead) +
		"Content-Type: text/plain; charset=Shift_JIS\nContent-Transfer-Encoding: base64\n\n" + osakaJIS + "\n"
}

func (p *post) utf8Japanese() string {
	text := "お世話になっております。\n\n会議室のプリンターから用紙が出てきません。\nトナーは先週交換しました。確認をお願いいたします。\n\n田中 健二\n"
	return p.head(desk.Address{Name: "田中 健二", Email: "k.tanaka@osaka." + Domain}, "会議室のプリンターについて", text) +
		"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString([]byte(text)) + "\n"
}
