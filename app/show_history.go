package app

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"holdall/desk"
)

// The sets that are no fields of their own but have a history.
const (
	labels   desk.Field = "labels"
	watchers desk.Field = "watchers"
)

// sentence tells an entry of the history with who did it.
func (l *lens) sentence(e desk.Event) string { return l.doer(e).Name + " " + l.happened(e) }

// doer is who did what an event tells: a person, or else mail or the hub, which have
// a name and no id.
func (l *lens) doer(e desk.Event) Person {
	if e.Actor != "" {
		return l.person(e.Actor)
	}
	if e.Kind == desk.EventMoved || e.Kind == desk.EventCreated {
		return Person{Name: "Mail"}
	}
	return Person{Name: "The hub"}
}

// happened is the verb and the rest of a sentence about an event.
func (l *lens) happened(e desk.Event) string {
	switch e.Kind {
	case desk.EventCreated:
		return "opened " + e.New
	case desk.EventMoved, desk.EventMerged:
		if e.Field == desk.FieldState {
			return setState(desk.State(e.New), desk.HoldReason(e.Note)) + merged(e)
		}
		return setField(e.Field, l.value(e.Field, e.New)) + merged(e)
	case desk.EventChanged:
		return l.changedField(e)
	case desk.EventOutdone:
		return l.changedField(e) + " (measured on site)"
	case desk.EventTicked:
		return "ticked “" + excerpt(e.New, 80) + "”"
	case desk.EventUnticked:
		return "unticked “" + excerpt(e.New, 80) + "”"
	case desk.EventJoined:
		return "merged it into " + e.New
	case desk.EventParted:
		return "moved " + blocks[desk.MessageKind(e.Note)] + " to " + e.New
	case desk.EventTook:
		return "moved " + blocks[desk.MessageKind(e.Note)] + " here from " + e.Old
	case desk.EventAccepted:
		if e.New == "held" {
			return "held a message and its sender back again"
		}
		return "accepted a message and its sender"
	case desk.EventAside:
		return toldAside(e)
	case desk.EventTaken:
		if e.New == "" {
			return "put a mail into the conversation with the requester"
		}
		return "put a mail into the side conversation “" + excerpt(e.New, 80) + "”"
	case desk.EventDisputed:
		return fmt.Sprintf("wished for %s %s while it was %s", fieldName(e.Field), quoteProse(e.Field, l.value(e.Field, e.New)), quoteProse(e.Field, l.value(e.Field, e.Old)))
	case desk.EventSettled:
		return fmt.Sprintf("decided the conflict about %s: %s", fieldName(e.Field), l.settled(e))
	case desk.EventBounced:
		return "could not deliver the answer: " + e.New
	case desk.EventRetried:
		return "sent the answer again that could not be delivered: " + e.Old
	case desk.EventAdded:
		return addTo(e.Field, l.value(e.Field, e.New))
	case desk.EventRemoved:
		return takeFrom(e.Field, l.value(e.Field, e.Old))
	}
	return string(e.Kind)
}

// blocks are the kinds of messages as a sentence names one.
var blocks = map[desk.MessageKind]string{desk.FromRequester: "a message", desk.PublicReply: "an answer", desk.InternalNote: "a note", desk.AsideMail: "a word of a side conversation", desk.AsideAnswer: "a mail of a side conversation"}

// settled is the value that came out of a decision; where what stood was kept,
// the event has it in New too.
func (l *lens) settled(e desk.Event) string {
	if e.Note == string(desk.ChooseDismiss) {
		return "dismissed"
	}
	return quoteProse(e.Field, l.value(e.Field, e.New))
}

func toldAside(e desk.Event) string {
	verb := map[[2]string]string{{"", "open"}: "began", {"open", "closed"}: "closed", {"closed", "open"}: "opened again"}[[2]string{e.Old, e.New}]
	return orNone(verb, "changed") + " the side conversation “" + excerpt(e.Note, 80) + "”"
}

func merged(e desk.Event) string {
	if e.Kind == desk.EventMerged {
		return " (merged by itself)"
	}
	return ""
}

func (l *lens) changedField(e desk.Event) string {
	text := setField(e.Field, l.value(e.Field, e.New))
	if e.Old == "" || isProse(e.Field) {
		return text
	}
	return text + ", was " + l.value(e.Field, e.Old)
}

// setState says "set state to On Hold, awaiting vendor".
func setState(to desk.State, hold desk.HoldReason) string {
	text := "set state to " + to.String()
	if to == desk.StateOnHold && hold != "" {
		text += ", " + lowerFirst(hold.String())
	}
	return text
}

// setField says "set assignee to Mira Sommer".
func setField(f desk.Field, value string) string {
	if value == "" {
		return "cleared " + fieldName(f)
	}
	return "set " + fieldName(f) + " to " + quoteProse(f, value)
}

func addTo(f desk.Field, value string) string {
	if f == desk.FieldChecklist {
		return "put “" + excerpt(value, 80) + "” on the checklist"
	}
	if f == watchers {
		return "let " + value + " watch"
	}
	return "added the label " + value
}

func takeFrom(f desk.Field, value string) string {
	if f == desk.FieldChecklist {
		return "took “" + excerpt(value, 80) + "” off the checklist"
	}
	if f == watchers {
		return "let " + value + " watch no longer"
	}
	return "removed the label " + value
}

func fieldName(f desk.Field) string { return lowerFirst(f.Label()) }

func isProse(f desk.Field) bool {
	return f == desk.FieldTitle || f.Long() || strings.HasPrefix(string(f), string(desk.ItemField(""))) || strings.HasPrefix(string(f), string(desk.AsideField("")))
}

// quoteProse puts free text in quotation marks and keeps it short.
func quoteProse(f desk.Field, value string) string {
	if !isProse(f) {
		return value
	}
	return "“" + excerpt(value, 80) + "”"
}

func lowerFirst(s string) string { return mapFirst(s, unicode.ToLower) }

func upperFirst(s string) string { return mapFirst(s, unicode.ToUpper) }

func mapFirst(s string, change func(rune) rune) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(change(r)) + s[size:]
}

// wrote quotes a message in a sentence.
func wrote(m desk.Message) string {
	verb := map[desk.MessageKind]string{desk.FromRequester: "wrote", desk.PublicReply: "replied", desk.InternalNote: "noted", desk.Forward: "forwarded", desk.AsideMail: "wrote in a side conversation", desk.AsideAnswer: "answered in a side conversation"}[m.Kind]
	text := excerpt(m.Text, 240)
	if strings.TrimSpace(text) == "" {
		return verb + " without words"
	}
	return verb + ": “" + text + "”"
}
