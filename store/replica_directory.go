package store

import (
	"strings"
	"time"

	"holdall/desk"
)

// People lists the people of the desk.
func (tx *ReplicaTx) People() ([]desk.Person, error) { return tx.people() }

// Teams lists the teams.
func (tx *ReplicaTx) Teams() ([]desk.Team, error) { return tx.teams() }

// Services lists the services.
func (tx *ReplicaTx) Services() ([]desk.Service, error) { return tx.services() }

// Templates lists the templates.
func (tx *ReplicaTx) Templates() ([]desk.Template, error) { return tx.templates() }

// Workspace reads the configuration; desk.ErrUnknown before it has come.
func (tx *ReplicaTx) Workspace() (desk.Workspace, error) {
	return only[desk.Workspace](tx.txn, desk.KindWorkspace, "SELECT body FROM workspace LIMIT 1")
}

// Requesters lists requesters whose name or address contains the query, those
// whose name begins with it first.
func (tx *ReplicaTx) Requesters(query string, limit int) ([]desk.Requester, error) {
	part := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(folded(strings.TrimSpace(query)))
	return entities[desk.Requester](tx.txn, desk.KindRequester, `SELECT body FROM requester WHERE name LIKE ? ESCAPE '\' OR email LIKE ? ESCAPE '\'`+
		` ORDER BY CASE WHEN name LIKE ? ESCAPE '\' THEN 0 ELSE 1 END, name, id LIMIT ?`,
		"%"+part+"%", "%"+part+"%", part+"%", limit)
}

// RequesterStats counts a requester's open tickets, and all those opened since
// an instant.
func (tx *ReplicaTx) RequesterStats(requester desk.RequesterID, since time.Time) (open, sinceCount int, err error) {
	_, err = tx.find("SELECT COALESCE(SUM(open), 0), COALESCE(SUM(opened_at >= ?), 0) FROM ticket WHERE requester = ?",
		[]any{instant(since), string(requester)}, &open, &sinceCount)
	return open, sinceCount, err
}
