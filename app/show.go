package app

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"holdall/desk"
)

// tints is how many colours a face may have.
const tints = 5

func tintOf(id string) int {
	sum := fnv.New32a()
	sum.Write([]byte(id))
	return int(sum.Sum32() % tints)
}

// initials are the first letters of the first and the last word of a name.
func initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == '@' || r == '.' })
	if len(words) == 0 {
		return "?"
	}
	first, _ := utf8.DecodeRuneInString(words[0])
	if len(words) == 1 {
		return string(unicode.ToUpper(first))
	}
	last, _ := utf8.DecodeRuneInString(words[len(words)-1])
	return string(unicode.ToUpper(first)) + string(unicode.ToUpper(last))
}

func face(id, name, email string) Person {
	name = cmp.Or(strings.TrimSpace(name), email)
	return Person{ID: id, Name: name, Email: email, Initials: initials(name), Tint: tintOf(id)}
}

func showPerson(p desk.Person) Person { return face(string(p.ID), p.Name, p.Email) }

func showRequester(r desk.Requester) Person { return face(string(r.ID), r.Name, r.Email) }

// person is a face by id; nobody is empty, a stranger is called by what is known.
func (l *lens) person(id desk.PersonID) Person {
	if id == "" {
		return Person{}
	}
	if p, ok := l.people[id]; ok {
		return showPerson(p)
	}
	return face(string(id), "Somebody who left", "")
}

// instant writes a time for the page; empty is none.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// row is a line of a queue.
func (l *lens) row(t desk.Ticket, groupBy string) (TicketRow, error) {
	r, err := l.requester(t.Requester)
	if err != nil {
		return TicketRow{}, err
	}
	waits, err := l.waits(t.ID)
	if err != nil {
		return TicketRow{}, err
	}
	row := TicketRow{
		ID: string(t.ID), Number: string(t.Number), Kind: string(t.Kind), Title: t.Title,
		State: string(t.State), HoldReason: string(t.HoldReason), Priority: int(t.Priority), VIP: r.VIP,
		Assignee: l.person(t.Assignee), TeamID: string(t.Team), Team: l.teams[t.Team].Name,
		Unread: l.unread(t), Pending: waits, Conflict: len(t.Disputed) > 0, Held: l.holds(t.ID),
		OpenedAt: instant(t.OpenedAt), UpdatedAt: instant(t.UpdatedAt), Group: groupKey(t, groupBy), Company: l.company(t.ID),
	}
	if t.Requester != "" {
		row.Requester = showRequester(r)
	}
	if t.AwaitsReplySince != nil {
		row.WaitsSince = instant(*t.AwaitsReplySince)
	}
	return row, nil
}

func (l *lens) rows(tickets []desk.Ticket, groupBy string) ([]TicketRow, error) {
	rows := make([]TicketRow, 0, len(tickets))
	for _, t := range tickets {
		row, err := l.row(t, groupBy)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// groupKey is the key of the group a ticket stands in.
func groupKey(t desk.Ticket, groupBy string) string {
	switch groupBy {
	case "state":
		return string(t.State)
	case "priority":
		return fmt.Sprint(int(t.Priority))
	case "assignee":
		return string(t.Assignee)
	}
	return ""
}

// value is a field's raw value as a person reads it.
func (l *lens) value(f desk.Field, raw string) string {
	switch f {
	case desk.FieldTeam:
		return cmp.Or(l.teams[desk.TeamID(raw)].Name, orNone(raw, "No team"))
	case desk.FieldAssignee, watchers:
		return cmp.Or(l.people[desk.PersonID(raw)].Name, orNone(raw, "Nobody"))
	case desk.FieldService:
		return cmp.Or(l.services[desk.ServiceID(raw)].Name, orNone(raw, "No service"))
	case desk.FieldRequester:
		r, _ := l.requester(desk.RequesterID(raw))
		return cmp.Or(r.Name, r.Email, orNone(raw, "Nobody"))
	}
	return plainValue(f, raw)
}

// plainValue is the reading of a value that refers to nothing.
func plainValue(f desk.Field, raw string) string {
	figure := 0
	fmt.Sscan(raw, &figure)
	switch f {
	case desk.FieldState:
		return desk.State(raw).String()
	case desk.FieldKind:
		return desk.TicketKind(raw).String()
	case desk.FieldImpact, desk.FieldUrgency:
		return desk.Level(figure).String()
	case desk.FieldActualStart, desk.FieldActualEnd:
		if at, err := time.Parse(time.RFC3339, raw); err == nil {
			return at.Local().Format("2 Jan 2006 15:04")
		}
	case desk.FieldPriority:
		if raw == "" {
			return "From the matrix"
		}
		return fmt.Sprintf("%d %s", figure, desk.Priority(figure))
	}
	return raw
}

func orNone(raw, none string) string {
	if raw == "" {
		return none
	}
	return raw
}

// count writes "1 change has" or "3 changes have".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// excerpt is the beginning of a text in one line.
func excerpt(text string, most int) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= most {
		return string(runes)
	}
	return strings.TrimSpace(string(runes[:most])) + "…"
}

// compareText orders by a name without case, then by what tells two apart.
func compareText(a, b, idA, idB string) int {
	return cmp.Or(cmp.Compare(strings.ToLower(a), strings.ToLower(b)), cmp.Compare(idA, idB))
}
