package desk

import (
	"strings"
	"testing"
)

func TestARateIsReadAndChecked(t *testing.T) {
	for text, want := range map[string]int{"": 0, "  ": 0, "1": 1, " 30 ": 30, "100000": 100000} {
		if most, err := ReadMailsAMinute(text); most != want || err != nil {
			t.Errorf("%q: %d, %v", text, most, err)
		}
	}
	for _, text := range []string{"0", "-3", "ten", "1.5", "30 mails", "99999999999999999999", "3\n0"} {
		if most, err := ReadMailsAMinute(text); most != 0 || CodeOf(err) != CodeValidation || !strings.Contains(err.Error(), "in a minute; write one such as 30") {
			t.Errorf("%q: %d, %v", text, most, err)
		}
	}
	for _, c := range []struct {
		rate MailRate
		says string // empty: it is in order
		text string
	}{
		{MailRate{}, "", ""},
		{MailRate{Minute: 30}, "", "30 a minute"},
		{MailRate{Minute: 30, Hour: 500, Day: 2000}, "", "30 a minute, 500 an hour, 2000 a day"},
		{MailRate{Minute: -1}, "-1 is no number of mails that may leave in a minute", ""},
		{MailRate{Hour: -2}, "leave in an hour", ""},
		{MailRate{Minute: 1, Day: -3}, "leave in a day", "1 a minute"},
	} {
		err := c.rate.Check()
		if c.says == "" && err != nil || c.says != "" && (CodeOf(err) != CodeValidation || !strings.Contains(err.Error(), c.says)) || c.rate.String() != c.text {
			t.Errorf("%+v: %v, %q", c.rate, err, c.rate.String())
		}
	}
}
