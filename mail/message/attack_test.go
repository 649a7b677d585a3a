package message

import (
	"context"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// The cases of the list of attacks on the way from a mail to the window, by
// their numbers, as far as this package alone stands against them.

type attack struct{ name, body string }

// attacks are the hostile bodies of mail/testdata, sent to nobody's address.
func attacks(t testing.TB) []attack {
	t.Helper()
	text, err := os.ReadFile("../testdata/attacks.txt")
	if err != nil {
		t.Fatal(err)
	}
	blanks := strings.NewReplacer("{{canary}}", "https://canary.example", "{{host}}", "canary.example", "{{name}}", "canary.example", "{{run}}", "alert(1)", "{{nul}}", "\x00")
	var all []attack
	for _, section := range strings.Split(string(text), "\n### ")[1:] {
		name, body, _ := strings.Cut(section, "\n")
		all = append(all, attack{name, blanks.Replace(body)})
	}
	return all
}

// of are the attacks whose names begin with one of the kinds.
func of(t testing.TB, kinds ...string) []attack {
	t.Helper()
	var some []attack
	for _, a := range attacks(t) {
		for _, kind := range kinds {
			if strings.HasPrefix(a.name, kind+":") {
				some = append(some, a)
			}
		}
	}
	return some
}

// held wants nothing of the attacks left after this sanitiser alone, and
// nothing to come back in a second pass or inside of words around it.
func held(t *testing.T, some []attack, atLeast int) {
	t.Helper()
	if len(some) < atLeast {
		t.Fatalf("%d attacks, want %d", len(some), atLeast)
	}
	for _, a := range some {
		for _, doc := range []string{a.body, "<p>words" + a.body + "words</p>", "<table><td>" + a.body, "<!-- -->" + strings.ToUpper(a.body)} {
			once := Sanitize(doc)
			if bad := harmless(once); bad != "" {
				t.Errorf("%s kept %s\nin   %s\nfrom %s", a.name, bad, once, doc)
			}
			if twice := Sanitize(once); harmless(twice) != "" {
				t.Errorf("%s came back: %s", a.name, twice)
			}
		}
	}
}

// TestCase1NoScriptIsLeft, in a mail that is read whole, as well.
func TestCase1NoScriptIsLeft(t *testing.T) {
	scripts := of(t, "script", "mutation", "scheme")
	held(t, scripts, 60)
	for _, a := range scripts {
		m, err := Parse(context.Background(), mailOf("From: mira@nordlicht-werke.example", "Content-Type: text/html; charset=utf-8", "", a.body), Limits{})
		if err != nil || harmless(m.HTML) != "" {
			t.Errorf("%s: %v, read as %s", a.name, err, m.HTML)
		}
	}
}

func TestCase3NothingFramesSendsOrLeads(t *testing.T) { held(t, of(t, "frame"), 8) }
func TestCase4NothingLoads(t *testing.T)              { held(t, of(t, "load"), 24) }
func TestCase5StyleTellsNothing(t *testing.T)         { held(t, of(t, "css"), 9) }

// TestCase7OddSchemesLeadNowhere names the schemes that are left, by exclusion
// of all else.
func TestCase7OddSchemesLeadNowhere(t *testing.T) {
	held(t, of(t, "scheme"), 6)
	for _, target := range []string{
		"javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)", " javascript:alert(1)", "javascript&colon;alert(1)", "&#x6a;avascript:alert(1)", "javascript&#58;alert(1)",
		"vbscript:x", "livescript:x", "data:text/html,x", "data:text/html;base64,eA==", "data:image/svg+xml,x", "data:image/svg+xml;base64,eA==", "data:application/xhtml+xml,x", "blob:https://canary.example/x", "filesystem:x",
		"file:///etc/passwd", "file://canary.example/share", `\\canary.example\share`, "smb://canary.example/share", "ftp://canary.example/", "nfs://canary.example/", "dav://canary.example/",
		"ms-msdt:/id x", "ms-officecmd:x", "ms-word:ofe|u|https://canary.example/a.docx", "search-ms:query=x", "search:x", "shell:startup", "steam://x", "x-apple.systempreferences:x", "intent://x", "holdall://open", "about:blank", "view-source:https://canary.example", "jar:https://canary.example!/x", "ldap://canary.example",
	} {
		clean := Sanitize(`<a href="` + target + `">words</a>`)
		if strings.Contains(clean, "href") {
			t.Errorf("%q leads somewhere: %s", target, clean)
		}
		if !strings.Contains(clean, "words") {
			t.Errorf("%q took the words along: %s", target, clean)
		}
	}
}

// TestASanitisedBodyIsReadOneWay: what is left means the same to a parser that
// builds a tree as to one that reads on, inside and outside of odd elements.
func TestASanitisedBodyIsReadOneWay(t *testing.T) {
	for _, a := range attacks(t) {
		tree, err := html.Parse(strings.NewReader(Sanitize(a.body)))
		if err != nil {
			t.Fatal(err)
		}
		var rendered strings.Builder
		if err := html.Render(&rendered, tree); err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(rendered.String(), "<body>")
		body, _, _ = strings.Cut(body, "</body>")
		if bad := harmless(body); bad != "" {
			t.Errorf("%s: a tree makes %s of it: %s", a.name, bad, body)
		}
	}
}

// TestCase16AGuessedCharsetIsAlwaysTheSame: texts that several charsets explain
// equally well, each read many times.
func TestCase16AGuessedCharsetIsAlwaysTheSame(t *testing.T) {
	random := rand.New(rand.NewPCG(16, 16))
	for range 60 {
		text := make([]byte, 8+random.IntN(24))
		for i := range text {
			text[i] = byte(0xa1 + random.IntN(0x5d))
		}
		first := decodeText(text, "")
		for range 12 {
			if again := decodeText(text, ""); again != first {
				t.Fatalf("%x was read as %q and as %q", text, first, again)
			}
		}
	}
}

// TestCase16OddCharsetsAreStillText: whatever a mail says of its letters, what is
// read is UTF-8 that a database takes, and holds the words that can be known.
func TestCase16OddCharsetsAreStillText(t *testing.T) {
	for _, c := range []struct{ name, charset, body, want string }{
		{"UTF-7", "utf-7", "Gr+APwA3w- and +ADw-script+AD4-", "Grüß and <script>"},
		{"UTF-7 that does not decode", "utf-7", "+AAA+//// words", "words"},
		{"UTF-7 by another name", "unicode-1-1-utf-7", "+ADw-b+AD4-", "<b>"},
		{"ISO-2022-KR", "iso-2022-kr", "\x1b$)C\x0e0!\x0f words", "words"},
		{"ISO-2022-KR that stays shifted", "iso-2022-kr", "\x1b$)C words \x0e0!", "words"},
		{"ISO-2022-JP that stays shifted", "iso-2022-jp", "words \x1b$B$\"", "words"},
		{"HZ", "hz-gb-2312", "words ~{VPND~}", "words 中文"},
		{"invalid UTF-8", "utf-8", "words \xff\xfe \xc0\xaf \xed\xa0\x80 more", "words"},
		{"Latin-1 that says it is UTF-8", "utf-8", "Gr\xfc\xdfe", "Grüße"},
		{"UTF-8 that says it is Latin-1", "iso-8859-1", "Grüße", "Grüße"},
		{"UTF-8 that says it is ASCII", "us-ascii", "Grüße", "Grüße"},
		{"NUL", "utf-8", "wo\x00rds", "words"},
		{"a charset of nowhere", "x-nowhere-1", "words \xe4", "words"},
		{"a charset that is a path", "../../etc/passwd", "words", "words"},
		{"a charset of NUL", "\x00", "words", "words"},
		{"UTF-16 of an odd length", "utf-16le", "w\x00o\x00r\x00d\x00s\x00!", "words"},
		{"UTF-16 with half a pair", "utf-16be", "\xd8\x00\x00w\x00o\x00r\x00d\x00s", "words"},
		{"UTF-32", "utf-32be", "\x00\x00\x00w\x00\x00\x00o\x00\x00\x00r\x00\x00\x00d\x00\x00\x00s", "words"},
		{"a mark that contradicts", "iso-8859-1", "\xef\xbb\xbfGrüße", "Grüße"},
	} {
		for _, kind := range []string{"text/plain", "text/html"} {
			raw := mailOf("From: =?"+c.charset+"?q?Mira_=FF=00?= <mira@nordlicht-werke.example>", "Subject: =?"+c.charset+"?b?/wB3b3Jkcw==?= \xff\xfe", "Content-Type: "+kind+"; charset=\""+c.charset+"\"", "", c.body)
			m, err := Parse(context.Background(), raw, Limits{})
			if err != nil || m.From.Email != "mira@nordlicht-werke.example" {
				t.Errorf("%s: %v, from %v", c.name, err, m.From)
			}
			if bad := unstorable(reflect.ValueOf(*m)); bad != "" {
				t.Errorf("%s, %s: no database would take %q", c.name, kind, bad)
			}
			if kind == "text/plain" && !strings.Contains(m.Text, c.want) {
				t.Errorf("%s: read as %q, want %q", c.name, m.Text, c.want)
			}
			if strings.Contains(m.HTML, "<script") || harmless(m.HTML) != "" {
				t.Errorf("%s: decoding made %s", c.name, m.HTML)
			}
		}
	}
}
