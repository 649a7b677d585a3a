package store

import "holdall/desk"

// bare is a body of a tree as a laptop keeps it: without what it begins with,
// which the columns of its row tell already: the ids, and of a ticket its number,
// kind and title. One that begins otherwise, as where a title has a quotation
// mark, is kept whole after a space.
func bare(r desk.Record, e desk.Entity) string {
	rest, ok := after(r.Body, `{"id":"`, r.ID)
	if t, is := e.(desk.Ticket); is && ok {
		rest, ok = after(rest, `","number":"`, plainText(t.Number), `","kind":"`, plainText(t.Kind), `","title":"`, plainText(t.Title))
	} else if ok {
		rest, ok = after(rest, `","ticket":"`, string(r.Tree))
	}
	if ok {
		rest, ok = after(rest, `",`)
	}
	if !ok {
		return " " + string(r.Body)
	}
	return "{" + string(rest)
}

// after is what follows words at the beginning of a text; false if it begins
// otherwise.
func after(text []byte, words ...string) ([]byte, bool) {
	for _, w := range words {
		if len(text) < len(w) || string(text[:len(w)]) != w {
			return nil, false
		}
		text = text[len(w):]
	}
	return text, true
}

// whole is an expression for the body of a record of a tree as the hub wrote it.
func whole(kind desk.Kind) string {
	head := `'{"id":"' || ` + idOf(kind) + ` || '","ticket":"' || ` + treeOf(kind)
	if kind == desk.KindTicket {
		head = `'{"id":"' || ` + idOf(kind) + ` || '","number":"' || number || '","kind":"' || kind || '","title":"' || title`
	}
	return "CASE WHEN body LIKE ' %' THEN substr(body, 2) ELSE " + head + ` || '",' || substr(body, 2) END`
}

// wholes are the expressions of whole.
var wholes = map[desk.Kind]string{}

// idOf is an expression for the id of a record.
func idOf(kind desk.Kind) string {
	if kind == desk.KindTicket {
		return treeOf(kind)
	}
	return "id"
}

// treeOf is an expression for the tree of a record.
func treeOf(kind desk.Kind) string {
	if s, ok := shelves[kind]; ok {
		return "(SELECT tree.id FROM tree WHERE tree.no = " + s.name + ".tree)"
	}
	if _, known := tables[kind]; known {
		return "''"
	}
	return "tree"
}

// numberOf is an expression for the number of the tree with an id.
const numberOf = "(SELECT no FROM tree WHERE id = ?)"

// which is the condition that finds a record of a known kind by its id.
func which(kind desk.Kind) string {
	if kind == desk.KindTicket {
		return "tree = " + numberOf
	}
	return "id = ?"
}
