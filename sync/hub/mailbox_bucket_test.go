package hub_test

import (
	"testing"

	"holdall/desk"
	"holdall/sync/protocol"
)

// TestTheMailboxesComeAndGoWithTheRole: a lead is given their bucket in the step
// that makes him one, and loses it in the step that takes the role (SPEC P11,
// P38). A program that does not keep it apart is never given it.
func TestTheMailboxesComeAndGoWithTheRole(t *testing.T) {
	for _, c := range []struct {
		what string
		caps []protocol.Cap
		want []desk.BucketID
	}{
		{"a program that knows it", protocol.Caps(), []desk.BucketID{desk.BucketMail}},
		{"an older program", []protocol.Cap{protocol.CapPresence, protocol.CapArchive}, nil},
	} {
		a := build(t).run().archive(protocol.Hello{Caps: c.caps})
		a.expect(c.what+", an agent", nil, nil)
		lead := a.Mira
		lead.Roles = []desk.Role{desk.RoleAgent, desk.RoleLead}
		a.step(a.act(desk.PersonPut, lead))
		a.expect(c.what+", a lead", c.want, nil)
		a.step(a.act(desk.PersonPut, a.Mira))
		a.expect(c.what+", an agent again", nil, c.want)
	}
}
