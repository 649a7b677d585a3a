package desk

import "time"

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
	Method    InvitationMethod `json:"method"`
	UID       string           `json:"uid"`
	Sequence  int              `json:"sequence,omitempty"` // of its revisions
	Title     string           `json:"title,omitempty"`
	Place     string           `json:"place,omitempty"`
	Start     time.Time        `json:"start,omitzero"`
	End       time.Time        `json:"end,omitzero"`      // zero: it does not say
	AllDay    bool             `json:"all_day,omitempty"` // Start and End are dates; End is the day after the last
	Repeats   string           `json:"repeats,omitempty"` // in words; empty: once
	Organizer Address          `json:"organizer"`
	Attendees []Address        `json:"attendees,omitempty"`
	Answer    string           `json:"answer,omitempty"` // of a REPLY: ACCEPTED, TENTATIVE or DECLINED (RFC 5545 §3.2.12)
}

// Meeting is how an invitation stands in its conversation.
type Meeting string

const (
	MeetingStands   Meeting = "stands"
	MeetingReplaced Meeting = "replaced" // a newer one of the same meeting came
	MeetingOff      Meeting = "cancelled"
	MeetingTold     Meeting = "told" // it asks nothing: an answer, or news
)

// Standing is how an invitation stands after all that the conversation says of its
// meeting: a revision counts by its sequence, whenever it arrived (RFC 5546
// §2.1.4), and of one sequence a cancellation counts.
func (i Invitation) Standing(thread []Message) Meeting {
	if i.Method == MeetingCancelled {
		return MeetingOff
	}
	if i.Method != MeetingAsked {
		return MeetingTold
	}
	stands := MeetingStands
	for _, m := range thread {
		o := m.Invitation
		if o == nil || m.Suspect || o.UID != i.UID || i.UID == "" || o.Sequence < i.Sequence {
			continue
		}
		switch {
		case o.Method == MeetingCancelled:
			return MeetingOff
		case o.Method == MeetingAsked && o.Sequence > i.Sequence:
			stands = MeetingReplaced
		}
	}
	return stands
}
