package protocol

import (
	"encoding/binary"
	"fmt"
	"io"
)

// A body of the long poll is frames, each after its length in four bytes, big
// endian.

// batchBytes is how much goes into one body, unless one frame alone is larger.
const batchBytes = 1 << 20

// BodyMost bounds a body: a batch, or one frame that is larger.
const BodyMost = batchBytes + MaxFrame

// pack makes a body of as many frames as fit, and says how many these are.
func pack(frames [][]byte) (body []byte, n int) {
	for _, frame := range frames {
		if n > 0 && len(body)+4+len(frame) > batchBytes {
			break
		}
		body = binary.BigEndian.AppendUint32(body, uint32(len(frame)))
		body = append(body, frame...)
		n++
	}
	return body, n
}

// unpackBatch reads the whole frames of a body. One that is too large fails with
// ErrFrame; a body that ends too early was torn off on the way.
func unpackBatch(body io.Reader) (frames [][]byte, err error) {
	for {
		var head [4]byte
		_, err := io.ReadFull(body, head[:])
		if err == io.EOF {
			return frames, nil
		}
		if err != nil {
			return frames, fmt.Errorf("a body was torn off: %w", err)
		}
		size := binary.BigEndian.Uint32(head[:])
		if size > MaxFrame {
			return frames, fmt.Errorf("%w: %d bytes are above %d", ErrFrame, size, MaxFrame)
		}
		frame := make([]byte, size)
		if _, err := io.ReadFull(body, frame); err != nil {
			return frames, fmt.Errorf("a body was torn off: %w", err)
		}
		frames = append(frames, frame)
	}
}
