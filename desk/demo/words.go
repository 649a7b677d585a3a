package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"holdall/desk"
)

var fillings = map[string][]string{
	"room": {"Besprechungsraum Elbe", "room Alster", "Besprechungsraum Förde", "room Trave", "Besprechungsraum Eider", "training room 2",
		"board room", "Raum Schlei", "room Warnow 1.04", "Besprechungsraum Schwentine", "Werk 2 canteen"},
	"hall":     {"Versandhalle C", "Halle 3", "Halle 5 Nord", "Montagehalle A", "Lager 2", "Hochregal Ost", "Versandhalle B", "Lackiererei", "Wareneingang"},
	"gate":     {"Tor 1", "Tor 2", "Tor 4", "Haupteingang", "Pforte Süd", "Drehkreuz Parkhaus", "Tor 7"},
	"line":     {"line 3", "line 1", "line 4", "Linie 2", "line 5", "assembly line 6"},
	"supplier": {"Hansen Hydraulik", "Stahlhandel Möhring", "Baltic Castings", "Friis & Søn", "Oderguss", "Kappeln Kunststoff", "Takeda Bearings", "Lakeshore Motors", "Nordmetall Service", "Elbtal Logistik", "Reepschläger Seile", "Västkust Kraft"},
	"project":  {"Leuchtfeuer", "Kranich", "Ostwind", "Fähre 24", "Polarstern", "Windjammer", "Nordkap"},
	"app":      {"AutoCAD", "Adobe Acrobat Pro", "MindManager", "Visio", "Snagit", "Minitab", "SolidWorks viewer", "DeepL", "Camtasia", "TeamCenter client"},
	"folder":   {"Konstruktion", "Vertrieb", "Personal", "QS", "Einkauf", "Projekte", "Versand", "Messprotokolle"},
	"server":   {"nlw-app07", "nlw-db03", "nlw-fs02", "nlw-lic01", "nlw-mes02", "nlw-web04", "nlw-bi01", "rst-fs01"},
	"tcode":    {"VA05", "FBL3N", "ME21N", "CO11N", "KSB1", "MB52", "VL02N", "S_ALR_87013611", "QA32"},
	"day":      {"Monday", "Tuesday", "yesterday", "last Friday", "Wednesday", "the weekend", "Thursday"},
	"tag":      {"Montag", "Dienstag", "Freitag", "Mittwoch", "Donnerstag"},
	"hour":     {"9:30", "10:15", "11:00", "13:00", "14:30", "15:45", "16:00", "17:00", "8:20"},
	"doc": {"Budget_Q3.xlsx", "Stückliste_4711.xlsx", "Angebot_Kranich.docx", "Schichtplan.xlsx", "Forecast_v7.xlsx", "Prüfplan.xlsx",
		"Maßblatt.pdf", "price list 2026.xlsx", "Lagerbestand.xlsm", "Reisekosten.xlsx"},
}

var machines = []string{"DMG-%02d", "Fräse %d", "Presse %d", "Laser %d", "HERMLE-%02d", "Drehbank %d", "Prüfstand %d"}

// words fill in the braces of a scenario, the same for all of one ticket.
type words struct{ *strings.Replacer }

