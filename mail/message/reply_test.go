package message

import (
	"strings"
	"testing"
)

// attributions are the lines that introduce a quotation, by language.
var attributions = map[string]string{
	"English":          "On Tue, Mar 5, 2024 at 10:00 AM Mira Sommer <mira@nordlicht-werke.example> wrote:",
	"English, broken":  "On Tue, Mar 5, 2024 at 10:00 AM Mira Sommer <\nmira@nordlicht-werke.example> wrote:",
	"German":           "Am Di., 5. März 2024 um 10:00 Uhr schrieb Mira Sommer <mira@nordlicht-werke.example>:",
	"German, short":    "Am 05.03.2024 um 10:00 schrieb Mira Sommer:",
	"French":           "Le mar. 5 mars 2024 à 10:00, Mira Sommer <mira@nordlicht-werke.example> a écrit :",
	"Spanish":          "El mar, 5 mar 2024 a las 10:00, Mira Sommer (<mira@nordlicht-werke.example>) escribió:",
	"Italian":          "Il giorno mar 5 mar 2024 alle ore 10:00 Mira Sommer <mira@nordlicht-werke.example> ha scritto:",
	"Portuguese":       "Em ter., 5 de mar. de 2024 às 10:00, Mira Sommer <mira@nordlicht-werke.example> escreveu:",
	"Dutch":            "Op di 5 mrt 2024 om 10:00 schreef Mira Sommer <mira@nordlicht-werke.example>:",
	"Danish":           "Den tirs. 5. mar. 2024 kl. 10.00 skrev Mira Sommer <mira@nordlicht-werke.example>:",
	"Swedish":          "Den tis 5 mars 2024 kl 10:00 skrev Mira Sommer <mira@nordlicht-werke.example>:",
	"Norwegian":        "tir. 5. mars 2024 kl. 10:00 skrev Mira Sommer <mira@nordlicht-werke.example>:",
	"Finnish":          "ti 5. maalisk. 2024 klo 10.00 Mira Sommer <mira@nordlicht-werke.example> kirjoitti:",
	"Polish":           "wt., 5 mar 2024 o 10:00 Mira Sommer <mira@nordlicht-werke.example> napisał(a):",
	"Russian":          "вт, 5 мар. 2024 г. в 10:00, Mira Sommer <mira@nordlicht-werke.example>:",
	"Russian, verb":    "5 марта 2024 г., 10:00, Mira Sommer <mira@nordlicht-werke.example> написал:",
	"Czech":            "út 5. 3. 2024 v 10:00 odesílatel Mira Sommer <mira@nordlicht-werke.example> napsal:",
	"Hungarian":        "Mira Sommer <mira@nordlicht-werke.example> ezt írta (időpont: 2024. márc. 5., K, 10:00):",
	"Romanian":         "Pe mar., 5 mar. 2024 la 10:00, Mira Sommer <mira@nordlicht-werke.example> a scris:",
	"Turkish":          "Mira Sommer <mira@nordlicht-werke.example>, 5 Mar 2024 Sal, 10:00 tarihinde şunu yazdı:",
	"Chinese":          "Mira Sommer <mira@nordlicht-werke.example> 于2024年3月5日周二 10:00写道：",
	"Japanese":         "2024年3月5日(火) 10:00 Mira Sommer <mira@nordlicht-werke.example>:",
	"no verb":          "2024-03-05 10:00 GMT+01:00 Mira Sommer <mira@nordlicht-werke.example>:",
	"Outlook":          "From: Mira Sommer <mira@nordlicht-werke.example>\nSent: Tuesday, March 5, 2024 10:00 AM\nTo: desk@example.com\nSubject: RE: Printer",
	"Outlook, bold":    "*From:* Mira Sommer\n*Sent:* Tuesday, March 5, 2024 10:00 AM\n*To:* desk@example.com\n*Subject:* RE: Printer",
	"Outlook, German":  "Von: Mira Sommer\nGesendet: Dienstag, 5. März 2024 10:00\nAn: Desk\nBetreff: AW: Drucker",
	"Outlook, French":  "De : Mira Sommer\nEnvoyé : mardi 5 mars 2024 10:00\nÀ : Desk\nObjet : RE: Imprimante",
	"Outlook, Spanish": "De: Mira Sommer\nEnviado el: martes, 5 de marzo de 2024 10:00\nPara: Desk\nAsunto: RE: Impresora",
	"Outlook, Italian": "Da: Mira Sommer\nInviato: martedì 5 marzo 2024 10:00\nA: Desk\nOggetto: R: Stampante",
	"Outlook, Dutch":   "Van: Mira Sommer\nVerzonden: dinsdag 5 maart 2024 10:00\nAan: Desk\nOnderwerp: RE: Printer",
	"Outlook, Polish":  "Od: Mira Sommer\nWysłano: wtorek, 5 marca 2024 10:00\nDo: Desk\nTemat: RE: Drukarka",
	"Outlook, Swedish": "Från: Mira Sommer\nSkickat: den 5 mars 2024 10:00\nTill: Desk\nÄmne: SV: Skrivare",
	"separator":        "-----Original Message-----\nFrom: Mira Sommer",
	"Ursprünglich":     "-----Ursprüngliche Nachricht-----\nVon: Mira Sommer",
	"reply above":      "##- Please type your reply above this line -##",
	"ruled":            "________________________________\nFrom: Mira Sommer <mira@nordlicht-werke.example>\nSent: 5 March 2024\nTo: Desk\nSubject: Printer",
}

