package message

import (
	"fmt"
	"strings"

	"github.com/emersion/go-ical"
	"github.com/teambition/rrule-go"
)

var units = map[rrule.Frequency][2]string{
	rrule.YEARLY: {"year", "years"}, rrule.MONTHLY: {"month", "months"}, rrule.WEEKLY: {"week", "weeks"}, rrule.DAILY: {"day", "days"},
	rrule.HOURLY: {"hour", "hours"}, rrule.MINUTELY: {"minute", "minutes"}, rrule.SECONDLY: {"second", "seconds"},
}

var weekdays = [...]string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}

var ordinals = map[int]string{1: "first ", 2: "second ", 3: "third ", 4: "fourth ", 5: "fifth ", -1: "last "}

// repeats says in words how a meeting recurs (RFC 5545 §3.3.10); empty if it
// does not.
func repeats(c *ical.Component) string {
	rule, err := c.Props.RecurrenceRule()
	if err != nil || rule == nil {
		return ""
	}
	words := "every " + units[rule.Freq][0]
	if rule.Interval > 1 {
		words = fmt.Sprintf("every %d %s", rule.Interval, units[rule.Freq][1])
	}
	var days []string
	for _, d := range rule.Byweekday {
		if d.Day() >= 0 && d.Day() < len(weekdays) {
			days = append(days, ordinals[d.N()]+weekdays[d.Day()])
		}
	}
	if len(days) > 0 {
		words += " on " + strings.Join(days, ", ")
	}
	switch {
	case rule.Count > 0:
		words += fmt.Sprintf(", %d times", rule.Count)
	case !rule.Until.IsZero():
		words += ", until " + rule.Until.Format("2 January 2006")
	}
	return words
}
