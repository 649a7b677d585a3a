package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"

	"github.com/alecthomas/kong"

	"holdall/desk"
)

// Exit statuses.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// commands is the grammar of the command line.
type commands struct {
	Serve    serveCommand     `cmd:"" help:"Run the hub: take in mail, answer laptops, send replies."`
	User     userCommands     `cmd:"" help:"Add, list and change the people who may sign in."`
	Team     teamCommands     `cmd:"" help:"Add and list teams."`
	Template templateCommands `cmd:"" help:"Keep, list and retire the texts of answers and their signatures."`
	Device   deviceCommands   `cmd:"" help:"List and revoke the devices that hold a replica."`
	Migrate  migrateCommand   `cmd:"" help:"Copy a hub from its SQLite file to PostgreSQL."`
	Restored restoredCommand  `cmd:"" help:"Say, before serve, that the database is a backup that was put back."`
	Mail     mailCommands     `cmd:"" help:"Read mails without running a hub."`
	Replica  replicaCommand   `cmd:"" help:"Run a laptop without a window; its page is served on loopback."`
	Demo     demoCommand      `cmd:"" help:"Play the story in which hub, mailbox and two laptops meet."`
	Version  versionCommand   `cmd:"" help:"Say which version this is."`
}

// program is holdalld with everything it touches outside itself.
type program struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	getenv func(string) string
}

// run carries out a command line and returns the exit status.
func (p *program) run(ctx context.Context, args []string) int {
	exit := -1
	parser, err := kong.New(&commands{},
		kong.Name("holdalld"), kong.Description("Holdall's hub: support mail becomes tickets that laptops hold, edit offline and agree on."),
		kong.Writers(p.stdout, p.stderr), kong.Exit(func(code int) { exit = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Bind(p), kong.BindTo(ctx, (*context.Context)(nil)),
	)
	if err != nil {
		return p.fail(fmt.Errorf("build the command line: %w", err))
	}
	chosen, err := parser.Parse(args)
	if exit >= 0 {
		return exit
	}
	if err != nil {
		fmt.Fprintf(p.stderr, "holdalld: %v; `holdalld --help` shows what can be asked for.\n", err)
		return exitUsage
	}
	return p.fail(chosen.Run())
}

// fail says an error in one sentence and returns its exit status.
func (p *program) fail(err error) int {
	if err == nil {
		return exitDone
	}
	if errors.Is(err, context.Canceled) {
		err = desk.Refuse(desk.CodeInternal, "It was stopped before it was done; nothing is half written, so begin again.")
	}
	fmt.Fprintf(p.stderr, "holdalld: %v\n", err)
	if desk.CodeOf(err) == desk.CodeValidation {
		return exitUsage
	}
	return exitFailed
}

// log writes what an administrator may want to know, a line each.
func (p *program) log() *slog.Logger {
	return slog.New(slog.NewTextHandler(p.stderr, nil))
}

// versionCommand prints the version the program was built as.
type versionCommand struct{}

// Run prints the version of the module, or the commit it was built from.
func (versionCommand) Run(p *program) error {
	_, err := fmt.Fprintln(p.stdout, "holdalld", version())
	return err
}

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value[:min(12, len(s.Value))]
		}
	}
	return info.Main.Version
}
