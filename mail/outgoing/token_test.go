package outgoing

import (
	"math/rand/v2"
	"strings"
	"testing"
)

var key = []byte("0123456789abcdef0123456789abcdef")

func TestAMessageIDIsReadBack(t *testing.T) {
	for _, c := range [][2]string{{"7", "1"}, {"0198c1f2-aaaa-7bbb-8ccc-0123456789ab", "m-ü"}, {"", ""}} {
		id := MessageID(key, "acme", c[0], c[1], "desk.example.com")
		for _, written := range []string{id, strings.Trim(id, "<>"), strings.ToUpper(id), " " + id + " "} {
			ticket, message, ok := ParseMessageID(key, "acme", written)
			if !ok || ticket != c[0] || message != c[1] {
				t.Errorf("%s: %q %q %v", written, ticket, message, ok)
			}
		}
		if !LooksOurs(id) {
			t.Errorf("%s does not look ours", id)
		}
	}
}

func TestAForgedMessageIDIsRefused(t *testing.T) {
	id := MessageID(key, "acme", "7", "1", "example.com")
	other := MessageID(key, "acme", "8", "1", "example.com")
	local := strings.Split(strings.Trim(id, "<>"), ".")
	for title, forged := range map[string]string{
		"another ticket":    strings.Split(strings.Trim(other, "<>"), ".")[0] + "." + local[1] + "." + local[2],
		"another message":   local[0] + "." + local[0] + "." + local[2],
		"a changed letter":  strings.Replace(id, local[2][:1], string("ab"[strings.Count(local[2][:1], "a")]), 1),
		"no signature":      local[0] + "." + local[1] + ".@example.com",
		"no domain":         strings.Join(local[:3], ".")[:20],
		"a stranger's":      "<CAF=abc.def.ghi@mail.example.com>",
		"a shorter token":   local[0] + "." + local[1] + "." + local[2][:10] + "@example.com",
		"nothing":           "",
		"another workspace": MessageID(key, "other", "7", "1", "example.com"),
		"another key":       MessageID([]byte("another"), "acme", "7", "1", "example.com"),
	} {
		if ticket, message, ok := ParseMessageID(key, "acme", forged); ok {
			t.Errorf("%s: %s was taken for ticket %q message %q", title, forged, ticket, message)
		}
	}
}

// TestCase21NobodyGuessesAToken of the list of attacks: a million guesses, some
// of them one letter away.
func TestCase21NobodyGuessesAToken(t *testing.T) {
	head, token, _ := strings.Cut(strings.TrimSuffix(strings.Trim(MessageID(key, "acme", "7", "1", "example.com"), "<>"), "@example.com"), ".")
	message, token, _ := strings.Cut(token, ".")
	random := rand.New(rand.NewPCG(1, 2))
	const letters = "abcdefghijklmnopqrstuvwxyz234567"
	guess := []byte(token)
	for n := range 1_000_000 {
		if n%1000 == 0 {
			copy(guess, token)
		}
		at := random.IntN(len(guess))
		guess[at] = letters[random.IntN(len(letters))]
		if string(guess) == token {
			continue
		}
		if ticket, _, ok := ParseMessageID(key, "acme", head+"."+message+"."+string(guess)+"@example.com"); ok {
			t.Fatalf("guess %d, %s, was taken for ticket %s", n, guess, ticket)
		}
	}
}

func TestATokenDoesNotRunItsPartsTogether(t *testing.T) {
	seen := map[string]string{}
	for _, c := range [][3]string{{"a", "b", "c"}, {"ab", "", "c"}, {"", "ab", "c"}, {"a", "bc", ""}, {"abc", "", ""}} {
		token := Token(key, c[0], c[1], c[2])
		if len(token) != 26 {
			t.Errorf("a token of %d letters", len(token))
		}
		if old, twice := seen[token]; twice {
			t.Errorf("%q and %q have one token", old, c)
		}
		seen[token] = strings.Join(c[:], "|")
	}
}
