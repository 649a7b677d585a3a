//go:build cgo

package store

// int sqlite3_config(int, ...);
// static int count_no_memory(void) { return sqlite3_config(9 /* SQLITE_CONFIG_MEMSTATUS */, 0); }
import "C"

// Nobody asks SQLite how much memory it uses. To know it takes one lock at each
// allocation, for which everything that reads or writes at the same time waits: a
// first fill took a tenth longer. It can be told so only before it begins
// (sqlite.org/c3ref/config.html).
func init() {
	if code := C.count_no_memory(); code != 0 {
		panic("store: SQLite was at work before it could be set up")
	}
}
