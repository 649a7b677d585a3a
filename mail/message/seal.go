package message

import "strings"

// Seal is how a mail is signed or encrypted. It is recognised and not opened:
// the mail is kept whole, so that a program with the keys can.
type Seal string

// The seals. An encrypted mail may be signed inside.
const (
	SignedSMIME    Seal = "s/mime signed"    // RFC 8551 §3.5
	EncryptedSMIME Seal = "s/mime encrypted" // RFC 8551 §3.3
	SignedPGP      Seal = "pgp signed"       // RFC 3156 §5, or inline
	EncryptedPGP   Seal = "pgp encrypted"    // RFC 3156 §4, or inline
)

// Encrypted reports whether its words cannot be read without a key.
func (s Seal) Encrypted() bool { return s == EncryptedSMIME || s == EncryptedPGP }

// findSeal looks at the tree, and at the text for what stands in it (RFC 9580
// §6.2). An encrypted part counts more than a signature around it.
func findSeal(root *part, text string) (found Seal) {
	for p := range every(root) {
		switch s := sealOf(p); {
		case s.Encrypted():
			return s
		case s != "":
			found = s
		}
	}
	switch {
	case found != "":
	case strings.Contains(text, "-----BEGIN PGP MESSAGE-----"):
		found = EncryptedPGP
	case strings.Contains(text, "-----BEGIN PGP SIGNED MESSAGE-----"):
		found = SignedPGP
	}
	return found
}

func sealOf(p *part) Seal {
	protocol := strings.ToLower(p.params["protocol"])
	switch p.kind {
	case "multipart/signed":
		if strings.Contains(protocol, "pgp") {
			return SignedPGP
		}
		return SignedSMIME
	case "multipart/encrypted", "application/pgp-encrypted":
		return EncryptedPGP
	case "application/pkcs7-signature", "application/x-pkcs7-signature":
		return SignedSMIME
	case "application/pgp-signature":
		return SignedPGP
	case "application/pkcs7-mime", "application/x-pkcs7-mime":
		switch strings.ToLower(p.params["smime-type"]) {
		case "signed-data", "certs-only":
			return SignedSMIME
		}
		return EncryptedSMIME
	}
	return ""
}

// every walks a tree, each part before those below it.
func every(p *part) func(func(*part) bool) {
	return func(yield func(*part) bool) { walk(p, yield) }
}

func walk(p *part, yield func(*part) bool) bool {
	if !yield(p) {
		return false
	}
	for _, c := range p.children {
		if !walk(c, yield) {
			return false
		}
	}
	return true
}
