package message

import (
	"bytes"
	"slices"
	"strings"

	"github.com/emersion/go-ical"

	"holdall/desk"
)

// Invite is what a calendar part says of one meeting (RFC 5545, RFC 5546), with
// what an answer to it is made of.
type Invite struct {
	desk.Invitation
	event *ical.Component   // as it came, for the answer
	zones []*ical.Component // the time zones its times are told in
}

// calendarMost bounds a calendar, and attendeesMost the people that are listed.
const (
	calendarMost  = 256 << 10
	attendeesMost = 200
)

// asks reports whether somebody waits for an answer.
func (i *Invite) asks() bool {
	return i.Method == desk.MeetingAsked && i.Organizer.Email != "" && i.UID != ""
}

// findInvite reads the first meeting of a mail's calendar parts. A calendar that
// cannot be read stays a file like any other.
func findInvite(root *part) (found *Invite) {
	defer func() {
		if recover() != nil {
			found = nil
		}
	}()
	for p := range every(root) {
		if p.kind != "text/calendar" && p.kind != "application/ics" {
			continue
		}
		if i := readInvite(p.data(), p.params["method"]); i != nil {
			return i
		}
	}
	return nil
}

func readInvite(data []byte, method string) *Invite {
	if len(data) > calendarMost {
		return nil
	}
	calendar, err := ical.NewDecoder(bytes.NewReader(data)).Decode()
	if err != nil {
		return nil
	}
	var zones []*ical.Component
	for _, c := range calendar.Children {
		if c.Name == ical.CompTimezone {
			zones = append(zones, c)
		}
	}
	for _, c := range calendar.Children {
		if c.Name != ical.CompEvent {
			continue
		}
		i := &Invite{event: c, zones: zones, Invitation: desk.Invitation{
			Method: desk.InvitationMethod(strings.ToUpper(orElse(value(calendar.Component, ical.PropMethod), method))),
			UID:    value(c, ical.PropUID), Title: text(c, ical.PropSummary), Place: text(c, ical.PropLocation), Repeats: repeats(c),
		}}
		i.people()
		i.times(calendar)
		return i
	}
	return nil
}

func orElse(v, other string) string {
	if v != "" {
		return v
	}
	return other
}

// people reads who calls the meeting, who is called, and how they answered.
func (i *Invite) people() {
	if p := i.event.Props.Get(ical.PropOrganizer); p != nil {
		i.Organizer = calendarAddress(p)
	}
	for n, p := range i.event.Props.Values(ical.PropAttendee) {
		if n == attendeesMost {
			break
		}
		who := desk.Attendee{Address: calendarAddress(&p)}
		if answer := strings.ToUpper(p.Params.Get(ical.ParamParticipationStatus)); slices.Contains(desk.MeetingAnswers(), answer) {
			who.Answer = answer
		}
		i.Attendees = append(i.Attendees, who)
	}
	if i.Method == desk.MeetingAnswered && len(i.Attendees) == 1 {
		i.Answer = i.Attendees[0].Answer
	}
	if n := i.event.Props.Get(ical.PropSequence); n != nil {
		i.Sequence, _ = n.Int()
	}
}

// calendarAddress reads a CAL-ADDRESS (RFC 5545 §3.3.3).
func calendarAddress(p *ical.Prop) desk.Address {
	email := p.Value
	if len(email) > 7 && strings.EqualFold(email[:7], "mailto:") {
		email = email[7:]
	}
	return desk.Address{Name: tidyLine(p.Params.Get(ical.ParamCommonName)), Email: cleanEmail(email, "")}
}

// value is a property as it stands, text one whose escapes are undone.
func value(c *ical.Component, name string) string {
	if p := c.Props.Get(name); p != nil {
		return tidyLine(p.Value)
	}
	return ""
}

func text(c *ical.Component, name string) string {
	p := c.Props.Get(name)
	if p == nil {
		return ""
	}
	if t, err := p.Text(); err == nil {
		return tidyLine(t)
	}
	return tidyLine(p.Value)
}

// tidyLine is a text on one line, valid and without control characters.
func tidyLine(s string) string {
	return strings.Join(strings.Fields(tidyText(strings.ToValidUTF8(s, ""))), " ")
}
