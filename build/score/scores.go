package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// scores are the fields of each corpus.
type scores map[string]map[string]score

// score is how many checks of a field were made, and how many held.
type score struct {
	Held int `json:"held"`
	Made int `json:"made"`
}

// share is the part of the checks that held.
func (s score) share() float64 { return float64(s.Held) / float64(s.Made) }

// lost is the field that counts the mails of which nothing came back.
const lost = "read at all"

// readVerdict reads the figures of the scorer.
func readVerdict(name string) (scores, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("the scorer left no figures: %w", err)
	}
	var verdict map[string]struct {
		Cases, Lost int
		Fields      map[string]struct{ Made, Failed int }
	}
	if err := json.Unmarshal(text, &verdict); err != nil {
		return nil, fmt.Errorf("read the scorer's figures: %w", err)
	}
	all := scores{}
	for corpus, v := range verdict {
		all[corpus] = map[string]score{lost: {v.Cases - v.Lost, v.Cases}}
		for field, f := range v.Fields {
			all[corpus][field] = score{f.Made - f.Failed, f.Made}
		}
	}
	return all, nil
}

func readScores(name string) (s scores, err error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read the record: %w", err)
	}
	return s, json.Unmarshal(text, &s)
}

// write keeps a line for each corpus, so that a change of the record is read at a
// glance.
func (s scores) write(name string) error {
	var lines []string
	for _, corpus := range slices.Sorted(maps.Keys(s)) {
		fields, err := json.Marshal(s[corpus])
		if err != nil {
			return err
		}
		lines = append(lines, fmt.Sprintf("%q: %s", corpus, fields))
	}
	return os.WriteFile(name, []byte("{\n"+strings.Join(lines, ",\n")+"\n}\n"), 0o644)
}

// noWorseThan names every field that fell below the record. A field that is not
// in the record yet is no fall.
func (s scores) noWorseThan(record scores) error {
	var falls []error
	for _, corpus := range slices.Sorted(maps.Keys(record)) {
		for _, field := range slices.Sorted(maps.Keys(record[corpus])) {
			was, is := record[corpus][field], s[corpus][field]
			switch {
			case is.Made == 0:
				falls = append(falls, fmt.Errorf("%s, %s: not measured any more", corpus, field))
			case is.share() < was.share():
				falls = append(falls, fmt.Errorf("%s, %s: %d of %d hold, the record is %d of %d", corpus, field, is.Held, is.Made, was.Held, was.Made))
			}
		}
	}
	return errors.Join(falls...)
}
