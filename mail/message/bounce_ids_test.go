package message

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// announced is the rule of announcedIDs as an expression.
var announced = regexp.MustCompile(`(?i)(?:message-id|in-reply-to|references)[ \t]*:[ \t\r\n]*((?:<[^<>\s@]{1,200}@[^<>\s@]{1,200}>[ \t\r\n]*)+)`)

// TestIDsAreFoundAsTheRuleSays compares the quick look with the rule, on texts
// made of what reports are made of.
func TestIDsAreFoundAsTheRuleSays(t *testing.T) {
	pieces := []string{
		"Message-ID", "message-id", "In-Reply-To", "REFERENCES", "Subject", ":", ": ", " :", ":\r\n ", "<a@b.example>", "<c@d>", "<no at>", "<two@at@s>", "<@b>", "<a@>", "<open@b",
		" ", "\n", "\t", ">", "> ", "text", "ſ", "é@é", "<ü@ö.example>", "<" + strings.Repeat("x", 201) + "@b>", "<" + strings.Repeat("x", 200) + "@b>",
	}
	random := rand.New(rand.NewPCG(1, 2))
	found := 0
	for range 60_000 {
		var text strings.Builder
		for range 1 + random.IntN(14) {
			text.WriteString(pieces[random.IntN(len(pieces))])
		}
		var want, got []string
		for _, hit := range announced.FindAllStringSubmatch(text.String(), 20) {
			want = append(want, messageIDs(hit[1])...)
		}
		for _, run := range announcedIDs([]byte(text.String())) {
			got = append(got, messageIDs(string(run))...)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%q: %q, the rule says %q", text.String(), got, want)
		}
		found += len(got)
	}
	if found < 1000 {
		t.Errorf("only %d ids were found: nothing was tried", found)
	}
}
