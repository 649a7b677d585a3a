package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"holdall/desk"
	imap "holdall/mail/mailbox/loopback"
	smtp "holdall/mail/outgoing/loopback"
)

// storyWithin bounds the whole story.
const storyWithin = time.Minute

// demoCommand shows what Holdall does.
type demoCommand struct {
	Story    bool   `help:"Play the story: a hub, a mailbox, two laptops, one of them offline."`
	Database string `help:"Keep the hub's records in this PostgreSQL database, which must be empty." placeholder:"URL"`
}

// Run plays the story. Its first step that does not hold ends it with status 1
// and what the hub had to say.
func (c demoCommand) Run(ctx context.Context, p *program) error {
	if !c.Story {
		return desk.Refuse(desk.CodeValidation, "Say what to show: `holdalld demo --story`; the window on the invented company is `holdall --demo`.")
	}
	ctx, cancel := context.WithTimeoutCause(ctx, storyWithin, errors.New("a minute is over"))
	defer cancel()
	log := &diary{}
	err := p.story(ctx, c.Database, log)
	if err != nil {
		fmt.Fprintf(p.stderr, "%s", log.String())
	}
	return err
}

// story plays all chapters in a folder that is removed at the end.
func (p *program) story(ctx context.Context, database string, log *diary) (err error) {
	dir, err := os.MkdirTemp("", "holdall-story-")
	if err != nil {
		return err
	}
	s := &story{p: p, dir: dir, began: time.Now()}
	defer func() { err = errors.Join(err, s.close(), os.RemoveAll(dir)) }()
	if err := s.open(ctx, database, log); err != nil {
		return err
	}
	for _, chapter := range []struct {
		title string
		tell  func(context.Context) (string, error)
	}{
		{"A hub is founded", s.found},
		{"Mails of many kinds become tickets", s.mailsArrive},
		{"Ana's and Ben's laptops fetch their queues", s.laptopsJoin},
		{"Ana takes the ticket, Ben sees it", s.anaTakes},
		{"Ana goes offline and works on", s.anaOffline},
		{"Ben changes the same ticket at the hub", s.benChanges},
		{"The customer answers by mail meanwhile", s.customerAnswers},
		{"Ana reconnects: what can merge has merged", s.anaReturns},
		{"The same field stands in both trays", s.bothTrays},
		{"Ana's reply is held, for the customer wrote meanwhile", s.replyHeld},
		{"Ana confirms it, and it leaves exactly once", s.replyLeaves},
		{"The customer's answer lands on the right ticket", s.answerLands},
		{"Ana decides the conflict, both trays empty", s.conflictSettled},
		{"Both laptops equal the hub", s.allEqual},
	} {
		begun := time.Now()
		figure, err := chapter.tell(ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", chapter.title, err)
		}
		s.count++
		fmt.Fprintf(p.stdout, "%2d. %s (%d ms)\n    %s\n", s.count, chapter.title, time.Since(begun).Milliseconds(), figure)
	}
	fmt.Fprintf(p.stdout, "The story held in %d steps and %.1f s.\n", s.count, time.Since(s.began).Seconds())
	return nil
}

// story is what the chapters share.
type story struct {
	p     *program
	dir   string
	began time.Time
	count int

	inbox    *imap.Server
	receiver *smtp.Receiver
	hub      *serving
	ana, ben *laptop
	cast
}

// open starts the mailbox, the receiver and the hub as `serve` starts it.
func (s *story) open(ctx context.Context, database string, log *diary) (err error) {
	const password = "story"
	if s.inbox, err = imap.Start("service", password); err != nil {
		return err
	}
	if s.receiver, err = smtp.Start(nil); err != nil {
		return err
	}
	settings := settings{
		Name: "Nordlicht Werke", Listen: "127.0.0.1:0", Database: database,
		Mailboxes: []mailboxSetting{{URL: "imap://service@" + s.inbox.Addr + "/INBOX"}},
		SMTP:      &smtpSetting{URL: "smtp://" + s.receiver.Addr, From: deskAddress},
	}
	if database == "" {
		settings.Data = filepath.Join(s.dir, "hub")
	} else if err := checkEmpty(ctx, database); err != nil {
		return err
	}
	inside := &program{stdin: bytes.NewReader(nil), stdout: log, stderr: log, getenv: func(name string) string {
		if name == envMailboxPassword {
			return password
		}
		return ""
	}}
	s.hub, err = inside.serve(ctx, settings)
	return err
}

func (s *story) close() error {
	var errs []error
	for _, l := range []*laptop{s.ana, s.ben} {
		if l != nil {
			errs = append(errs, l.close())
		}
	}
	if s.hub != nil {
		errs = append(errs, s.hub.stop())
	}
	if s.inbox != nil {
		errs = append(errs, s.inbox.Close())
	}
	if s.receiver != nil {
		errs = append(errs, s.receiver.Close())
	}
	return errors.Join(errs...)
}

// diary keeps what the hub logs, for the case that a step does not hold.
type diary struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (d *diary) Write(line []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text.Write(line)
}

func (d *diary) String() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text.String()
}

// lookEvery is how often a condition is looked at, stepWithin how long it may
// take to hold.
const (
	lookEvery  = 5 * time.Millisecond
	stepWithin = 20 * time.Second
)

// until waits for a condition. What it was last told is the reason in its error.
func until(ctx context.Context, what string, holds func() (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, stepWithin)
	defer cancel()
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for {
		ok, err := holds()
		if err == nil && ok {
			return nil
		}
		select {
		case <-ctx.Done():
			return errors.Join(fmt.Errorf("waited in vain until %s", what), err)
		case <-look.C:
		}
	}
}
