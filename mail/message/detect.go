package message

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/text/encoding"
)

// sureEnough is the confidence, of 100, below which Western European is the
// better guess: short texts in Latin scripts look like anything.
const sureEnough = 50

// detect guesses the charset of 8-bit text from its statistics, for which a page
// from where it stops being ASCII tells as much as all of it.
func detect(b []byte) encoding.Encoding {
	const before, sample = 256, 2048
	first := slices.IndexFunc(b, func(c byte) bool { return c >= utf8.RuneSelf })
	b = b[max(0, first-before):]
	b = b[:min(len(b), sample)]
	results, err := chardet.NewTextDetector().DetectAll(b)
	if err != nil {
		return nil
	}
	// The library leaves equals in the order in which they happened to finish; two
	// converters of one mail must read the same words.
	slices.SortFunc(results, func(a, b chardet.Result) int {
		return cmp.Or(b.Confidence-a.Confidence, strings.Compare(a.Charset, b.Charset))
	})
	for _, r := range results {
		if r.Confidence < sureEnough {
			return nil
		}
		if enc, ok := multiByte[r.Charset]; ok {
			return enc
		}
		if enc := lookup(charsetName(r.Charset)); enc != nil {
			return enc
		}
	}
	return nil
}
