package store

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

// offences are the words of SQL that only one engine, or one release of it,
// understands, or that engines spread over several machines lack or pay for with
// a lock on everything. Each has a sentence that commits it.
var offences = []struct {
	what    string
	word    *regexp.Regexp
	planted string
}{
	{"numbers that leave the transaction", wordOf(`(small|big)?serial[248]?|sequence|nextval|currval|autoincrement|identity`), "CREATE TABLE a (id BIGSERIAL PRIMARY KEY)"},
	{"a lock beside the rows", wordOf(`pg_(try_)?advisory\w*|lock table`), "SELECT pg_advisory_xact_lock(1)"},
	{"a word to others within the transaction", wordOf(`notify|listen|pg_notify`), "NOTIFY moved"},
	{"rows by who wrote them", wordOf(`xmin|xmax|ctid|txid_\w+|pg_current_\w+|pg_snapshot\w*`), "SELECT xmin FROM ticket"},
	{"rows that others hold", wordOf(`skip locked|nowait|for update|for share`), "SELECT id FROM mail FOR UPDATE SKIP LOCKED"},
	{"the clock within a statement", wordOf(`now\(\)|current_timestamp|clock_timestamp\(\)`), "UPDATE device SET last_seen = now()"},
	{"code within the database", wordOf(`create (or replace )?(trigger|function|procedure|rule)|plpgsql`), "CREATE TRIGGER t AFTER INSERT ON a EXECUTE FUNCTION f()"},
	{"checks that wait for the end", wordOf(`deferrable|deferred`), "CREATE TABLE a (b TEXT REFERENCES c DEFERRABLE)"},
	{"tables of one session or without a log", wordOf(`unlogged|(global )?temp(orary)? table|inherits`), "CREATE UNLOGGED TABLE a (b TEXT)"},
	{"an index of one engine", wordOf(`concurrently|using (gin|gist|brin|hash)|exclude using`), "CREATE INDEX CONCURRENTLY i ON a (b)"},
	{"a dialect", wordOf(`ilike|jsonb|distinct on|on duplicate|on conflict on constraint|merge into|lateral|replace into|truncate`), "SELECT DISTINCT ON (a) b FROM c"},
}

func wordOf(pattern string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)(^|\W)(` + pattern + `)(\W|$)`)
}

// excused are files that may commit an offence, with the reason.
var excused = map[string]string{
	"hint.go":    "it speaks beside every transaction, on a connection of its own, and may be unheard",
	"dialect.go": "the clock orders nothing: only whose turn a piece of work is",
}

// ofLaptops are files whose statements only ever reach SQLite.
var ofLaptops = regexp.MustCompile(`(^|/)(replica|outbox)(_|/)`)

// offence is what a statement is guilty of; "" if it is portable.
func offence(statement string) string {
	for _, o := range offences {
		if o.word.MatchString(statement) {
			return o.what
		}
	}
	return ""
}

// TestSQLIsPortable reads every statement of the package that may reach a server,
// in its files of SQL and in its literals.
func TestSQLIsPortable(t *testing.T) {
	literal := regexp.MustCompile("(?s)\"(?:[^\"\\\\\n]|\\\\.)*\"|`[^`]*`")
	speaks := regexp.MustCompile(`\b(SELECT|INSERT|UPDATE|DELETE|CREATE|SAVEPOINT|WHERE|JOIN|LISTEN|NOTIFY|LOCK|EXTRACT|ALTER)\b`)
	seen, unused := 0, map[string]bool{}
	for file := range excused {
		unused[file] = true
	}
	check := func(where, text string) {
		seen++
		what := offence(text)
		if what == "" {
			return
		}
		if delete(unused, where); excused[where] == "" {
			t.Errorf("%s needs %s, which not every engine has: %s", where, what, text)
		}
	}
	must(t, fs.WalkDir(os.DirFS("."), ".", func(path string, entry fs.DirEntry, err error) error {
		must(t, err)
		if entry.IsDir() || strings.HasSuffix(path, "_test.go") || strings.HasPrefix(path, "postgres/") || ofLaptops.MatchString(path) {
			return nil
		}
		text, err := os.ReadFile(path)
		must(t, err)
		switch {
		case strings.HasSuffix(path, ".sql"):
			for _, s := range statements(string(text)) {
				check(path, s)
			}
		case strings.HasSuffix(path, ".go"):
			for _, s := range literal.FindAllString(string(text), -1) {
				if speaks.MatchString(s) {
					check(path, s)
				}
			}
		}
		return nil
	}))
	if seen < 100 {
		t.Errorf("only %d statements were read: the test has lost its way", seen)
	}
	for file := range unused {
		t.Errorf("%s is excused for nothing", file)
	}
}

func TestTheLinterIsAwake(t *testing.T) {
	for _, o := range offences {
		if got := offence(o.planted); got != o.what {
			t.Errorf("%s: found %q, want %q", o.planted, got, o.what)
		}
	}
	for _, fine := range []string{
		"SELECT listener, sequenced FROM notified WHERE serials = ?",
		"INSERT INTO bucket (id) VALUES (?) ON CONFLICT (id) DO UPDATE SET last_seq = bucket.last_seq + 1 RETURNING last_seq",
	} {
		if what := offence(fine); what != "" {
			t.Errorf("%s is said to need %s", fine, what)
		}
	}
}
