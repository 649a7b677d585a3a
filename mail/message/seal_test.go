package message

import (
	"context"
	"testing"
)

func TestSealsAreRecognised(t *testing.T) {
	mail := func(kind, body string) string {
		return "From: a@b.example\nMIME-Version: 1.0\nContent-Type: " + kind + "\n\n" + body
	}
	for want, raw := range map[Seal]string{
		"":             mail("text/plain", "Hello."),
		SignedSMIME:    mail(`application/pkcs7-mime; smime-type=signed-data; name=smime.p7m`, "x"),
		EncryptedSMIME: mail(`application/x-pkcs7-mime; smime-type=enveloped-data; name=smime.p7m`, "x"),
		SignedPGP:      mail("text/plain", "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nHello.\n-----BEGIN PGP SIGNATURE-----\n\nx\n-----END PGP SIGNATURE-----\n"),
		EncryptedPGP:   mail("text/plain", "-----BEGIN PGP MESSAGE-----\n\nx\n-----END PGP MESSAGE-----\n"),
	} {
		m, _ := Parse(context.Background(), []byte(raw), Limits{})
		if m.Sealed != want {
			t.Errorf("%q is %q", raw, m.Sealed)
		}
		if m.Sealed.Encrypted() != (want == EncryptedSMIME || want == EncryptedPGP) {
			t.Errorf("%s: encrypted %v", want, m.Sealed.Encrypted())
		}
	}
}

// TestEncryptionCountsMoreThanItsSignature: a signed envelope cannot be read.
func TestEncryptionCountsMoreThanItsSignature(t *testing.T) {
	raw := "From: a@b.example\nContent-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=o\n\n--o\n" +
		"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nx\n--o\nContent-Type: application/pkcs7-signature\n\ny\n--o--\n"
	if m, _ := Parse(context.Background(), []byte(raw), Limits{}); m.Sealed != EncryptedSMIME {
		t.Errorf("%q", m.Sealed)
	}
}
