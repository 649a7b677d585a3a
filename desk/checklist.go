package desk

import (
	"slices"
	"strings"
)

// Item is a line of a ticket's checklist. Its words are a field of their own,
// ItemField; whether it is done belongs to no field, for two ticks are one.
type Item struct {
	ID   ItemID   `json:"id"`
	Text string   `json:"text"`
	Done bool     `json:"done,omitempty"`
	By   PersonID `json:"by,omitempty"` // who ticked it
}

const (
	itemPrefix = "checklist."
	itemMost   = 100 // bytes of an item's id, which the ids of its conflicts hold
)

// ItemField is the field that holds the words of an item.
func ItemField(id ItemID) Field { return Field(itemPrefix + id) }

// item is the item whose words the field holds.
func (f Field) item() (ItemID, bool) {
	id, ok := strings.CutPrefix(string(f), itemPrefix)
	return ItemID(id), ok && id != "" && len(id) <= itemMost
}

func (t Ticket) item(id ItemID) int {
	return slices.IndexFunc(t.Checklist, func(i Item) bool { return i.ID == id })
}

// itemText reads and writes the words of an item. An item that was taken away
// has none; words for it bring it back.
func itemText(id ItemID) access {
	return access{label: "Checklist item",
		get: func(t *Ticket) string {
			if i := t.item(id); i >= 0 {
				return t.Checklist[i].Text
			}
			return ""
		},
		set: func(t *Ticket, v string) error {
			if strings.TrimSpace(v) == "" {
				return invalid(ItemField(id), "An item of a checklist needs words; take it away instead.")
			}
			i := t.item(id)
			if i < 0 {
				t.Checklist = append(t.Checklist, Item{ID: id, Text: v})
				return nil
			}
			t.Checklist[i].Text = v
			return nil
		}}
}
