package main

import (
	"cmp"
	"path/filepath"

	"holdall/desk"
	"holdall/mail/oauth"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/hub/mailroom"
)

// envKeyFile names the key of the hub's secrets where no setting does.
const envKeyFile = "HOLDALL_KEY_FILE"

// keyName is the key's file in a data folder. A backup of the database alone
// tells no secret.
const keyName = "hub.key"

// oauthSetting is a provider that takes no passwords: "microsoft", "google", or
// another one by its addresses.
type oauthSetting struct {
	Provider     string   `json:"provider"`
	Tenant       string   `json:"tenant"` // Microsoft: the organisation's domain or id
	ClientID     string   `json:"client_id"`
	ClientSecret string   `json:"client_secret_file"`
	AuthURL      string   `json:"auth_url"` // of another provider, with the two below
	TokenURL     string   `json:"token_url"`
	DeviceURL    string   `json:"device_url"`
	Scopes       []string `json:"scopes"`
}

func (o oauthSetting) provider() (oauth.Provider, error) {
	known, ok := oauth.Known(o.Provider, o.Tenant)
	switch {
	case ok:
		return known, nil
	case o.AuthURL != "" && o.TokenURL != "":
		return oauth.Provider{Name: o.Provider, AuthURL: o.AuthURL, TokenURL: o.TokenURL, DeviceURL: o.DeviceURL, Scopes: o.Scopes}, nil
	}
	return oauth.Provider{}, desk.Refuse(desk.CodeValidation, "There is no provider %q; say microsoft or google, or give auth_url and token_url.", o.Provider)
}

// client is this program as the provider knows it.
func (p *program) client(o oauthSetting, address string) (oauth.Client, error) {
	provider, err := o.provider()
	if err != nil {
		return oauth.Client{}, err
	}
	c := oauth.Client{Provider: provider, ID: o.ClientID, User: address}
	if o.ClientSecret != "" {
		if c.Secret, err = p.secret(o.ClientSecret); err != nil {
			return c, err
		}
	}
	if err := c.Check(); err != nil {
		return c, desk.Refuse(desk.CodeValidation, "The sign-in of %s is not complete: %v.", cmp.Or(address, "a mailbox"), err)
	}
	return c, nil
}

// keyFile is where the key of the hub's secrets lies.
func (s settings) keyFile(getenv func(string) string) (string, error) {
	if file := cmp.Or(s.KeyFile, getenv(envKeyFile)); file != "" {
		return file, nil
	}
	if s.Data == "" {
		return "", desk.Refuse(desk.CodeValidation, "Say where the key of the hub's secrets lies: key_file in the configuration, or %s.", envKeyFile)
	}
	return filepath.Join(s.Data, keyName), nil
}

// vault opens the secrets of a hub.
func (p *program) vault(s settings, central *store.Central) (*hub.Vault, error) {
	file, err := s.keyFile(p.getenv)
	if err != nil {
		return nil, err
	}
	key, err := hub.Key(file)
	if err != nil {
		return nil, err
	}
	return hub.NewVault(central, key)
}

// granted is a source of tokens for an address, and the place its grant lies.
func (p *program) granted(s settings, central *store.Central, o oauthSetting, address string) (*oauth.Source, error) {
	client, err := p.client(o, address)
	if err != nil {
		return nil, err
	}
	vault, err := p.vault(s, central)
	if err != nil {
		return nil, err
	}
	return &oauth.Source{Client: client, Keeper: mailroom.Grants(vault, address)}, nil
}
