package message

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkParse reads the mails of mail/testdata in turn; one operation is
// one mail.
func BenchmarkParse(b *testing.B) {
	mails, _ := filepath.Glob("../testdata/*.eml")
	var raws [][]byte
	total := 0
	for _, file := range mails {
		raw, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		raws = append(raws, raw)
		total += len(raw)
	}
	b.SetBytes(int64(total / len(raws)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := Parse(context.Background(), raws[i%len(raws)], Limits{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "mails/s")
}
