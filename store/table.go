package store

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"holdall/desk"
)

// table is where records of a kind are kept: the columns beyond id, rev, hash
// and body, and how they are copied out of the entity.
type table struct {
	name    string
	tree    bool // its records belong to a ticket's tree
	columns []string
	values  func(desk.Entity) []any
	upsert  string
}

func nothing(desk.Entity) []any { return nil }

func millis(at time.Time) int64 { return at.UnixMilli() }

var tables = map[desk.Kind]table{
	desk.KindWorkspace: {name: "workspace", values: nothing},
	desk.KindTeam:      {name: "team", values: nothing},
	desk.KindService:   {name: "service", values: nothing},
	desk.KindTemplate:  {name: "template", values: nothing},
	desk.KindEvent:     {name: "event", tree: true, values: nothing},
	desk.KindTime:      {name: "time_entry", tree: true, values: nothing},
	desk.KindPerson: {name: "person", columns: []string{"email"}, values: func(e desk.Entity) []any {
		return []any{folded(e.(desk.Person).Email)}
	}},
	desk.KindRequester: {name: "requester", columns: []string{"name", "email", "vip"}, values: func(e desk.Entity) []any {
		r := e.(desk.Requester)
		return []any{folded(r.Name), folded(r.Email), truth(r.VIP)}
	}},
	desk.KindRejection: {name: "rejection", columns: []string{"person", "open"}, values: func(e desk.Entity) []any {
		r := e.(desk.Rejection)
		return []any{plainText(r.Person), truth(!r.Dismissed)}
	}},
	desk.KindMessage: {name: "message", tree: true, columns: []string{"mail_id", "delivery", "author", "at"}, values: func(e desk.Entity) []any {
		m := e.(desk.Message)
		return []any{findable(m.MailID), plainText(m.Delivery), plainText(m.Author), millis(m.At)}
	}},
	desk.KindConflict: {name: "conflict", tree: true, columns: conflictColumns, values: conflictValues},
	desk.KindMailbox:  {name: "mailbox_state", values: nothing},
	desk.KindQuarantine: {name: "quarantine", columns: []string{"state", "account", "sha256"}, values: func(e desk.Entity) []any {
		q := e.(desk.QuarantinedMail)
		return []any{plainText(q.State), plainText(q.Account), plainText(q.SHA256)}
	}},
	desk.KindTicket: {name: "ticket", tree: true, columns: ticketColumns, values: ticketValues},
}

var ticketColumns = []string{"number", "kind", "state", "open", "priority", "team", "assignee", "requester", "service", "awaits", "title", "opened_at", "updated_at"}

func ticketValues(e desk.Entity) []any {
	t := e.(desk.Ticket)
	return []any{plainText(t.Number), plainText(t.Kind), plainText(t.State), truth(t.State.Open()), int64(t.Priority),
		plainText(t.Team), plainText(t.Assignee), plainText(t.Requester), plainText(t.Service), truth(t.AwaitsReply),
		plainText(t.Title), millis(t.OpenedAt), millis(t.UpdatedAt)}
}

var conflictColumns = []string{"state", "server_by", "client_by"}

func conflictValues(e desk.Entity) []any {
	c := e.(desk.Conflict)
	return []any{plainText(c.State), plainText(c.ServerBy), plainText(c.ClientBy)}
}

// treeKinds are the kinds of a tree in the order it is told.
var treeKinds = []desk.Kind{desk.KindTicket, desk.KindMessage, desk.KindEvent, desk.KindTime, desk.KindConflict}

// directoryKinds are the kinds everybody holds.
var directoryKinds = []desk.Kind{desk.KindWorkspace, desk.KindPerson, desk.KindTeam, desk.KindService, desk.KindTemplate, desk.KindRequester}

// mailKinds are the kinds of those who see the mailboxes.
var mailKinds = []desk.Kind{desk.KindMailbox, desk.KindQuarantine}

