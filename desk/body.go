package desk

import (
	"encoding/binary"
	"errors"
	"math/bits"
)

// ErrBody is a body that is no JSON object.
var ErrBody = errors.New("the body is not a JSON object")

// Body walks through JSON (RFC 8259) without building what it says: of a first
// fill every record is looked at, and a decoder would take as long over it as
// SQLite over the row.
type Body []byte

// deepest is how far values stand within each other, as encoding/json has it.
const deepest = 10_000

// Fields calls visit with the name and the raw value of each field of an object;
// the name is as it is written, between its quotation marks.
func (b Body) Fields(visit func(name, value []byte) error) error {
	i := b.space(0)
	if i >= len(b) || b[i] != '{' {
		return ErrBody
	}
	end, err := b.object(i, 0, visit)
	if err == nil && (end < 0 || b.space(end) != len(b)) {
		err = ErrBody
	}
	return err
}

// Valid reports whether it is one value and nothing else.
func (b Body) Valid() bool {
	end := b.End(b.space(0))
	return end >= 0 && b.space(end) == len(b)
}

// End is the end of the value that begins at i; -1 where there is none.
func (b Body) End(i int) int { return b.value(i, 0) }

func (b Body) value(i, depth int) int {
	if i >= len(b) || depth > deepest {
		return -1
	}
	switch b[i] {
	case '"':
		return b.text(i)
	case '{':
		end, _ := b.object(i, depth, nil)
		return end
	case '[':
		return b.array(i, depth)
	case 't':
		return b.word(i, "true")
	case 'f':
		return b.word(i, "false")
	case 'n':
		return b.word(i, "null")
	}
	return b.number(i)
}

func (b Body) object(i, depth int, visit func(name, value []byte) error) (int, error) {
	if i = b.space(i + 1); i < len(b) && b[i] == '}' {
		return i + 1, nil
	}
	for i < len(b) && b[i] == '"' {
		name := b.text(i)
		if name < 0 {
			return -1, nil
		}
		from := b.space(name)
		if from >= len(b) || b[from] != ':' {
			return -1, nil
		}
		from = b.space(from + 1)
		to := b.value(from, depth+1)
		if to < 0 {
			return -1, nil
		}
		if visit != nil {
			if err := visit(b[i+1:name-1], b[from:to]); err != nil {
				return -1, err
			}
		}
		if i = b.space(to); i < len(b) && b[i] == '}' {
			return i + 1, nil
		}
		if i >= len(b) || b[i] != ',' {
			return -1, nil
		}
		i = b.space(i + 1)
	}
	return -1, nil
}

func (b Body) array(i, depth int) int {
	if i = b.space(i + 1); i < len(b) && b[i] == ']' {
		return i + 1
	}
	for {
		if i = b.value(i, depth+1); i < 0 {
			return -1
		}
		if i = b.space(i); i < len(b) && b[i] == ']' {
			return i + 1
		}
		if i >= len(b) || b[i] != ',' {
			return -1
		}
		i = b.space(i + 1)
	}
}

func (b Body) space(i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t') {
		i++
	}
	return i
}

func (b Body) word(i int, w string) int {
	if len(b)-i < len(w) || string(b[i:i+len(w)]) != w {
		return -1
	}
	return i + len(w)
}

// text is the end of the string that begins at i. What is neither a quotation
// mark nor a backslash nor a control character is passed eight bytes at a time.
func (b Body) text(i int) int {
	for i++; i < len(b); {
		if len(b)-i >= 8 {
			marked := special(binary.LittleEndian.Uint64(b[i:]))
			if marked == 0 {
				i += 8
				continue
			}
			i += bits.TrailingZeros64(marked) / 8
		}
		switch c := b[i]; {
		case c == '"':
			return i + 1
		case c < ' ':
			return -1
		case c == '\\':
			if i = b.escape(i); i < 0 {
				return -1
			}
		default:
			i++
		}
	}
	return -1
}

const (
	ones = 0x0101010101010101
	tops = 0x8080808080808080
)

// special marks, in eight bytes, at least the first that ends a plain run.
func special(w uint64) uint64 {
	quotes, slashes := w^ones*'"', w^ones*'\\'
	return ((quotes-ones)&^quotes | (slashes-ones)&^slashes | (w-ones*' ')&^w) & tops
}

func (b Body) escape(i int) int {
	if i++; i >= len(b) {
		return -1
	}
	switch b[i] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 1
	case 'u':
		for n := 1; n <= 4; n++ {
			if i+n >= len(b) || !isHex(b[i+n]) {
				return -1
			}
		}
		return i + 5
	}
	return -1
}

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func (b Body) number(i int) int {
	if i < len(b) && b[i] == '-' {
		i++
	}
	if i < len(b) && b[i] == '0' {
		i++
	} else if i = b.digits(i); i < 0 {
		return -1
	}
	if i < len(b) && b[i] == '.' {
		if i = b.digits(i + 1); i < 0 {
			return -1
		}
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		if i++; i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		i = b.digits(i)
	}
	return i
}

// digits passes at least one digit.
func (b Body) digits(i int) int {
	from := i
	for i < len(b) && isDigit(b[i]) {
		i++
	}
	if i == from {
		return -1
	}
	return i
}
