package message

import (
	"strconv"
	"time"

	"github.com/emersion/go-ical"
	"github.com/teambition/rrule-go"
)

// times reads when the meeting begins and ends, and of a series which one it is.
func (i *Invite) times(calendar *ical.Calendar) {
	if p := i.event.Props.Get(ical.PropRecurrenceID); p != nil {
		i.Occurrence = moment(calendar, p)
	}
	start := i.event.Props.Get(ical.PropDateTimeStart)
	if start == nil {
		return
	}
	i.AllDay = start.ValueType() == ical.ValueDate || len(start.Value) == len("20060102")
	i.Start = moment(calendar, start)
	if end := i.event.Props.Get(ical.PropDateTimeEnd); end != nil {
		i.End = moment(calendar, end)
	} else if d := i.event.Props.Get(ical.PropDuration); d != nil && !i.Start.IsZero() {
		if length, err := d.Duration(); err == nil {
			i.End = i.Start.Add(length)
		}
	}
	if y := i.End.Year(); y < 1 || y > 9999 || i.End.Before(i.Start) {
		i.End = time.Time{}
	}
}

// moment is the instant of a property; zero if it is none. A time zone is looked
// up by its name, and where that is one of Outlook's own by what the calendar
// says of it (RFC 5545 §3.6.5).
func moment(calendar *ical.Calendar, p *ical.Prop) time.Time {
	if at, err := p.DateTime(time.UTC); err == nil {
		return at
	}
	local, err := time.ParseInLocation("20060102T150405", p.Value, time.UTC)
	if err != nil {
		return time.Time{}
	}
	zone := p.Params.Get(ical.PropTimezoneID)
	for _, c := range calendar.Children {
		if c.Name == ical.CompTimezone && value(c, ical.PropTimezoneID) == zone {
			offset := offsetAt(c, local)
			return local.Add(-offset).In(time.FixedZone("", int(offset.Seconds())))
		}
	}
	return local
}

// offsetAt is how far a zone is ahead of UTC at a local time: the observance
// that began last.
func offsetAt(zone *ical.Component, local time.Time) (offset time.Duration) {
	var latest time.Time
	for _, c := range zone.Children {
		began, ok := began(c, local)
		if !ok || began.Before(latest) {
			continue
		}
		if ahead, ok := utcOffset(value(c, ical.PropTimezoneOffsetTo)); ok {
			latest, offset = began, ahead
		}
	}
	return offset
}

// began is when an observance last began before a local time. Only yearly rules
// are followed, as every calendar writes them: another one could keep us busy.
func began(c *ical.Component, local time.Time) (time.Time, bool) {
	first, err := time.ParseInLocation("20060102T150405", value(c, ical.PropDateTimeStart), time.UTC)
	if err != nil || first.After(local) {
		return time.Time{}, false
	}
	option, err := c.Props.RecurrenceRule()
	if err != nil || option == nil || option.Freq != rrule.YEARLY || option.Interval > 1 {
		return first, true
	}
	// A rule that has held since 1601 holds since last year too.
	option.Dtstart = time.Date(max(first.Year(), local.Year()-1), first.Month(), first.Day(), first.Hour(), first.Minute(), 0, 0, time.UTC)
	rule, err := rrule.NewRRule(*option)
	if err != nil {
		return first, true
	}
	if last := rule.Before(local, true); !last.IsZero() {
		return last, true
	}
	return first, true
}

// utcOffset reads +hhmm or +hhmmss (RFC 5545 §3.3.14).
func utcOffset(s string) (time.Duration, bool) {
	if len(s) < 5 || s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	hours, errH := strconv.Atoi(s[1:3])
	minutes, errM := strconv.Atoi(s[3:5])
	if errH != nil || errM != nil || hours > 23 || minutes > 59 {
		return 0, false
	}
	d := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	if s[0] == '-' {
		d = -d
	}
	return d, true
}
