package desk

import (
	"strings"
	"testing"
)

var factual = Facts{
	Ticket:    Ticket{Number: "INC0000001", Title: "{{agent.email}} in the title", State: StateOnHold},
	Requester: Requester{Name: "Rita Lang", Email: "rita@customer.example"},
	Agent:     Person{Name: "Ana Roth", Email: "ana@desk.example"}, Team: Team{Name: "Alpha"}, Workspace: Workspace{Name: "Desk"},
}

func TestATemplateIsFilledAndNothingElse(t *testing.T) {
	cases := []struct{ text, want string }{
		{"Hello {{requester.first_name}},", "Hello Rita,"},
		{"{{ ticket.number }}: {{ticket.title}}", "INC0000001: {{agent.email}} in the title"},
		{"{{agent.name}}, {{team.name}}, {{workspace.name}}", "Ana Roth, Alpha, Desk"},
		{"{not one} {{ }} {{unknown}}", "{not one} {{ }} {{unknown}}"},
	}
	for _, c := range cases {
		if got := (Template{Text: c.text}).Fill(factual); got != c.want {
			t.Errorf("%q became %q, want %q", c.text, got, c.want)
		}
	}
	for _, name := range Variables() {
		if got := (Template{Text: "{{" + name + "}}"}).Fill(factual); got == "" || name != "ticket.title" && strings.Contains(got, "{{") {
			t.Errorf("%s is filled by %q", name, got)
		}
	}
	nameless := factual
	nameless.Requester.Name = ""
	if got := (Template{Text: "{{requester.name}}"}).Fill(nameless); got != "rita@customer.example" {
		t.Errorf("a requester without a name is %q", got)
	}
}

func TestATemplateIsCheckedWhenItIsSaved(t *testing.T) {
	good := Template{ID: "a", Use: UseAnswer, Name: "Received", Text: "Hello {{requester.name}}"}
	cases := []struct {
		change func(*Template)
		part   string
	}{
		{func(t *Template) { t.Text = "Hello {{requester.nmae}}" }, "{{requester.nmae}}, which nothing stands for; choose one of agent.email"},
		{func(t *Template) { t.Text = "{{#if vip}}Dear{{/if}}" }, "which nothing stands for"},
		{func(t *Template) { t.Text = "Hello {{requester.name}" }, "does not end it"},
		{func(t *Template) { t.Text = "Hello }} there" }, "does not end it"},
		{func(t *Template) { t.Text = " \n" }, "no words yet"},
		{func(t *Template) { t.Name = "" }, "needs a name"},
		{func(t *Template) { t.Use = "macro" }, "not for a"},
		{func(t *Template) { t.Language = "german" }, "is no language"},
		{func(t *Template) { t.Team = "nobody" }, ""},
	}
	for _, c := range cases {
		bad := good
		c.change(&bad)
		w := newWorld(t)
		e, err := w.try(w.as("admin"), TemplatePut, "", bad)
		refused(t, e, err, CodeValidation, c.part)
	}
}

// TestTwoWhoChangeOneTemplateLoseNoWord: the second is refused, and their words
// are in the refusal (SPEC P78).
func TestTwoWhoChangeOneTemplateLoseNoWord(t *testing.T) {
	w := newWorld(t)
	first := Template{ID: "a", Use: UseSignature, Name: "Ours", Team: "beta", Text: "One"}
	w.do(w.as("cleo"), TemplatePut, "", first)
	second := w.records[first.Key()].(Template)
	second.Text = "Two"
	w.do(w.as("admin"), TemplatePut, "", second)
	second.Text = "Three"
	e, err := w.try(w.as("cleo"), TemplatePut, "", second)
	refused(t, e, err, CodeWorkflow, "changed by somebody else")
	if now := w.records[first.Key()].(Template); now.Text != "Two" || now.Rev != 2 {
		t.Errorf("it stands as %+v", now)
	}
}

// TestALeadWritesForTheOwnTeams, and takes no other's template by moving it.
func TestALeadWritesForTheOwnTeams(t *testing.T) {
	w := newWorld(t)
	alphas := Template{ID: "a", Use: UseAnswer, Name: "Alpha's", Team: "alpha", Text: "A"}
	w.do(w.as("admin"), TemplatePut, "", alphas)
	stolen := w.records[alphas.Key()].(Template)
	stolen.Team = "beta"
	e, err := w.try(w.as("cleo"), TemplatePut, "", stolen)
	refused(t, e, err, CodePerm, "a lead of its team")
	e, err = w.try(w.as("cleo"), TemplatePut, "", Template{ID: "b", Use: UseAnswer, Name: "All's", Text: "B"})
	refused(t, e, err, CodePerm, "for every team is an admin’s")
	e, err = w.try(w.as("ana"), TemplatePut, "", Template{ID: "c", Use: UseAnswer, Name: "Mine", Team: "alpha", Text: "C"})
	refused(t, e, err, CodePerm, "a lead of its team")
}

func TestTheSignatureThatSuitsBest(t *testing.T) {
	all := []Template{
		{ID: "1", Use: UseSignature}, {ID: "2", Use: UseSignature, Language: "de"}, {ID: "3", Use: UseSignature, Team: "alpha"},
		{ID: "4", Use: UseSignature, Team: "alpha", Language: "de"}, {ID: "5", Use: UseSignature, Team: "alpha", Language: "en", Retired: true}, {ID: "6", Use: UseAnswer, Team: "beta"},
	}
	cases := []struct {
		team     TeamID
		language string
		want     TemplateID
	}{
		{"alpha", "de", "4"}, {"alpha", "de-AT", "4"}, {"alpha", "en", "3"}, {"alpha", "", "3"}, {"beta", "de", "2"}, {"beta", "fr", "1"}, {"", "", "1"},
	}
	for _, c := range cases {
		if best, ok := SignatureOf(all, c.team, c.language); !ok || best.ID != c.want {
			t.Errorf("%s, %s: %s, %v", c.team, c.language, best.ID, ok)
		}
	}
	if _, ok := SignatureOf(all[1:2], "beta", "fr"); ok {
		t.Error("a German signature stands below a French answer")
	}
}

func TestWhatIsOffered(t *testing.T) {
	all := []Template{
		{ID: "1", Use: UseAnswer, Name: "b"}, {ID: "2", Use: UseAnswer, Name: "a", Language: "en"}, {ID: "3", Use: UseAnswer, Name: "c", Team: "alpha", Language: "de"},
		{ID: "4", Use: UseAnswer, Name: "d", Team: "beta"}, {ID: "5", Use: UseAnswer, Name: "e", Retired: true}, {ID: "6", Use: UseSignature, Name: "f"},
	}
	var ids string
	for _, o := range Offered(all, "alpha", "de") {
		ids += string(o.ID)
	}
	if ids != "312" {
		t.Errorf("offered %s", ids)
	}
}

func TestTheLanguageOfARequester(t *testing.T) {
	w := newWorld(t)
	for _, language := range []string{"de", "de", "pt-BR", ""} {
		w.do(w.as("ana"), RequesterSpeak, "", SpeakRequester{"rita", language})
		if got := w.records[Key{KindRequester, "rita"}].(Requester).Language; got != language {
			t.Errorf("%q became %q", language, got)
		}
	}
	e, err := w.try(w.as("ana"), RequesterSpeak, "", SpeakRequester{"nobody", "de"})
	refused(t, e, err, CodeGone, "does not exist")
	e, err = w.try(w.as("ana"), RequesterSpeak, "", SpeakRequester{"rita", "Deutsch"})
	refused(t, e, err, CodeValidation, "is no language")
}
