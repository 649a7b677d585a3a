package demo

import (
	"slices"

	"holdall/desk"
)

var services = []struct{ name, team string }{
	{"E-mail and calendar", workplace},
	{"Windows workplace", workplace},
	{"Office applications", workplace},
	{"Printing and scanning", workplace},
	{"File shares", workplace},
	{"Meeting rooms", workplace},
	{"Mobile devices", workplace},
	{"Identity and sign-in", workplace},
	{"Onboarding and equipment", workplace},
	{"MES Werk 2", plant},
	{"Label printing", plant},
	{"Shop-floor terminals", plant},
	{"CNC data exchange", plant},
	{"Time recording", plant},
	{"Warehouse scanners", plant},
	{"Badge and access control", plant},
	{"SAP Finance", erp},
	{"SAP Logistics", erp},
	{"SAP authorisations", erp},
	{"Reporting and BI", erp},
	{"EDI with suppliers", erp},
	{"LAN and Wi-Fi", network},
	{"VPN and remote access", network},
	{"Telephony", network},
	{"Internet and server hosting", network},
}

// foundServices makes the services; the first lead of its team owns each.
func (w *World) foundServices() {
	w.offers = map[string]desk.Service{}
	for i, s := range services {
		team := w.homes[s.team].ID
		service := desk.Service{ID: desk.ServiceID(w.id("service", i)), Name: s.name, Team: team}
		for _, member := range w.crews[team] {
			if p := w.People[member]; p.Has(desk.RoleLead) {
				service.Owner = p.ID
				break
			}
		}
		w.offers[s.name] = service
		w.Services = append(w.Services, service)
	}
}

// categories lists the categories of all scenarios, sorted.
func categories() []string {
	var list []string
	for _, s := range scenarios() {
		list = append(list, s.category)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
