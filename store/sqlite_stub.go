//go:build !cgo

package store

// sqliteFault has nothing to sort: without cgo there is no SQLite.
func sqliteFault(error) fault { return faultOther }
