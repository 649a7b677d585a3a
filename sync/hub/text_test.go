package hub_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/sync/hub"
	"holdall/sync/hub/stand"
	"holdall/sync/protocol"
)

// strange are texts of which a database server keeps none as it is.
var strange = map[string]string{
	"NUL": `a\u0000b`, "half a character": `a\ud800b`, "four bytes": "🖨", "long": strings.Repeat("ä", 1400),
}

// strangeActs are acts whose arguments hold a text wherever one can stand.
func strangeActs() map[desk.Name][]any {
	address := desk.Address{Name: "Rudi", Email: "rudi@example.com"}
	message := func(kind desk.MessageKind) desk.AddMessage {
		return desk.AddMessage{Message: desk.Message{ID: desk.MessageID("m-" + string(kind)), Kind: kind, Text: "Words", HTML: "<p>Words</p>", MailID: "w@example.com", From: &address,
			To: []desk.Address{address}, Cc: []desk.Address{address}, Attachments: []desk.Attachment{{ID: "f", Name: "a.csv", Type: "text/csv", Size: 3, SHA256: stand.Sum("abc")}}}}
	}
	return map[desk.Name][]any{
		desk.TicketCreate: {desk.CreateTicket{Kind: desk.Incident, Number: "INC0000900", Title: "T", Description: "D", Source: "mail", Requester: "annika", Team: "first", Assignee: "mira", Service: "s", Category: "c", RelatedTo: "t1"}},
		desk.TicketPatch:  {desk.PatchTicket{Set: map[desk.Field]string{desk.FieldTitle: "T", desk.FieldDescription: "D", desk.FieldAssignee: "mira", desk.FieldTeam: "first"}, Reason: "r"}},
		desk.TicketLabel:  {desk.LabelTicket{AddLabels: []string{"l"}, RemoveLabels: []string{"k"}, AddWatchers: []desk.PersonID{"mira"}, RemoveWatchers: []desk.PersonID{"lea"}}},
		desk.TicketMove:   {desk.MoveTicket{From: desk.StateNew, To: desk.StateResolved, ResolutionCode: desk.ResolvedSolved, ResolutionNotes: "Done."}},
		desk.TicketCheck:  {desk.CheckTicket{Add: []desk.Item{{ID: "i", Text: "Look"}}, Tick: []desk.ItemID{"i"}, Untick: []desk.ItemID{"i"}, Remove: map[desk.ItemID]string{"i": "Look"}}},
		desk.TicketMerge:  {desk.MergeTicket{Into: "t2"}}, desk.TicketPin: {desk.PinTicket{Keep: true}},
		desk.TimeLog:       {desk.LogTime{Entry: desk.TimeEntry{ID: "x1", Minutes: 5, Note: "n"}}},
		desk.MessageAdd:    {message(desk.InternalNote), message(desk.PublicReply), message(desk.FromRequester)},
		desk.MessageMove:   {desk.MoveMessage{Message: "t1-q", To: "t2"}},
		desk.MessageSplit:  {desk.SplitMessage{Message: "t1-q", Ticket: "t9", Create: desk.CreateTicket{Kind: desk.Incident, Title: "N", Number: "INC0000901"}}},
		desk.MessageAccept: {desk.AcceptMessage{Message: "t1-q", Accept: true}},
		desk.AsideMove:     {desk.MoveAside{Aside: "s", To: desk.AsideClosed}}, desk.AsideTake: {desk.TakeAside{Message: "t1-q", Aside: "s"}},
		desk.ReplyDecide:  {desk.DecideReply{Message: "t1-q", Act: desk.ReplySend, Text: "x", Seen: "t1-q"}},
		desk.ReplyDeliver: {desk.DeliverReply{Message: "m-reply", Delivery: desk.DeliveryFailed, MailID: "i", Problem: "p"}},
		desk.ReplyRetry:   {desk.RetryReply{Message: "m-reply"}}, desk.FileArrive: {desk.ArriveFile{Message: "t1-q", SHA256: stand.Sum("abc")}},
		desk.ConflictResolve:  {desk.ResolveConflict{Conflict: "c", Choice: desk.ChooseMine, Value: "v", Seen: "s"}},
		desk.RejectionDismiss: {desk.DismissRejection{ID: "r"}},
		desk.RequesterPut:     {desk.Requester{ID: "r1", Name: "Rudi", Email: "rudi@example.com"}}, desk.RequesterSpeak: {desk.SpeakRequester{Requester: "annika", Language: "de"}},
		desk.PersonPut:        {desk.Person{ID: "p1", Name: "Pia", Email: "pia@example.com", Roles: []desk.Role{desk.RoleAgent}, Teams: []desk.TeamID{"first"}}},
		desk.TeamPut:          {desk.Team{ID: "te", Name: "Team", Tier: 1}},
		desk.ServicePut:       {desk.Service{ID: "se", Name: "Service"}},
		desk.TemplatePut:      {desk.Template{ID: "tp", Use: desk.UseAnswer, Name: "N", Text: "Hello", Team: "first"}},
		desk.MailboxReport:    {desk.Mailbox{ID: "mb", State: desk.MailboxWatching, Address: "desk@example.com", Server: "mail.example.com:993"}},
		desk.QuarantineReport: {desk.QuarantinedMail{ID: "q", State: desk.InQuarantine, Account: "desk@example.com", SHA256: stand.Sum("q"), Reason: "why"}},
		desk.QuarantineDecide: {desk.DecideQuarantine{ID: "q", Act: desk.RetryMail}},
	}
}

