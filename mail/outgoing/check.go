package outgoing

import "context"

// Check signs in once and asks whether mails of an address may leave, and sends
// nothing. The error is an *Error.
func (s *Sender) Check(ctx context.Context, from string) error {
	client, end, err := s.connect(ctx)
	if err != nil {
		return err
	}
	defer end()
	_ = client.UpdateDeadline(s.timeout())
	if err := client.Mail(inBrackets(from)); err != nil {
		return refused("name the sender "+from, err)
	}
	_ = client.UpdateDeadline(s.timeout())
	_ = client.Quit() // ends the transaction as well (RFC 5321 §4.1.1.10)
	return nil
}
