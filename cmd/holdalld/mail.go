package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"holdall/desk"
	"holdall/mail/message"
)

// parseWithin bounds the reading of one mail; what was read until then is
// printed.
const parseWithin = 20 * time.Second

// mailCommands read mails.
type mailCommands struct {
	Parse   mailParseCommand   `cmd:"" help:"Print what a mail says as one JSON object."`
	Import  mailImportCommand  `cmd:"" help:"Take in mails from files, as if they had arrived; nobody is answered."`
	Connect mailConnectCommand `cmd:"" help:"Allow the hub to read and send by a mailbox of a provider that takes no passwords."`
}

// mailParseCommand prints one mail, read.
type mailParseCommand struct {
	File string `arg:"" help:"The mail (RFC 5322); - reads standard input."`
}

// Run prints one JSON object for every input, however broken: what cannot be
// read is empty in it. Only a file that cannot be opened is an error.
func (c mailParseCommand) Run(ctx context.Context, p *program) error {
	raw, err := p.readFile(c.File)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, parseWithin)
	defer cancel()
	// The error says that the mail could be read only in part, and there is
	// always a message: "a mail the parser cannot read is still a ticket".
	m, _ := message.Parse(ctx, raw, message.Limits{})
	out := json.NewEncoder(p.stdout)
	out.SetEscapeHTML(false)
	return out.Encode(m)
}

// readFile reads a file named on the command line.
func (p *program) readFile(name string) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(p.stdin)
	}
	raw, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, desk.Refuse(desk.CodeValidation, "There is no file %s; check its name.", name)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return raw, nil
}
