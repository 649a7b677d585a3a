package desk

import (
	"slices"
	"strings"
	"time"
)

// InvitationMethod says what a calendar that came by mail wants (RFC 5546 §1.4).
type InvitationMethod string

const (
	MeetingAsked     InvitationMethod = "REQUEST"
	MeetingCancelled InvitationMethod = "CANCEL"
	MeetingAnswered  InvitationMethod = "REPLY"
)

// Invitation is what a calendar says of a meeting (RFC 5545 §3.6.1). Nothing of it
// is a promise of the desk's: it is shown, and nobody's calendar is written.
type Invitation struct {
	Method     InvitationMethod `json:"method"`
	UID        string           `json:"uid"`
	Sequence   int              `json:"sequence,omitempty"`  // of its revisions
	Occurrence time.Time        `json:"occurrence,omitzero"` // of a series the one it speaks of, by when it was to be (RFC 5545 §3.8.4.4); zero: all of it
	Title      string           `json:"title,omitempty"`
	Place      string           `json:"place,omitempty"`
	Start      time.Time        `json:"start,omitzero"`
	End        time.Time        `json:"end,omitzero"`      // zero: it does not say
	AllDay     bool             `json:"all_day,omitempty"` // Start and End are dates; End is the day after the last
	Repeats    string           `json:"repeats,omitempty"` // in words; empty: once
	Organizer  Address          `json:"organizer"`
	Attendees  []Attendee       `json:"attendees,omitempty"`
	Answer     string           `json:"answer,omitempty"` // of a REPLY: ACCEPTED, TENTATIVE or DECLINED (RFC 5545 §3.2.12)
}

// Attendee is somebody who is asked to a meeting.
type Attendee struct {
	Address
	Answer string `json:"answer,omitempty"` // as that of a REPLY; empty: none yet
}

// Meeting is how an invitation stands in its conversation.
type Meeting string

const (
	MeetingStands   Meeting = "stands"
	MeetingReplaced Meeting = "replaced" // a newer one of the same meeting came
	MeetingOff      Meeting = "cancelled"
	MeetingTold     Meeting = "told" // it asks nothing: an answer, or news
)

// same reports whether another invitation speaks of this one's meeting: a word
// about a series holds for each occurrence of it, and one about an occurrence for
// that alone.
func (i Invitation) same(o *Invitation) bool {
	return i.UID != "" && o.UID == i.UID && (o.Occurrence.IsZero() || o.Occurrence.Equal(i.Occurrence))
}

// Newest is the revision of an invitation that holds after all that the
// conversation says of its meeting, the invitation itself if there is none: a
// revision counts by its sequence, whenever it arrived (RFC 5546 §2.1.4), and of
// one sequence a cancellation counts. What is held for agents says nothing.
func (i Invitation) Newest(thread []Message) Invitation {
	newest := i
	for _, m := range thread {
		o := m.Invitation
		if o == nil || m.Suspect || !i.same(o) {
			continue
		}
		if o.Method == MeetingCancelled && o.Sequence >= newest.Sequence || o.Method == MeetingAsked && o.Sequence > newest.Sequence {
			newest = *o
		}
	}
	return newest
}

// Standing is how an invitation stands after all that the conversation says.
func (i Invitation) Standing(thread []Message) Meeting {
	if i.Method == MeetingCancelled {
		return MeetingOff
	}
	if i.Method != MeetingAsked {
		return MeetingTold
	}
	newest := i.Newest(thread)
	switch {
	case newest.Method == MeetingCancelled:
		return MeetingOff
	case newest.Sequence > i.Sequence:
		return MeetingReplaced
	}
	return MeetingStands
}

// Attendance is how each of the invited answered: as the organiser last said, and
// then as they wrote themselves (RFC 5546 §3.2.3). Nobody answers for another, and
// an answer to an older revision says nothing of this one.
func (i Invitation) Attendance(thread []Message) []Attendee {
	invited := slices.Clone(i.Attendees)
	for _, m := range thread {
		o := m.Invitation
		if o == nil || m.Suspect || m.From == nil || o.Method != MeetingAnswered || o.Answer == "" || !i.same(o) || o.Sequence < i.Sequence {
			continue
		}
		for n, a := range invited {
			if strings.EqualFold(a.Email, m.From.Email) && slices.ContainsFunc(o.Attendees, func(who Attendee) bool { return strings.EqualFold(who.Email, a.Email) }) {
				invited[n].Answer = o.Answer
			}
		}
	}
	return invited
}
