// Command score promises that the reading of mail never gets worse unseen: it
// lets the scorer of the shared corpora judge the finished program and compares
// every field of every corpus with the record kept here. A field that falls, a
// mail that is lost or a corpus that is gone is a failure.
//
//	score [-keep] PROGRAM
//
// The mails are other people's and stay beside the project, in ../shared; where
// they are not, one line says so. The record holds figures alone.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
)

const (
	scorer  = "../shared/tools/score_mail.py"
	corpora = "../shared/data/mail"
	record  = "build/score/record.json"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	keep := flag.Bool("keep", false, "keep what is measured as the new record")
	flag.Parse()
	err := run(ctx, os.Stdout, flag.Args(), *keep)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "score:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, args []string, keep bool) error {
	if len(args) != 1 {
		return errors.New("name the program that reads mail, such as build/bin/holdalld")
	}
	if _, err := os.Stat(corpora); errors.Is(err, os.ErrNotExist) {
		fmt.Fprintf(out, "score: there are no shared mails in %s, so this step is passed over; the project's own fixtures are tested all the same.\n", corpora)
		return nil
	}
	now, err := measure(ctx, out, args[0])
	if err != nil {
		return err
	}
	if keep {
		return now.write(record)
	}
	before, err := readScores(record)
	if err != nil {
		return err
	}
	return now.noWorseThan(before)
}

// measure lets the scorer judge the program; its table goes to out.
func measure(ctx context.Context, out io.Writer, program string) (scores, error) {
	dir, err := os.MkdirTemp("", "holdall-score-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if program, err = filepath.Abs(program); err != nil {
		return nil, err
	}
	figures := filepath.Join(dir, "scores.json")
	judge := exec.CommandContext(ctx, "python3", scorer, program+" mail parse {}", "--dir", corpora, "--json", figures)
	judge.Stdout, judge.Stderr = out, os.Stderr
	// The scorer ends with 1 unless every case passes; whether it came to an end
	// is seen by the figures.
	var failed *exec.ExitError
	if err := judge.Run(); err != nil && !errors.As(err, &failed) {
		return nil, fmt.Errorf("run the scorer: %w", err)
	}
	return readVerdict(figures)
}
