package desk

import "testing"

// TestAMailIsAFileOfItsMessage: what never was a mail has none.
func TestAMailIsAFileOfItsMessage(t *testing.T) {
	if f, ok := (Message{Subject: "Printer"}).Source(); ok {
		t.Errorf("a note came as %+v", f)
	}
	m := Message{Subject: "Printer", Origin: &Origin{SHA256: "aa", Size: 9}}
	f, ok := m.Source()
	if !ok || f.Name != "Printer.eml" || f.SHA256 != "aa" || f.Size != 9 || !f.Nested() {
		t.Errorf("%v %+v", ok, f)
	}
	m.Subject = ""
	if f, _ := m.Source(); f.Name != "mail.eml" {
		t.Errorf("without a subject it is called %q", f.Name)
	}
	for kind, want := range map[string]bool{"message/rfc822": true, "message/global": true, "message/delivery-status": false, "text/plain": false} {
		if (Attachment{Type: kind}).Nested() != want {
			t.Errorf("%s: nested %v", kind, !want)
		}
	}
}