// leaves are the arguments again and again, each time with a text at the place of
// another one of theirs.
func leaves(v any, text func(string) any, take func(any)) {
	var walk func(v any, put func(any))
	walk = func(v any, put func(any)) {
		switch v := v.(type) {
		case string:
			put(text(v))
			take(nil)
			put(v)
		case []any:
			for i := range v {
				walk(v[i], func(n any) { v[i] = n })
			}
		case map[string]any:
			for _, k := range slices.Sorted(maps.Keys(v)) {
				walk(v[k], func(n any) { v[k] = n })
			}
		}
	}
	walk(v, func(any) {})
}

// TestStrangeTextIsTakenOrRefused: wherever it stands in an act, and alike on both
// engines; a hub that failed at it would try for ever.
func TestStrangeTextIsTakenOrRefused(t *testing.T) {
	became := map[string]map[string]string{}
	for engine, dsn := range map[string]string{"SQLite": filepath.Join(t.TempDir(), "hub.db"), "PostgreSQL": stand.Postgres(t)} {
		h := buildOn(t, dsn).run()
		h.Open("t1", "first")
		h.Open("t2", "first")
		became[engine] = h.takesStrange()
	}
	if len(became["SQLite"]) < 400 {
		t.Errorf("only %d acts were tried", len(became["SQLite"]))
	}
	for what, status := range became["SQLite"] {
		if other := became["PostgreSQL"][what]; other != status {
			t.Errorf("%s: %s on SQLite, %s on PostgreSQL", what, status, other)
		}
	}
}

func (h *house) takesStrange() map[string]string {
	h.Helper()
	became := map[string]string{}
	boss := h.Mira
	boss.Roles = []desk.Role{desk.RoleAgent, desk.RoleLead, desk.RoleAdmin}
	actors := []desk.Principal{desk.PrincipalOf(boss, "d"), {System: true, Device: "s"}}
	mid := int64(0)
	acts := strangeActs()
	for _, name := range slices.Sorted(maps.Keys(acts)) {
		for n, args := range acts[name] {
			raw, err := json.Marshal(args)
			must(h, err)
			var tree any
			must(h, json.Unmarshal(raw, &tree))
			place := 0
			leaves(tree, func(string) any { return "PLACE" }, func(any) {
				place++
				body, err := json.Marshal(tree)
				must(h, err)
				for _, kind := range slices.Sorted(maps.Keys(strange)) {
					for who, actor := range actors {
						mid++
						m := desk.Mutation{Device: actor.Device, Mid: mid, Name: name, Version: 1, Ticket: "t1", Args: json.RawMessage(strings.Replace(string(body), "PLACE", strange[kind], 1)), At: day}
						if name == desk.TicketCreate {
							m.Ticket = desk.TicketID(fmt.Sprint("n", mid))
						}
						what := fmt.Sprintf("%s %d, place %d, %s, actor %d", name, n, place, kind, who)
						results, err := h.Server.Submit(h.Context(), actor, m)
						if err != nil {
							h.Errorf("%s: %v", what, err)
							continue
						}
						became[what] = string(results[0].Status) + " " + string(results[0].Code)
					}
				}
			})
		}
	}
	return became
}

// TestStrangeTextAtTheOtherDoors: who names what cannot be there is answered as who
// names what is not there, by a server too.
func TestStrangeTextAtTheOtherDoors(t *testing.T) {
	h := buildOn(t, stand.Postgres(t)).run()
	h.Open("t1", "first")
	c := h.crowd(1)
	c.hello(1, protocol.Hello{Caps: protocol.Caps(), Epoch: "a\x00b", Acked: 9,
		Cursors: map[desk.BucketID]protocol.Cursor{"a\x00b": {Epoch: 1, Seq: 5}, "team:a\x00": {Epoch: 1, Seq: 5}},
		Leases:  []desk.Lease{{Kind: "a\x00b", First: 1, Last: 5}}, Left: map[desk.TicketKind]int64{"a\x00b": 1},
		Wanted: []desk.BucketID{"closed:team:a\x00b:2026-01"}})
	c.step(hub.Received{Session: 1, Message: protocol.Want{Buckets: []desk.BucketID{"closed:team:first\x00:2026-01"}}},
		hub.Received{Session: 1, Message: protocol.Digest{N: 1, Bucket: "a\x00b", Parts: make([]byte, 8*256)}},
		hub.Received{Session: 1, Message: protocol.Push{Left: map[desk.TicketKind]int64{"a\x00b": 1}}})
	if n := c.count(1, "BYE"); n > 0 || c.count(1, "WELCOME") != 1 {
		t.Errorf("%d times BYE", n)
	}
	w := h.serve()
	_, token, err := hub.Enrol(t.Context(), h.Central, h.Mira.ID, "lap\x00top\xff")
	must(t, err)
	for _, ask := range []struct {
		method, path, body string
		status             int
	}{
		{"GET", "/api/v1/tickets/INC%00", "", 404}, {"GET", "/api/v1/tickets/%ff", "", 404},
		{"GET", "/api/v1/blobs/%00", "", 404}, {"POST", "/api/v1/blobs/" + stand.Sum("x") + "?message=%00", "", 404},
		{"PUT", "/api/v1/blobs/%00?message=t1-q%00&offset=0", "x", 404}, {"GET", "/api/v1/messages/%00/pictures/1", "", 404},
		{"GET", "/api/v1/messages/%ff/pictures/1", "", 404},
		{"POST", "/api/v1/devices", `{"email":"mira\u0000@example.com","password":"x\u0000","device":"d\u0000"}`, 401},
		{"POST", "/api/v1/devices", `{"email":"` + "\xff" + `@example.com","password":"x","device":"d"}`, 401},
		{"GET", "/api/v1/sync/poll/%00?n=0", "", 410},
	} {
		if status, body := w.Ask(ask.method, ask.path, token, ask.body); status != ask.status {
			t.Errorf("%s %s: %d %s", ask.method, ask.path, status, body)
		}
	}
}
