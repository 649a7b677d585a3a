// Package ordeal promises that what the synchronisation says of crashes holds for
// the finished programs: a real hub on SQLite or PostgreSQL and real laptops,
// killed at any instant, parted from each other, short of disk. A ledger outside
// of them notes what somebody was told is saved, and what a hub acknowledged;
// afterwards all of it is there, once, and everybody shows the same. Mail servers
// outside note what reached them: each mail is one article, and each answer leaves by
// the sender it belongs to, once wherever that can be known.
//
// The simulation tries thousands of worlds with the engines alone; here a few
// hundred go by with the processes, files and sockets a user has.
package ordeal
