package message

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

// quadratic are units that, repeated, invite a parser to look at each pair of
// them: words, addresses, encodings, quotations, elements, ids.
var quadratic = map[string]struct{ head, unit string }{
	"encoded words":       {"Subject: ", "=?utf-8?q?a?= "},
	"half words":          {"Subject: ", "=?utf-8?q?a"},
	"questions":           {"Subject: =?utf-8?q?", "?=20"},
	"addresses":           {"To: ", "a@b.example, "},
	"open brackets":       {"To: ", "<"},
	"brackets":            {"To: ", "a <b> "},
	"open comments":       {"To: ", "("},
	"comments":            {"To: ", "(a) "},
	"quotes":              {"To: ", `"a`},
	"escapes":             {"To: ", `\"`},
	"groups":              {"To: ", "a:b;"},
	"routes":              {"To: ", "@a,"},
	"dots":                {"From: ", "."},
	"at signs":            {"From: ", "@"},
	"ids":                 {"References: ", "<a@b> "},
	"open ids":            {"References: ", "<a@b"},
	"received":            {"Received: by ", "a ("},
	"dates":               {"Date: ", "1 ("},
	"parameters":          {"Content-Type: text/plain", "; a=b"},
	"continuations":       {"Content-Type: text/plain", "; a*0*=%41"},
	"verdicts":            {"Authentication-Results: a", "; dmarc=pass (b"},
	"lines":               {"Content-Type: text/plain\n\n", "a\n"},
	"attributions":        {"Content-Type: text/plain\n\nx\n", "On 1 Mar 2024 at 10:00 a <a@b.example> wrote:\n"},
	"quotations":          {"Content-Type: text/plain\n\nx\n", "> a\n\nb\n"},
	"verbs":               {"Content-Type: text/plain\n\nx\n", "1 a@b wrote "},
	"labels":              {"Content-Type: text/plain\n\nx\n", "From: a\n"},
	"rules":               {"Content-Type: text/plain\n\nx\n", "-----\n"},
	"signatures":          {"Content-Type: text/plain\n\nx\n", "-- \na\n"},
	"report":              {"From: mailer-daemon@b.example\n\n", "550 5.1.1 a@b.example: user unknown\n"},
	"report of addresses": {"From: mailer-daemon@b.example\n\n", "a@b.example "},
	"report of fields":    {"From: mailer-daemon@b.example\n\n", "Final-Recipient: a\n"},
	"report of ids":       {"From: mailer-daemon@b.example\n\n", "Message-ID: <a@b>\n"},
	"parts":               {"Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\na\n"},
	"boundaries":          {"Content-Type: multipart/mixed\n\n", "--b\nboundary=b\n"},
	"elements":            {"Content-Type: text/html\n\n", "<b>a"},
	"quoted elements":     {"Content-Type: text/html\n\n", "<blockquote>a"},
	"attributes":          {"Content-Type: text/html\n\n<p ", "a=b "},
	"styles":              {"Content-Type: text/html\n\n", `<p style="color:red;x:url(">`},
	"declarations":        {"Content-Type: text/html\n\n<p style=\"", "color:red;"},
	"entities":            {"Content-Type: text/html\n\n", "&amp"},
	"images":              {"Content-Type: text/html\n\n", `<img src="https://a.example/">`},
	"open tags":           {"Content-Type: text/html\n\n", "<"},
	"uuencoded":           {"\n", "begin 644 a\n#86)C\nend\n"},
	"uuencoded, open":     {"\n", "begin 644 a\n#86)C\n"},
	"UTF-7":               {"Content-Type: text/plain; charset=utf-7\n\n", "+AG"},
	"stray bytes":         {"Content-Type: text/plain\n\n", "a\xe4 "},
}

// BenchmarkCase15 doubles each input: a reader that is linear takes twice as long
// for the double, so that the ratio stays near 2.
func BenchmarkCase15(b *testing.B) {
	const size = 256 << 10
	for _, name := range slices.Sorted(maps.Keys(quadratic)) {
		b.Run(name, func(b *testing.B) {
			best := map[int]time.Duration{}
			for b.Loop() {
				for _, n := range []int{size, 2 * size} {
					q := quadratic[name]
					raw := []byte("Subject: a\n" + q.head + strings.Repeat(q.unit, n/len(q.unit)) + "\n\nb\n")
					begun := time.Now()
					if _, err := Parse(context.Background(), raw, Limits{HeaderBytes: 4 << 20}); err != nil {
						b.Fatal(err)
					}
					if took := time.Since(begun); best[n] == 0 || took < best[n] {
						best[n] = took
					}
				}
			}
			b.ReportMetric(float64(best[2*size])/float64(best[size]), "double/single")
			b.ReportMetric(float64(best[2*size].Microseconds()), "µs/double")
			b.ReportMetric(0, "ns/op")
		})
	}
}
