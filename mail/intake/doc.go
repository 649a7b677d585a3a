// Package intake turns mails into work, each exactly once, and says in a
// sentence why a mail joined a ticket or opened one.
//
//	mailbox ─► Sink.File ─► ledger row ─► Convert ─► Sink.Commit
//	           durable,      "filed"      parse,      mutations and the row
//	           unique                     thread      "converted", as one
//
// A mail is in the ledger before anything is made of it, and leaves the state
// "filed" only in the transaction that carries out what it became. A crash at
// any instant is therefore repeated and never doubled; and since every id comes
// from the SHA-256 of the raw bytes, two converters that ran apart make the
// same ticket. A mail is never discarded: it becomes a message, or it is set
// aside with a reason, or it stays in quarantine for a person to decide.
//
// The package stores nothing, connects to nothing and sends nothing. Where it
// files is a Sink, which the hub and a desktop's replica both satisfy.
package intake
