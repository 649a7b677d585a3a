package hub

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"

	"holdall/desk"
	"holdall/store"
)

// Enrolment is what a new device is told, once: the hub keeps only the hash of
// the token.
type Enrolment struct {
	Device    desk.DeviceID `json:"device"`
	Token     string        `json:"token"`
	Person    desk.PersonID `json:"person"`
	Workspace string        `json:"workspace"` // its id; empty before it is founded
}

const (
	tokenBytes    = 32
	deviceNameMax = 200 // bytes
)

// Enrol adds a device for a person and returns its token, which is told to
// nobody again. It asks for no password: the caller has checked who it is, or
// is the person's own machine.
func Enrol(ctx context.Context, central *store.Central, person desk.PersonID, deviceName string) (desk.DeviceID, string, error) {
	made, err := enrol(ctx, central, person, SignIn{Device: deviceName}, time.Now())
	return made.Device, made.Token, err
}

func newToken() string {
	secret := make([]byte, tokenBytes)
	rand.Read(secret)
	return base64.RawURLEncoding.EncodeToString(secret)
}

func enrol(ctx context.Context, central *store.Central, person desk.PersonID, as SignIn, now time.Time) (Enrolment, error) {
	made := Enrolment{Device: cmp.Or(as.Again, desk.DeviceID(uuid.NewString())), Token: newToken(), Person: person}
	name := strings.TrimSpace(as.Device)
	device := store.Device{
		ID: made.Device, Person: person, Name: strings.ToValidUTF8(name[:min(len(name), deviceNameMax)], ""),
		TokenHash: tokenHash(made.Token), CreatedAt: now, LastSeen: now,
	}
	err := central.Update(ctx, func(tx *store.CentralTx) error {
		if _, err := tx.Get(desk.Person{ID: person}.Key()); err != nil {
			return err
		}
		workspace, err := tx.Get(desk.Workspace{}.Key())
		if err == nil {
			made.Workspace = workspace.(desk.Workspace).ID
		} else if !errors.Is(err, desk.ErrUnknown) {
			return err
		}
		if as.Again != "" {
			return admitAgain(tx, device)
		}
		return tx.AddDevice(device)
	})
	if errors.Is(err, desk.ErrUnknown) {
		return Enrolment{}, desk.Refuse(desk.CodeGone, "There is nobody at this desk with the id %s.", person)
	}
	if err != nil {
		return Enrolment{}, err
	}
	return made, nil
}

func tokenHash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// errToken is a request without a token that may be used.
var errToken = desk.Refuse(desk.CodePerm, "This device is not signed in at this hub (any more); sign in again.")

// authenticate finds the device of a token and whom it acts for. It fails with
// errToken if there is none, or if it or its person was shut out.
func authenticate(tx *store.CentralTx, token string) (store.Device, desk.Principal, error) {
	device, err := tx.DeviceByToken(tokenHash(token))
	if errors.Is(err, desk.ErrUnknown) || token == "" {
		return store.Device{}, desk.Principal{}, errToken
	}
	if err != nil {
		return store.Device{}, desk.Principal{}, err
	}
	device, actor, err := principal(tx, device.ID)
	if errors.Is(err, errRevoked) {
		err = errToken
	}
	return device, actor, err
}

// Found gives a new hub its workspace; one that has it keeps it.
func (s *Server) Found(ctx context.Context, name string, now time.Time) (desk.Workspace, error) {
	var have desk.Workspace
	err := s.engine.store.View(ctx, func(tx *store.CentralTx) error {
		e, err := tx.Get(have.Key())
		if err == nil {
			have = e.(desk.Workspace)
		}
		return err
	})
	if !errors.Is(err, desk.ErrUnknown) {
		return have, err
	}
	fresh := desk.NewWorkspace(uuid.NewString(), name)
	return fresh, s.Do(ctx, nil, Act{Name: desk.WorkspacePut, Args: fresh, At: now})
}

// Act is something the hub does of its own accord.
type Act struct {
	Name   desk.Name
	Ticket desk.TicketID
	Args   any
	At     time.Time
}

// Do carries out acts of the hub in one transaction, and with whatever more is
// to be written in it. A refusal of any is its error; the others stand.
func (s *Server) Do(ctx context.Context, with func(*store.CentralTx) error, acts ...Act) error {
	device := desk.DeviceID("hub-" + uuid.NewString())
	var mutations []desk.Mutation
	for i, a := range acts {
		m, err := desk.NewMutation(a.Name, a.Ticket, a.Args, a.At)
		if err != nil {
			return err
		}
		m.Device, m.Mid = device, int64(i+1)
		mutations = append(mutations, m)
	}
	results, err := s.SubmitWith(ctx, desk.Principal{System: true}, mutations, with)
	if err != nil {
		return err
	}
	for _, r := range results {
		if r.Status == desk.Rejected {
			return desk.Refuse(r.Code, "%s", r.Message)
		}
	}
	return nil
}
