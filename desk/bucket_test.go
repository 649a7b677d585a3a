package desk

import (
	"slices"
	"testing"
)

// TestWhereATicketIsKept: its buckets follow from the ticket alone (SPEC R6).
func TestWhereATicketIsKept(t *testing.T) {
	cases := []struct {
		name   string
		ticket Ticket
		want   []BucketID
	}{
		{"nobody has it", Ticket{}, []BucketID{"triage"}},
		{"a team has it", Ticket{Team: "alpha"}, []BucketID{"team:alpha"}},
		{"someone has it", Ticket{Team: "alpha", Assignee: "ana"}, []BucketID{"team:alpha", "user:ana"}},
		{"assigned in triage", Ticket{Assignee: "ana"}, []BucketID{"triage", "user:ana"}},
		{"watched and disputed", Ticket{Team: "alpha", Assignee: "ben", Watchers: []PersonID{"cleo", "ben"}, Disputed: []PersonID{"ana", "cleo"}},
			[]BucketID{"team:alpha", "user:ana", "user:ben", "user:cleo"}},
	}
	for _, c := range cases {
		if got := c.ticket.Buckets(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestWhatAPrincipalSubscribesTo(t *testing.T) {
	all := []TeamID{"alpha", "beta"}
	cases := []struct {
		by   Principal
		want []BucketID
	}{
		{Principal{Person: "p", Roles: []Role{RoleAgent}, Teams: []TeamID{"beta"}}, []BucketID{"org", "team:beta", "triage", "user:p"}},
		{Principal{Person: "p", Roles: []Role{RoleLead}}, []BucketID{"mail", "org", "triage", "user:p"}},
		{Principal{Person: "p", Roles: []Role{RoleAdmin}, Teams: []TeamID{"beta"}}, []BucketID{"mail", "org", "team:alpha", "team:beta", "triage", "user:p"}},
		{Principal{Person: "p", Roles: []Role{RoleAuditor}}, []BucketID{"mail", "org", "team:alpha", "team:beta", "triage", "user:p"}},
		{Principal{Person: "p", Roles: []Role{RoleRequester}, Teams: []TeamID{"alpha"}}, nil},
		{Principal{Person: "p"}, nil},
	}
	for _, c := range cases {
		if got := c.by.Buckets(all); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.by.Roles, got, c.want)
		}
	}
	teams := []TeamID{"z", "a"}
	if (Principal{Person: "p", Roles: []Role{RoleAgent}, Teams: teams}).Buckets(nil); teams[0] != "z" {
		t.Error("the principal's teams were reordered")
	}
}

// TestReadingIsSharingABucket ties what may be read to what is sent.
func TestReadingIsSharingABucket(t *testing.T) {
	all := []TeamID{"alpha", "beta"}
	for _, role := range Roles() {
		by := Principal{Person: "ana", Roles: []Role{role}, Teams: []TeamID{"alpha"}}
		mine := by.Buckets(all)
		for _, ticket := range []Ticket{{}, {Team: "alpha"}, {Team: "beta"}, {Team: "beta", Assignee: "ana"}, {Team: "beta", Watchers: []PersonID{"ana"}}, {Team: "beta", Assignee: "ben"}} {
			shared := slices.ContainsFunc(ticket.Buckets(), func(b BucketID) bool { return slices.Contains(mine, b) })
			if by.CanRead(ticket) != shared {
				t.Errorf("%s on %+v: may read %v, is sent %v", role, ticket, by.CanRead(ticket), shared)
			}
		}
	}
}

func TestHome(t *testing.T) {
	if got := Home(Rejection{Person: "ana"}); !slices.Equal(got, []BucketID{"user:ana"}) {
		t.Errorf("a rejection lives in %v", got)
	}
	for _, e := range []Entity{Person{}, Team{}, Service{}, Requester{}, Workspace{}} {
		if got := Home(e); !slices.Equal(got, []BucketID{BucketOrg}) {
			t.Errorf("a %s lives in %v", e.Key().Kind, got)
		}
	}
}
