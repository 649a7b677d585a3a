package demo

import "holdall/desk"

// The four teams by name. Workplace is the first line; it triages what no
// service's team has taken.
const (
	workplace = "Workplace"
	plant     = "Werk 2 production IT"
	erp       = "SAP and ERP"
	network   = "Network and telephony"
)

var teams = []struct {
	name string
	tier int
}{{workplace, 1}, {plant, 2}, {network, 2}, {erp, 3}}

var agents = []struct {
	name  string
	roles []desk.Role
	teams []string
}{
	{"Mira Sommer", []desk.Role{desk.RoleAgent}, []string{workplace}},
	{"Elif Arslan", []desk.Role{desk.RoleLead}, []string{workplace, plant}},
	{"Tobias Kern", []desk.Role{desk.RoleTechnician}, []string{network, workplace}},
	{"Jan Lorenzen", []desk.Role{desk.RoleTechnician}, []string{workplace}},
	{"Henning Vogt", []desk.Role{desk.RoleAgent}, []string{workplace}},
	{"Sofia Marino", []desk.Role{desk.RoleTechnician}, []string{plant}},
	{"Katrin Behrens", []desk.Role{desk.RoleLead}, []string{plant}},
	{"Ole Thomsen", []desk.Role{desk.RoleTechnician}, []string{plant}},
	{"Dorothea Lindqvist", []desk.Role{desk.RoleLead}, []string{erp}},
	{"Rafael Teixeira", []desk.Role{desk.RoleAgent}, []string{erp}},
	{"Ingo Stahmer", []desk.Role{desk.RoleLead, desk.RoleAdmin}, []string{network}},
	{"Yasemin Kaya", []desk.Role{desk.RoleTechnician}, []string{network}},
}

// foundTeams makes the teams and the people in them.
func (w *World) foundTeams() {
	w.homes, w.crews = map[string]desk.Team{}, map[desk.TeamID][]int{}
	for i, t := range teams {
		team := desk.Team{ID: desk.TeamID(w.id("team", i)), Name: t.name, Tier: t.tier}
		w.homes[t.name] = team
		w.Teams = append(w.Teams, team)
	}
	for i, a := range agents {
		p := desk.Person{ID: desk.PersonID(w.id("person", i)), Name: a.name, Email: mailName(a.name) + "@" + Domain, Roles: a.roles}
		for _, name := range a.teams {
			team := w.homes[name].ID
			p.Teams = append(p.Teams, team)
			w.crews[team] = append(w.crews[team], i)
		}
		w.People = append(w.People, p)
	}
}
