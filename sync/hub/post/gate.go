package post

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"holdall/desk"
	"holdall/mail/outgoing"
)

// signInPatience makes the pauses after a refused sign-in so many times longer:
// a wrong password that is repeated locks the account.
const signInPatience = 15

// gate is shut while the mail server is out of reach or does not accept the desk's
// sign-in: no other mail would leave, so only one now and then tries.
type gate struct {
	reason  desk.WaitReason // empty: it is open
	problem string
	until   time.Time // when those that wait try again
	probe   time.Time // from when one that is new, or that somebody hurries, may try for all
	tried   string    // names the secret that was refused
}

func (g gate) shut() bool { return g.reason != "" }

func (p *Post) shut(ctx context.Context, wait desk.Wait, problem string, schedule outgoing.Schedule, now time.Time) {
	p.taken = false
	g := gate{reason: wait.For, problem: problem, until: wait.Next, probe: now.Add(postEvery)}
	if wait.For == desk.WaitSignIn {
		g.probe, g.tried = now.Add(schedule.Shortest()), p.secret(ctx)
	}
	p.swing(g)
}

// Standing is how the mail server takes what leaves, for people to see.
type Standing struct {
	Reason desk.WaitReason // WaitSignIn or WaitUnreached; empty: as far as is known it takes mail
	Words  string          // what stands with the answers that wait
	Until  time.Time       // when it is tried again
	Taken  time.Time       // when it took a mail last, since this node sends; zero: none yet
	// Holds is what answers wait for that it would take: WaitRest or WaitRate; empty:
	// none does.
	Holds desk.WaitReason
}

// Standing tells how answers leave; mine: this node sends them.
func (p *Post) Standing() (s Standing, mine bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s = p.stands
	if s.Holds == desk.WaitRate && !time.Now().Before(p.held) {
		s.Holds = ""
	}
	return s, p.mine
}

func (p *Post) sends(mine bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mine, p.stands.Holds, p.held = mine, "", time.Time{}
}

// swing shuts the gate or opens it.
func (p *Post) swing(g gate) {
	p.gate = g
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stands.Reason, p.stands.Words, p.stands.Until = g.reason, g.problem, g.until
}

func (p *Post) took(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stands.Taken = now
}

// mended opens the gate when another secret stands than the one that was refused.
func (p *Post) mended(ctx context.Context) error {
	if p.gate.reason != desk.WaitSignIn || p.Secret == nil {
		return nil
	}
	if stands := p.secret(ctx); stands == "" || stands == p.gate.tried {
		return nil
	}
	p.swing(gate{})
	return p.release(ctx, desk.WaitSignIn)
}

// secret names what signs in now without telling it; "" if there is nothing.
func (p *Post) secret(ctx context.Context) string {
	if p.Secret == nil {
		return ""
	}
	word, err := p.Secret(ctx)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256([]byte(word))
	return hex.EncodeToString(sum[:])
}
