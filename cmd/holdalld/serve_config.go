package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"holdall/desk"
)

// settings are what a hub is told: by flags, or by a JSON file with these keys.
// Paths in the file are relative to it.
type settings struct {
	Name     string `json:"name"` // of a new workspace, and of the desk in its mails
	Data     string `json:"data"`
	Database string `json:"database"`
	Listen   string `json:"listen"`
	// NodeAddress is how other hubs on the same database reach this one; without it
	// a balancer must keep each long poll at one hub.
	NodeAddress string           `json:"node_address"`
	TLSCert     string           `json:"tls_cert"`
	TLSKey      string           `json:"tls_key"`
	FilesMost   int64            `json:"files_most"` // MiB that all attached files may take; 0: no bound
	Mailboxes   []mailboxSetting `json:"mailboxes"`
	SMTP        *smtpSetting     `json:"smtp"`
	// Acknowledge answers a new ticket's first mail with its number.
	Acknowledge bool `json:"acknowledge"`
	// MailboxRules say what mails become that belong to no ticket yet. A changed
	// list takes the place of what admins made of the one before.
	MailboxRules []desk.MailboxRule `json:"mailbox_rules"`
	// AuthServers are the names of our receiving servers as they stand in
	// Authentication-Results (RFC 8601 §2.5); without one no verdict counts.
	AuthServers []string `json:"auth_servers"`
	// KeyFile holds the key of the hub's secrets; made the first time.
	KeyFile string `json:"key_file"`
}

// mailboxSetting is a mailbox that is watched: imaps://user@host/INBOX,
// imap://user@host/INBOX (STARTTLS; plain on loopback) or file:///folder/of/eml.
type mailboxSetting struct {
	URL          string `json:"url"`
	PasswordFile string `json:"password_file"`
	Sent         string `json:"sent"` // mailbox with copies of sent mails, if it has one
	// KeepSent puts the copies there; without it the mail server does.
	KeepSent bool   `json:"keep_sent"`
	Mark     string `json:"mark"` // keyword to set on mails that are taken in
	// OAuth signs in instead of a password; `mail connect` asks the person.
	OAuth *oauthSetting `json:"oauth"`
	// SMTP is how answers leave on what came by this mailbox; without it by the desk's.
	SMTP *smtpSetting `json:"smtp"`
}

// readSettings reads a configuration file. A key it does not know is refused:
// a misspelt one would silently mean nothing.
func readSettings(name string) (settings, error) {
	var s settings
	raw, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return s, desk.Refuse(desk.CodeValidation, "There is no configuration %s; check its name.", name)
	}
	if err != nil {
		return s, unreadable(name, raw, err)
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return s, unreadable(name, raw, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return s, desk.Refuse(desk.CodeValidation, "The configuration %s goes on after its end.", name)
	}
	s.rebase(filepath.Dir(name))
	return s, nil
}

// unreadable says where a configuration is wrong.
func unreadable(name string, raw []byte, err error) error {
	where, why := "", strings.TrimPrefix(err.Error(), "json: ")
	var kind *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &kind) && kind.Field == "":
		why = "it has to be one object, {…}"
	case errors.As(err, &kind):
		why = fmt.Sprintf("%s has to be %s and is a %s", kind.Field, wanted(kind.Type), kind.Value)
	case errors.As(err, &syntax):
		where = fmt.Sprintf(" in line %d", 1+bytes.Count(raw[:min(int(syntax.Offset), len(raw))], []byte("\n")))
	case errors.Is(err, io.EOF):
		why = "it is empty"
	case errors.Is(err, io.ErrUnexpectedEOF):
		why = "it ends before its last brace"
	}
	return desk.Refuse(desk.CodeValidation, "The configuration %s cannot be read%s: %s.", name, where, why)
}

// wanted is a kind of value in the words of JSON.
func wanted(kind reflect.Type) string {
	switch kind.Kind() {
	case reflect.String:
		return "a text in quotes"
	case reflect.Bool:
		return "true or false"
	case reflect.Slice:
		return "a list, […]"
	case reflect.Struct, reflect.Map, reflect.Pointer:
		return "an object, {…}"
	}
	return "a whole number"
}

// rebase makes the paths of a file relative to it.
func (s *settings) rebase(dir string) {
	paths := []*string{&s.Data, &s.TLSCert, &s.TLSKey, &s.KeyFile}
	senders := []*smtpSetting{s.SMTP}
	for i := range s.Mailboxes {
		paths = append(paths, &s.Mailboxes[i].PasswordFile)
		if o := s.Mailboxes[i].OAuth; o != nil {
			paths = append(paths, &o.ClientSecret)
		}
		senders = append(senders, s.Mailboxes[i].SMTP)
	}
	for _, x := range senders {
		if x == nil {
			continue
		}
		paths = append(paths, &x.PasswordFile)
		if x.OAuth != nil {
			paths = append(paths, &x.OAuth.ClientSecret)
		}
	}
	for _, p := range paths {
		if *p != "" && !filepath.IsAbs(*p) {
			*p = filepath.Join(dir, *p)
		}
	}
}

// check says what a person has to correct.
func (s settings) check() error {
	if (s.TLSCert == "") != (s.TLSKey == "") {
		return desk.Refuse(desk.CodeValidation, "TLS needs both files: --tls-cert and --tls-key.")
	}
	host, _, err := net.SplitHostPort(s.Listen)
	if err != nil {
		return desk.Refuse(desk.CodeValidation, "%q is no address to listen on; it looks like 127.0.0.1:8080.", s.Listen)
	}
	if s.TLSCert == "" && !loopback(host) {
		return desk.Refuse(desk.CodeValidation, "Without TLS the hub listens on loopback only; give --tls-cert and --tls-key, or --listen 127.0.0.1:8080 behind a proxy.")
	}
	if s.FilesMost < 0 {
		return desk.Refuse(desk.CodeValidation, "Files cannot take %d MiB; give --files-most 0 for no bound.", s.FilesMost)
	}
	for _, m := range s.Mailboxes {
		if m.KeepSent && m.Sent == "" {
			return desk.Refuse(desk.CodeValidation, "keep_sent needs the name of the mailbox for copies of sent mails; write it as \"sent\": \"Sent\".")
		}
	}
	return s.checkSenders()
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// mailURL reads the address of a mail server. A password in it is refused: every
// user of the machine could read it.
func mailURL(address string, schemes ...string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, desk.Refuse(desk.CodeValidation, "%q is no address of a mail server; it looks like %s://user@mail.example.com.", address, schemes[0])
	}
	if _, has := u.User.Password(); has {
		return nil, desk.Refuse(desk.CodeValidation, "The address of %s holds a password; put it into a file or the environment instead.", u.Host)
	}
	for _, scheme := range schemes {
		if u.Scheme == scheme {
			return u, nil
		}
	}
	return nil, desk.Refuse(desk.CodeValidation, "%q is no address of a mail server; it begins with %s://.", u.Redacted(), strings.Join(schemes, ":// or "))
}
