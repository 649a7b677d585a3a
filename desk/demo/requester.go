package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"holdall/desk"
)

// site is a place of the company. The numbers are from ranges that regulators
// keep free for fiction.
type site struct {
	name, zone, phone string
	share             int // of a hundred requesters
}

var sites = []site{
	{"Kiel", "Europe/Berlin", "+49 40 66969 %03d", 40},
	{"Werk 2, Rendsburg", "Europe/Berlin", "+49 30 23125 %03d", 27},
	{"Rostock", "Europe/Berlin", "+49 221 4710 %03d", 12},
	{"Hamburg", "Europe/Berlin", "+49 40 66969 %03d", 8},
	{"Gdańsk", "Europe/Warsaw", "+49 69 90009 %03d", 5},
	{"Göteborg", "Europe/Stockholm", "+46 31 3900 6%02d", 4},
	{"Detroit", "America/Detroit", "+1 313 555 01%02d", 2},
	{"Osaka", "Asia/Tokyo", "+49 89 99998 %03d", 2},
}

var departments = []string{
	"Buchhaltung", "Einkauf", "Konstruktion", "Vertrieb Nord", "Vertrieb International", "Arbeitsvorbereitung",
	"Instandhaltung", "Qualitätssicherung", "Versand", "Personal", "Controlling", "Marketing", "Montage",
	"Lager", "Geschäftsführung", "Arbeitssicherheit", "Entwicklung", "Kundendienst", "Recht und Verträge", "Facility",
}

// known are the people the screenshots show.
var known = []struct{ name, department, site string }{
	{"Annika Petersen", "Buchhaltung", "Kiel"},
	{"Jonas Hinrichs", "Montage", "Werk 2, Rendsburg"},
	{"Björn Mahnke", "Versand", "Werk 2, Rendsburg"},
	{"Marek Nowak", "Konstruktion", "Gdańsk"},
	{"Priya Raman", "Entwicklung", "Kiel"},
	{"Luise Brandt", "Personal", "Kiel"},
	{"Henrike Lüdemann", "Einkauf", "Kiel"},
	{"Dr. Katharina Weißenfels", "Geschäftsführung", "Kiel"},
	{"Uwe Carstensen", "Instandhaltung", "Werk 2, Rendsburg"},
	{"Jens Albers", "Lager", "Rostock"},
	{"Silke Ohlsen", "Controlling", "Kiel"},
	{"Marta Paßlack", "Instandhaltung", "Werk 2, Rendsburg"},
	{"Jan-Ole Paßgarth", "Einkauf", "Rostock"},
}

var firstNames = strings.Fields(`Anke Bernd Carla Detlef Emine Frauke Georg Hanna Ilse Jörg Kerstin Lasse Maren Norbert Ömer Petra
Quirin Renate Sven Telse Ulf Verena Wiebke Xaver Yvonne Zeynep Arne Birte Cem Dagmar Enno Finja Gesa Holger Imke Janne Kai Lennart
Meike Nele Ove Pia Rainer Sönke Thea Ute Volker Wencke Agnieszka Piotr Magdalena Karin Göran Åsa Malin Deborah Marcus Haruka Kenji
Friederike Günter Jürgen Käthe Matthias Nadja Oliver Rüdiger Sabine Tanja Thorben`)

var lastNames = strings.Fields(`Ahrens Böttcher Claasen Dührkop Eggers Feddersen Groß Harms Iversen Jessen Knudsen Lüthje Möller
Nissen Oldenburg Paulsen Quast Rathje Schröder Thiessen Ungerland Voß Wulff Zander Andresen Brodersen Christiansen Dethlefsen Erichsen
Frahm Göttsche Hansen Ingwersen Jürgensen Kröger Lorenz Martens Naujoks Oetken Prüß Rickers Sörensen Tams Uhlig Vollertsen Wiese Behnke
Kowalska Wiśniewski Zielińska Lindgren Åkesson Björklund Thompson Ramirez Tanaka Moriyama Yılmaz Demir Öztürk Schäfer Köhler Krüger
Bünning Hölscher Jäger Kühl Löwe Mühlenbruch Nörenberg Pöhls Röpke Süderup Tönnies Wölk`)

// staff invents the people who ask for help, the known ones first.
func (w *World) staff(r *rand.Rand, n int) []desk.Requester {
	list, taken := make([]desk.Requester, 0, n), map[string]bool{}
	for i := range n {
		name, department, place := pick(r, firstNames)+" "+pick(r, lastNames), pick(r, departments), placeOf(r)
		if i < len(known) {
			name, department, place = known[i].name, known[i].department, siteOf(known[i].site)
		}
		list = append(list, desk.Requester{
			ID: desk.RequesterID(w.id("requester", i)), Name: name, Email: address(name, taken) + "@" + Domain,
			Organization: department, Location: place.name, TimeZone: place.zone,
			Phone: phone(r, place), VIP: department == "Geschäftsführung" || chance(r, 1.5),
		})
	}
	return list
}

func placeOf(r *rand.Rand) site {
	roll := r.IntN(100)
	for _, s := range sites {
		if roll -= s.share; roll < 0 {
			return s
		}
	}
	return sites[0]
}

func siteOf(name string) site {
	for _, s := range sites {
		if s.name == name {
			return s
		}
	}
	return sites[0]
}

func phone(r *rand.Rand, s site) string {
	span := 1000
	if strings.Contains(s.phone, "%02d") {
		span = 100
	}
	return fmt.Sprintf(s.phone, r.IntN(span))
}

var plain = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "å", "a", "ń", "n", "ś", "s", "ı", "i", " ", ".", "-", "",
	"ł", "l", "ż", "z", "dr. ", "")

// mailName is the local part of an address: first.last in plain letters.
func mailName(name string) string { return plain.Replace(strings.ToLower(name)) }

// address is like a.petersen, or longer when that is taken.
func address(name string, taken map[string]bool) string {
	full := mailName(name)
	first, last, _ := strings.Cut(full, ".")
	local := first[:1] + "." + last
	for n := 1; taken[local]; n++ {
		local = full
		if n > 1 {
			local = fmt.Sprintf("%s%d", full, n)
		}
	}
	taken[local] = true
	return local
}
