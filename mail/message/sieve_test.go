package message

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// sieves are all that this package asks, by name.
var sieves = map[string]*sieve{
	"returned subject": returnedSubject, "returned text": returnedText, "returned mark": returnedMark, "personal words": personalWords, "status fields": statusFields, "wrote": wroteEnd,
}

// TestASieveMatchesWhatItsExpressionDoes compares both on texts made of pieces
// of the words that expressions look for, in odd letters.
func TestASieveMatchesWhatItsExpressionDoes(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	for name, s := range sieves {
		pieces := []string{" ", "\n", ": ", "4.2.2", "550-5.1.1", "<a@b.example>", "?", ".", "x", "--- ", "ſ", "\u212a", "\xff", "1", "of ", "the "}
		for _, b := range s.branches {
			for _, w := range b.needs {
				pieces = append(pieces, w, strings.ToLower(w), strings.ToLower(w)+" ", strings.ReplaceAll(strings.ToLower(w), "s", "ſ"), w[:len(w)/2])
			}
		}
		matches := 0
		for range 6_000 {
			var text strings.Builder
			for range 1 + random.IntN(8) {
				text.WriteString(pieces[random.IntN(len(pieces))])
			}
			want := s.whole.MatchString(text.String())
			if got := s.MatchString(text.String()); got != want {
				t.Fatalf("%s in %q: %v, the expression says %v", name, text.String(), got, want)
			}
			if got := s.FindStringIndex(text.String()); !slices.Equal(got, s.whole.FindStringIndex(text.String())) {
				t.Fatalf("%s in %q stands at %v", name, text.String(), got)
			}
			if want {
				matches++
			}
		}
		if matches < 50 {
			t.Errorf("%s: only %d texts matched: nothing was tried", name, matches)
		}
	}
}

func TestAlternativesArePartedOutsideOfGroups(t *testing.T) {
	got := splitAlternatives(`a|(b|c)|[|)]d|\|e|[^]|]f|(?:g[(]|h)`)
	if want := []string{`a`, `(b|c)`, `[|)]d`, `\|e`, `[^]|]f`, `(?:g[(]|h)`}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestFoldingIsThatOfExpressions(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if f := unicode.SimpleFold(r); foldRune(f) != foldRune(r) {
			t.Fatalf("%q and %q are one letter", r, f)
		}
	}
	if fold("abcßſKé") != fold("ABCßSkÉ") {
		t.Error("letters of one word differ")
	}
}
