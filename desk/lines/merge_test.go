package lines

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestMerge(t *testing.T) {
	cases := []struct {
		name, base, one, other, want string
		clash                        bool
	}{
		{"two ends", "a\nb\nc", "a1\nb\nc", "a\nb\nc1", "a1\nb\nc1", false},
		{"added before and behind", "m", "n\nm", "m\no", "n\nm\no", false},
		{"the same change", "a\nb", "a\nx", "a\nx", "a\nx", false},
		{"taken away and added", "a\nb\nc\nd", "a\nc\nd", "a\nb\nc\nd\ne", "a\nc\nd\ne", false},
		{"the same line", "a\nb\nc", "a\nx\nc", "a\ny\nc", "", true},
		{"lines that touch", "a\nb\nc\nd", "a\nx\nc\nd", "a\nb\ny\nd", "", true},
		{"both wrote the first words", "", "one", "other", "", true},
		{"both added at the end", "a", "a\nb", "a\nc", "", true},
		{"taken away and changed", "a\nb\nc", "a\nc", "a\nx\nc", "", true},
		{"blank lines repeat", "a\n\nb\n\nc", "a1\n\nb\n\nc", "a\n\nb\n\nc1", "a1\n\nb\n\nc1", false},
		{"a paragraph moved", "a\nb\nc\nd\ne", "c\na\nb\nd\ne", "a\nb\nc\nd\ne1", "c\na\nb\nd\ne1", false},
	}
	for _, c := range cases {
		got, ok := Merge(c.base, c.one, c.other)
		if ok == c.clash || got != c.want {
			t.Errorf("%s: %q %v, want %q", c.name, got, ok, c.want)
		}
	}
}

// TestAnOverlayHoldsEveryVersionWhole, with the clash at its place.
func TestAnOverlayHoldsEveryVersionWhole(t *testing.T) {
	base, one, other := "a\nb\nc\nd\ne", "a1\nb\nx\nd\ne", "a\nb\ny\nz\nd\ne1"
	var versions [3][]string
	var clashes []Part
	for _, p := range Overlay(base, one, other) {
		versions[0], versions[1], versions[2] = append(versions[0], p.Base...), append(versions[1], p.One...), append(versions[2], p.Other...)
		if p.Clash {
			clashes = append(clashes, p)
		} else if len(p.Merged) == 0 {
			t.Errorf("an empty part %+v", p)
		}
	}
	for i, want := range []string{base, one, other} {
		if got := strings.Join(versions[i], "\n"); got != want {
			t.Errorf("version %d is %q, want %q", i, got, want)
		}
	}
	if len(clashes) != 1 || !slices.Equal(clashes[0].One, []string{"x"}) || !slices.Equal(clashes[0].Other, []string{"y", "z"}) {
		t.Errorf("clashes %+v", clashes)
	}
}

// written is a text of a few words that repeat, so that lines move and stand twice.
func written(r *rand.Rand, most int) []string {
	lines := make([]string, 1+r.IntN(most))
	for i := range lines {
		lines[i] = string(rune('a' + r.IntN(6)))
	}
	return lines
}

// revised is a text after a few edits; the words of each are its own.
func revised(r *rand.Rand, lines []string, by string) []string {
	lines = slices.Clone(lines)
	for n := range r.IntN(4) {
		at := r.IntN(len(lines) + 1)
		switch {
		case at < len(lines) && r.IntN(3) == 0:
			lines = slices.Delete(lines, at, at+1)
		case at < len(lines) && r.IntN(2) == 0:
			lines[at] = fmt.Sprint(by, n)
		default:
			lines = slices.Insert(lines, at, fmt.Sprint(by, n))
		}
	}
	return lines
}

// TestMergingTextsKeepsItsLaws: a text merges with itself and with what it was,
// both sides are treated alike, and no line that somebody wrote is lost.
func TestMergingTextsKeepsItsLaws(t *testing.T) {
	merged, clashed := 0, 0
	for seed := range uint64(20_000) {
		r := rand.New(rand.NewPCG(seed, 3))
		b := written(r, 12)
		one, other := revised(r, b, "one"), revised(r, b, "other")
		base, x, y := strings.Join(b, "\n"), strings.Join(one, "\n"), strings.Join(other, "\n")
		for _, same := range [][3]string{{base, x, x}, {base, x, base}, {base, base, x}} {
			if got, ok := Merge(same[0], same[1], same[2]); !ok || got != x {
				t.Fatalf("seed %d: %q became %q, %v", seed, same, got, ok)
			}
		}
		got, ok := Merge(base, x, y)
		if back, okBack := Merge(base, y, x); back != got || okBack != ok {
			t.Fatalf("seed %d: %q one way, %q the other", seed, got, back)
		}
		if !ok {
			clashed++
			continue
		}
		merged++
		lines := strings.Split(got, "\n")
		for _, line := range append(one, other...) {
			if len(line) > 1 && !slices.Contains(lines, line) {
				t.Fatalf("seed %d: %q and %q over %q lost %q: %q", seed, x, y, base, line, got)
			}
		}
	}
	if merged < 2_000 || clashed < 2_000 {
		t.Errorf("%d merged, %d clashed: nothing was tried", merged, clashed)
	}
}

// TestAHostileTextIsMergedQuickly: lines that repeat a hundred thousand times
// are no reason to compare each with each.
func TestAHostileTextIsMergedQuickly(t *testing.T) {
	long := strings.Repeat("a\nb\n", 100_000)
	got, ok := Merge(long+"end", "start\n"+long+"end", long+"over")
	if want := "start\n" + long + "over"; !ok || got != want {
		t.Errorf("merged %v, %d bytes of %d", ok, len(got), len(want))
	}
	if _, ok := Merge(long, strings.Repeat("b\na\n", 100_000), "else"); ok {
		t.Error("two rewrites were merged")
	}
}
