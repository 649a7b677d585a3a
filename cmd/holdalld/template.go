package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/google/uuid"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
)

// templateCommands look after the texts of answers and their signatures.
type templateCommands struct {
	Put    templatePutCommand    `cmd:"" help:"Keep a template; one of the same name, team and language is replaced."`
	List   templateListCommand   `cmd:"" help:"List the templates."`
	Retire templateRetireCommand `cmd:"" help:"Offer a template to nobody any more."`
}

// templateName names a template.
type templateName struct {
	place
	Name     string `arg:"" help:"Name of the template."`
	Team     string `help:"Team it is for; without one it is for all."`
	Language string `help:"Language it is in, such as de; without one it is for any."`
}

// templatePutCommand keeps a template.
type templatePutCommand struct {
	templateName
	Signature bool   `help:"It is a signature, below every answer."`
	File      string `arg:"" optional:"" help:"File with its words; without one they are read from the standard input." type:"path"`
}

// Run checks and keeps the template.
func (c templatePutCommand) Run(ctx context.Context, p *program) error {
	text, err := p.words(c.File)
	if err != nil {
		return err
	}
	return p.withHub(ctx, c.place, func(h *atWork) error {
		t, err := c.find(ctx, h)
		if errors.Is(err, desk.ErrUnknown) {
			t.ID, err = desk.TemplateID(uuid.NewString()), nil
		}
		if err != nil {
			return err
		}
		t.Use, t.Text, t.Retired = desk.UseAnswer, text, false
		if c.Signature {
			t.Use = desk.UseSignature
		}
		return p.put(ctx, h, nil, hub.Act{Name: desk.TemplatePut, Args: t}, "The %s %s is kept.", useName(t), t.Name)
	})
}

// words reads a text of a file, or of the standard input.
func (p *program) words(file string) (string, error) {
	in := p.stdin
	if file != "" {
		f, err := os.Open(file)
		if err != nil {
			return "", desk.Refuse(desk.CodeValidation, "The words cannot be read: %v.", err)
		}
		defer f.Close()
		in = f
	}
	text, err := io.ReadAll(io.LimitReader(in, 1<<20))
	return strings.TrimSpace(string(text)), err
}

// find reads the template of a name; desk.ErrUnknown with the beginning of a new
// one if there is none.
func (c templateName) find(ctx context.Context, h *atWork) (t desk.Template, err error) {
	t = desk.Template{Name: c.Name, Language: c.Language}
	err = h.central.View(ctx, func(tx *store.CentralTx) error {
		if c.Team != "" {
			ids, err := teamsNamed(tx, []string{c.Team})
			if err != nil {
				return err
			}
			t.Team = ids[0]
		}
		all, err := tx.Templates()
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(one desk.Template) bool {
			return strings.EqualFold(one.Name, c.Name) && one.Team == t.Team && one.Language == c.Language
		})
		if i < 0 {
			return desk.ErrUnknown
		}
		t = all[i]
		return nil
	})
	return t, err
}

func useName(t desk.Template) string {
	if t.Use == desk.UseSignature {
		return "signature"
	}
	return "template"
}

// templateListCommand lists templates.
type templateListCommand struct{ place }

// Run prints a line for each template.
func (c templateListCommand) Run(ctx context.Context, p *program) error {
	return p.list(ctx, c.place, func(tx *store.CentralTx, out io.Writer) error {
		all, err := tx.Templates()
		if err != nil {
			return err
		}
		teams, err := teamNames(tx)
		for _, t := range all {
			fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\n", t.Name, useName(t), orAll(teams[t.Team], "all teams"), orAll(t.Language, "any language"), retired(t))
		}
		return err
	})
}

func orAll(one, all string) string {
	if one == "" {
		return all
	}
	return one
}

func retired(t desk.Template) string {
	if t.Retired {
		return "retired"
	}
	return ""
}

// templateRetireCommand takes a template out of use.
type templateRetireCommand struct{ templateName }

// Run retires the template; its words stay.
func (c templateRetireCommand) Run(ctx context.Context, p *program) error {
	return p.withHub(ctx, c.place, func(h *atWork) error {
		t, err := c.find(ctx, h)
		if errors.Is(err, desk.ErrUnknown) {
			return desk.Refuse(desk.CodeValidation, "There is no template %s for that team and language; `template list` shows them.", c.Name)
		}
		if err != nil {
			return err
		}
		t.Retired = true
		return p.put(ctx, h, nil, hub.Act{Name: desk.TemplatePut, Args: t}, "The %s %s is offered to nobody any more.", useName(t), t.Name)
	})
}
