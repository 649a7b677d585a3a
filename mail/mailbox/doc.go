// Package mailbox watches one mailbox and hands over every mail in it, none
// lost and none before the one that asked for it has it safely.
//
// Polling by UID is the truth: a mail is known by UIDVALIDITY and UID (RFC 9051
// §2.3.1.1), never by \Seen, a date or a Message-ID. IDLE (RFC 2177) only wakes
// the poll, on a connection of its own. The position moves after the receiver
// returned nil, so a crash repeats mails and never skips one; who receives has
// to recognise a repeat, by the UID or by the SHA-256 of the bytes.
//
//	           IDLE ──wake──┐
//	SELECT ─► list new UIDs ─► bodies in batches ─► deliver ─► marks
//	           every 60 s        next batch is        then      last,
//	                             asked for meanwhile  position  repeatable
//
// Every answer of the server is waited for under a deadline; a silent server
// loses its connection. A mail that cannot be fetched is found by halving its
// batch and handed over with a Problem instead of its bytes: one bad mail never
// stops a mailbox.
//
// The package keeps nothing on disk and knows nothing of tickets. It is the
// only importer of the IMAP library.
package mailbox
