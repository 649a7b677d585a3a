package store

// liftIndexes builds the indexes of version 8 anew, which went with the tables
// they were on. A laptop that is being filled has none yet.
func liftIndexes(t *txn) error {
	built, err := t.Meta(metaIndexes)
	if err != nil || built == "" {
		return err
	}
	return t.script(texts, "migrations/replica/indexed/0008_tree.sql")
}
