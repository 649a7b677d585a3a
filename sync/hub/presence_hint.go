package hub

import "encoding/json"

const topicPresence = "presence"

// glimpsed tells the other nodes where a device of this one is.
func (s *Server) glimpsed(g Glimpse) {
	if payload, err := json.Marshal(g); err == nil {
		s.Publish(topicPresence, payload)
	}
}

// sighted takes in where a device of another node is. If the engine is busy the
// next renewal will do.
func (s *Server) sighted(payload []byte) {
	var g Glimpse
	if json.Unmarshal(payload, &g) != nil || g.Device == "" {
		return
	}
	select {
	case s.inbox <- Sighted{g}:
	default:
	}
}
