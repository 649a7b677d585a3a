package desk

import (
	"cmp"
	"slices"
	"strings"
)

// Envelope is what stands around the words of a message that is being written.
// Nothing of it leaves before its writer sends it.
type Envelope struct {
	To  []Address `json:"to,omitempty"`
	Cc  []Address `json:"cc,omitempty"`
	All bool      `json:"all,omitempty"` // an answer to everybody in the conversation

	About    MessageID `json:"about,omitempty"`    // of a forward
	Admits   bool      `json:"admits,omitempty"`   // of a forward
	Subject  string    `json:"subject,omitempty"`  // of a side conversation that begins
	Language string    `json:"language,omitempty"` // of this answer; empty: the requester's
}

// Empty reports whether its writer has chosen nothing.
func (e Envelope) Empty() bool {
	return len(e.To)+len(e.Cc) == 0 && !e.All && e.Language == "" && e.About == "" && !e.Admits && e.Subject == ""
}

// Same reports whether two envelopes say the same.
func (e Envelope) Same(other Envelope) bool {
	return e.All == other.All && e.Language == other.Language && e.About == other.About && e.Admits == other.Admits && e.Subject == other.Subject && slices.Equal(e.To, other.To) && slices.Equal(e.Cc, other.Cc)
}

// Over lays the envelope of a message that was taken back over the one of what was
// begun meanwhile: whom either names gets both. left is, in words, what one message
// has no room for. Who was begun for joins no ticket that their writer had not said
// they should.
func (e Envelope) Over(begun Envelope) (both Envelope, left string) {
	both = e
	both.All, both.Language, both.About = e.All || begun.All, cmp.Or(e.Language, begun.Language), cmp.Or(e.About, begun.About)
	var notes []string
	if both.Subject = cmp.Or(e.Subject, begun.Subject); begun.Subject != "" && begun.Subject != both.Subject {
		notes = append(notes, "Subject: "+begun.Subject)
	}
	more := slices.Concat(begun.To, begun.Cc)
	if len(more) == 0 {
		return both, strings.Join(notes, "\n")
	}
	both.Admits = e.Admits && begun.Admits
	to, cc, err := CheckRecipients(slices.Concat(e.To, begun.To), slices.Concat(e.Cc, begun.Cc))
	if err != nil {
		both.Admits = e.Admits
		notes = append(notes, "To: "+named(more))
	} else {
		both.To, both.Cc = to, cc
	}
	return both, strings.Join(notes, "\n")
}

// named lists addresses as a person types them.
func named(list []Address) string {
	words := make([]string, len(list))
	for i, a := range list {
		words[i] = a.Email
	}
	return strings.Join(words, ", ")
}
