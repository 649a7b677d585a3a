// Package simulation promises that what is said of the synchronisation in
// SPEC.md was tried in thousands of bad worlds: several laptops and a hub, each
// with its real engine and its real database, on a network that drops,
// duplicates, delays and parts, among crashes on both sides. A world is replayed
// from its seed; what must hold is checked after every step and once more when
// the world has healed.
package simulation
