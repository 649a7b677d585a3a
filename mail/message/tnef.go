package message

import (
	"encoding/binary"
	"errors"
	"strings"

	"github.com/teamwork/tnef"
)

// isTNEF recognises Outlook's winmail.dat.
func isTNEF(p *part) bool {
	return p.kind == "application/ms-tnef" || p.kind == "application/vnd.ms-tnef" || strings.EqualFold(p.name, "winmail.dat")
}

// unpackTNEF returns the files and the text body of a winmail.dat. The
// library trusts every length it reads, so a damaged file may panic: what was
// read until then is lost and the raw file stays listed.
func unpackTNEF(data []byte, most int) (files []Attachment, body string) {
	defer func() {
		if recover() != nil {
			files, body = nil, ""
		}
	}()
	if len(data) > most || checkTNEF(data) != nil {
		return nil, ""
	}
	d, err := tnef.Decode(data)
	if err != nil {
		return nil, ""
	}
	for _, a := range d.Attachments {
		if name := fileName(a.Title, ""); name != "" || len(a.Data) > 0 {
			files = append(files, Attachment{Name: name, Type: typeByName(name), Size: int64(len(a.Data)), Data: a.Data})
		}
	}
	plain := d.Body
	if len(plain) == 0 {
		plain = tnefText(data) // the library reads it only from the properties
	}
	body = decodeText([]byte(strings.TrimRight(string(plain), "\x00")), "")
	if strings.TrimSpace(body) == "" && len(d.BodyHTML) > 0 {
		body = htmlToText(decodeText([]byte(strings.TrimRight(string(d.BodyHTML), "\x00")), metaCharset(d.BodyHTML)))
	}
	return files, body
}

var errTNEF = errors.New("damaged winmail.dat")

// tnefHead is level, id, type and length of an attribute (MS-OXTNEF §2.1.3.1).
const tnefHead = 9

// attributes walks the attribute list and stops where a length leads outside.
func attributes(data []byte, see func(name uint16, value []byte) error) error {
	for at := 6; at+tnefHead <= len(data); {
		size := int(binary.LittleEndian.Uint32(data[at+5:]))
		if size < 0 || size > len(data)-at-tnefHead {
			return errTNEF
		}
		if err := see(binary.LittleEndian.Uint16(data[at+1:]), data[at+tnefHead:at+tnefHead+size]); err != nil {
			return err
		}
		at += tnefHead + size + 2
	}
	return nil
}

// checkTNEF refuses counts that would keep the library busy without end.
func checkTNEF(data []byte) error {
	const mapiProps = 0x9003
	return attributes(data, func(name uint16, value []byte) error {
		if name == mapiProps && (len(value) < 4 || int(binary.LittleEndian.Uint32(value)) > len(value)/4) {
			return errTNEF
		}
		return nil
	})
}

// tnefText is the text of a winmail.dat that older programs write (attBody).
func tnefText(data []byte) (text []byte) {
	const body = 0x800c
	_ = attributes(data, func(name uint16, value []byte) error { // checked before
		if name == body {
			text = value
		}
		return nil
	})
	return text
}
