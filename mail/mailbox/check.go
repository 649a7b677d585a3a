package mailbox

import "context"

// Check signs in and opens the mailbox once, and changes nothing. Its error is an
// *Error that says at what it failed.
func Check(ctx context.Context, cfg Config) error {
	return visit(ctx, cfg, cfg.withDefaults().Mailbox, func(ctx context.Context, s *session) error {
		_, err := s.selectBox(ctx, true)
		return err
	})
}
