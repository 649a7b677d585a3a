package store

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"holdall/desk"

	"github.com/google/go-cmp/cmp"
)

var ctx = context.Background()

func patch(t testing.TB, ticket desk.TicketID, title string) desk.Mutation {
	t.Helper()
	m, err := desk.NewMutation(desk.TicketPatch, ticket, desk.PatchTicket{Set: map[desk.Field]string{desk.FieldTitle: title}}, noon)
	must(t, err)
	m.Old = map[desk.Field]string{desk.FieldTitle: "before"}
	return m
}

func midsOf(muts []desk.Mutation) []int64 {
	var mids []int64
	for _, m := range muts {
		mids = append(mids, m.Mid)
	}
	return mids
}

func TestOutboxIsDenseAndOutlivesTheProgram(t *testing.T) {
	dir := t.TempDir()
	r := openReplica(t, dir)
	must(t, r.SetIdentity(ctx, Identity{Device: "d1", Person: "ana"}))
	placed, err := r.Append(ctx, []desk.Mutation{patch(t, "t1", "a"), patch(t, "t1", "b")})
	must(t, err)
	must(t, r.Close())
	r = openReplica(t, dir)
	more, err := r.Append(ctx, []desk.Mutation{patch(t, "t2", "c")})
	must(t, err)
	placed = append(placed, more...)
	pending, err := r.Pending(ctx)
	must(t, err)
	var kept []desk.Mutation
	for _, e := range pending {
		if e.State != Waiting || e.Attempts != 0 || e.Size == 0 {
			t.Errorf("entry %+v", e)
		}
		kept = append(kept, e.Mutation)
	}
	if diff := cmp.Diff(placed, kept); diff != "" {
		t.Errorf("outbox (-appended +kept):\n%s", diff)
	}
	if mids := midsOf(kept); !slices.Equal(mids, []int64{1, 2, 3}) || kept[2].Device != "d1" {
		t.Errorf("mids %v of %q", mids, kept[2].Device)
	}
	if next, err := r.NextMid(ctx); next != 4 || err != nil {
		t.Errorf("next mid %d, %v", next, err)
	}
}

func TestOutboxGoesItsWay(t *testing.T) {
	r := openReplica(t, t.TempDir())
	_, err := r.Append(ctx, []desk.Mutation{patch(t, "t1", "a"), patch(t, "t1", "b"), patch(t, "t1", "c")})
	must(t, err)
	must(t, r.MarkSent(ctx, 2))
	must(t, r.Unsend(ctx))
	must(t, r.MarkSent(ctx, 2))
	vector := map[desk.BucketID]int64{"triage": 7}
	must(t, r.Ack(ctx, []Result{{Mid: 1, Status: desk.Rejected, Code: desk.CodePerm, Message: "No.", Vector: vector}, {Mid: 99, Status: desk.Applied}}))
	pending, err := r.Pending(ctx)
	must(t, err)
	if len(pending) != 3 {
		t.Fatalf("%d entries", len(pending))
	}
	first := pending[0]
	if first.State != Acked || first.Attempts != 2 || first.Status != desk.Rejected || first.Code != desk.CodePerm || first.Message != "No." || first.Vector["triage"] != 7 {
		t.Errorf("answered entry %+v", first)
	}
	if pending[1].State != Sent || pending[2].State != Waiting {
		t.Errorf("states %s, %s", pending[1].State, pending[2].State)
	}
	must(t, r.Forget(ctx, []int64{1}, noon))
	must(t, r.Ack(ctx, []Result{{Mid: 1, Status: desk.Applied}}))
	pending, err = r.Pending(ctx)
	must(t, err)
	if len(pending) != 2 || pending[0].Mutation.Mid != 2 {
		t.Errorf("after forgetting: %+v", pending)
	}
	for _, ask := range []struct {
		from  int64
		limit int
		want  []int64
	}{{1, 10, []int64{1, 2, 3}}, {2, 1, []int64{2}}, {4, 10, nil}} {
		muts, err := r.From(ctx, ask.from, ask.limit)
		if mids := midsOf(muts); err != nil || !slices.Equal(mids, ask.want) {
			t.Errorf("from %d, %d at most: %v, %v", ask.from, ask.limit, mids, err)
		}
	}
}

