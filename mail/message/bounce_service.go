package message

import (
	"encoding/json"
	"strings"
)

// serviceReport is the JSON in which Amazon's mail service tells of a bounce.
type serviceReport struct {
	Kind   string `json:"notificationType"`
	Bounce struct {
		Type       string `json:"bounceType"`
		Recipients []struct {
			Email  string `json:"emailAddress"`
			Status string `json:"status"`
		} `json:"bouncedRecipients"`
	} `json:"bounce"`
}

// notification reads such a report at the start of a text, nil if it is none.
func notification(text string) *Bounce {
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "{") || !strings.Contains(text[:min(len(text), 200)], "notificationType") {
		return nil
	}
	var r serviceReport
	text = strings.ReplaceAll(text, "\n", "")
	if json.NewDecoder(strings.NewReader(text)).Decode(&r) != nil || r.Kind != "Bounce" {
		return nil
	}
	b := &Bounce{Recipient: []string{}, Status: "5.0.0"}
	if strings.EqualFold(r.Bounce.Type, "transient") {
		b.Status = "4.0.0"
	}
	for _, to := range r.Bounce.Recipients {
		b.Recipient = appendNew(b.Recipient, to.Email)
		if s := enhanced.FindString(to.Status); s != "" {
			b.Status = s
		}
	}
	return b
}
