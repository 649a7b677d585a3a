package store

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"path/filepath"

	"holdall/desk"
)

// Identity is who this laptop is to its hub. Epoch is that of the hub it was
// last connected to; Solo says that the hub runs in the same program.
type Identity struct {
	Device    desk.DeviceID
	Person    desk.PersonID
	Server    string
	Token     string
	Workspace string
	Epoch     string
	Solo      bool
}

const (
	metaIdentity = "identity"
	metaSetting  = "setting."
)

// openOutbox opens outbox.db, salvaging what can be read of a damaged one.
func (r *Replica) openOutbox(ctx context.Context) error {
	path := filepath.Join(r.dir, outboxFile)
	db, err := r.resumeSalvage(ctx, path)
	if db == nil && err == nil {
		db, err = tryOutbox(ctx, path)
	}
	if isDamaged(err) {
		db, err = r.beginSalvage(ctx, path)
	}
	r.outbox = db
	return err
}

func tryOutbox(ctx context.Context, path string) (*database, error) {
	db, err := openSQLite(path, full)
	if err != nil {
		return nil, err
	}
	if err := checkOutbox(ctx, db); err != nil {
		db.close()
		return nil, err
	}
	return db, nil
}

func checkOutbox(ctx context.Context, db *database) error {
	if err := outboxPlan.migrate(ctx, db); err != nil {
		return err
	}
	if _, err := db.length(ctx); err != nil {
		return err
	}
	if err := db.familiar(ctx, outboxPlan); err != nil {
		return db.plain(err)
	}
	if err := db.quickCheck(ctx); err != nil {
		return db.plain(err)
	}
	return db.view(ctx, func(t *txn) error { return t.checkSums() })
}

// rowSum is the sum that guards a row: 64-bit FNV-1a over its columns, each
// with its length.
func rowSum(columns ...any) int64 {
	sum := fnv.New64a()
	for _, c := range columns {
		text := fmt.Sprint(c)
		binary.Write(sum, binary.BigEndian, int64(len(text)))
		io.WriteString(sum, text)
	}
	return int64(sum.Sum64())
}

// keepFact writes a fact of the outbox.
func (t *txn) keepFact(key, value string) error {
	return t.do("INSERT INTO meta (key, value, sum) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, sum = excluded.sum",
		key, value, rowSum(key, value))
}

func (t *txn) kept(key string) (string, error) { return t.Meta(key) }

func (t *txn) identityRow() (Identity, error) {
	var who Identity
	value, err := t.kept(metaIdentity)
	if err != nil || value == "" {
		return who, err
	}
	return who, json.Unmarshal([]byte(value), &who)
}

// Identity reads who this laptop is; zero before its first sign-in.
func (r *Replica) Identity(ctx context.Context) (who Identity, err error) {
	err = r.outbox.view(ctx, func(t *txn) error { who, err = t.identityRow(); return err })
	return who, err
}

// SetIdentity keeps who this laptop is.
func (r *Replica) SetIdentity(ctx context.Context, who Identity) error {
	body, err := json.Marshal(who)
	if err != nil {
		return fmt.Errorf("encode identity: %w", err)
	}
	return r.outbox.update(ctx, func(t *txn) error { return t.keepFact(metaIdentity, string(body)) })
}

// Setting reads a setting of this laptop; "" if it was never set.
func (r *Replica) Setting(ctx context.Context, key string) (value string, err error) {
	err = r.outbox.view(ctx, func(t *txn) error { value, err = t.kept(metaSetting + key); return err })
	return value, err
}

// SetSetting keeps a setting of this laptop.
func (r *Replica) SetSetting(ctx context.Context, key, value string) error {
	return r.outbox.update(ctx, func(t *txn) error { return t.keepFact(metaSetting+key, value) })
}
