package message

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"testing"
)

// winmail writes a winmail.dat of a text and files (MS-OXTNEF §2.1).
func winmail(body string, files map[string]string) []byte {
	out := binary.LittleEndian.AppendUint32(nil, 0x223e9f78)
	out = binary.LittleEndian.AppendUint16(out, 1)
	put := func(level byte, id uint32, data []byte) {
		out = append(out, level)
		out = binary.LittleEndian.AppendUint32(out, id)
		out = binary.LittleEndian.AppendUint32(out, uint32(len(data)))
		out = append(out, data...)
		sum := uint16(0)
		for _, b := range data {
			sum += uint16(b)
		}
		out = binary.LittleEndian.AppendUint16(out, sum)
	}
	const message, attachment = 1, 2
	put(message, 0x0002800c, []byte(body+"\x00"))
	for _, name := range sortedNames(files) {
		put(attachment, 0x00069002, make([]byte, 14))
		put(attachment, 0x00018010, []byte(name+"\x00"))
		put(attachment, 0x0006800f, []byte(files[name]))
	}
	return out
}

func sortedNames(files map[string]string) (names []string) {
	for _, n := range []string{"a.txt", "b.pdf"} {
		if _, ok := files[n]; ok {
			names = append(names, n)
		}
	}
	return names
}

func inMail(data []byte) []byte {
	return []byte("From: a@b.example\nSubject: From Outlook\nMIME-Version: 1.0\nContent-Type: application/ms-tnef; name=\"winmail.dat\"\n" +
		"Content-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString(data) + "\n")
}

// TestWinmailIsUnpacked: its files are listed, and its text is read where the
// mail has none.
func TestWinmailIsUnpacked(t *testing.T) {
	m, err := Parse(context.Background(), inMail(winmail("Both forms are attached.", map[string]string{"a.txt": "first", "b.pdf": "second"})), Limits{})
	if err != nil || m.Text != "Both forms are attached." || len(m.Attachments) != 2 {
		t.Fatalf("%v: %q, %d files", err, m.Text, len(m.Attachments))
	}
	if a, b := m.Attachments[0], m.Attachments[1]; a.Name != "a.txt" || string(a.Data) != "first" || b.Name != "b.pdf" || string(b.Data) != "second" {
		t.Errorf("%+v %+v", a, b)
	}
}

// TestADamagedWinmailStaysAFile: wherever it is cut or a length is forged.
func TestADamagedWinmailStaysAFile(t *testing.T) {
	whole := winmail("Text.", map[string]string{"a.txt": "first"})
	for cut := range len(whole) {
		m, _ := Parse(context.Background(), inMail(whole[:cut]), Limits{})
		if len(m.Attachments) == 0 && m.Text == "" && cut > 0 {
			t.Fatalf("cut at %d: nothing is left of it", cut)
		}
	}
	for at := 6; at+4 <= len(whole); at++ {
		forged := append([]byte{}, whole...)
		binary.LittleEndian.PutUint32(forged[at:], 0x7fffffff)
		Parse(context.Background(), inMail(forged), Limits{})
	}
}