func TestReplyDropsQuotation(t *testing.T) {
	const words = "Danke, das war es.\n\nViele Grüße\nTobias"
	for name, line := range attributions {
		for mark, quote := range map[string]string{"marked": "> Ist der Drucker an?\n> Und das Kabel?", "bare": "Ist der Drucker an?\nUnd das Kabel?"} {
			if mark == "marked" && (strings.HasPrefix(line, "-") || strings.HasPrefix(line, "_")) || mark == "bare" && name == "German, short" {
				continue
			}
			if got := replyText(words+"\n\n"+line+"\n\n"+quote+"\n", "Re: Drucker"); got != words {
				t.Errorf("%s, %s: got %q", name, mark, got)
			}
		}
	}
}

// TestReplyKeepsWords holds the expensive error off: each text comes back with
// all of the writer's words.
func TestReplyKeepsWords(t *testing.T) {
	for _, c := range []struct{ name, subject, in, want string }{
		{"plain", "", "Hello\n\nworld", "Hello\n\nworld"},
		{"inline", "Re: x", "On 5 Mar 2024 at 10:00 Mira wrote:\n> Colour?\n\nBlue.\n\n> Size?\n\nLarge.\n", "On 5 Mar 2024 at 10:00 Mira wrote:\n> Colour?\n\nBlue.\n\n> Size?\n\nLarge."},
		{"below", "Re: x", "On 5 Mar 2024 at 10:00 Mira wrote:\n> Colour?\n> Size?\n\nBlue and large.\n", "Blue and large."},
		{"around", "Re: x", "Hi,\n\nOn 5 Mar 2024 at 10:00 Mira wrote:\n> Colour?\n\nBlue.\n", "Hi,\n\n\nBlue."},
		{"forward", "Fwd: Invoice", "Please see below.\n\nFrom: A\nSent: B\nTo: C\nSubject: D\n\nThe invoice.", "Please see below.\n\nFrom: A\nSent: B\nTo: C\nSubject: D\n\nThe invoice."},
		{"nothing above", "", "From: A\nSent: B\nTo: C\nSubject: D\n\nThe invoice.", "From: A\nSent: B\nTo: C\nSubject: D\n\nThe invoice."},
		{"a sentence that wrote", "", "As I wrote: it is broken.\nPlease help.", "As I wrote: it is broken.\nPlease help."},
		{"a prompt", "", "I typed\n> make\nand it failed.", "I typed\n> make\nand it failed."},
		{"a form", "", "From: Berlin\nTo: Hamburg\nby train, please.", "From: Berlin\nTo: Hamburg\nby train, please."},
		{"desk, not device", "", "Hello\n\nSent from my desk, which is quieter.", "Hello\n\nSent from my desk, which is quieter."},
		{"regards", "", "With regards to the invoice, it is paid.", "With regards to the invoice, it is paid."},
		{"only a quotation", "", "> one\n> two\n", "> one\n> two"},
		{"device", "", "Works again.\n\nSent from my iPhone", "Works again."},
		{"device, German", "", "Geht wieder.\n\nVon meinem iPhone gesendet", "Geht wieder."},
		{"Outlook app", "", "Geht wieder.\n\nHol dir Outlook für iOS<https://aka.ms/x>\n________________________________\nVon: A\nGesendet: B\nAn: C\nBetreff: D\n", "Geht wieder."},
		{"signature", "", "Works again.\n\n-- \nTobias Kern\nNordlicht Werke", "Works again."},
		{"only a signature", "", "-- \nTobias Kern", "-- \nTobias Kern"},
		{"dashes", "", "One\n--\nTwo\n" + strings.Repeat("more\n", 30), "One\n--\nTwo\n" + strings.TrimSpace(strings.Repeat("more\n", 30))},
		{"unannounced quotation", "", "Thanks!\n\n> Is it on?\n> And the cable?\n", "Thanks!"},
		{"wrapped quotation", "Re: x", "Done.\n\nOn 5 Mar 2024 at 10:00 Mira wrote:\n> " + strings.Repeat("word ", 15) + "brok\nen here\n> and on\n", "Done."},
	} {
		if got := replyText(c.in, c.subject); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