func TestJournalEndsAfterItsDaysAndMidsGoOn(t *testing.T) {
	r := openReplica(t, t.TempDir())
	_, err := r.Append(ctx, []desk.Mutation{patch(t, "t1", "a"), patch(t, "t1", "b")})
	must(t, err)
	must(t, r.Forget(ctx, []int64{1, 2}, noon))
	later := noon.AddDate(0, 0, journalDays).Add(time.Minute)
	must(t, r.Forget(ctx, nil, later))
	if muts, err := r.From(ctx, 1, 10); len(muts) != 2 || err != nil {
		t.Errorf("by a clock that nobody vouches for it has %v, %v", muts, err)
	}
	r.Heard(later, noon)
	must(t, r.Forget(ctx, nil, noon))
	if muts, err := r.From(ctx, 1, 10); len(muts) != 0 || err != nil {
		t.Errorf("the journal still has %v, %v", muts, err)
	}
	if next, err := r.NextMid(ctx); next != 3 || err != nil {
		t.Errorf("next mid %d, %v: a mid would be given twice", next, err)
	}
	must(t, r.RaiseMid(ctx, 10))
	must(t, r.RaiseMid(ctx, 5))
	if next, err := r.NextMid(ctx); next != 10 || err != nil {
		t.Errorf("raised mid %d, %v", next, err)
	}
}

func TestLeasedNumbersAreGivenOnce(t *testing.T) {
	dir := t.TempDir()
	r := openReplica(t, dir)
	lease := desk.Lease{Kind: desk.Incident, First: 41, Last: 42}
	must(t, r.GrantLease(ctx, lease))
	n, err := r.TakeNumber(ctx, desk.Incident)
	if n != "INC0000041" || err != nil {
		t.Errorf("first number %s, %v", n, err)
	}
	must(t, r.GrantLease(ctx, lease)) // told again
	must(t, r.Close())
	r = openReplica(t, dir)
	if left, err := r.LeaseLeft(ctx, desk.Incident); left != 1 || err != nil {
		t.Errorf("%d left, %v", left, err)
	}
	must(t, r.GrantLease(ctx, desk.Lease{Kind: desk.Incident, First: 61, Last: 61}))
	for _, want := range []desk.Number{"INC0000042", "INC0000061"} {
		if n, err := r.TakeNumber(ctx, desk.Incident); n != want || err != nil {
			t.Errorf("number %s, %v, want %s", n, err, want)
		}
	}
	_, err = r.TakeNumber(ctx, desk.Incident)
	var refusal *desk.Error
	if !errors.As(err, &refusal) || refusal.Code != desk.CodeQuota {
		t.Errorf("without numbers: %v", err)
	}
	if left, err := r.LeaseLeft(ctx, desk.Request); left != 0 || err != nil {
		t.Errorf("requests: %d left, %v", left, err)
	}
}

func TestDraftsAndMarksAreKept(t *testing.T) {
	r := openReplica(t, t.TempDir())
	reply := Draft{Ticket: "t1", Kind: desk.PublicReply, Text: "Dear\x00", Seen: "m1", SavedAt: noon}
	note := Draft{Ticket: "t1", Kind: desk.InternalNote, Text: "he is angry", SavedAt: noon.Add(time.Minute)}
	must(t, r.SaveDraft(ctx, Draft{Ticket: "t1", Kind: desk.PublicReply, Text: "first words", SavedAt: noon}))
	must(t, r.SaveDraft(ctx, reply))
	must(t, r.SaveDraft(ctx, note))
	drafts, err := r.Drafts(ctx)
	must(t, err)
	if diff := cmp.Diff([]Draft{note, reply}, drafts); diff != "" {
		t.Errorf("drafts (-want +got):\n%s", diff)
	}
	must(t, r.SaveDraft(ctx, Draft{Ticket: "t1", Kind: desk.PublicReply}))
	if _, found, err := r.Draft(ctx, "t1", desk.PublicReply); found || err != nil {
		t.Errorf("an emptied draft: %v, %v", found, err)
	}
	if d, found, err := r.Draft(ctx, "t1", desk.InternalNote); !found || !cmp.Equal(d, note) || err != nil {
		t.Errorf("the note: %+v, %v", d, err)
	}
	must(t, r.MarkSeen(ctx, "t1", "m1"))
	must(t, r.MarkSeen(ctx, "t1", "m2"))
	if seen, err := r.Seen(ctx); seen["t1"] != "m2" || err != nil {
		t.Errorf("seen %v, %v", seen, err)
	}
}

func TestIdentityAndSettingsAreKept(t *testing.T) {
	dir := t.TempDir()
	r := openReplica(t, dir)
	if who, err := r.Identity(ctx); who != (Identity{}) || err != nil {
		t.Errorf("before: %+v, %v", who, err)
	}
	want := Identity{"d1", "ana", "wss://hub.example", "secret", "w1", "epoch", true}
	must(t, r.SetIdentity(ctx, Identity{Device: "other"}))
	must(t, r.SetIdentity(ctx, want))
	must(t, r.SetSetting(ctx, "identity", "a setting of that name"))
	must(t, r.Close())
	r = openReplica(t, dir)
	who, err := r.Identity(ctx)
	must(t, err)
	value, err := r.Setting(ctx, "identity")
	if who != want || value != "a setting of that name" || err != nil {
		t.Errorf("%+v, %q, %v", who, value, err)
	}
}

