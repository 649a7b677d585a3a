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
	body = decodeText([]byte(strings.TrimRight(string(d.Body), "\x00")), "")
	if strings.TrimSpace(body) == "" && len(d.BodyHTML) > 0 {
		body = htmlToText(decodeText([]byte(strings.TrimRight(string(d.BodyHTML), "\x00")), metaCharset(d.BodyHTML)))
	}
	return files, body
}

var errTNEF = errors.New("damaged winmail.dat")

// checkTNEF walks the attribute list (MS-OXTNEF §2.1) and refuses counts that
// would keep the library busy without end.
func checkTNEF(data []byte) error {
	const head, mapiProps = 9, 0x9003
	for at := 6; at+head <= len(data); {
		size := int(binary.LittleEndian.Uint32(data[at+5:]))
		if size < 0 || size > len(data)-at-head {
			return errTNEF
		}
		name := binary.LittleEndian.Uint16(data[at+1:])
		if name == mapiProps && (size < 4 || int(binary.LittleEndian.Uint32(data[at+head:])) > size/4) {
			return errTNEF
		}
		at += head + size + 2
	}
	return nil
}
