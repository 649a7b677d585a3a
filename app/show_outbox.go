package app

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"holdall/desk"
)

// told is a mutation in words: what it does, and what was written in it.
type told struct{ sentence, text string }

// tell says what a mutation does, as in "Set state to On Hold, awaiting vendor".
func (l *lens) tell(name desk.Name, raw json.RawMessage) told {
	teller, ok := tellers[name]
	if !ok {
		return told{sentence: "Changed something this program cannot name (" + string(name) + ")"}
	}
	t := teller(l, raw)
	t.sentence = upperFirst(t.sentence)
	return t
}

var tellers map[desk.Name]func(*lens, json.RawMessage) told

func init() {
	tellers = map[desk.Name]func(*lens, json.RawMessage) told{
		desk.TicketCreate: telling(func(_ *lens, a desk.CreateTicket) told {
			return told{"opened " + string(a.Number) + " “" + excerpt(a.Title, 80) + "”", a.Description}
		}),
		desk.TicketPatch: telling(tellPatch),
		desk.TicketLabel: telling(tellLabel),
		desk.TicketMove: telling(func(_ *lens, a desk.MoveTicket) told {
			return told{setState(a.To, a.HoldReason), a.ResolutionNotes}
		}),
		desk.TicketCheck: telling(tellCheck),
		desk.TicketMerge: telling(tellMerge),
		desk.TicketPin: telling(func(_ *lens, a desk.PinTicket) told {
			if a.Keep {
				return told{sentence: "kept it on your devices"}
			}
			return told{sentence: "let it go from your devices"}
		}),
		desk.TimeLog: telling(func(_ *lens, a desk.LogTime) told {
			return told{"logged " + count(a.Entry.Minutes, "minute", "minutes"), a.Entry.Note}
		}),
		desk.MessageAdd: telling(tellMessage),
		desk.MessageMove: telling(func(l *lens, a desk.MoveMessage) told {
			to, _ := l.pointer(a.To)
			return told{sentence: "moved a message to " + orNone(to.Number, "another ticket")}
		}),
		desk.MessageSplit: telling(func(_ *lens, a desk.SplitMessage) told {
			return told{sentence: "split a message into " + string(a.Create.Number) + " “" + excerpt(a.Create.Title, 80) + "”"}
		}),
		desk.MessageAccept: telling(func(_ *lens, a desk.AcceptMessage) told {
			if a.Accept {
				return told{sentence: "accepted a message and its sender"}
			}
			return told{sentence: "held a message and its sender back again"}
		}),
		desk.AsideMove:   telling(tellMoveAside),
		desk.AsideTake:   telling(tellTakeAside),
		desk.ReplyDecide: telling(tellDecision),
		desk.ReplyRetry: telling(func(*lens, desk.RetryReply) told {
			return told{sentence: "asked to send the reply now"}
		}),
		desk.ConflictResolve: telling(tellResolve),
		desk.RejectionDismiss: telling(func(*lens, desk.DismissRejection) told {
			return told{sentence: "dismissed a refused change"}
		}),
		desk.RequesterPut:     telling(func(_ *lens, r desk.Requester) told { return told{sentence: "saved the requester " + r.Name} }),
		desk.PersonPut:        telling(func(_ *lens, p desk.Person) told { return told{sentence: "saved the person " + p.Name} }),
		desk.TeamPut:          telling(func(_ *lens, t desk.Team) told { return told{sentence: "saved the team " + t.Name} }),
		desk.ServicePut:       telling(func(_ *lens, s desk.Service) told { return told{sentence: "saved the service " + s.Name} }),
		desk.WorkspacePut:     telling(func(_ *lens, w desk.Workspace) told { return told{sentence: "saved the settings of " + w.Name} }),
		desk.WorkspacePatch:   telling(tellSettings),
		desk.TemplatePut:      telling(func(_ *lens, t desk.Template) told { return told{"saved the template " + t.Name, t.Text} }),
		desk.RequesterSpeak:   telling(tellSpeak),
		desk.QuarantineDecide: telling(tellQuarantine),
		desk.Lost: func(*lens, json.RawMessage) told {
			return told{sentence: "a change that could not be read any more after the file was damaged"}
		},
	}
}

// tellSettings names the settings and what each was to be.
func tellSettings(_ *lens, a desk.PatchWorkspace) told {
	var labels, values []string
	for _, name := range slices.Sorted(maps.Keys(a.Set)) {
		labels = append(labels, name.Label())
		values = append(values, upperFirst(name.Label())+": "+string(a.Set[name]))
	}
	return told{"changed the settings: " + strings.Join(labels, ", "), strings.Join(values, "\n")}
}

func tellQuarantine(l *lens, a desk.DecideQuarantine) told {
	q, err := desk.Read[desk.QuarantinedMail](l.tx, desk.QuarantinedMail{ID: a.ID}.Key())
	what := "a quarantined mail"
	if err == nil && q.Subject != "" {
		what = "the quarantined mail “" + excerpt(q.Subject, 80) + "”"
	}
	said := map[desk.QuarantineAct]string{desk.RetryMail: "tried " + what + " again", desk.TicketMail: "made a ticket of " + what, desk.DismissMail: "put " + what + " aside"}
	return told{sentence: orNone(said[a.Act], "decided about "+what)}
}

// telling decodes the arguments for a teller.
func telling[A any](say func(*lens, A) told) func(*lens, json.RawMessage) told {
	return func(l *lens, raw json.RawMessage) told {
		var args A
		if err := json.Unmarshal(raw, &args); err != nil {
			return told{sentence: "a change that cannot be read", text: string(raw)}
		}
		return say(l, args)
	}
}

