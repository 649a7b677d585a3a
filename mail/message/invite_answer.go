package message

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-ical"

	"holdall/desk"
)

// AnswerAs writes the calendar by which an attendee answers an invitation
// (RFC 5546 §3.2.3): its revision, the organiser, and the attendee alone. now is
// when the answer is given.
func (asked *Invite) AnswerAs(attendee Address, answer string, now time.Time) ([]byte, error) {
	if asked == nil || !asked.asks() {
		return nil, fmt.Errorf("answer an invitation: the calendar asks for no answer")
	}
	if !slices.Contains(desk.MeetingAnswers(), answer) {
		return nil, fmt.Errorf("answer an invitation: %q is no answer", answer)
	}
	event := ical.NewEvent()
	for _, name := range []string{ical.PropUID, ical.PropSequence, ical.PropOrganizer, ical.PropRecurrenceID, ical.PropDateTimeStart, ical.PropDateTimeEnd, ical.PropSummary} {
		if p := asked.event.Props.Get(name); p != nil {
			event.Props.Set(p)
		}
	}
	event.Props.SetDateTime(ical.PropDateTimeStamp, now.UTC())
	who := ical.NewProp(ical.PropAttendee)
	who.Value = "mailto:" + attendee.Email
	who.Params.Set(ical.ParamParticipationStatus, answer)
	if attendee.Name != "" {
		// A parameter has no way to hold a quotation mark (RFC 5545 §3.1).
		who.Params.Set(ical.ParamCommonName, strings.ReplaceAll(tidyLine(attendee.Name), `"`, "'"))
	}
	event.Props.Set(who)

	calendar := ical.NewCalendar()
	calendar.Props.SetText(ical.PropVersion, "2.0")
	calendar.Props.SetText(ical.PropProductID, "-//Holdall//Service desk//EN")
	calendar.Props.SetText(ical.PropMethod, "REPLY")
	calendar.Children = append(append(calendar.Children, asked.zones...), event.Component)
	var out bytes.Buffer
	if err := ical.NewEncoder(&out).Encode(calendar); err != nil {
		return nil, fmt.Errorf("answer an invitation: %w", err)
	}
	return out.Bytes(), nil
}
