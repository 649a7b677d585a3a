package post_test

import (
	"strings"
	"testing"

	"holdall/desk"
	"holdall/mail/intake"
	"holdall/sync/hub"
)

func TestTheRulesOfTheConfigurationSeedTheDesk(t *testing.T) {
	h := build(t).run()
	sink, converter := h.intake()
	rules := func() []desk.MailboxRule {
		t.Helper()
		ws, err := sink.Workspace(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return ws.MailboxRules
	}
	seed := func(list ...desk.MailboxRule) {
		t.Helper()
		if err := h.Server.SeedRules(t.Context(), list, day); err != nil {
			t.Fatal(err)
		}
	}
	seed()
	first := desk.MailboxRule{Name: "All", Team: "first"}
	seed(first)
	h.file(sink, intake.Position{}, question(1))
	h.convert(converter)
	if len(rules()) != 1 || h.tickets() != 0 {
		t.Errorf("rules %+v; %d tickets in triage", rules(), h.tickets())
	}
	ws, _ := sink.Workspace(t.Context())
	ws.MailboxRules = nil
	h.Do(hub.Act{Name: desk.WorkspacePut, Args: ws})
	if seed(first); len(rules()) != 0 {
		t.Error("the configuration took back what an admin did")
	}
	if seed(first, desk.MailboxRule{Name: "More", Labels: []string{"x"}}); len(rules()) != 2 {
		t.Error("a changed configuration is not taken")
	}
	if seed(); len(rules()) != 0 {
		t.Error("an emptied configuration is not taken")
	}
	for range 2 {
		err := h.Server.SeedRules(t.Context(), []desk.MailboxRule{{Name: "All", Team: "none"}}, day)
		if err == nil || !strings.Contains(err.Error(), "no such team") || len(rules()) != 0 {
			t.Errorf("%v, %+v", err, rules())
		}
	}
}
