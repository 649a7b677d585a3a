package desk

import (
	"cmp"
	"errors"
	"regexp"
	"slices"
	"strings"
)

// TemplateUse is what a template's words are for.
type TemplateUse string

const (
	UseAnswer    TemplateUse = "answer"    // put into what is being written
	UseSignature TemplateUse = "signature" // below every answer that leaves
)

// Template is a text the desk keeps for its answers, for a team and a language
// or for all. It has variables and no logic: nothing in it decides, calls or
// repeats.
type Template struct {
	ID       TemplateID  `json:"id"`
	Use      TemplateUse `json:"use"`
	Name     string      `json:"name"`
	Team     TeamID      `json:"team,omitempty"`     // empty: of every team
	Language string      `json:"language,omitempty"` // BCP 47, such as de; empty: any
	Text     string      `json:"text"`
	Retired  bool        `json:"retired,omitempty"` // offered to nobody any more
	Rev      int64       `json:"rev"`               // in template.put: the one its author saw
	surplus
}

// Key names the record of the template.
func (t Template) Key() Key { return Key{KindTemplate, string(t.ID)} }

// Facts are what the variables of a template stand for.
type Facts struct {
	Ticket    Ticket
	Requester Requester
	Agent     Person
	Team      Team
	Workspace Workspace
}

var variables = map[string]func(Facts) string{
	"ticket.number":        func(f Facts) string { return string(f.Ticket.Number) },
	"ticket.title":         func(f Facts) string { return f.Ticket.Title },
	"ticket.state":         func(f Facts) string { return f.Ticket.State.String() },
	"requester.name":       func(f Facts) string { return cmp.Or(f.Requester.Name, f.Requester.Email) },
	"requester.first_name": func(f Facts) string { return firstWord(cmp.Or(f.Requester.Name, f.Requester.Email)) },
	"requester.email":      func(f Facts) string { return f.Requester.Email },
	"agent.name":           func(f Facts) string { return f.Agent.Name },
	"agent.first_name":     func(f Facts) string { return firstWord(f.Agent.Name) },
	"agent.email":          func(f Facts) string { return f.Agent.Email },
	"team.name":            func(f Facts) string { return f.Team.Name },
	"workspace.name":       func(f Facts) string { return f.Workspace.Name },
}

func firstWord(name string) string {
	word, _, _ := strings.Cut(strings.TrimSpace(name), " ")
	return word
}

