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
func (s *sever) Pipe(stub *toxics.ToxicStub) {
	for {
		select {
		case <-stub.Interrupt:
			return
		case chunk := <-stub.Input:
			if chunk == nil {
				stub.Close()
				return
			}
			cut := bytes.Contains(chunk.Data, commit) && commits.Add(1)%s.Every == 0
			if !cut || severed.Add(1)%2 == 0 {
				stub.Output <- chunk
			}
			if cut {
				stub.Close()
				return
			}
		}
	}
}
