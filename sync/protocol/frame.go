package protocol

import (
	"bytes"
	"errors"
	"fmt"
	"sync"

	"github.com/go-json-experiment/json"
	jsonv1 "github.com/go-json-experiment/json/v1"
	"github.com/klauspost/compress/zstd"
)

const flagZstd = 1 << 0

// meaning is that of encoding/json, which every body was written by; the codec
// only takes a third of its time over a page.
var meaning = jsonv1.DefaultOptionsV1()

// ErrFrame is what is wrong with a frame that breaks SPEC P2.
var ErrFrame = errors.New("broken frame")

// ErrUnknownType is a frame of a type this program does not know; it is passed
// over (SPEC P2).
var ErrUnknownType = errors.New("unknown message type")

var (
	encoder, _ = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	decoder, _ = zstd.NewReader(nil, zstd.WithDecoderMaxMemory(MaxFrame), zstd.WithDecoderConcurrency(0))
)

func enframe(m Message) ([]byte, error) {
	if rows, is := m.(Rows); is {
		body := pages.Get().(*[]byte)
		defer pages.Put(body)
		*body = appendPage((*body)[:0], rows)
		return wrap(m, *body)
	}
	body, err := json.Marshal([2]any{m.Type(), m}, meaning)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", m.Type(), err)
	}
	return wrap(m, body)
}

// pages are the bodies of pages before they are compressed.
var pages = sync.Pool{New: func() any { return new([]byte) }}

// wrap makes the frame of a body, which it does not keep.
func wrap(m Message, body []byte) ([]byte, error) {
	if len(body) > MaxFrame {
		return nil, fmt.Errorf("encode %s: %w: %d bytes are more than %d", m.Type(), ErrFrame, len(body), MaxFrame)
	}
	if len(body) <= CompressAbove {
		return append(append(make([]byte, 0, 1+len(body)), 0), body...), nil
	}
	frame := make([]byte, 1, 1+len(body)/2)
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
	name, content, ok := split(body)
	if !ok {
		return nil, fmt.Errorf("%w: not [type, {…}]", ErrFrame)
	}
	read, ok := readers[name]
	if !ok {
		return nil, fmt.Errorf("%w: %.40q", ErrUnknownType, name)
	}
	if name == (Rows{}).Type() {
		if flag := frame[0]; flag != flagZstd {
			content = bytes.Clone(content) // the frame may be another's too
		}
		if page, ok := readPage(content); ok {
			return page, nil
		}
	}
	m, err := read(content)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %v", ErrFrame, name, err)
	}
	return m, nil
}

// split finds the two elements of [type, {…}] by its punctuation, for a page is
// long and is read through once, by its reader: what is wrong with the second
// element fails there. The name of a type is capitals and underscores.
func split(body []byte) (name string, content []byte, ok bool) {
	body = bytes.TrimSpace(body)
	if len(body) < 2 || body[0] != '[' || body[len(body)-1] != ']' {
		return "", nil, false
	}
	first, content, ok := bytes.Cut(body[1:len(body)-1], []byte{','})
	first = bytes.TrimSpace(first)
	if !ok || len(first) < 2 || first[0] != '"' || first[len(first)-1] != '"' {
		return "", nil, false
	}
	return string(first[1 : len(first)-1]), content, true
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

var readers = map[string]func([]byte) (Message, error){}

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
	register[Digest]()
	register[DigestDiff]()
	register[Fetch]()
	register[Want]()
	register[Bye]()
	register[Presence]()
	register[PresenceSet]()
	register[Ping]()
	register[Pong]()
}

func register[M Message]() {
	var zero M
	readers[zero.Type()] = func(body []byte) (Message, error) {
		var m M
		err := json.Unmarshal(body, &m, meaning)
		return m, err
	}
}
