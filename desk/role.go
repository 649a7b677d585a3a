package desk

import "slices"

// Role is what a person may do; a team scopes where. This file is the one truth
// about who may do what, for sync, search, export and mail alike.
type Role string

const (
	RoleRequester  Role = "requester"
	RoleAgent      Role = "agent"
	RoleTechnician Role = "technician"
	RoleLead       Role = "lead"
	RoleAdmin      Role = "admin"
	RoleAuditor    Role = "auditor" // reads everything, changes nothing
)

// Roles lists all roles.
func Roles() []Role {
	return []Role{RoleRequester, RoleAgent, RoleTechnician, RoleLead, RoleAdmin, RoleAuditor}
}

// Principal is who acts, as the hub established it; nothing in it comes from
// the wire.
type Principal struct {
	Person PersonID
	Device DeviceID
	Roles  []Role
	Teams  []TeamID
	System bool // the hub itself: mail intake, delivery, seeding
}

// PrincipalOf is a person acting on a device.
func PrincipalOf(p Person, device DeviceID) Principal {
	if p.Disabled {
		return Principal{Person: p.ID, Device: device}
	}
	return Principal{Person: p.ID, Device: device, Roles: p.Roles, Teams: p.Teams}
}

func (p Principal) has(roles ...Role) bool {
	return slices.ContainsFunc(roles, func(r Role) bool { return slices.Contains(p.Roles, r) })
}

// Works reports whether the principal works on tickets at all.
func (p Principal) Works() bool {
	return p.System || p.has(RoleAgent, RoleTechnician, RoleLead, RoleAdmin)
}

// SeesAll reports whether the principal's sight is not bounded by teams.
func (p Principal) SeesAll() bool { return p.System || p.has(RoleAdmin, RoleAuditor) }

// CanRead reports whether a ticket may reach the principal: the ticket stands in
// a bucket the principal subscribes to, or did before it was archived. Having
// pinned it is no right.
func (p Principal) CanRead(t Ticket) bool {
	if p.SeesAll() {
		return true
	}
	if !p.Works() {
		return false
	}
	mine := p.Buckets(nil)
	t.Archived, t.Pinned = "", nil
	return slices.ContainsFunc(t.Buckets(), func(b BucketID) bool { return slices.Contains(mine, b) })
}

// CanWork refuses whoever may not change the ticket.
func (p Principal) CanWork(t Ticket) error {
	if !p.Works() {
		return Refuse(CodePerm, "Your role cannot change tickets; ask an admin for the agent role.")
	}
	if !p.CanRead(t) {
		return Refuse(CodePerm, "%s is not in one of your teams' queues any more; ask its team to hand it over.", t.Number)
	}
	return nil
}

// SeesMail reports whether the principal sees how the mailboxes do, and what lies
// in quarantine: mails that have reached no team yet.
func (p Principal) SeesMail() bool { return p.SeesAll() || p.has(RoleLead) }

// CanTendMail refuses whoever may not decide about quarantined mails.
func (p Principal) CanTendMail() error {
	if p.System || p.has(RoleLead, RoleAdmin) {
		return nil
	}
	return Refuse(CodePerm, "Only a lead or an admin can decide about quarantined mails.")
}

// CanConfigure refuses whoever may not change people, teams and settings.
func (p Principal) CanConfigure() error {
	if p.System || p.has(RoleAdmin) {
		return nil
	}
	return Refuse(CodePerm, "Only an admin can change people, teams, services and settings.")
}
