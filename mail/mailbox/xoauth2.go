package mailbox

import (
	"errors"

	"github.com/emersion/go-sasl"
)

type xoauth2 struct{ user, token string }

// XOAUTH2 is the sign-in of Gmail and Microsoft 365 with an OAuth2 token. A
// refusal comes as a challenge with a JSON text, which is answered by an empty
// line; the server then says NO.
func XOAUTH2(user, token string) sasl.Client { return &xoauth2{user, token} }

func (x *xoauth2) Start() (string, []byte, error) {
	return "XOAUTH2", []byte("user=" + x.user + "\x01auth=Bearer " + x.token + "\x01\x01"), nil
}

func (x *xoauth2) Next(challenge []byte) ([]byte, error) {
	if len(challenge) == 0 {
		return nil, errors.New("the server sent an empty challenge")
	}
	return []byte{}, nil
}
