package desk

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func addressesOf(list []Address) string {
	var words []string
	for _, a := range list {
		words = append(words, a.Email)
	}
	return strings.Join(words, " ")
}

func TestRecipientsAreReadAsPeopleTypeThem(t *testing.T) {
	cases := []struct {
		text string
		want []Address
	}{
		{"", nil},
		{" ;, \n", nil},
		{"a@x.example", []Address{{"", "a@x.example"}}},
		{"a@x.example; b@x.example,\nc@x.example", []Address{{"", "a@x.example"}, {"", "b@x.example"}, {"", "c@x.example"}}},
		{`"Brandt, Luise" <luise@x.example>, Uwe <uwe@x.example>`, []Address{{"Brandt, Luise", "luise@x.example"}, {"Uwe", "uwe@x.example"}}},
		{"Jörg <jörg@x.example>", []Address{{"Jörg", "jörg@x.example"}}},
	}
	for _, c := range cases {
		got, err := ParseRecipients(c.text)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%q: %v, %v", c.text, got, err)
		}
	}
	for _, text := range []string{"annika", "a@", "@x.example", "a b@x.example", "a@x.example b@x.example", strings.Repeat("a", 250) + "@x.example", "a@x.example\x00"} {
		_, err := ParseRecipients(text)
		refused(t, Effects{}, err, CodeValidation, "is no mail address")
	}
}

func TestReplyAllProposesWhoIsInTheConversation(t *testing.T) {
	rita := Address{"Rita", "rita@customer.example"}
	own := []string{"desk@desk.example"}
	cases := []struct {
		name   string
		last   Message
		to, cc string
	}{
		{"a mail with others in it", Message{Kind: FromRequester, From: &rita, To: []Address{{"", "Desk@desk.example"}, {"", "uwe@customer.example"}}, Cc: []Address{{"", "boss@customer.example"}, {"", "RITA@customer.example"}}},
			"rita@customer.example uwe@customer.example", "boss@customer.example"},
		{"an answer of ours", Message{Kind: PublicReply, To: []Address{rita}, Cc: []Address{{"", "uwe@customer.example"}}}, "rita@customer.example", "uwe@customer.example"},
		{"a call by phone", Message{}, "rita@customer.example", ""},
		{"only the desk itself", Message{Kind: FromRequester, To: []Address{{"", "desk@desk.example"}}}, "rita@customer.example", ""},
		{"an address that is none", Message{Kind: FromRequester, From: &rita, To: []Address{{"", "undisclosed recipients"}, {"", "uwe@customer.example"}}}, "rita@customer.example uwe@customer.example", ""},
	}
	for _, c := range cases {
		to, cc, err := ReplyAll(c.last, rita, own)
		if addressesOf(to) != c.to || addressesOf(cc) != c.cc || err != nil {
			t.Errorf("%s: to %q, cc %q, %v", c.name, addressesOf(to), addressesOf(cc), err)
		}
	}
	_, _, err := ReplyAll(Message{Kind: FromRequester, From: &rita, Cc: crowd(RecipientsMost)}, rita, own)
	refused(t, Effects{}, err, CodeQuota, "at most 50 people, and this one to 51")
}

// TestOnlySoundRecipientsAreTaken: nothing of a name or an address can begin a
// header of its own, and nobody stands on the envelope twice.
func TestOnlySoundRecipientsAreTaken(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	say := func(to, cc []Address) (Effects, error) {
		return w.try(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: MessageID(fmt.Sprint("m", len(w.records))), Kind: PublicReply, Text: "Hello", To: to, Cc: cc, Seen: w.ticket("t").LastPublic}})
	}
	for _, bad := range []Address{{"", "nobody"}, {"", "a@x.example\r\nBcc: b@x.example"}, {"A\r\nBcc: b@x.example", "a@x.example"}, {"", ""}} {
		e, err := say([]Address{bad}, nil)
		refused(t, e, err, CodeValidation, "")
	}
	many := crowd(RecipientsMost + 1)
	e, err := say(many, nil)
	refused(t, e, err, CodeQuota, "at most 50 people, and this one to 51")
	e, err = say(append(many[:3:3], Address{"", "A1@x.example"}), []Address{{"", "a2@X.example"}, {"", "c@x.example"}})
	if err != nil {
		t.Fatal(err)
	}
	m := e.Puts[0].(Message)
	if addressesOf(m.To) != "a0@x.example a1@x.example a2@x.example" || addressesOf(m.Cc) != "c@x.example" {
		t.Errorf("to %v, cc %v", m.To, m.Cc)
	}
}

func crowd(size int) (many []Address) {
	for n := range size {
		many = append(many, Address{"", fmt.Sprintf("a%d@x.example", n)})
	}
	return many
}

func TestCautionsNameWhatIsEasilyOverlooked(t *testing.T) {
	c := Circle{
		Requester: Requester{Name: "Rita", Email: "rita@customer.example"}, Own: []string{"help@desk.example"},
		People: []Person{{Email: "ana@company.example"}, {Email: "left@former.example", Disabled: true}},
	}
	rita := Address{"", "rita@customer.example"}
	if said := c.Cautions([]Address{rita}, []Address{{"", "x@desk.example"}, {"", "y@COMPANY.example"}}); len(said) != 0 {
		t.Errorf("said %q", said)
	}
	said := strings.Join(c.Cautions([]Address{{"", "uwe@customer.example"}, {"", "z@former.example"}, {"", "a@desk.example"}, {"", "b@desk.example"}}, []Address{{"", "c@desk.example"}}), " ")
	want := "Rita, who asked, does not get it. Outside your organisation: uwe@customer.example, z@former.example. It goes to 5 people."
	if said != want {
		t.Errorf("said %q", said)
	}
	c.Requester.Undelivered = true
	if said := c.Cautions([]Address{rita}, nil); len(said) != 1 || !strings.Contains(said[0], "came back") {
		t.Errorf("said %q", said)
	}
	if said := c.Cautions(nil, nil); len(said) != 1 || !strings.Contains(said[0], "add an address") {
		t.Errorf("said %q", said)
	}
}
