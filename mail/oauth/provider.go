package oauth

import (
	"cmp"
	"fmt"
	"net/url"

	"golang.org/x/oauth2"
)

// Provider is where a mailbox's people are asked.
type Provider struct {
	Name      string
	AuthURL   string
	TokenURL  string
	DeviceURL string   // empty: it has no sign-in without a browser
	Scopes    []string // reading by IMAP, sending by SMTP, and renewal
	// Ask are parameters of the question that only this provider knows.
	Ask map[string]string
}

// Known is one of the providers this program knows, by the word for it; false: it
// has to be named by its addresses.
func Known(kind, tenant string) (Provider, bool) {
	switch kind {
	case "microsoft":
		return Microsoft(tenant), true
	case "google":
		return Google(), true
	}
	return Provider{}, false
}

// Microsoft is Microsoft 365. The tenant is its domain or id; empty lets the
// account decide.
func Microsoft(tenant string) Provider {
	base := "https://login.microsoftonline.com/" + url.PathEscape(cmp.Or(tenant, "organizations")) + "/oauth2/v2.0"
	return Provider{
		Name: "Microsoft 365", AuthURL: base + "/authorize", TokenURL: base + "/token", DeviceURL: base + "/devicecode",
		Scopes: []string{"https://outlook.office.com/IMAP.AccessAsUser.All", "https://outlook.office.com/SMTP.Send", "offline_access"},
	}
}

// Google is Gmail and Google Workspace. Its device code allows no mail.
func Google() Provider {
	return Provider{
		Name: "Google", AuthURL: "https://accounts.google.com/o/oauth2/v2/auth", TokenURL: "https://oauth2.googleapis.com/token",
		Scopes: []string{"https://mail.google.com/"},
		// Without both there is no renewal from the second time on.
		Ask: map[string]string{"access_type": "offline", "prompt": "consent"},
	}
}

// Client is this program as an admin has registered it at the provider.
type Client struct {
	Provider Provider
	ID       string
	Secret   string // Google gives one to desktop programs too; empty: there is none
	User     string // the mailbox's address, offered to the provider as a hint
}

// Check says in a sentence what is missing, or returns nil.
func (c Client) Check() error {
	switch {
	case c.ID == "":
		return fmt.Errorf("register the program at %s and give its client id", c.Provider.Name)
	case c.User == "":
		return fmt.Errorf("name the mailbox's address at %s", c.Provider.Name)
	}
	return nil
}

func (c Client) config(redirect string) *oauth2.Config {
	return &oauth2.Config{
		ClientID: c.ID, ClientSecret: c.Secret, RedirectURL: redirect, Scopes: c.Provider.Scopes,
		Endpoint: oauth2.Endpoint{
			AuthURL: c.Provider.AuthURL, TokenURL: c.Provider.TokenURL, DeviceAuthURL: c.Provider.DeviceURL, AuthStyle: oauth2.AuthStyleInParams,
		},
	}
}

// question are the parameters of the question beside those of the library.
func (c Client) question() []oauth2.AuthCodeOption {
	options := []oauth2.AuthCodeOption{oauth2.SetAuthURLParam("login_hint", c.User)}
	for name, value := range c.Provider.Ask {
		options = append(options, oauth2.SetAuthURLParam(name, value))
	}
	return options
}