// looseKinds are the kinds that stand in a bucket outside any tree, whoever it
// is given to.
var looseKinds = map[desk.BucketID][]desk.Kind{desk.BucketOrg: directoryKinds, desk.BucketMail: mailKinds}

// looseHome is the bucket of a loose record whose kind says where it stands; one
// of a kind this program does not know stands with the directory.
func looseHome(kind desk.Kind) desk.BucketID {
	if kind.OfMail() {
		return desk.BucketMail
	}
	return desk.BucketOrg
}

func init() {
	for kind, t := range tables {
		t.upsert = upsertText(t.name, "id", t.all(), nil)
		tables[kind] = t
	}
}

// all are the columns of the table, id first.
func (t table) all() []string {
	columns := []string{"id"}
	if t.tree {
		columns = append(columns, "tree")
	}
	return append(append(columns, "rev", "hash", "body"), t.columns...)
}

// row are the values of a record, in the order of all.
func (t table) row(r desk.Record, e desk.Entity) []any {
	args := []any{r.ID}
	if t.tree {
		args = append(args, string(r.Tree))
	}
	return append(append(args, r.Rev, int64(r.Hash()), string(r.Body)), t.values(e)...)
}

// upsertText is the statement that puts a row in place of the one with its key;
// kept columns stay as they were.
func upsertText(name, key string, columns, kept []string) string {
	var sets []string
	for _, c := range columns {
		if c != key && !slices.Contains(kept, c) {
			sets = append(sets, c+" = excluded."+c)
		}
	}
	return fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (%s) DO UPDATE SET %s",
		name, strings.Join(columns, ", "), marks(len(columns)), key, strings.Join(sets, ", "))
}

// treeColumn is what a query selects for the tree of a table's records.
func (t table) treeColumn() string {
	if t.tree {
		return "tree"
	}
	return "''"
}

// record reads a record; false if there is none.
func (t *txn) record(key desk.Key) (desk.Record, bool, error) {
	r := desk.Record{Key: key}
	var body string
	var found bool
	var err error
	if tab, known := tables[key.Kind]; known {
		found, err = t.find("SELECT "+tab.treeColumn()+", rev, body FROM "+tab.name+" WHERE id = ?", []any{key.ID}, &r.Tree, &r.Rev, &body)
	} else {
		found, err = t.find("SELECT tree, rev, body FROM record WHERE kind = ? AND id = ?", []any{string(key.Kind), key.ID}, &r.Tree, &r.Rev, &body)
	}
	r.Body = []byte(body)
	return r, found, err
}

// get reads an entity; desk.ErrUnknown if there is none.
func (t *txn) get(key desk.Key) (desk.Entity, error) {
	r, found, err := t.record(key)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, fmt.Errorf("%s %s: %w", key.Kind, key.ID, desk.ErrUnknown)
	}
	return desk.Decode(r)
}

// entities reads the entities whose bodies a query selects.
func entities[T desk.Entity](t *txn, kind desk.Kind, query string, args ...any) ([]T, error) {
	return collect(t, query, args, func(s scan) (T, error) {
		var zero T
		var body string
		if err := s(&body); err != nil {
			return zero, err
		}
		e, err := desk.Decode(desk.Record{Key: desk.Key{Kind: kind}, Body: []byte(body)})
		if err != nil {
			return zero, err
		}
		return e.(T), nil
	})
}

// putUnknown keeps a record of a kind this program does not know.
func (t *txn) putUnknown(r desk.Record) error {
	return t.do("INSERT INTO record (kind, id, tree, rev, hash, body) VALUES (?, ?, ?, ?, ?, ?)"+
		" ON CONFLICT (kind, id) DO UPDATE SET tree = excluded.tree, rev = excluded.rev, hash = excluded.hash, body = excluded.body",
		string(r.Kind), r.ID, string(r.Tree), r.Rev, int64(r.Hash()), string(r.Body))
}
