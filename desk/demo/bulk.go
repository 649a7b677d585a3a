package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"holdall/desk"
)

// Bulk makes tickets with their trees by the hundred thousand, the same ones
// every time: what loads and searches are measured on. They have the size and
// the spread of a company's, not its sense.
type Bulk struct {
	*rand.Rand
	made int
}

// BulkTeams is over how many teams the tickets are spread.
const BulkTeams = 4

var bulkStart = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// NewBulk begins anew.
func NewBulk() *Bulk { return &Bulk{Rand: rand.New(rand.NewPCG(1, 2))} }

var bulkWords = strings.Fields("printer toner mailbox password reset laptop screen blank network slow vpn token expired invoice access folder " +
	"permission account locked update failed reboot cable dock headset meeting room projector licence key order phone voicemail calendar shared " +
	"drive backup restore virus phishing certificate proxy browser plugin crash error code blue monitor keyboard mouse battery charger warehouse")

// Text is so many words and one of a million references.
func (b *Bulk) Text(words int) string {
	var text strings.Builder
	for range words {
		text.WriteString(bulkWords[b.IntN(len(bulkWords))])
		text.WriteByte(' ')
	}
	fmt.Fprintf(&text, "ref%d", b.IntN(1<<20))
	return text.String()
}

// Tree is the next ticket with two messages and two events: five records.
func (b *Bulk) Tree() []desk.Entity {
	b.made++
	id := desk.TicketID(fmt.Sprintf("0195a000-%04x-7000-8000-%012x", b.made>>16, b.made))
	at := bulkStart.Add(time.Duration(b.made) * 37 * time.Second)
	t := desk.Ticket{ID: id, Number: desk.FormatNumber(desk.Incident, int64(b.made)), Kind: desk.Incident, Title: b.Text(5), Description: b.Text(25),
		Source: desk.SourceMail, Requester: desk.RequesterID(fmt.Sprintf("r%d", b.IntN(300))), Team: desk.TeamID(fmt.Sprintf("team%d", b.IntN(BulkTeams))),
		Impact: 2, Urgency: 2, Priority: desk.Priority(1 + b.IntN(5)), State: desk.StateClosed, OpenedAt: at, UpdatedAt: at.Add(time.Hour), Rev: 4,
		Edits: map[desk.Field]desk.Stamp{desk.FieldState: {By: "ana", At: at}}}
	if b.IntN(10) == 0 {
		t.State = desk.States()[b.IntN(3)]
	}
	if b.IntN(3) > 0 {
		t.Assignee = desk.PersonID(fmt.Sprintf("p%d", b.IntN(12)))
	}
	tree := []desk.Entity{t}
	for i := range 2 {
		tree = append(tree, desk.Message{ID: desk.MessageID(fmt.Sprintf("%s-m%d", id, i)), Ticket: id, Kind: desk.PublicReply, Author: "ana", Text: b.Text(30),
			Delivery: desk.DeliverySent, MailID: fmt.Sprintf("%s.%d@example.com", id, i), At: at, SyncedAt: at, Rev: 1})
		tree = append(tree, desk.Event{ID: fmt.Sprintf("dev.%d.%d", b.made, i), Ticket: id, Kind: desk.EventChanged, Actor: "ana", Field: desk.FieldTeam, Old: "a", New: "b", At: at, SyncedAt: at})
	}
	return tree
}

// Records are the next n, encoded.
func (b *Bulk) Records(n int) ([]desk.Record, error) {
	list := make([]desk.Record, 0, n+4)
	for len(list) < n {
		for _, e := range b.Tree() {
			r, err := desk.Encode(e)
			if err != nil {
				return nil, err
			}
			list = append(list, r)
		}
	}
	return list[:n], nil
}
