// Package lines lets two people change one long text and loses no line of
// either: where their changes can be told apart both stand, and where they
// cannot, both versions are handed back side by side (diff3). It knows texts
// and nothing of a desk; its work grows with the length of a text.
package lines

import (
	"cmp"
	"slices"
	"strings"
)

// Part is a run of lines of two versions of a text, laid beside each other.
type Part struct {
	Base, One, Other []string
	Merged           []string // nil where Clash
	Clash            bool     // both changed the lines, and nobody can say which belongs first
}

// Overlay lays two changes of a long text beside each other, line by line
// (diff3). Lines that stayed in both are parts of their own; between two of them
// stands one part, whoever changed it.
func Overlay(base, one, other string) (parts []Part) {
	b, o, p := strings.Split(base, "\n"), strings.Split(one, "\n"), strings.Split(other, "\n")
	inO, inP := paired(b, o), paired(b, p)
	from, fromO, fromP := 0, 0, 0
	for i := 0; i <= len(b); i++ {
		toO, toP := len(o), len(p)
		if i < len(b) {
			if inO[i] < 0 || inP[i] < 0 {
				continue
			}
			toO, toP = inO[i], inP[i]
		}
		if i > from || toO > fromO || toP > fromP {
			parts = append(parts, part(b[from:i], o[fromO:toO], p[fromP:toP]))
		}
		if i < len(b) {
			parts = append(parts, part(b[i:i+1], b[i:i+1], b[i:i+1]))
		}
		from, fromO, fromP = i+1, toO+1, toP+1
	}
	return parts
}

// part chooses between two versions of some lines.
func part(base, one, other []string) Part {
	p := Part{Base: base, One: one, Other: other}
	switch {
	case slices.Equal(one, other), slices.Equal(base, other):
		p.Merged = one
	case slices.Equal(base, one):
		p.Merged = other
	default:
		p.Clash = true
	}
	return p
}

// Merge is what two changes of a long text make together. ok is false where they
// clash, be it in one part.
func Merge(base, one, other string) (text string, ok bool) {
	var merged []string
	for _, p := range Overlay(base, one, other) {
		if p.Clash {
			return "", false
		}
		merged = append(merged, p.Merged...)
	}
	return strings.Join(merged, "\n"), true
}

// paired says of each line of a where it stands in b, or -1, the pairs being in
// the same order in both.
func paired(a, b []string) []int {
	at := make([]int, len(a))
	for i := range at {
		at[i] = -1
	}
	pair(a, b, at, 0)
	return at
}

// pair finds what stayed at both ends and, between, the lines that stand once in
// each text (patience diff): the work grows with the length and not with the
// square of it, however hostile the text.
func pair(a, b []string, at []int, offset int) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		at[0] = offset
		a, b, at, offset = a[1:], b[1:], at[1:], offset+1
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		at[len(a)-1] = offset + len(b) - 1
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	i, j := 0, 0
	for _, x := range anchors(a, b) {
		at[x.a] = offset + x.b
		pair(a[i:x.a], b[j:x.b], at[i:x.a], offset+j)
		i, j = x.a+1, x.b+1
	}
	if i > 0 {
		pair(a[i:], b[j:], at[i:], offset+j)
	}
}

// anchor is a line that stands once in each of two texts.
type anchor struct{ a, b int }

// anchors are the longest run of such lines whose order is the same in both.
func anchors(a, b []string) []anchor {
	once := unique(b)
	var candidates []anchor
	for line, i := range unique(a) {
		if j, ok := once[line]; ok && i >= 0 && j >= 0 {
			candidates = append(candidates, anchor{i, j})
		}
	}
	slices.SortFunc(candidates, func(x, y anchor) int { return cmp.Compare(x.a, y.a) })
	return rising(candidates)
}

// unique are the places of lines by their words; -1 where one stands twice.
func unique(lines []string) map[string]int {
	at := make(map[string]int, len(lines))
	for i, line := range lines {
		if _, again := at[line]; again {
			i = -1
		}
		at[line] = i
	}
	return at
}

// rising is the longest subsequence whose places in b rise.
func rising(list []anchor) []anchor {
	ends := []int{}                  // of the best subsequence of each length, its last element
	before := make([]int, len(list)) // the element before each in its subsequence
	for i, x := range list {
		n, _ := slices.BinarySearchFunc(ends, x.b, func(end, b int) int { return cmp.Compare(list[end].b, b) })
		before[i] = -1
		if n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		} else {
			ends[n] = i
		}
	}
	chosen := make([]anchor, len(ends))
	for n, i := len(ends)-1, -1; n >= 0; n-- {
		if i < 0 {
			i = ends[n]
		}
		chosen[n] = list[i]
		i = before[i]
	}
	return chosen
}
