package desk

import (
	"strings"
	"testing"
)

func TestTheDirectoryCountsRevisions(t *testing.T) {
	w := newWorld(t)
	puts := []struct {
		name Name
		e    Entity
		rev  func(Entity) int64
	}{
		{RequesterPut, Requester{ID: "new", Name: "New", Rev: 77}, func(e Entity) int64 { return e.(Requester).Rev }},
		{PersonPut, Person{ID: "new", Name: "New", Email: "new@desk.example", Rev: 77}, func(e Entity) int64 { return e.(Person).Rev }},
		{TeamPut, Team{ID: "new", Name: "New", Rev: 77}, func(e Entity) int64 { return e.(Team).Rev }},
		{ServicePut, Service{ID: "new", Name: "New", Rev: 77}, func(e Entity) int64 { return e.(Service).Rev }},
	}
	for _, p := range puts {
		for want := int64(1); want <= 3; want++ {
			w.do(w.as("admin"), p.name, "", p.e)
			if got := p.rev(w.records[p.e.Key()]); got != want {
				t.Errorf("%s: revision %d, want %d", p.name, got, want)
			}
		}
	}
}

func TestTheDirectoryIsChecked(t *testing.T) {
	cases := []struct {
		name Name
		args any
		part string
	}{
		{RequesterPut, Requester{ID: "new", Name: " "}, "needs a name or a mail address"},
		{RequesterPut, Requester{Name: "New"}, "has no id"},
		{RequesterPut, Requester{ID: "new", Email: strings.Repeat("n", AddressMost) + "@desk.example"}, "longer than the 254 bytes"},
		{PersonPut, Person{ID: "new", Name: "New", Email: strings.Repeat("n", AddressMost) + "@desk.example"}, "longer than the 254 bytes"},
		{PersonPut, Person{ID: "new", Email: "new@desk.example"}, "needs a name and a mail address"},
		{PersonPut, Person{ID: "new", Name: "New", Email: "new"}, "needs a name and a mail address"},
		{TeamPut, Team{Name: "New"}, "has no id"},
		{ServicePut, Service{Name: "New"}, "has no id"},
		{WorkspacePut, Workspace{Name: "New"}, "for every impact and urgency"},
		{WorkspacePut, Workspace{Name: "New", Matrix: Matrix{{1, 2, 3}, {1, 2, 3}}}, "for every impact and urgency"},
		{WorkspacePut, Workspace{Name: "New", Matrix: Matrix{{}, {}, {1, 2, 3}}}, "for every impact and urgency"},
		{WorkspacePut, Workspace{Name: "New", Matrix: Matrix{{1, 2, 3}, {0, 2, 3}, {1, 2, 3}}}, "for every impact and urgency"},
	}
	for _, c := range cases {
		w := newWorld(t)
		e, err := w.try(w.as("admin"), c.name, "", c.args)
		refused(t, e, err, CodeValidation, c.part)
	}
}

func TestAnotherMatrixIsObeyed(t *testing.T) {
	w := newWorld(t)
	ws := NewWorkspace("test", "Test")
	ws.Matrix = Matrix{{1, 1, 1}, {2, 2, 2}, {3, 3, 3}}
	w.do(w.as("admin"), WorkspacePut, "", ws)
	w.open("t")
	w.edit(w.as("ana"), "t", FieldImpact, "3", "2")
	if got := w.ticket("t").Priority; got != 2 {
		t.Errorf("priority %d, want 2", got)
	}
}
