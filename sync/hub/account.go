package hub

import (
	"context"
	"errors"
	"strings"
	"time"

	"holdall/desk"
	"holdall/store"
)

// Accounts lets people in by mail address and password, and takes care that
// who guesses learns nothing: a stranger and a wrong password get the same
// answer after the same work.
type Accounts struct {
	store *store.Central
	tries *limits
}

// NewAccounts looks after the accounts of a central database.
func NewAccounts(central *store.Central) *Accounts {
	return &Accounts{store: central, tries: newLimits()}
}

// ErrSignIn is the answer to every sign-in that fails for what was typed.
var ErrSignIn = desk.Refuse(desk.CodePerm, "The mail address and the password do not belong together; check both.")

// SignIn is what somebody signs a device in with.
type SignIn struct {
	Email, Password string
	Device          string        // its name
	Again           desk.DeviceID // it was enrolled before, as this one; empty: it is new
}

// SignIn enrols a device for whoever knows the password: a new one, or one of theirs
// again. from is where the try comes from; tries are limited for each place and
// account. It fails with ErrSignIn, or with CodeQuota after too many tries.
func (a *Accounts) SignIn(ctx context.Context, as SignIn, from string, now time.Time) (Enrolment, error) {
	email, password := strings.ToLower(strings.TrimSpace(as.Email)), as.Password
	if !a.tries.allow(from+" "+email, now) {
		return Enrolment{}, desk.Refuse(desk.CodeQuota, "There were too many attempts to sign in; wait a minute and try again.")
	}
	person, hash, err := a.find(ctx, email)
	if err != nil {
		return Enrolment{}, err
	}
	ok, stale, err := checkPassword(ctx, hash, password)
	if errors.Is(err, context.DeadlineExceeded) {
		return Enrolment{}, desk.Refuse(desk.CodeQuota, "Too many people sign in at once; wait a minute and try again.")
	}
	if err != nil {
		return Enrolment{}, err
	}
	if !ok || person.Disabled {
		return Enrolment{}, ErrSignIn
	}
	if stale {
		if err := a.SetPassword(ctx, person.ID, password); err != nil && desk.CodeOf(err) != desk.CodeValidation {
			return Enrolment{}, err
		}
	}
	return enrol(ctx, a.store, person.ID, as, now)
}

// find reads the person and hash of an address; both are empty for a stranger.
func (a *Accounts) find(ctx context.Context, email string) (person desk.Person, hash string, err error) {
	err = a.store.View(ctx, func(tx *store.CentralTx) error {
		person, hash, err = tx.Password(email)
		return err
	})
	if errors.Is(err, desk.ErrUnknown) {
		return desk.Person{}, "", nil
	}
	return person, hash, err
}

// SetPassword keeps the hash of a new password. A password that is too short is
// refused with CodeValidation.
func (a *Accounts) SetPassword(ctx context.Context, person desk.PersonID, password string) error {
	keep, err := PasswordChange(ctx, person, password)
	if err != nil {
		return err
	}
	return a.store.Update(ctx, keep)
}

// PasswordChange hashes a password and returns what keeps it, to be done in the
// transaction that makes the person.
func PasswordChange(ctx context.Context, person desk.PersonID, password string) (func(*store.CentralTx) error, error) {
	hash, err := hashPassword(ctx, password)
	if err != nil {
		return nil, err
	}
	return func(tx *store.CentralTx) error { return tx.SetPassword(person, hash) }, nil
}
