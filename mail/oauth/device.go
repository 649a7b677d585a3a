package oauth

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// Code is what a person types at the provider, on any machine.
type Code struct {
	User    string    // the characters to type
	Address string    // where
	Until   time.Time // by this machine's clock
}

// ConnectDevice lets a person allow the mailbox from another machine: for a
// server without a browser (RFC 8628). tell shows the code. Nobody should type a
// code that somebody else sent, which is why the browser comes first.
func ConnectDevice(ctx context.Context, c Client, web *http.Client, tell func(Code)) (Grant, error) {
	if err := c.Check(); err != nil {
		return Grant{}, err
	}
	if c.Provider.DeviceURL == "" {
		return Grant{}, fmt.Errorf("%s allows no mail without a browser: connect from a machine that has one", c.Provider.Name)
	}
	ctx, cancel := context.WithTimeout(through(ctx, web), Patience)
	defer cancel()
	config := c.config("")
	device, err := config.DeviceAuth(ctx)
	if err != nil {
		return Grant{}, asked("ask for a code", err)
	}
	tell(Code{User: device.UserCode, Address: device.VerificationURI, Until: device.Expiry})
	token, err := config.DeviceAccessToken(ctx, device)
	if err != nil {
		return Grant{}, asked("wait for the code to be typed", err)
	}
	return lasting(c, token)
}
