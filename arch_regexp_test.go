package main_test

import (
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"regexp/syntax"
	"strings"
	"testing"
)

// literal is a regular expression in the page's source, where one can stand.
var literal = regexp.MustCompile(`(?:[(,=:\[!&|?{};+]|\breturn|\bcase)\s*/((?:[^/\\\[\n*]|\\.|\[(?:[^\]\\\n]|\\.)*\])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])*)/[dgimsuvy]*`)

// unicodeEscape is how the page writes a letter that Go writes as \x{200b}.
var unicodeEscape = regexp.MustCompile(`\\u\{?([0-9a-fA-F]{4,6})\}?`)

// regexpFaults finds expressions that a browser could be kept busy with by words
// of a stranger (SECURITY case 17). The page shows mail everywhere, so the law
// holds in all of it.
func regexpFaults(t *testing.T, house fs.FS) []string {
	var faults []string
	texts := handwritten(t, house, ".ts", ".tsx")
	for _, p := range sorted(texts) {
		if !below(p, page) || strings.Contains(p, ".test.") {
			continue
		}
		for i, line := range strings.Split(texts[p], "\n") {
			for _, found := range literal.FindAllStringSubmatch(line, -1) {
				if why := unbounded(found[1]); why != "" {
					faults = append(faults, fmt.Sprintf("%s:%d /%s/ %s: a mail of a hundred letters could stop the window", p, i+1, found[1], why))
				}
			}
		}
	}
	return faults
}

// unbounded says why an expression may take longer than its text is long, "" if
// it does not.
func unbounded(expression string) string {
	tree, err := syntax.Parse(unicodeEscape.ReplaceAllString(expression, `\x{$1}`), syntax.Perl)
	if err != nil {
		return "is outside of RE2 (" + err.Error() + ")"
	}
	if repeats(tree, false) {
		return "repeats what repeats"
	}
	return ""
}

// repeats reports whether there is a repetition without end within another.
func repeats(tree *syntax.Regexp, within bool) bool {
	endless := tree.Op == syntax.OpStar || tree.Op == syntax.OpPlus || tree.Op == syntax.OpRepeat && tree.Max < 0
	if endless && within {
		return true
	}
	for _, sub := range tree.Sub {
		if repeats(sub, within || endless) {
			return true
		}
	}
	return false
}

// rawPage are the ways to put words into the page as HTML. Only the module of the
// mail's frame has a use for one, and there it goes into a frame without rights.
var rawPage = regexp.MustCompile(`\b(?:dangerouslySetInnerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|setHTMLUnsafe|document\.write|srcdoc|srcDoc|eval|new Function)\b|\.innerHTML\b`)

// sanitised are the files that may: what the frame is made of, and its model.
var sanitised = []string{page + "/ticket/HtmlBody.tsx", page + "/ticket/mail.ts"}

// markupFaults finds words that could become elements of the page: in a thread, a
// reply, a search result or a notification (SECURITY case 1).
func markupFaults(t *testing.T, house fs.FS) []string {
	var faults []string
	texts := handwritten(t, house, ".ts", ".tsx")
	for _, p := range sorted(texts) {
		if !below(p, page) || strings.Contains(p, ".test.") || belowAny(p, sanitised) {
			continue
		}
		for i, line := range strings.Split(texts[p], "\n") {
			if found := rawPage.FindString(line); found != "" {
				faults = append(faults, fmt.Sprintf("%s:%d uses %s: words reach the page as text, and a mail's HTML only its frame", p, i+1, found))
			}
		}
	}
	return faults
}

func TestCase17NoExpressionOfThePageRunsAway(t *testing.T) { report(t, regexpFaults(t, os.DirFS("."))) }
func TestCase1WordsReachThePageAsTextOnly(t *testing.T)    { report(t, markupFaults(t, os.DirFS("."))) }
func TestExpressionCheckersFindPlantedFaults(t *testing.T) {
	grow(t, regexpFaults, []plant{
		{"nested repetition", page + "/ticket/a.ts", `const a = /(?:a+)+$/.test(b);`, "repeats what repeats"},
		{"counted within endless", page + "/ticket/a.ts", `x.replace(/(\s{2,})*x/g, "")`, "repeats what repeats"},
		{"look ahead", page + "/ticket/a.ts", `const a = /a(?=b)/u;`, "outside of RE2"},
		{"look behind", page + "/ticket/a.ts", `return /(?<!a)b/;`, "outside of RE2"},
		{"back reference", page + "/ticket/a.ts", `f(/(a)\1/)`, "outside of RE2"},
		{"two on a line", page + "/ticket/a.ts", `f(/a/, /(b*)*/)`, "/(b*)*/"},
		{"plain ones", page + "/ticket/a.ts", `x.replaceAll(/[\u200b-\u200f/]\s+/g, "").split(/[^\p{L}\d]+/u) / 2 / y; // a/(b+)+/`, ""},
		{"a division and a tag", page + "/ticket/a.tsx", `const a = b / c; const d = <p>{/* (x+)+ */}</p>;`, ""},
	})
	grow(t, markupFaults, []plant{
		{"a snippet as HTML", page + "/queue/a.tsx", `<p dangerouslySetInnerHTML={{ __html: row.snippet }} />`, "as text"},
		{"an element's HTML", page + "/shell/a.ts", `box.innerHTML = title;`, "as text"},
		{"a frame elsewhere", page + "/compose/a.tsx", `<iframe srcDoc={text} />`, "as text"},
		{"text", page + "/queue/a.tsx", `<p>{row.snippet}</p>`, ""},
		{"the frame", page + "/ticket/HtmlBody.tsx", `<iframe srcDoc={page} />`, ""},
	})
}
