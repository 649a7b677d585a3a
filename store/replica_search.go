package store

import (
	"strings"
	"unicode"

	"holdall/desk"
)

// Hit is a ticket a search found, with the place that shows why.
type Hit struct {
	Ticket  desk.Ticket
	Snippet string
}

// Search finds tickets that have every word of the query in their number,
// title, description, thread (public and internal) or requester's name; the
// last word may be unfinished. The newest come first, each once.
func (tx *ReplicaTx) Search(query string, limit int) ([]Hit, error) {
	words := searchWords(query)
	if len(words) == 0 {
		return nil, nil
	}
	newest, args, err := tx.newest(query, limit)
	if err != nil {
		return nil, err
	}
	tickets, err := read[desk.Ticket](tx, desk.KindTicket, newest, args...)
	if err != nil {
		return nil, err
	}
	hits := make([]Hit, len(tickets))
	for i, t := range tickets {
		snippet, err := tx.snippet(t, words)
		if err != nil {
			return nil, err
		}
		hits[i] = Hit{t, snippet}
	}
	return hits, nil
}

// newest is the condition and the order of the newest tickets that have every
// word. The search itself stops at the limit: its rows are in that order.
func (tx *ReplicaTx) newest(query string, limit int) (string, []any, error) {
	part, args, err := tx.matching(query)
	if err != nil || tx.late {
		return part + " ORDER BY doc DESC LIMIT ?", append(args, limit), err
	}
	return "doc IN (SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?) ORDER BY doc DESC", append(args, limit), nil
}

// matching is the condition that a ticket has every word of a query.
func (tx *ReplicaTx) matching(query string) (string, []any, error) {
	words := searchWords(query)
	if len(words) == 0 {
		return "0", nil, nil
	}
	if tx.late {
		part, args := scanning(words)
		return part, args, nil
	}
	match, err := tx.match(words)
	return "doc IN (SELECT rowid FROM search WHERE search MATCH ?)", []any{match}, err
}

// completions is up to how many words a half-typed one is replaced by them.
const completions = 16

// match asks FTS5 for every word, the last one as a beginning. A beginning
// makes FTS5 gather all tickets of all its words before it answers; whole words
// it walks through only as far as the limit. So a beginning of few words is
// asked for by them.
func (tx *ReplicaTx) match(words []string) (string, error) {
	last := words[len(words)-1]
	whole := make([]string, len(words))
	for i, w := range words {
		whole[i] = `"` + w + `"`
	}
	if strings.IndexFunc(last, func(r rune) bool { return r > unicode.MaxASCII }) >= 0 {
		return strings.Join(whole, " ") + "*", nil // folded by the tokenizer alone
	}
	longer, err := tx.longer(last)
	if err != nil || len(longer) > completions {
		return strings.Join(whole, " ") + "*", err
	}
	for _, w := range longer {
		whole[len(words)-1] += ` OR "` + w + `"`
	}
	whole[len(words)-1] = "(" + whole[len(words)-1] + ")"
	return strings.Join(whole, " AND "), nil
}

// longer lists the words that begin with another, which is not among them; more
// than completions if there are more.
func (tx *ReplicaTx) longer(begin string) (list []string, err error) {
	const next = "SELECT term FROM word WHERE term >= ? ORDER BY term LIMIT 1"
	for at := begin; len(list) <= completions; {
		found, err := tx.find(next, []any{at + "\x01"}, &at)
		if err != nil || !found || !strings.HasPrefix(at, begin) {
			return list, err
		}
		list = append(list, at)
	}
	return list, nil
}

// scanning looks through the texts themselves, while the search is not built.
func scanning(words []string) (string, []any) {
	var c condition
	for _, w := range words {
		c.and("(instr(lower(number || ' ' || title || ' ' || COALESCE(json_extract(body, '$.description'), '')), ?) > 0"+
			" OR requester IN (SELECT id FROM requester WHERE instr(name, ?) > 0)"+
			" OR tree IN (SELECT tree FROM message WHERE instr(lower(json_extract(body, '$.text')), ?) > 0))", w, w, w)
	}
	return strings.Join(c.parts, " AND "), c.args
}

// searchWords cuts a query where the tokenizer cuts a text (SQLite FTS5
// §4.3.1: letters, figures, marks and private use are words), in lower case.
// What is left has no operator in it.
func searchWords(query string) []string {
	return strings.FieldsFunc(strings.ToLower(query), func(r rune) bool { return !wordRune(r) })
}

func wordRune(r rune) bool { return unicode.In(r, unicode.L, unicode.N, unicode.M, unicode.Co) }

// snippetRunes is the length of a snippet in characters.
const snippetRunes = 140

// snippet is the first text of a ticket in which a word stands.
func (tx *ReplicaTx) snippet(t desk.Ticket, words []string) (string, error) {
	if s, ok := excerpt(t.Description, words); ok {
		return s, nil
	}
	thread, err := tx.Thread(t.ID)
	if err != nil {
		return "", err
	}
	for i := len(thread) - 1; i >= 0; i-- {
		if s, ok := excerpt(thread[i].Text, words); ok {
			return s, nil
		}
	}
	start, _ := excerpt(t.Description, nil)
	return start, nil
}

// excerpt cuts the surroundings of the first word out of a text; without words
// its beginning.
func excerpt(text string, words []string) (string, bool) {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	lower := make([]rune, len(runes))
	for i, r := range runes {
		lower[i] = unicode.ToLower(r)
	}
	at := -1
	for _, w := range words {
		if i := indexRunes(lower, []rune(w)); i >= 0 && (at < 0 || i < at) {
			at = i
		}
	}
	if at < 0 && len(words) > 0 {
		return "", false
	}
	from := max(0, at-snippetRunes/4)
	to := min(len(runes), from+snippetRunes)
	s := string(runes[from:to])
	if from > 0 {
		s = "…" + s
	}
	if to < len(runes) {
		s += "…"
	}
	return s, true
}

// indexRunes is the place of a word at the beginning of a word of the text; -1
// if there is none.
func indexRunes(text, word []rune) int {
next:
	for i := 0; i+len(word) <= len(text); i++ {
		if i > 0 && wordRune(text[i-1]) {
			continue
		}
		for j, r := range word {
			if text[i+j] != r {
				continue next
			}
		}
		return i
	}
	return -1
}
