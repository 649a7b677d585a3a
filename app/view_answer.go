package app

// AnswerItem is an answer that could not leave.
type AnswerItem struct {
	Ticket    Pointer `json:"ticket"`
	MessageID string  `json:"messageId"`
	Author    Person  `json:"author"`
	At        string  `json:"at"`
	To        string  `json:"to"`
	Text      string  `json:"text"`     // how it begins
	Delivery  string  `json:"delivery"` // failed, unknown or waiting
	Label     string  `json:"label"`
	Problem   string  `json:"problem"`
	NextTry   string  `json:"nextTry"`
	Tries     int     `json:"tries"`
	MayRetry  bool    `json:"mayRetry"`
}
