package demo

import (
	"maps"
	"strconv"
	"time"

	"holdall/desk"
)

// open brings the ticket in: by mail without a team, by phone with one.
func (s *story) open() {
	c := desk.CreateTicket{Kind: s.scenario.kind, Title: s.title, Source: desk.SourceMail, Requester: s.who.ID}
	roll := s.IntN(100)
	maps.Copy(s.fields, map[desk.Field]string{desk.FieldKind: string(desk.Incident), desk.FieldImpact: "3", desk.FieldUrgency: "3"})
	if roll < 66 || s.end == untriaged {
		c.Kind = desk.Incident
		s.step(nobody, desk.TicketCreate, c, nil)
		s.hear(letter(s.Rand, s.scenario, s.who))
		return
	}
	c.Source = desk.SourcePhone
	if roll > 94 {
		c.Source = desk.SourceAgent
	}
	service := s.offers[s.scenario.service]
	c.Description, c.Service, c.Team, c.Category = sentence(s.words.Replace(s.scenario.ask)), service.ID, service.Team, s.scenario.category
	c.Impact, c.Urgency = s.scenario.impact, s.scenario.urgency
	s.team = service.Team
	maps.Copy(s.fields, map[desk.Field]string{desk.FieldKind: string(c.Kind), desk.FieldService: string(c.Service), desk.FieldTeam: string(c.Team),
		desk.FieldCategory: c.Category, desk.FieldImpact: level(c.Impact), desk.FieldUrgency: level(c.Urgency)})
	s.step(nobody, desk.TicketCreate, c, nil)
}

// triage gives a mailed ticket its kind, service, team, category and levels.
func (s *story) triage() {
	if s.team != "" {
		return
	}
	s.later(2*time.Minute, 50*time.Minute)
	service := s.offers[s.scenario.service]
	set := map[desk.Field]string{desk.FieldService: string(service.ID), desk.FieldTeam: string(service.Team), desk.FieldCategory: s.scenario.category,
		desk.FieldImpact: level(s.scenario.impact), desk.FieldUrgency: level(s.scenario.urgency)}
	if s.scenario.kind != desk.Incident {
		set[desk.FieldKind] = string(s.scenario.kind)
	}
	s.patch(s.member(s.homes[workplace].ID), set, "")
	s.team = service.Team
}

// take assigns the ticket to a member of its team, who starts to work.
func (s *story) take() {
	s.later(time.Minute, 3*time.Hour)
	s.owner = s.member(s.team)
	s.patch(s.owner, map[desk.Field]string{desk.FieldAssignee: string(s.People[s.owner].ID)}, "")
	if s.state == desk.StateNew {
		s.soon()
		s.move(desk.MoveTicket{To: desk.StateInProgress})
	}
	if s.who.VIP && s.scenario.impact == 3 && chance(s.Rand, 40) {
		s.soon()
		s.patch(s.owner, map[desk.Field]string{desk.FieldPriority: "2"}, "VIP, board meeting")
	}
	if chance(s.Rand, 9) {
		s.soon()
		s.label()
	}
}

var labels = []string{"on site", "rollout Q4", "patch night", "works council", "audit", "spare part", "known error", "training"}

func (s *story) label() {
	args := desk.LabelTicket{AddLabels: []string{pick(s.Rand, labels)}}
	if other := s.member(s.team); other != s.owner {
		args.AddWatchers = []desk.PersonID{s.People[other].ID}
	}
	s.step(s.owner, desk.TicketLabel, args, nil)
}

// converse asks the requester and waits for the answer.
func (s *story) converse() {
	wait := s.end == awaitingRequester
	if s.scenario.question == "" || !wait && chance(s.Rand, 42) {
		return
	}
	s.later(2*time.Minute, 90*time.Minute)
	s.reply(s.scenario.question)
	if wait || chance(s.Rand, 55) {
		s.soon()
		s.move(desk.MoveTicket{To: desk.StateOnHold, HoldReason: desk.HoldRequester})
	}
	if wait {
		return
	}
	s.later(5*time.Minute, 20*time.Hour)
	s.hear(s.words.Replace(s.scenario.answer))
	s.state = desk.StateInProgress
}

