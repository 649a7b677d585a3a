package app

import (
	"holdall/desk"
	"holdall/store"
)

// changeSettings changes the settings of the workspace that a person changed, and
// leaves the others to whoever changes those (SPEC P80); change may refuse what it
// meets.
func (a *App) changeSettings(change func(*desk.Workspace) error) error {
	ws, err := a.complete()
	if err != nil {
		return err
	}
	var settings desk.Workspace
	err = ws.view(func(tx *store.ReplicaTx) (err error) {
		settings, err = tx.Workspace()
		return err
	})
	if err != nil {
		return err
	}
	patch, err := settings.Change(change)
	if err != nil || len(patch.Set) == 0 {
		return err
	}
	return a.changeAll(ws, newChange{name: desk.WorkspacePatch, args: patch})
}
