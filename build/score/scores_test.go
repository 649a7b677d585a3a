package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAFallIsNamed(t *testing.T) {
	record := scores{"robust": {lost: {10, 10}, "subject": {8, 10}}, "gone": {lost: {1, 1}}}
	cases := []struct {
		name  string
		is    scores
		falls []string
	}{
		{"the same", record, nil},
		{"better", scores{"robust": {lost: {10, 10}, "subject": {9, 10}, "date": {0, 10}}, "gone": {lost: {1, 1}}}, nil},
		{"more mails", scores{"robust": {lost: {20, 20}, "subject": {16, 20}}, "gone": {lost: {1, 1}}}, nil},
		{"worse", scores{"robust": {lost: {9, 10}, "subject": {7, 10}}}, []string{
			"gone, read at all: not measured", "robust, read at all: 9 of 10", "robust, subject: 7 of 10 hold, the record is 8 of 10"}},
	}
	for _, c := range cases {
		err := c.is.noWorseThan(record)
		if (err != nil) != (len(c.falls) > 0) {
			t.Errorf("%s: %v", c.name, err)
		}
		for _, fall := range c.falls {
			if err == nil || !strings.Contains(err.Error(), fall) {
				t.Errorf("%s: %v does not name %q", c.name, err, fall)
			}
		}
	}
}

func TestTheScorersFiguresAreRead(t *testing.T) {
	name := filepath.Join(t.TempDir(), "figures.json")
	text := `{"robust": {"cases": 4, "pass": 2, "lost": 1, "fields": {"subject": {"made": 3, "failed": 1}}, "bad": []}}`
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	read, err := readVerdict(name)
	if err != nil || read["robust"]["subject"] != (score{2, 3}) || read["robust"][lost] != (score{3, 4}) {
		t.Errorf("%+v %v", read, err)
	}
	kept := filepath.Join(t.TempDir(), "record.json")
	if err := read.write(kept); err != nil {
		t.Fatal(err)
	}
	if again, err := readScores(kept); err != nil || again.noWorseThan(read) != nil {
		t.Errorf("%+v %v", again, err)
	}
	if _, err := readVerdict(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a scorer that left nothing was believed")
	}
}