func tellPatch(l *lens, a desk.PatchTicket) told {
	var said, names, texts []string
	for _, f := range slices.Sorted(maps.Keys(a.Set)) {
		value := a.Set[f]
		said = append(said, setField(f, l.value(f, value)))
		if isProse(f) && value != "" {
			names, texts = append(names, upperFirst(fieldName(f))), append(texts, value)
		}
	}
	if len(texts) > 1 {
		for i := range texts {
			texts[i] = names[i] + ": " + texts[i]
		}
	}
	if a.Reason != "" {
		texts = append(texts, a.Reason)
	}
	return told{strings.Join(said, ", "), strings.Join(texts, "\n\n")}
}

func tellLabel(l *lens, a desk.LabelTicket) told {
	var said []string
	for _, v := range a.AddLabels {
		said = append(said, addTo(labels, v))
	}
	for _, v := range a.RemoveLabels {
		said = append(said, takeFrom(labels, v))
	}
	for _, p := range a.AddWatchers {
		said = append(said, addTo(watchers, l.value(watchers, string(p))))
	}
	for _, p := range a.RemoveWatchers {
		said = append(said, takeFrom(watchers, l.value(watchers, string(p))))
	}
	return told{sentence: strings.Join(said, ", ")}
}

func tellCheck(_ *lens, a desk.CheckTicket) told {
	var said, cut []string
	for _, i := range a.Add {
		said = append(said, addTo(desk.FieldChecklist, i.Text))
		if excerpt(i.Text, 80) != i.Text {
			cut = append(cut, i.Text)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(a.Remove)) {
		said = append(said, takeFrom(desk.FieldChecklist, a.Remove[id]))
	}
	if n := len(a.Tick); n > 0 {
		said = append(said, "ticked "+count(n, "item", "items"))
	}
	if n := len(a.Untick); n > 0 {
		said = append(said, "unticked "+count(n, "item", "items"))
	}
	return told{strings.Join(said, ", "), strings.Join(cut, "\n")}
}

func tellMessage(l *lens, a desk.AddMessage) told {
	if a.Message.Kind == desk.InternalNote {
		return told{"added an internal note" + along(a.Message), a.Message.Text}
	}
	if a.Message.Kind == desk.Forward {
		return told{"forwarded a message to " + recipients(slices.Concat(a.Message.To, a.Message.Cc)) + along(a.Message), a.Message.Text}
	}
	if a.Message.Kind == desk.AsideMail {
		return told{"wrote to " + recipients(slices.Concat(a.Message.To, a.Message.Cc)) + " in a side conversation" + about(a.Message) + along(a.Message), a.Message.Text}
	}
	return told{"replied to " + orNone(recipients(slices.Concat(a.Message.To, a.Message.Cc)), "the requester") + along(a.Message), a.Message.Text}
}

// about is the subject that somebody gave a side conversation.
func about(m desk.Message) string {
	if m.Subject == "" {
		return ""
	}
	return " about “" + m.Subject + "”"
}

// along names the files that go with a message.
func along(m desk.Message) string {
	files := m.Attachments
	if len(files) == 0 {
		return ""
	}
	said := ", with " + fileName(files[0].Name)
	if more := len(files) - 1; more > 0 {
		said += " and " + count(more, "more file", "more files")
	}
	return said
}

func tellMerge(l *lens, a desk.MergeTicket) told {
	into, _ := l.pointer(a.Into)
	return told{sentence: "merged it into " + orNone(into.Number, "another ticket")}
}

func tellMoveAside(_ *lens, a desk.MoveAside) told {
	if a.To == desk.AsideClosed {
		return told{sentence: "closed a side conversation"}
	}
	return told{sentence: "opened a side conversation again"}
}

func tellTakeAside(_ *lens, a desk.TakeAside) told {
	if a.Aside == "" {
		return told{sentence: "put a mail into the conversation with the requester"}
	}
	return told{sentence: "put a mail into a side conversation"}
}

func tellDecision(_ *lens, a desk.DecideReply) told {
	switch a.Act {
	case desk.ReplySend:
		return told{"sent the held reply", a.Text}
	case desk.ReplyToNote:
		return told{"kept the held reply as an internal note", a.Text}
	}
	return told{"discarded the held reply", a.Text}
}

func tellResolve(l *lens, a desk.ResolveConflict) told {
	c, err := desk.Read[desk.Conflict](l.tx, desk.Conflict{ID: a.Conflict}.Key())
	if err != nil {
		return told{"decided a conflict", a.Value}
	}
	value := map[desk.Choice]string{desk.ChooseMine: c.Client, desk.ChooseEdit: a.Value}[a.Choice]
	switch a.Choice {
	case desk.ChooseMine, desk.ChooseEdit:
		return told{"decided the conflict about " + fieldName(c.Field) + ": " + quoteProse(c.Field, l.value(c.Field, value)), a.Value}
	case desk.ChooseServer:
		return told{"decided the conflict about " + fieldName(c.Field) + ": " + quoteProse(c.Field, l.value(c.Field, a.Seen)), ""}
	}
	return told{"dismissed the conflict about " + fieldName(c.Field), ""}
}

// recipients are addresses in words.
func recipients(list []desk.Address) string {
	var words []string
	for _, a := range list {
		if a.Name != "" && a.Email != "" {
			words = append(words, a.Name+" <"+a.Email+">")
			continue
		}
		words = append(words, a.Name+a.Email)
	}
	return strings.Join(words, ", ")
}
