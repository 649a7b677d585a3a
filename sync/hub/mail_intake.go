package hub

import (
	"context"
	"log/slog"
	"time"

	"holdall/mail/intake"
)

// intakeEvery is how often mails that rest after a failed try are looked at.
const intakeEvery = 15 * time.Second

// Intake converts what its sink has filed, for as long as it runs.
type Intake struct {
	Converter *intake.Converter
	Progress  func(done int) // nil: nobody watches

	sink *MailSink
	log  *slog.Logger
	wake chan struct{}
}

// NewIntake lets a converter work on the mails of a sink.
func NewIntake(sink *MailSink, converter *intake.Converter, log *slog.Logger) *Intake {
	converter.Sink = sink
	return &Intake{Converter: converter, sink: sink, log: log, wake: make(chan struct{}, 1)}
}

// Deliver files mails and has them converted soon. They are durable on return.
func (in *Intake) Deliver(ctx context.Context, mails []intake.Mail, next intake.Position) error {
	err := in.sink.File(ctx, mails, next)
	poke(in.wake)
	return err
}

// Run converts until the context ends. A fault of the database is logged and
// tried again: the mails are in the ledger. Of several nodes on one database
// one converts.
func (in *Intake) Run(ctx context.Context) error {
	tick := time.NewTicker(intakeEvery)
	defer tick.Stop()
	turn := newLease(in.sink.store, "intake")
	for {
		if err := in.convert(ctx, turn); err != nil && ctx.Err() == nil {
			in.log.Error("convert mails", "error", err)
		}
		select {
		case <-ctx.Done():
			return turn.drop(context.WithoutCancel(ctx))
		case <-in.wake:
		case <-tick.C:
		}
	}
}

func (in *Intake) convert(ctx context.Context, turn *lease) error {
	if held, err := turn.take(ctx, time.Now()); err != nil || !held {
		return err
	}
	return in.Converter.Run(ctx, func(done int) {
		if _, err := turn.take(ctx, time.Now()); err != nil && ctx.Err() == nil {
			in.log.Error("renew the turn to convert mails", "error", err)
		}
		if in.Progress != nil {
			in.Progress(done)
		}
	})
}
