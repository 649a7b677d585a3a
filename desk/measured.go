package desk

import (
	"math"
	"strconv"
	"time"
)

// What is measured on site is believed over what was written at a desk: of two
// values that had not seen each other the device's is taken (SPEC R14).

func measuredTime(field Field, label string, at func(*Ticket) **time.Time) access {
	return access{label: label, policy: wins,
		get: func(t *Ticket) string {
			if *at(t) == nil {
				return ""
			}
			return (*at(t)).Format(time.RFC3339Nano)
		},
		set: func(t *Ticket, v string) error {
			if v == "" {
				*at(t) = nil
				return nil
			}
			when, err := time.Parse(time.RFC3339, v)
			if err != nil {
				return invalid(field, "%s must be an instant such as 2026-03-02T09:00:00Z, not %q.", label, v)
			}
			when = clean(when)
			*at(t) = &when
			return nil
		}}
}

func setMeterReading(t *Ticket, v string) error {
	if n, err := strconv.ParseFloat(v, 64); v != "" && (err != nil || math.IsInf(n, 0) || math.IsNaN(n)) {
		return invalid(FieldMeterReading, "A meter reading is a figure such as 1042.5, not %q.", v)
	}
	t.MeterReading = v
	return nil
}
