package demo

import (
	"fmt"
	"time"

	"holdall/desk"
)

// later lets some time pass, rather less than more, into hours at which someone
// works.
func (s *story) later(least, most time.Duration) {
	share := s.Float64()
	s.at = s.at.Add(least + time.Duration(share*share*float64(most-least)))
	if !s.always {
		s.at = atWork(s.Rand, s.at)
	}
	s.at = s.at.Truncate(time.Second)
}

// soon is a few seconds on: the same sitting.
func (s *story) soon() { s.at = s.at.Add(time.Duration(4+s.IntN(50)) * time.Second) }

func (s *story) step(agent int, name desk.Name, args any, old map[desk.Field]string) {
	s.steps = append(s.steps, step{at: s.at, agent: agent, name: name, ticket: s.ticket, args: args, old: old})
}

// member is someone of a team.
func (s *story) member(team desk.TeamID) int { return pick(s.Rand, s.crews[team]) }

// patch changes fields whose values its author saw.
func (s *story) patch(agent int, set map[desk.Field]string, reason string) {
	old := map[desk.Field]string{}
	for f, value := range set {
		old[f] = s.fields[f]
		s.fields[f] = value
	}
	s.step(agent, desk.TicketPatch, desk.PatchTicket{Set: set, Reason: reason}, old)
}

// move moves the state by the owner's hand.
func (s *story) move(m desk.MoveTicket) {
	m.From = s.state
	s.step(s.owner, desk.TicketMove, m, nil)
	s.state = m.To
}

// write adds a message of the owner's.
func (s *story) write(kind desk.MessageKind, text string) desk.Message {
	s.messages++
	m := desk.Message{ID: s.messageID(), Ticket: s.ticket, Kind: kind, Text: text}
	if kind == desk.PublicReply {
		m.Seen, m.To, m.Subject = s.last, []desk.Address{{Name: s.who.Name, Email: s.who.Email}}, "Re: "+s.title
		s.last = m.ID
	}
	s.step(s.owner, desk.MessageAdd, desk.AddMessage{Message: m}, nil)
	return m
}

// reply answers the requester, and the answer leaves.
func (s *story) reply(text string) {
	m := s.write(desk.PublicReply, answer(s.scenario, s.who, s.People[s.owner], s.words.Replace(text)))
	s.soon()
	s.step(nobody, desk.ReplyDeliver, desk.DeliverReply{Message: m.ID, Delivery: desk.DeliverySent, MailID: mailID(m.ID)}, nil)
}

// hear adds a mail of the requester's.
func (s *story) hear(text string) {
	s.messages++
	m := desk.Message{ID: s.messageID(), Ticket: s.ticket, Kind: desk.FromRequester, Requester: s.who.ID, Subject: s.title,
		Text: s.words.Replace(text), From: &desk.Address{Name: s.who.Name, Email: s.who.Email}, To: []desk.Address{{Email: Mailbox}},
		Why: "A new mail that answers none of ours."}
	if s.messages > 1 {
		m.Subject, m.Why = "Re: "+s.title, "It answers a mail of this ticket."
	}
	m.MailID = mailID(m.ID)
	s.last = m.ID
	s.step(nobody, desk.MessageAdd, desk.AddMessage{Message: m}, nil)
}

func (s *story) messageID() desk.MessageID {
	return desk.MessageID(s.id(fmt.Sprintf("message %d", s.messages), s.n))
}

// mailID is the Message-ID a message of the history left or came with.
func mailID(m desk.MessageID) string { return string(m) + "@" + Domain }
