// Package outgoing writes mails to people and hands them to an SMTP server,
// and says truly what became of them.
//
// An Answer has no place for an internal note, so what is internal cannot be
// sent by mistake. No value of it can add a header: CR and LF are taken out of
// every one. The Message-ID is ours, carries a signed Token by which the reply
// finds its ticket, and has to be stored before Send is called.
//
// Send returns nil (the server took it), or an *Error that is Temporary,
// Permanent or Unknown. Unknown means that the server may have taken it: look
// for the Message-ID among the sent mails before sending again.
//
// The package keeps no outbox; queued, sending, sent and unknown are states of
// whoever calls. What it knows of when is pure: a Schedule says when a mail is
// tried again and when it is given up, a Limit how many may leave in a span.
package outgoing
