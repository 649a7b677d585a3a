package post

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"holdall/desk"
	"holdall/mail/intake"
	"holdall/sync/hub"
)

// intakeEvery is how often mails that rest after a failed try are looked at.
const intakeEvery = 15 * time.Second

// Intake converts what its sink has filed, for as long as it runs.
type Intake struct {
	Converter *intake.Converter
	Progress  func(done int) // nil: nobody watches

	sink *Sink
	log  *slog.Logger
	wake chan struct{}
}

// NewIntake lets a converter work on the mails of a sink.
func NewIntake(sink *Sink, converter *intake.Converter, log *slog.Logger) *Intake {
	converter.Sink = sink
	return &Intake{Converter: converter, sink: sink, log: log, wake: make(chan struct{}, 1)}
}

// Deliver files mails of a mailbox that this node reads alone and has them
// converted soon. They are durable on return.
func (in *Intake) Deliver(ctx context.Context, duty *hub.Duty, from Place, mails []intake.Mail, next intake.Position) error {
	err := in.sink.file(ctx, duty, from, mails, next)
	poke(in.wake)
	return err
}

// Run converts until the context ends. A fault of the database is logged and
// tried again: the mails are in the ledger. Of several nodes on one database
// one converts.
func (in *Intake) Run(ctx context.Context) error {
	return in.sink.server.Alone(ctx, "intake", in.work)
}

func (in *Intake) work(ctx context.Context, duty *hub.Duty) error {
	in.sink.keep(duty)
	defer in.sink.server.Watch(func(moved []desk.BucketID) {
		if slices.Contains(moved, desk.BucketMail) { // somebody may have sent a mail back
			poke(in.wake)
		}
	})()
	tick := time.NewTicker(intakeEvery)
	defer tick.Stop()
	for {
		if err := in.Converter.Run(ctx, in.Progress); err != nil && ctx.Err() == nil {
			in.log.Error("convert mails", "error", err)
		}
		if err := in.sink.tellQuarantine(ctx, time.Now()); err != nil && ctx.Err() == nil {
			in.log.Error("tell of quarantined mails", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-in.wake:
		case <-tick.C:
		}
	}
}
