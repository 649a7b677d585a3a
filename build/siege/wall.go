//go:build linux

package main

// wall is an arrangement of what stands around a mail.
type wall struct {
	Name    string  `json:"name"`
	Policy  bool    `json:"policy"`  // the content policy, of the page and in the frame
	Program bool    `json:"program"` // the sanitiser of the program
	Page    bool    `json:"page"`    // the sanitiser of the page
	Sandbox *string `json:"sandbox"` // what the frame is allowed; null: everything
	Next    string  `json:"next"`
}

var (
	nothing = ""
	// almostAll lets a mail do what it likes, but for leading the page away or
	// stopping it: the siege goes on.
	almostAll = "allow-scripts allow-same-origin allow-forms allow-popups"
)

// walls are tried in this order. The last one is none, so that whatever comes
// late has had at least its time to come.
var walls = []wall{
	{Name: "everything", Policy: true, Program: true, Page: true, Sandbox: &nothing},
	{Name: "policy and sandbox", Policy: true, Sandbox: &nothing},
	{Name: "sanitisers and sandbox", Program: true, Page: true, Sandbox: &nothing},
	{Name: "sanitisers and policy", Policy: true, Program: true, Page: true},
	{Name: "the program's sanitiser alone", Program: true},
	{Name: "the page's sanitiser alone", Page: true},
	{Name: "nothing", Sandbox: &almostAll},
}

func (w wall) isNone() bool { return !w.Policy && !w.Program && !w.Page }
