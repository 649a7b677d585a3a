package oauth_test

import (
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"holdall/mail/oauth"
	"holdall/mail/oauth/loopback"
)

func TestATokenIsRenewedAheadOfItsEnd(t *testing.T) {
	w := connected(t, loopback.Rules{})
	s := w.source()
	first, err := s.Token(t.Context())
	if err != nil || w.issuer.Renewals() != 0 {
		t.Fatalf("a fresh token: %v, %d renewals", err, w.issuer.Renewals())
	}
	s.Now = later(56 * time.Minute)
	second, err := s.Token(t.Context())
	if err != nil || second == first || w.issuer.Renewals() != 1 {
		t.Errorf("four minutes before its end: %v, same %v, %d renewals", err, second == first, w.issuer.Renewals())
	}
	if again, err := s.Token(t.Context()); err != nil || again != second || w.issuer.Renewals() != 1 {
		t.Errorf("right after: %v, same %v, %d renewals", err, again == second, w.issuer.Renewals())
	}
}

// TestOneRenewsForAll: readers and senders ask at once.
func TestOneRenewsForAll(t *testing.T) {
	w := connected(t, loopback.Rules{Rotate: true})
	s := w.source()
	s.Now = later(2 * time.Hour)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := s.Token(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if w.issuer.Renewals() != 1 {
		t.Errorf("%d renewals", w.issuer.Renewals())
	}
}

// TestARotatedGrantIsKeptBeforeItIsUsed: else a crash would leave the old one,
// which is worth nothing any more.
func TestARotatedGrantIsKeptBeforeItIsUsed(t *testing.T) {
	w := connected(t, loopback.Rules{Rotate: true})
	s := w.source()
	before, _ := w.keeper.Grant(t.Context())
	s.Now = later(2 * time.Hour)
	w.keeper.stuck = errors.New("the disk is full")
	if token, err := s.Token(t.Context()); err == nil || token != "" {
		t.Errorf("a token that is kept nowhere was given out: %v", err)
	}
	w.keeper.stuck = nil
	w.connect()
	if _, err := s.Token(t.Context()); err != nil {
		t.Fatal(err)
	}
	if after, _ := w.keeper.Grant(t.Context()); after.Refresh == before.Refresh {
		t.Error("the rotated grant was not kept")
	}
}

// TestATakenBackGrantIsAskedForNoMore, and another one heals it without a start.
func TestATakenBackGrantIsAskedForNoMore(t *testing.T) {
	w := connected(t, loopback.Rules{})
	s := w.source()
	w.issuer.Revoke()
	s.Now = later(2 * time.Hour)
	for range 5 {
		_, err := s.Token(t.Context())
		w.wants(err, oauth.ErrRevoked)
	}
	if w.issuer.Renewals() != 1 {
		t.Errorf("the provider was asked %d times", w.issuer.Renewals())
	}
	w.connect()
	s.Now = nil
	if token, err := s.Token(t.Context()); err != nil || token == "" {
		t.Errorf("connected again: %v", err)
	}
}

func TestAMailServerRefusesATokenEarly(t *testing.T) {
	w := connected(t, loopback.Rules{})
	s := w.source()
	first, err := s.Token(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.Refused(first)
	second, err := s.Token(t.Context())
	if err != nil || second == first {
		t.Errorf("%v, same %v", err, second == first)
	}
}

// TestAProviderThatIsDownIsNoRevocation: it is asked again.
func TestAProviderThatIsDownIsNoRevocation(t *testing.T) {
	w := connected(t, loopback.Rules{})
	s := w.source()
	s.Now = later(2 * time.Hour)
	w.issuer.Set(func(r *loopback.Rules) { r.Status = http.StatusServiceUnavailable })
	_, err := s.Token(t.Context())
	if err == nil || errors.Is(err, oauth.ErrRevoked) {
		t.Errorf("%v", err)
	}
	w.mute(err)
	w.issuer.Set(func(r *loopback.Rules) { r.Status = 0 })
	if _, err := s.Token(t.Context()); err != nil {
		t.Errorf("up again: %v", err)
	}
}

func TestNobodyHasConnectedYet(t *testing.T) {
	w := newWorld(t, loopback.Rules{})
	_, err := w.source().Token(t.Context())
	w.wants(err, oauth.ErrNone)
}

// TestAGrantPrintsNothing: whatever prints it.
func TestAGrantPrintsNothing(t *testing.T) {
	g := oauth.Grant{Refresh: "canary-refresh", Access: "canary-access"}
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		if said := fmt.Sprintf(format, g); said != "(a grant)" {
			t.Errorf("%s prints %s", format, said)
		}
	}
}