// diagnose is what happens behind the counter: a note, another team, another
// hand, a vendor.
func (s *story) diagnose() {
	if s.scenario.note != "" && (s.scenario.critical() || chance(s.Rand, 45)) {
		s.later(2*time.Minute, 2*time.Hour)
		s.write(desk.InternalNote, s.words.Replace(s.scenario.note))
	}
	if s.scenario.beyond != "" && chance(s.Rand, 45) {
		s.escalate(s.homes[s.scenario.beyond].ID)
	} else if chance(s.Rand, 8) {
		s.later(time.Minute, 4*time.Hour)
		next := s.member(s.team)
		s.patch(s.owner, map[desk.Field]string{desk.FieldAssignee: string(s.People[next].ID)}, "")
		s.owner = next
	}
	if s.end == awaitingOthers || s.end == toTheEnd && !s.scenario.critical() && chance(s.Rand, 7) {
		s.waitForOthers()
	}
}

// escalate hands the ticket to a team that knows more (ITIL: functional
// escalation).
func (s *story) escalate(team desk.TeamID) {
	s.later(5*time.Minute, 3*time.Hour)
	s.write(desk.InternalNote, pick(s.Rand, []string{"Nothing more we can do from here, please take over.", "Checked the client side, all fine. Handing over.",
		"This needs your team: see the last answer.", "Reproduced it, so it is not the workplace. Over to you."}))
	s.soon()
	s.patch(s.owner, map[desk.Field]string{desk.FieldTeam: string(team), desk.FieldAssignee: ""}, "")
	s.team = team
	s.take()
}

var holdNotes = map[desk.HoldReason][]string{
	desk.HoldVendor:  {"Vendor has the case, technician comes on Thursday.", "Spare part ordered, delivery in about a week.", "Ticket with the maker is open, they ask for logs."},
	desk.HoldChange:  {"Goes with the change in the next maintenance window.", "Fixed by the update that is planned for next week."},
	desk.HoldProblem: {"Same cause as the others, collected in one problem.", "Root cause is being looked for; workaround is in place."},
}

func (s *story) waitForOthers() {
	reason := pick(s.Rand, []desk.HoldReason{desk.HoldVendor, desk.HoldVendor, desk.HoldChange, desk.HoldProblem})
	s.later(5*time.Minute, 3*time.Hour)
	s.write(desk.InternalNote, pick(s.Rand, holdNotes[reason]))
	s.soon()
	s.move(desk.MoveTicket{To: desk.StateOnHold, HoldReason: reason})
	if s.end == toTheEnd {
		s.later(20*time.Hour, 9*24*time.Hour)
		s.move(desk.MoveTicket{To: desk.StateInProgress})
	}
}

// resolve says what was done, to the requester and for the record.
func (s *story) resolve() {
	s.later(3*time.Minute, 9*time.Hour)
	if chance(s.Rand, 88) {
		s.reply(s.scenario.done)
		s.soon()
	}
	code := desk.ResolvedSolved
	switch roll := s.IntN(100); {
	case s.scenario.kind == desk.Request && roll < 96:
		code = desk.ResolvedProvided
	case s.scenario.kind == desk.Request:
		code = desk.ResolvedDeclined
	case roll < 8:
		code = desk.ResolvedWorkaround
	case roll < 12:
		code = desk.ResolvedNoFault
	case roll < 15:
		code = desk.ResolvedDuplicate
	}
	s.move(desk.MoveTicket{To: desk.StateResolved, ResolutionCode: code, ResolutionNotes: s.words.Replace(s.scenario.fix)})
}

var again = []string{"Unfortunately it is back this morning, exactly as before.", "It worked for a day, now the same again. Could you have another look?",
	"I am afraid this is not solved: the message came again twice."}

var wieder = []string{"Leider ist es heute wieder genauso.", "Einen Tag lang ging es, jetzt ist der Fehler wieder da."}

// reopen is a requester whose trouble came back.
func (s *story) reopen() {
	s.later(6*time.Hour, 60*time.Hour)
	list := again
	if s.scenario.german {
		list = wieder
	}
	s.hear(pick(s.Rand, list))
	s.state = desk.StateInProgress
}

func (s *story) cancel() {
	s.later(5*time.Minute, 5*time.Hour)
	s.write(desk.InternalNote, pick(s.Rand, []string{"Sent twice by mistake.", "Settled by itself, requester called.", "Belongs to the landlord, passed on by phone."}))
	s.soon()
	s.move(desk.MoveTicket{To: desk.StateCancelled})
}

func level(l desk.Level) string { return strconv.Itoa(int(l)) }
