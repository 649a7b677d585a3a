// Package simulation promises that what is said of the synchronisation in
// SPEC.md was tried in thousands of bad worlds: several laptops and a hub of one
// node or two, each with its real engine and its real database, on a network
// that drops, duplicates, delays and parts, and on disks that die at any write,
// lose in a power cut what was not synced, and run full. A world is replayed
// from its seed. What must hold, I1 to I16, is checked at every message and once
// more when the world has healed; plant shows that each check is awake.
//
// It does not try the transports, PostgreSQL, mail, or the threads of the shells:
// those have tests of their own with real sockets, servers and processes.
package simulation
