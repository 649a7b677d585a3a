package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"holdall/desk"
)

// secret reads the first line of a file that holds a password.
func (p *program) secret(file string) (string, error) {
	raw, err := p.readFile(file)
	if err != nil {
		return "", err
	}
	line, _, _ := strings.Cut(string(raw), "\n")
	return strings.TrimRight(line, "\r"), nil
}

// newPassword reads a password from a file, or asks for it twice on a terminal
// without showing it, or takes a line of standard input.
func (p *program) newPassword(file string) (string, error) {
	if file != "" {
		return p.secret(file)
	}
	terminal, ok := p.stdin.(*os.File)
	if !ok || !term.IsTerminal(int(terminal.Fd())) {
		line, err := bufio.NewReader(io.LimitReader(p.stdin, 64<<10)).ReadString('\n')
		if err != nil && line == "" {
			return "", desk.Refuse(desk.CodeValidation, "There is no password on standard input; give --password-file FILE.")
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	first, err := p.ask(terminal, "Password: ")
	if err != nil {
		return "", err
	}
	again, err := p.ask(terminal, "Again: ")
	if err != nil {
		return "", err
	}
	if first != again {
		return "", desk.Refuse(desk.CodeValidation, "The two passwords differ; nothing was changed.")
	}
	return first, nil
}

func (p *program) ask(terminal *os.File, prompt string) (string, error) {
	fmt.Fprint(p.stderr, prompt)
	word, err := term.ReadPassword(int(terminal.Fd()))
	fmt.Fprintln(p.stderr)
	return string(word), err
}
