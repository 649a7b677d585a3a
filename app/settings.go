package app

import (
	"holdall/desk"
	"holdall/store"
)

// changeSettings changes the settings of the workspace that a person changed, and
// leaves the others to whoever changes those (SPEC P80); change may refuse what it
// meets.
func (a *App) changeSettings(change func(*desk.Workspace) error) error {
	return a.changeSeen(func(*desk.Workspace) {}, change)
}

// changeSeen is the same for a person who saw some of them otherwise than they are
// here by now.
func (a *App) changeSeen(saw func(*desk.Workspace), change func(*desk.Workspace) error) error {
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
	saw(&settings)
	patch, err := settings.Change(change)
	if err != nil || len(patch.Set) == 0 {
		return err
	}
	return a.changeAll(ws, newChange{name: desk.WorkspacePatch, args: patch})
}
