package desk

import (
	"fmt"
	"strconv"
	"strings"
)

// MailRate is how many mails may leave in any minute, hour or day, as providers
// bound it; 0 is no bound.
type MailRate struct {
	Minute int `json:"minute,omitempty"`
	Hour   int `json:"hour,omitempty"`
	Day    int `json:"day,omitempty"`
}

// bound is one of the three.
type bound struct {
	most int
	span string
}

func (r MailRate) bounds() []bound {
	return []bound{{r.Minute, "a minute"}, {r.Hour, "an hour"}, {r.Day, "a day"}}
}

// Check says in a sentence what an admin has to correct, in a window and in the
// hub's configuration alike.
func (r MailRate) Check() error {
	for _, b := range r.bounds() {
		if b.most < 0 {
			return noRate(strconv.Itoa(b.most), b.span)
		}
	}
	return nil
}

// ReadMailsAMinute reads a bound as a person writes it; an empty text is none.
func ReadMailsAMinute(text string) (int, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, nil
	}
	most, err := strconv.Atoi(text)
	if err != nil || most < 1 {
		return 0, noRate(strconv.Quote(text), "a minute")
	}
	return most, nil
}

func noRate(said, span string) error {
	return Refuse(CodeValidation, "%s is no number of mails that may leave in %s; write one such as 30, or leave it out for no bound.", said, span)
}

// String is the bound as a person reads it; empty: there is none.
func (r MailRate) String() string {
	var all []string
	for _, b := range r.bounds() {
		if b.most > 0 {
			all = append(all, fmt.Sprintf("%d %s", b.most, b.span))
		}
	}
	return strings.Join(all, ", ")
}
