package protocol

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/klauspost/compress/zstd"
)

const flagZstd = 1 << 0

// ErrFrame is what is wrong with a frame that breaks SPEC P2.
var ErrFrame = errors.New("broken frame")

// ErrUnknownType is a frame of a type this program does not know; it is passed
// over (SPEC P2).
var ErrUnknownType = errors.New("unknown message type")

var (
	encoder, _ = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	decoder, _ = zstd.NewReader(nil, zstd.WithDecoderMaxMemory(MaxFrame), zstd.WithDecoderConcurrency(0))
)

// Encode makes the frame of a message.
func Encode(m Message) ([]byte, error) {
	body, err := json.Marshal([2]any{m.Type(), m})
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", m.Type(), err)
	}
	if len(body) > MaxFrame {
		return nil, fmt.Errorf("encode %s: %w: %d bytes are more than %d", m.Type(), ErrFrame, len(body), MaxFrame)
	}
	frame := make([]byte, 1, 1+len(body))
	if len(body) <= CompressAbove {
		return append(frame, body...), nil
	}
	frame[0] = flagZstd
	return encoder.EncodeAll(body, frame), nil
}

// Decode reads the message of a frame. It fails with ErrFrame or ErrUnknownType.
func Decode(frame []byte) (Message, error) {
	if len(frame) < 2 || len(frame) > MaxFrame {
		return nil, fmt.Errorf("%w: %d bytes", ErrFrame, len(frame))
	}
	body, err := unpack(frame[0], frame[1:])
	if err != nil {
		return nil, err
	}
	var parts []json.RawMessage
	if err := json.Unmarshal(body, &parts); err != nil || len(parts) != 2 {
		return nil, fmt.Errorf("%w: not [type, {…}]", ErrFrame)
	}
	var name string
	if err := json.Unmarshal(parts[0], &name); err != nil {
		return nil, fmt.Errorf("%w: the type is no text", ErrFrame)
	}
	read, ok := readers[name]
	if !ok {
		return nil, fmt.Errorf("%w: %.40q", ErrUnknownType, name)
	}
	m, err := read(parts[1])
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %v", ErrFrame, name, err)
	}
	return m, nil
}

// unpack undoes the compression. The declared length is checked before a byte is
// inflated, and the decoder's memory is bounded whatever was declared.
func unpack(flag byte, body []byte) ([]byte, error) {
	switch flag {
	case 0:
		return body, nil
	case flagZstd:
		var h zstd.Header
		if err := h.Decode(body); err != nil {
			return nil, fmt.Errorf("%w: %v", ErrFrame, err)
		}
		if !h.HasFCS || h.FrameContentSize > MaxFrame {
			return nil, fmt.Errorf("%w: the declared length is missing or above %d bytes", ErrFrame, MaxFrame)
		}
		out, err := decoder.DecodeAll(body, make([]byte, 0, h.FrameContentSize))
		if err != nil {
			return nil, fmt.Errorf("%w: %v", ErrFrame, err)
		}
		return out, nil
	default:
		return nil, fmt.Errorf("%w: flag %#x", ErrFrame, flag)
	}
}

var readers = map[string]func(json.RawMessage) (Message, error){}

func init() {
	register[Hello]()
	register[Welcome]()
	register[Sub]()
	register[Unsub]()
	register[Reset]()
	register[Push]()
	register[Ack]()
	register[Gap]()
	register[Rows]()
	register[Checkpoint]()
	register[Applied]()
	register[Bye]()
	register[Ping]()
	register[Pong]()
}

func register[M Message]() {
	var zero M
	readers[zero.Type()] = func(body json.RawMessage) (Message, error) {
		var m M
		err := json.Unmarshal(body, &m)
		return m, err
	}
}
