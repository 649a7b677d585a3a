package protocol

import (
	"strconv"

	"github.com/go-json-experiment/json"

	"holdall/desk"
)

// A page is nearly all bodies, and these are JSON already: it is written by
// setting them side by side, and read by finding where each ends. What encoding
// them anew made of them were the same bytes, for half the time of a first fill's
// hub.

// appendPage writes ROWS as the codec would.
func appendPage(out []byte, m Rows) []byte {
	out = append(out, `["ROWS",{`...)
	if m.N != 0 {
		out = append(appendFigure(out, `"n":`, m.N), ',')
	}
	out = appendWord(out, `"bucket":`, string(m.Bucket))
	out = appendFigure(out, `,"epoch":`, m.Epoch)
	out = appendFigure(out, `,"to":`, m.To)
	if m.Floor != 0 {
		out = appendFigure(out, `,"floor":`, m.Floor)
	}
	out = append(out, `,"rows":[`...)
	for i, row := range m.Rows {
		if i > 0 {
			out = append(out, ',')
		}
		out = appendRow(out, row)
	}
	return append(out, `]}]`...)
}

func appendRow(out []byte, row Row) []byte {
	out = appendFigure(out, `{"seq":`, row.Seq)
	if row.Drop {
		out = append(out, `,"drop":true`...)
	}
	out = appendWord(out, `,"kind":`, string(row.Kind))
	out = appendWord(out, `,"id":`, row.ID)
	if row.Tree != "" {
		out = appendWord(out, `,"tree":`, string(row.Tree))
	}
	out = appendFigure(out, `,"rev":`, row.Rev)
	out = append(out, `,"body":`...)
	if len(row.Body) == 0 {
		return append(out, `null}`...)
	}
	return append(append(out, row.Body...), '}')
}

func appendFigure(out []byte, name string, n int64) []byte {
	return strconv.AppendInt(append(out, name...), n, 10)
}

func appendWord(out []byte, name, word string) []byte {
	out = append(out, name...)
	if !plain(word) {
		quoted, _ := json.Marshal(word, meaning) // any string is JSON
		return append(out, quoted...)
	}
	return append(append(append(out, '"'), word...), '"')
}

// plain reports whether a word is written as it is.
func plain[T string | []byte](word T) bool {
	for i := range len(word) {
		if c := word[i]; c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			return false
		}
	}
	return true
}

// readPage reads what appendPage writes; false where it is written otherwise, by
// a newer program or a broken one, which is for the codec to say.
func readPage(content []byte) (Rows, bool) {
	r := pageReader{text: content, kinds: map[string]desk.Kind{}}
	var m Rows
	r.pass(`{`)
	if r.has(`"n":`) {
		m.N = r.figure()
		r.pass(`,`)
	}
	r.pass(`"bucket":`)
	m.Bucket = desk.BucketID(r.word())
	r.pass(`,"epoch":`)
	m.Epoch = r.figure()
	r.pass(`,"to":`)
	m.To = r.figure()
	if r.has(`,"floor":`) {
		m.Floor = r.figure()
	}
	r.pass(`,"rows":[`)
	m.Rows = []Row{}
	for more := !r.has(`]`); more && !r.lost; more = !r.has(`]`) {
		if len(m.Rows) > 0 {
			r.pass(`,`)
		}
		m.Rows = append(m.Rows, r.row())
	}
	r.pass(`}`)
	return m, !r.lost && r.at == len(content)
}

// pageReader walks through a page; lost once something is not as it is written
// here.
type pageReader struct {
	text  []byte
	at    int
	lost  bool
	kinds map[string]desk.Kind
	tree  desk.TicketID // of the row before, which mostly is that of the next
}

func (r *pageReader) row() (row Row) {
	r.pass(`{"seq":`)
	row.Seq = r.figure()
	row.Drop = r.has(`,"drop":true`)
	r.pass(`,"kind":`)
	row.Kind = r.kind(r.word())
	r.pass(`,"id":`)
	row.ID = string(r.word())
	if r.has(`,"tree":`) {
		if tree := r.word(); string(tree) != string(r.tree) {
			r.tree = desk.TicketID(tree)
		}
		row.Tree = r.tree
	}
	r.pass(`,"rev":`)
	row.Rev = r.figure()
	r.pass(`,"body":`)
	row.Body = r.value()
	r.pass(`}`)
	return row
}

func (r *pageReader) kind(word []byte) desk.Kind {
	k, ok := r.kinds[string(word)]
	if !ok {
		k = desk.Kind(word)
		r.kinds[string(k)] = k
	}
	return k
}

func (r *pageReader) has(text string) bool {
	end := r.at + len(text)
	if r.lost || end > len(r.text) || string(r.text[r.at:end]) != text {
		return false
	}
	r.at = end
	return true
}

func (r *pageReader) pass(text string) { r.lost = r.lost || !r.has(text) }

func (r *pageReader) value() []byte {
	if r.lost {
		return nil
	}
	end := desk.Body(r.text).End(r.at)
	if end < 0 {
		r.lost = true
		return nil
	}
	from := r.at
	r.at = end
	return r.text[from:end:end]
}

func (r *pageReader) word() []byte {
	v := r.value()
	if len(v) < 2 || v[0] != '"' || !plain(v[1:len(v)-1]) {
		r.lost = true
		return nil
	}
	return v[1 : len(v)-1]
}

func (r *pageReader) figure() int64 {
	n, err := strconv.ParseInt(string(r.value()), 10, 64)
	r.lost = r.lost || err != nil
	return n
}
