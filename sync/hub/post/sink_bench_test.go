package post_test

import (
	"testing"

	"holdall/mail/intake"
	"holdall/mail/message"
)

// BenchmarkMailsToTickets files mails and makes tickets of them, durably, and
// compares with reading them only.
func BenchmarkMailsToTickets(b *testing.B) {
	h := build(b).run()
	sink, converter := h.intake()
	mails := make([]intake.Mail, b.N)
	for i := range mails {
		mails[i] = question(uint32(i + 1))
	}
	b.ResetTimer()
	for first := 0; first < len(mails); first += 200 {
		h.file(sink, intake.Position{}, mails[first:min(first+200, len(mails))]...)
	}
	h.convert(converter)
	filed := b.Elapsed()
	b.ReportMetric(float64(b.N)/filed.Seconds(), "mails/s")
	for _, m := range mails {
		if _, err := message.Parse(b.Context(), m.Bytes, message.Limits{}); err != nil {
			b.Fatal(err)
		}
	}
	read := b.Elapsed() - filed
	b.ReportMetric(filed.Seconds()/read.Seconds(), "×reading")
}
