package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"holdall/store/postgres"
)

// tell plays the story as the command line does and returns what it printed.
func tell(t *testing.T, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	p := program{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr, getenv: func(string) string { return "" }}
	if code := p.run(t.Context(), append([]string{"demo", "--story"}, args...)); code != exitDone {
		t.Fatalf("status %d\n%s%s", code, stdout.String(), stderr.String())
	}
	return stdout.String()
}

func TestTheStoryHoldsOnBothEngines(t *testing.T) {
	server, err := postgres.Start(filepath.Join(t.TempDir(), "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	for engine, args := range map[string][]string{"SQLite": nil, "PostgreSQL": {"--database", server.DSN()}} {
		t.Run(engine, func(t *testing.T) {
			told := tell(t, args...)
			for _, held := range []string{"The story held in 14 steps", "1 conflict in each of 2 trays", "1 mail over SMTP"} {
				if !strings.Contains(told, held) {
					t.Errorf("the story does not say %q:\n%s", held, told)
				}
			}
			if n := strings.Count(told, "= hub"); n != 8 {
				t.Errorf("%d digests equal the hub's, not 8:\n%s", n, told)
			}
		})
	}
	// Played on a database that is in use it would mix with somebody's work.
	t.Run("a database in use", func(t *testing.T) {
		var stdout, stderr bytes.Buffer
		p := program{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr, getenv: func(string) string { return "" }}
		code := p.run(t.Context(), []string{"demo", "--story", "--database", server.DSN()})
		if code == exitDone || !strings.Contains(stderr.String(), "The story needs an empty database") {
			t.Errorf("status %d: %s", code, stderr.String())
		}
	})
}