// Variables lists what a template may name, in order.
func Variables() []string {
	var names []string
	for name := range variables {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

var variable = regexp.MustCompile(`\{\{\s*([^{}]*?)\s*\}\}`)

// Fill puts facts in the place of variables. What they bring is not looked at
// again: a title that looks like a variable stays a title.
func (t Template) Fill(f Facts) string {
	return variable.ReplaceAllStringFunc(t.Text, func(found string) string {
		if value, known := variables[variable.FindStringSubmatch(found)[1]]; known {
			return value(f)
		}
		return found
	})
}

// check says what its author has to correct.
func (t Template) check() error {
	switch {
	case t.Use != UseAnswer && t.Use != UseSignature:
		return invalid("use", "A template is for an answer or a signature, not for a %q.", t.Use)
	case strings.TrimSpace(t.Name) == "":
		return invalid("name", "A template needs a name, by which it is found.")
	case strings.TrimSpace(t.Text) == "":
		return invalid("text", "The template %q has no words yet.", t.Name)
	case t.Language != "" && !languageTag.MatchString(t.Language):
		return invalid("language", "%q is no language; write de, en or pt-BR.", t.Language)
	}
	for _, found := range variable.FindAllStringSubmatch(t.Text, -1) {
		if _, known := variables[found[1]]; !known {
			return invalid("text", "The template %q names {{%s}}, which nothing stands for; choose one of %s.", t.Name, found[1], strings.Join(Variables(), ", "))
		}
	}
	if rest := variable.ReplaceAllString(t.Text, ""); strings.Contains(rest, "{{") || strings.Contains(rest, "}}") {
		return invalid("text", "The template %q opens a variable and does not end it; write it as {{ticket.number}}.", t.Name)
	}
	return nil
}

// languageTag is the part of BCP 47 people use: a language, perhaps a script and
// a region.
var languageTag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$`)

// fits tells how well a template suits a team and a language: 0 is not at all.
// What is made for the team goes before what is made for the language.
func (t Template) fits(team TeamID, language string) int {
	fit := 1
	switch {
	case t.Retired || t.Team != "" && t.Team != team:
		return 0
	case t.Team != "":
		fit += 4
	}
	switch {
	case t.Language == "":
		return fit
	case t.Language == language:
		return fit + 2
	case language != "" && mainLanguage(t.Language) == mainLanguage(language):
		return fit + 1
	}
	return 0
}

func mainLanguage(tag string) string {
	language, _, _ := strings.Cut(tag, "-")
	return language
}

// Offered are the answers a team may use, those in the language first.
func Offered(all []Template, team TeamID, language string) []Template {
	list := slices.DeleteFunc(slices.Clone(all), func(t Template) bool {
		return t.Use != UseAnswer || t.Retired || t.Team != "" && t.Team != team
	})
	slices.SortFunc(list, func(a, b Template) int {
		return cmp.Or(cmp.Compare(b.fits(team, language), a.fits(team, language)), cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// SignatureOf is the signature that suits a team and a language best; ok is
// false if the desk has none for them.
func SignatureOf(all []Template, team TeamID, language string) (best Template, ok bool) {
	for _, t := range all {
		if t.Use != UseSignature || t.fits(team, language) == 0 {
			continue
		}
		better := cmp.Or(cmp.Compare(t.fits(team, language), best.fits(team, language)), cmp.Compare(best.ID, t.ID))
		if !ok || better > 0 {
			best, ok = t, true
		}
	}
	return best, ok
}

// CanPhrase refuses whoever may not write a team's templates: an admin writes
// all, a lead those of the own teams.
func (p Principal) CanPhrase(team TeamID) error {
	if p.CanConfigure() == nil || p.has(RoleLead) && slices.Contains(p.Teams, team) {
		return nil
	}
	if team == "" && p.has(RoleLead) {
		return Refuse(CodePerm, "A template for every team is an admin’s to change; choose one of your teams.")
	}
	return Refuse(CodePerm, "Only an admin, or a lead of its team, can change a template.")
}

// putTemplate keeps a template whole. One that somebody changed meanwhile is not
// replaced: the words stay with whoever wrote them.
func putTemplate(w *work, t Template) error {
	if err := w.env.Actor.CanPhrase(t.Team); err != nil {
		return err
	}
	if err := t.check(); err != nil {
		return err
	}
	if err := w.refersTo(FieldTeam, string(t.Team)); err != nil {
		return err
	}
	have, err := Read[Template](w.view, t.Key())
	if err != nil && !errors.Is(err, ErrUnknown) {
		return err
	}
	if err == nil {
		if err := w.env.Actor.CanPhrase(have.Team); err != nil {
			return err
		}
		if have.Rev != t.Rev {
			return Refuse(CodeWorkflow, "The template %q was changed by somebody else meanwhile; look at it and change it again.", have.Name)
		}
	}
	return replace(w, t, func(t *Template, rev int64) { t.Rev = rev })
}

// SpeakRequester are the arguments of requester.speak: in which language a
// requester is answered.
type SpeakRequester struct {
	Requester RequesterID `json:"requester"`
	Language  string      `json:"language"` // empty: not known
}

func speakRequester(w *work, a SpeakRequester) error {
	if !w.env.Actor.Works() {
		return Refuse(CodePerm, "Your role cannot change requesters; ask an admin for the agent role.")
	}
	if a.Language != "" && !languageTag.MatchString(a.Language) {
		return invalid("language", "%q is no language; write de, en or pt-BR.", a.Language)
	}
	r, err := Read[Requester](w.view, Key{KindRequester, string(a.Requester)})
	if errors.Is(err, ErrUnknown) {
		return Refuse(CodeGone, "The requester does not exist at the hub (any more).")
	}
	if err != nil || r.Language == a.Language {
		return err
	}
	r.Language = a.Language
	r.Rev++
	w.put(r)
	return nil
}
