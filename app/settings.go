package app

import (
	"holdall/desk"
	"holdall/store"
)

// changeSettings puts the workspace's record anew with what a person changed in
// it; change may refuse what it meets.
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
	if err := change(&settings); err != nil {
		return err
	}
	return a.changeAll(ws, newChange{name: desk.WorkspacePut, args: settings})
}
