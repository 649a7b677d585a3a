package ordeal

import (
	"bytes"
	"sync/atomic"

	"github.com/Shopify/toxiproxy/v2/toxics"
)

func init() { toxics.Register("sever", new(sever)) }

// sever ends a connection inside a COMMIT, every so often: now before the server
// hears of it, now after, when only its answer is lost. Whoever asked cannot
// tell the two apart.
type sever struct {
	Every int64 `json:"every"`
}

// commits counts those that were on their way, severed those that were cut.
var commits, severed atomic.Int64

// commit is how the driver asks for one (PostgreSQL §55.7, Query).
var commit = []byte("commit\x00")

// Pipe lets everything through up to the commit that is to fail.
func (s *sever) Pipe(stub *toxics.ToxicStub) { letThrough(stub, s.follow) }

func (s *sever) follow(data []byte) (let int, cut bool) {
	cut = bytes.Contains(data, commit) && commits.Add(1)%s.Every == 0
	if cut && severed.Add(1)%2 != 0 {
		return 0, true
	}
	return len(data), cut
}