// TestOnlyTheNewestUnsentMutationIsRefolded (SPEC R2), and no salvaged one: what
// no sum guards cannot say that it was never sent.
func TestOnlyTheNewestUnsentMutationIsRefolded(t *testing.T) {
	r := openReplica(t, t.TempDir())
	must(t, r.SetIdentity(ctx, Identity{Device: "d1", Person: "ana"}))
	unseen := func(want int64) {
		t.Helper()
		m, ok, err := r.Unseen(ctx)
		must(t, err)
		if ok != (want > 0) || m.Mid != want {
			t.Errorf("unseen is %d, %v; want %d", m.Mid, ok, want)
		}
	}
	unseen(0)
	placed, err := r.Append(ctx, []desk.Mutation{patch(t, "t1", "a"), patch(t, "t1", "b")})
	must(t, err)
	unseen(2)
	older, newer := placed[0], placed[1]
	older.Args, newer.Args = json.RawMessage(`{"set":{}}`), json.RawMessage(`{"set":{"title":"c"}}`)
	for _, c := range []struct {
		m    desk.Mutation
		kept bool
	}{{older, false}, {newer, true}} {
		kept, err := r.Refold(ctx, c.m)
		must(t, err)
		if kept != c.kept {
			t.Errorf("mid %d kept: %v", c.m.Mid, kept)
		}
	}
	list, err := r.From(ctx, 1, 9)
	must(t, err)
	if diff := cmp.Diff([]desk.Mutation{placed[0], newer}, list); diff != "" {
		t.Errorf("outbox (-want +kept):\n%s", diff)
	}
	must(t, r.MarkSent(ctx, 2))
	unseen(0)
	must(t, r.Unsend(ctx))
	unseen(0)
	if kept, err := r.Refold(ctx, newer); kept || err != nil {
		t.Errorf("what was sent was changed: %v", err)
	}
	_, err = r.Append(ctx, []desk.Mutation{patch(t, "t1", "d")})
	must(t, err)
	unseen(3)
	must(t, r.RaiseMid(ctx, 9))
	unseen(0)
	must(t, r.outbox.update(ctx, func(t *txn) error {
		if err := t.do("DELETE FROM meta WHERE key = ?", metaMid); err != nil {
			return err
		}
		return t.takeOver(nil, new([]string))
	}))
	unseen(0)
}

// TestNoClockOfThisDeviceEndsTheJournal, or keeps it for years: its days are those of
// the hub, which a person cannot set from here (SPEC P17, R12).
func TestNoClockOfThisDeviceEndsTheJournal(t *testing.T) {
	dir := t.TempDir()
	r := openReplica(t, dir)
	_, err := r.Append(ctx, []desk.Mutation{announcing(t, "m1", fileOf("a", "aa")), patch(t, "t1", "b")})
	must(t, err)
	ahead := noon.AddDate(9, 0, 0)
	own := OwnFile{Message: "m1", SHA256: "aa"}
	must(t, r.Forget(ctx, []int64{1, 2}, ahead)) // before a word of the hub
	must(t, r.FileSent(ctx, own, ahead))
	must(t, r.Close())
	r = openReplica(t, dir)
	journal := func(now time.Time) (mids int, needed bool) {
		t.Helper()
		must(t, r.Forget(ctx, nil, now))
		muts, err := r.From(ctx, 1, 10)
		must(t, err)
		files, err := r.NeededFiles(ctx, now)
		must(t, err)
		return len(muts), files["aa"]
	}
	if mids, needed := journal(ahead.AddDate(1, 0, 0)); mids != 2 || !needed {
		t.Errorf("a year of this device ends it: %d mutations, file %v", mids, needed)
	}
	r.Heard(noon, ahead)
	must(t, r.FileSent(ctx, own, ahead))
	if mids, needed := journal(ahead.AddDate(0, 0, journalDays-1)); mids != 2 || !needed {
		t.Errorf("after 29 days of the hub: %d mutations, file %v", mids, needed)
	}
	if mids, needed := journal(ahead.AddDate(0, 0, 2*journalDays)); mids != 0 || needed {
		t.Errorf("after 60 days of the hub: %d mutations, file %v", mids, needed)
	}
}
