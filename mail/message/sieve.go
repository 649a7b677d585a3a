package message

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sieve matches what an expression of many alternatives matches, for much less
// where it matches nothing: of each alternative it knows words without which it
// cannot match, looks for those, and asks only the alternatives whose words are
// there. Most mails hold none of them.
type sieve struct {
	whole    *regexp.Regexp
	branches []branch
}

// branch is one alternative. Without needs it is always asked.
type branch struct {
	needs      []string // folded; one of them is in whatever it matches
	expression *regexp.Regexp
}

// newSieve takes the flags of an expression, "(?i)", and its alternatives,
// "a|b|c".
func newSieve(flags, alternatives string) *sieve {
	s := &sieve{whole: regexp.MustCompile(flags + "(?:" + alternatives + ")")}
	for _, a := range splitAlternatives(alternatives) {
		tree, err := syntax.Parse(flags+"(?:"+a+")", syntax.Perl)
		if err != nil {
			panic(err) // the whole was sound, so its parts are
		}
		s.branches = append(s.branches, branch{needs(tree), regexp.MustCompile(flags + "(?:" + a + ")")})
	}
	return s
}

// MatchString reports whether the expression matches somewhere in s.
func (s *sieve) MatchString(text string) bool {
	folded := fold(text)
	for _, b := range s.branches {
		if b.possible(folded) && b.expression.MatchString(text) {
			return true
		}
	}
	return false
}

// FindStringIndex is the place of the leftmost match, nil if there is none.
func (s *sieve) FindStringIndex(text string) []int {
	folded := fold(text)
	if !slices.ContainsFunc(s.branches, func(b branch) bool { return b.possible(folded) }) {
		return nil
	}
	return s.whole.FindStringIndex(text)
}

func (b branch) possible(folded string) bool {
	return b.needs == nil || slices.ContainsFunc(b.needs, func(w string) bool { return strings.Contains(folded, w) })
}

// splitAlternatives parts an expression at the bars that stand in no group and
// no class.
func splitAlternatives(expression string) (parts []string) {
	depth, class, begin := 0, false, 0
	for i := 0; i < len(expression); i++ {
		switch c := expression[i]; {
		case c == '\\':
			i++
		case class:
			class = c != ']'
		case c == '[':
			class = true
			if i+1 < len(expression) && expression[i+1] == '^' {
				i++
			}
			if i+1 < len(expression) && expression[i+1] == ']' {
				i++ // the first in a class is a letter of it
			}
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == '|' && depth == 0:
			parts = append(parts, expression[begin:i])
			begin = i + 1
		}
	}
	return append(parts, expression[begin:])
}

// needs are folded words of which every match holds one; nil if none are known.
func needs(tree *syntax.Regexp) []string {
	switch tree.Op {
	case syntax.OpLiteral:
		return []string{fold(string(tree.Rune))}
	case syntax.OpCapture, syntax.OpPlus:
		return needs(tree.Sub[0])
	case syntax.OpRepeat:
		if tree.Min > 0 {
			return needs(tree.Sub[0])
		}
	case syntax.OpConcat:
		var best []string
		for _, sub := range tree.Sub {
			if words := needs(sub); shortest(words) > shortest(best) {
				best = words
			}
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, sub := range tree.Sub {
			words := needs(sub)
			if words == nil {
				return nil
			}
			all = append(all, words...)
		}
		return all
	}
	return nil
}

// shortest is how telling words are: the length of the least of them.
func shortest(words []string) int {
	if len(words) == 0 {
		return 0
	}
	return len(slices.MinFunc(words, func(a, b string) int { return len(a) - len(b) }))
}

// fold gives all letters that an expression without regard to case takes for
// one the same form.
func fold(s string) string {
	if isPlain(s) {
		return strings.ToUpper(s)
	}
	var out strings.Builder
	out.Grow(len(s) + 8)
	for _, r := range s {
		out.WriteRune(foldRune(r))
	}
	return out.String()
}

func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// foldRune is the least of the runes that are one letter (unicode.SimpleFold).
func foldRune(r rune) rune {
	switch {
	case 'a' <= r && r <= 'z':
		return r - 'a' + 'A'
	case r < utf8.RuneSelf:
		return r
	}
	least := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		least = min(least, f)
	}
	return least
}
