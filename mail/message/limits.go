package message

import "bytes"

// Limits is the budget of one Parse. Zero fields take their default.
type Limits struct {
	Bytes       int64 // raw mail; more is cut off
	HeaderBytes int   // one header block
	Parts       int   // MIME parts of all levels
	Depth       int   // nested multiparts
	TextBytes   int   // each of Text and HTML after decoding
	TNEFBytes   int   // one winmail.dat
}

// DefaultLimits suits a desk that accepts mails of 64 MiB.
func DefaultLimits() Limits {
	return Limits{
		Bytes:       64 << 20,
		HeaderBytes: 1 << 20,
		Parts:       1000,
		Depth:       16,
		TextBytes:   4 << 20,
		TNEFBytes:   32 << 20,
	}
}

func (l Limits) withDefaults() Limits {
	d := DefaultLimits()
	pick := func(v *int, def int) {
		if *v <= 0 {
			*v = def
		}
	}
	if l.Bytes <= 0 {
		l.Bytes = d.Bytes
	}
	pick(&l.HeaderBytes, d.HeaderBytes)
	pick(&l.Parts, d.Parts)
	pick(&l.Depth, d.Depth)
	pick(&l.TextBytes, d.TextBytes)
	pick(&l.TNEFBytes, d.TNEFBytes)
	return l
}

// indexFold is bytes.Index for a lower-case ASCII needle, any case, in one pass.
func indexFold(b, needle []byte) int {
	last := len(b) - len(needle)
	for i := 0; i <= last; i++ {
		if b[i]|0x20 == needle[0]|0x20 && bytes.EqualFold(b[i:i+len(needle)], needle) {
			return i
		}
	}
	return -1
}
