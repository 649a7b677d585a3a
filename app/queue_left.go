package app

import (
	"errors"
	"slices"

	"holdall/desk"
	"holdall/store"
)

// leftGroup heads the tickets of a list that are not on this device any more.
const leftGroup = "left"

// leftOf names the tickets of a list of one's own words that are not on this device
// any more. The words are, so the list must lead to them (SPEC P10).
func (l *lens) leftOf(v queueView, r QueueRequest) ([]TicketRow, error) {
	var rows []TicketRow
	if !v.own || v.filter.Text != "" || r.Pill != "" && r.Pill != "open" {
		return nil, nil
	}
	for _, id := range v.filter.IDs {
		_, err := readTicket(l.tx, id)
		if err == nil {
			continue
		}
		if !errors.Is(err, desk.ErrUnknown) {
			return nil, err
		}
		row := unknownRow(id)
		if r.GroupBy != "" {
			row.Group = leftGroup
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// withLeft puts them at the end of the list, as far as the page reaches there.
func (page *QueuePage) withLeft(rows []TicketRow, r QueueRequest) {
	if len(rows) == 0 {
		return
	}
	from := min(max(0, page.Offset-page.Total), len(rows))
	to := min(from+max(0, bounded(r.Limit, pageStock)-len(page.Rows)), len(rows))
	page.Rows = append(page.Rows, rows[from:to]...)
	page.Total += len(rows)
	for i := range page.Pills {
		if page.Pills[i].ID == "open" {
			page.Pills[i].Count += len(rows)
		}
	}
	if r.GroupBy != "" {
		page.Groups = append(page.Groups, Group{Key: leftGroup, Label: "Not on this device any more", Count: len(rows)})
	}
}

// placeLeft is the place of one of them, behind all that are here; -1 if it is not
// in the list.
func (l *lens) placeLeft(v queueView, r QueueRequest, filter store.Filter, ticket desk.TicketID) (int, error) {
	left, err := l.leftOf(v, r)
	at := slices.IndexFunc(left, func(row TicketRow) bool { return row.ID == string(ticket) })
	if err != nil || at < 0 {
		return -1, err
	}
	here, err := l.tx.Count(filter)
	return here + at, err
}
