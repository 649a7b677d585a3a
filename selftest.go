package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/wailsapp/wails/v2/pkg/runtime"

	"holdall/app"
)

// selfTestRun works the real window once: it waits for the queue, changes a field
// of a ticket through the page's own bindings, opens the ticket, and reads what
// was saved. Each picture is asked for on the output and answered on the input.
type selfTestRun struct {
	app    *app.App
	wanted bool
	err    error
}

// selfTestWait is how long a step may take on a loaded machine.
const selfTestWait = 60 * time.Second

func (s *selfTestRun) begin(ctx context.Context) {
	if !s.wanted {
		return
	}
	go func() {
		s.err = s.work(ctx)
		runtime.Quit(ctx)
	}()
}

func (s *selfTestRun) verdict() error { return s.err }

// selfTestScript runs in the page, with the page's rights and no others: it
// waits for the list, changes a field of the first ticket, goes to its route,
// and reports through the runtime's events.
const selfTestScript = `(async () => {
  const told = (name, data) => window.runtime.EventsEmit(name, data);
  const until = async (find) => { for (;;) { const got = find(); if (got) return got; await new Promise((r) => setTimeout(r, 100)); } };
  try {
    await until(() => document.querySelector('[role="row"]'));
    told("selftest", "list");
    const page = await window.go.app.Queue.Page({view: "all", pill: "open", text: "", groupBy: "", sort: "urgency", offset: 0, limit: 1});
    const id = page.rows[0].id;
    await window.go.app.Ticket.Patch({ticketId: id, field: "category", value: "Self-test", reason: ""});
    window.location.hash = "#/t/" + id;
    await until(() => document.body.innerText.includes(page.rows[0].title) && document.body.innerText.includes("Self-test"));
    told("selftest", id);
  } catch (fault) { told("selftest", "fault " + (fault && fault.message || fault)); }
})()`

func (s *selfTestRun) work(ctx context.Context) error {
	heard := make(chan string, 4)
	runtime.EventsOn(ctx, "selftest", func(data ...any) { heard <- fmt.Sprint(data...) })
	answers := bufio.NewScanner(os.Stdin)
	runtime.WindowExecJS(ctx, selfTestScript)
	if word, err := next(heard); err != nil || word != "list" {
		return errors.Join(fmt.Errorf("the list did not show: %q", word), err)
	}
	picture(answers, "list")
	id, err := next(heard)
	if err != nil {
		return err
	}
	view, err := s.ticket(id)
	if err != nil {
		return err
	}
	picture(answers, "ticket")
	fmt.Printf("checked %s: its category is %q in the database\n", view.Row.Number, view.Category)
	return nil
}

// ticket reads back what the page saved.
func (s *selfTestRun) ticket(id string) (app.TicketView, error) {
	for _, facade := range s.app.Facades() {
		tickets, ok := facade.(*app.Ticket)
		if !ok {
			continue
		}
		view, err := tickets.Open(id)
		if err == nil && view.Category != "Self-test" {
			err = fmt.Errorf("the edit of %s was not saved: its category is %q", view.Row.Number, view.Category)
		}
		return view, err
	}
	return app.TicketView{}, errors.New("the window has no Ticket facade")
}

func next(heard <-chan string) (string, error) {
	select {
	case word := <-heard:
		return word, nil
	case <-time.After(selfTestWait):
		return "", errors.New("the page said nothing for a minute")
	}
}

// picture asks whoever started the test for a picture of the screen.
func picture(answers *bufio.Scanner, name string) {
	fmt.Println("picture", name)
	answers.Scan()
}
