package store

import (
	"maps"
	"slices"

	"holdall/desk"
)

// footing is where something stood, and with what digest, before the
// transaction changed it.
type footing struct {
	homes []desk.BucketID
	digest
}

// tally gathers what a transaction touches, to move the running digests of the
// buckets by what it really changed (SPEC P20): the rows are read before their
// first change and after their last, so that nothing is believed that is not
// stored. What is shown ahead of the hub is not counted.
type tally struct {
	trees map[desk.TicketID]footing
	loose map[desk.Key]footing
	rests bool // what changes now is no news of the hub
}

func newTally() tally {
	return tally{trees: map[desk.TicketID]footing{}, loose: map[desk.Key]footing{}}
}

// moving notes a record that is about to change. While a first fill runs there
// is nothing to keep: it is counted when it is done.
func (tx *ReplicaTx) moving(key desk.Key, tree desk.TicketID) error {
	if tree != "" {
		return tx.movingTree(tree)
	}
	if _, known := tx.tally.loose[key]; known || tx.late || tx.tally.rests {
		return nil
	}
	f, err := tx.looseFooting(key)
	tx.tally.loose[key] = f
	return err
}

func (tx *ReplicaTx) movingTree(tree desk.TicketID) error {
	if _, known := tx.tally.trees[tree]; known || tx.late || tx.tally.rests {
		return nil
	}
	f, err := tx.treeFooting(tree)
	tx.tally.trees[tree] = f
	return err
}

// apart runs fn on what is shown ahead of the hub. What came of the hub before is
// counted first: a record has one footing in a count.
func (tx *ReplicaTx) apart(fn func() error) error {
	if err := tx.settleTally(); err != nil {
		return err
	}
	tx.tally.rests = true
	defer func() { tx.tally.rests = false }()
	return fn()
}

var treeDigestText = func() string {
	text := "SELECT " + digestColumns("hash") + " FROM (SELECT hash FROM record WHERE tree = ?"
	for _, kind := range treeKinds {
		text += " UNION ALL SELECT hash FROM " + shelves[kind].name + " WHERE tree = ?"
	}
	return text + ")"
}()

func (tx *ReplicaTx) treeFooting(tree desk.TicketID) (f footing, err error) {
	if f.homes, err = tx.Homes(tree); err != nil || len(f.homes) == 0 {
		return f, err
	}
	s, _, err := tx.plot(tree)
	if err != nil {
		return f, err
	}
	args := append([]any{string(tree)}, slices.Repeat([]any{s.no}, len(treeKinds))...)
	_, err = tx.find(treeDigestText, args, f.dest()...)
	return f, err
}

func (tx *ReplicaTx) looseFooting(key desk.Key) (f footing, err error) {
	hash, found, err := tx.hashOf(key)
	if err != nil || !found {
		return f, err
	}
	f.digest, f.homes = of(hash), []desk.BucketID{looseHome(key.Kind)}
	if key.Kind == desk.KindRejection {
		var person desk.PersonID
		_, err = tx.find("SELECT person FROM rejection WHERE id = ?", []any{key.ID}, &person)
		f.homes[0] = desk.UserBucket(person)
	}
	return f, err
}

// hashOf reads the hash of a record; false if there is none.
func (tx *ReplicaTx) hashOf(key desk.Key) (uint64, bool, error) {
	var hash int64
	query, args := "SELECT hash FROM record WHERE kind = ? AND id = ?", []any{string(key.Kind), key.ID}
	if tab, known := tables[key.Kind]; known {
		query, args = "SELECT hash FROM "+tab.name+" WHERE "+which(key.Kind), args[1:]
	}
	found, err := tx.find(query, args, &hash)
	return uint64(hash), found, err
}

// settleTally moves the running digests by what has changed so far.
func (tx *ReplicaTx) settleTally() error {
	if len(tx.tally.trees)+len(tx.tally.loose) == 0 {
		return nil
	}
	moved := map[desk.BucketID]digest{}
	shift := func(was, is footing) {
		for _, b := range was.homes {
			moved[b] = moved[b].minus(was.digest)
		}
		for _, b := range is.homes {
			moved[b] = moved[b].plus(is.digest)
		}
	}
	for tree, was := range tx.tally.trees {
		is, err := tx.treeFooting(tree)
		if err != nil {
			return err
		}
		shift(was, is)
	}
	for key, was := range tx.tally.loose {
		is, err := tx.looseFooting(key)
		if err != nil {
			return err
		}
		shift(was, is)
	}
	tx.tally = newTally()
	for _, b := range slices.Sorted(maps.Keys(moved)) {
		if d := moved[b]; d != (digest{}) {
			err := tx.do("UPDATE cursor SET records = records + ?, low = low + ?, high = high + ? WHERE bucket = ? AND records >= 0", d.rows, d.low, d.high, string(b))
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// RunningDigest is BucketDigest as it was kept, at the same cost however large the
// bucket is; false while nobody knows.
func (tx *ReplicaTx) RunningDigest(bucket desk.BucketID) (rows int64, sum uint64, known bool, err error) {
	var d digest
	found, err := tx.find("SELECT records, low, high FROM cursor WHERE bucket = ?", []any{string(bucket)}, d.dest()...)
	return d.rows, d.sum(), found && d.rows >= 0, err
}

// BucketSum is the running digest of a subscribed bucket. Once after a first fill
// or Doubt its records are counted.
func (tx *ReplicaTx) BucketSum(bucket desk.BucketID) (rows int64, sum uint64, err error) {
	if err := tx.settleTally(); err != nil {
		return 0, 0, err
	}
	rows, sum, known, err := tx.RunningDigest(bucket)
	if err != nil || known {
		return rows, sum, err
	}
	d, err := tx.hubDigest(bucket)
	if err != nil {
		return 0, 0, err
	}
	return d.rows, d.sum(), tx.do("UPDATE cursor SET records = ?, low = ?, high = ? WHERE bucket = ?", d.rows, d.low, d.high, string(bucket))
}

// Doubt has a bucket counted anew when its digest is next asked for.
func (tx *ReplicaTx) Doubt(bucket desk.BucketID) error {
	return tx.do("UPDATE cursor SET records = -1 WHERE bucket = ?", string(bucket))
}
