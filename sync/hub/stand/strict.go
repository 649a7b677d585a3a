package stand

import (
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
)

// onStricter stands in the names of the tests that OnAStricterEngine plays, whose own
// caller is called so.
const onStricter = "OnAStricterEngine/"

// Database is the address of a new database for a test: a file in a folder, or where
// OnAStricterEngine plays the test one on the stricter server.
func Database(t TB, dir string) string {
	t.Helper()
	if strings.Contains(t.Name(), onStricter) {
		return strict(t)
	}
	return filepath.Join(dir, "hub.db")
}

// OnAStricterEngine plays tests again on a database that refuses transactions with
// 40001 and 40P01 and loses connections, within and after COMMIT too. It fails unless
// enough of that was met.
func OnAStricterEngine[T TB](t T, run func(name string, test func(T)) bool, tests ...func(T)) {
	t.Helper()
	for _, test := range tests {
		name := runtime.FuncForPC(reflect.ValueOf(test).Pointer()).Name()
		run(name[strings.LastIndex(name, ".")+1:], test)
	}
	met(t)
}