// fillIn draws the words of a ticket opened by someone at an instant.
func (w *World) fillIn(r *rand.Rand, who desk.Requester, opened time.Time, german bool) words {
	pairs := []string{"{first}", first(who), "{dept}", who.Organization, "{site}", who.Location, "{phone}", who.Phone}
	for _, key := range sortedKeys {
		value := pick(r, fillings[key])
		if key == "day" && german {
			value = pick(r, fillings["tag"])
		}
		pairs = append(pairs, "{"+key+"}", value)
	}
	soon := opened.AddDate(0, 0, 4+r.IntN(24))
	for _, p := range [][2]string{
		{"nb", fmt.Sprintf("NLW-NB-%d", 1200+r.IntN(1700))},
		{"printer", fmt.Sprintf("%s-MFP-%02d", pick(r, []string{"KI", "W2", "RST", "HH"}), 1+r.IntN(34))},
		{"machine", fmt.Sprintf(pick(r, machines), 1+r.IntN(19))},
		{"order", fmt.Sprintf("45%05d", r.IntN(100000))},
		{"cc", fmt.Sprintf("KST %d", 4000+10*r.IntN(90))},
		{"socket", fmt.Sprintf("%d.%02d-%d", 1+r.IntN(4), 1+r.IntN(40), 1+r.IntN(4))},
		{"share", `\\nlw-fs02\` + pick(r, fillings["folder"])},
		{"date", date(soon, german)},
		{"colleague", w.colleague(r, who)}, {"colleague2", w.colleague(r, who)},
	} {
		pairs = append(pairs, "{"+p[0]+"}", p[1])
	}
	return words{strings.NewReplacer(pairs...)}
}

var sortedKeys = []string{"room", "hall", "gate", "line", "supplier", "project", "app", "folder", "server", "tcode", "day", "hour", "doc"}

func date(t time.Time, german bool) string {
	if german {
		return t.Format("02.01.")
	}
	return t.Format("2 January")
}

func (w *World) colleague(r *rand.Rand, who desk.Requester) string {
	other := pick(r, w.Requesters)
	if other.ID == who.ID {
		return "Fenja Asmussen"
	}
	return other.Name
}

// first is how one speaks to a person: by the first name, or by the title.
func first(who desk.Requester) string {
	if strings.HasPrefix(who.Name, "Dr. ") {
		return who.Name
	}
	name, _, _ := strings.Cut(who.Name, " ")
	return name
}

// sentence begins with a capital.
func sentence(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[n:]
}

var asides = []string{
	"A restart did not help.", "It worked fine yesterday.", "I tried it with another cable already.", "My colleague {colleague} sees the same.",
	"It is not urgent, but annoying.", "You can reach me on {phone}.", "I am in the office until {hour}.", "We had this in spring too, I think.",
	"Please call before you connect.", "I have attached nothing because the screen was gone too quickly.", "Sorry if this is the wrong address.",
	"It started after the update on the weekend, I believe.",
}

var wishes = []string{
	"Thank you in advance.", "There is no hurry.", "My manager knows about it.", "You can reach me on {phone}.",
	"If you need a form, please send it to me.", "Best before {date}, if that is possible.", "I hope this is the right place to ask.",
	"{colleague} said that you can help with this.",
}

var germanAsides = []string{
	"Ein Neustart hat nicht geholfen.", "Gestern ging es noch.", "Erreichbar bin ich unter {phone}.", "Bei {colleague} ist es genauso.",
	"Es eilt nicht, ist aber lästig.", "Vielen Dank im Voraus!", "Bin bis {hour} am Platz.",
}

// letter is the requester's first message.
func letter(r *rand.Rand, s scenario, who desk.Requester) string {
	open, close, extra := []string{"Hello,", "Hi team,", "Good morning,", "Dear service desk,", "Hello everybody,", "Moin,"},
		[]string{"Kind regards", "Thanks", "Best regards", "Many thanks", "Regards"}, asides
	body := sentence(s.ask)
	if s.kind == desk.Request {
		extra = wishes
	}
	if s.german {
		open, close, extra = []string{"Moin,", "Hallo zusammen,", "Guten Morgen,", "Liebe Kolleginnen und Kollegen,"},
			[]string{"Viele Grüße", "Danke und Gruß", "Mit freundlichen Grüßen", "Schöne Grüße"}, germanAsides
		body = s.ask
	}
	for range r.IntN(3) {
		if aside := pick(r, extra); !strings.Contains(body, aside) {
			body += " " + aside
		}
	}
	signature := who.Name
	if chance(r, 60) {
		signature += "\n" + who.Organization + ", " + who.Location
	}
	return pick(r, open) + "\n\n" + body + "\n\n" + pick(r, close) + "\n" + signature
}

// answer is what an agent writes to the requester.
func answer(s scenario, who desk.Requester, agent desk.Person, text string) string {
	if s.german {
		return "Hallo " + who.Name + ",\n\n" + text + "\n\nViele Grüße\n" + agent.Name
	}
	return "Hello " + first(who) + ",\n\n" + sentence(text) + "\n\nKind regards\n" + agent.Name
}
