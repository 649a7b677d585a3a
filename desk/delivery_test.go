package desk

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// ways is the table of a reply's moves written down a second time, as MAIL and
// SMTP draw it, by the act that makes the move.
var ways = map[Name]string{
	ReplyDecide: "held>held held>discarded held>queued held>unknown",
	ReplyDeliver: `queued>queued queued>waiting queued>sending queued>sent queued>failed
waiting>queued waiting>waiting waiting>sending waiting>sent waiting>failed
sending>queued sending>waiting sending>sent sending>failed sending>unknown
unknown>sending unknown>sent unknown>failed unknown>unknown
sent>sent sent>failed failed>failed`,
	ReplyRetry: "waiting>queued failed>queued unknown>unknown",
}

// TestAReplyGoesItsWay walks every act and every pair of states.
func TestAReplyGoesItsWay(t *testing.T) {
	all := append(Deliveries(), "lost", "")
	for act, text := range ways {
		allowed := strings.Fields(text)
		for _, from := range all {
			for _, to := range all {
				if got, want := act.mayGo(from, to), slices.Contains(allowed, string(from)+">"+string(to)); got != want {
					t.Errorf("%s from %q to %q: %v, want %v", act, string(from), string(to), got, want)
				}
			}
		}
	}
	if len(deliveries) != len(ways) {
		t.Errorf("%d acts move a reply, want %d", len(deliveries), len(ways))
	}
}

// standing is Ana's reply r1 in a state, with what it waited for.
func standing(t *testing.T, at Delivery) *world {
	w := newWorld(t)
	w.open("t")
	w.reply("r1", "")
	m := w.message("r1")
	m.Delivery, m.Problem, m.Wait = at, "no answer", &Wait{For: WaitPutOff, Tries: 3, Since: moment, Next: moment.Add(time.Hour)}
	w.records[m.Key()] = m
	return w
}

func TestTheHubTellsHowFarAReplyHasCome(t *testing.T) {
	all := append(Deliveries(), "lost")
	for _, from := range all {
		for _, to := range all {
			w := standing(t, from)
			wait := &Wait{For: WaitRate, Since: moment, Next: moment.Add(time.Nanosecond)}
			e, err := w.try(hub, ReplyDeliver, "t", DeliverReply{Message: "r1", Delivery: to, Problem: "busy", Wait: wait})
			switch m := w.message("r1"); {
			case slices.Contains(strings.Fields(ways[ReplyDeliver]), string(from)+">"+string(to)):
				if err != nil || m.Delivery != to || m.Problem != "busy" || m.Wait.For != WaitRate || !m.Wait.Next.Equal(moment) || m.Rev != 2 {
					t.Errorf("from %s to %s: %v, %+v", from, to, err, m)
				}
			case from == DeliveryFailed && to == DeliverySent:
				if err != nil || len(e.Puts) != 0 {
					t.Errorf("a bounce was forgotten: %v, %d records", err, len(e.Puts))
				}
			case from == DeliveryHeld || from == DeliveryDiscarded || from == "lost":
				refused(t, e, err, CodeWorkflow, "not on its way out")
			default:
				refused(t, e, err, CodeWorkflow, "cannot become")
			}
		}
	}
}

// TestAReplyIsTriedAgain, but never in place of the question whether it left (SPEC
// P71, P73).
func TestAReplyIsTriedAgain(t *testing.T) {
	for _, from := range append(Deliveries(), "lost") {
		w := standing(t, from)
		e, err := w.try(w.as("ben"), ReplyRetry, "t", RetryReply{"r1"})
		m := w.message("r1")
		switch from {
		case DeliveryWaiting, DeliveryFailed:
			if err != nil || m.Delivery != DeliveryQueued || m.Wait != nil || m.Problem != "" || !m.Due().IsZero() {
				t.Errorf("from %s: %v, %+v", from, err, m)
			}
		case DeliveryUnknown: // it may have left: that is found out at once, and nothing else
			if err != nil || m.Delivery != DeliveryUnknown || m.Wait != nil || m.Problem == "" || !m.Due().IsZero() {
				t.Errorf("from %s: %v, %+v", from, err, m)
			}
		case DeliveryQueued, DeliverySending:
			if err != nil || e.Status != Duplicate || len(e.Puts) != 0 {
				t.Errorf("from %s: %v, %d records", from, err, len(e.Puts))
			}
		default:
			refused(t, e, err, CodeWorkflow, "nothing to send again")
		}
		if told := w.told("t", Event{Kind: EventRetried, Actor: "ben", Old: "no answer"}); told != (from == DeliveryFailed) {
			t.Errorf("from %s the history tells it: %v", from, told)
		}
	}
}

func TestOnlyARepliesWayIsRetried(t *testing.T) {
	w := standing(t, DeliveryFailed)
	w.do(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: "n1", Kind: InternalNote, Text: "Psst"}})
	w.hear("t", "m1")
	for _, id := range []MessageID{"n1", "m1"} {
		e, err := w.try(w.as("ana"), ReplyRetry, "t", RetryReply{id})
		refused(t, e, err, CodeWorkflow, "not a reply that waits or failed")
	}
	e, err := w.try(w.as("ana"), ReplyRetry, "t", RetryReply{"none"})
	refused(t, e, err, CodeGone, "does not exist")
}

// TestADeviceSaysNothingOfDelivery: what only the hub knows of a reply's way does
// not come from a laptop.
func TestADeviceSaysNothingOfDelivery(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	w.do(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: "r1", Kind: PublicReply, Text: "Hello", Delivery: DeliverySent, Wait: &Wait{For: WaitRate, Next: moment}}})
	if m := w.message("r1"); m.Delivery != DeliveryQueued || m.Wait != nil {
		t.Errorf("%+v", m)
	}
}

func TestWhenAReplyIsDue(t *testing.T) {
	for _, at := range Deliveries() {
		m := Message{Delivery: at, Wait: &Wait{Next: moment}}
		waits := at == DeliveryWaiting || at == DeliveryUnknown
		if got := m.Due(); got.IsZero() == waits || waits && !got.Equal(moment) {
			t.Errorf("%s is due at %v", at, got)
		}
		under := waits || at == DeliveryQueued || at == DeliverySending
		if m.Underway() != under || at.String() == "" {
			t.Errorf("%s is under way: %v", at, m.Underway())
		}
	}
	if Delivery("odd").String() != "odd" {
		t.Error("an unknown state should show as it is")
	}
}

// TestWhatRestsHasNoNextTry: it is looked at again, and tried when somebody has
// sending go on.
func TestWhatRestsHasNoNextTry(t *testing.T) {
	next := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	m := Message{Delivery: DeliveryWaiting, Wait: &Wait{For: WaitRate, Next: next}}
	if !m.NextTry().Equal(next) {
		t.Errorf("by its rate it is tried at %v", m.NextTry())
	}
	m.Wait.For = WaitRest
	if !m.Rests() || !m.NextTry().IsZero() || !m.Due().Equal(next) {
		t.Errorf("at rest it is tried at %v and looked at at %v", m.NextTry(), m.Due())
	}
	if m = (Message{Delivery: DeliveryQueued}); m.Rests() || !m.NextTry().IsZero() {
		t.Errorf("nothing delays it and it is tried at %v", m.NextTry())
	}
}
