package desk

// Result is what the hub says became of a mutation. It is kept, so that the same
// mid always gets the same answer (SPEC R3).
type Result struct {
	Mid       int64              `json:"mid"`
	Status    Status             `json:"status"`
	Code      Code               `json:"code,omitempty"`
	Message   string             `json:"message,omitempty"`
	Conflicts []ConflictID       `json:"conflicts,omitempty"`
	Vector    map[BucketID]int64 `json:"vector,omitempty"` // the sequences that carry its effects
}
