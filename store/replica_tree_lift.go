package store

// liftIndexes does to the indexes what a step wants: after version 8 they are
// built anew, for they went with the tables they were on. A laptop that is being
// filled has none yet.
func liftIndexes(step string) func(*txn) error {
	return func(t *txn) error {
		built, err := t.Meta(metaIndexes)
		if err != nil || built == "" {
			return err
		}
		return t.script(texts, "migrations/replica/indexed/"+step)
	}
}
