package main

import (
	"database/sql"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"
	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"holdalld": main})
}

// TestScripts runs testdata/*.txtar against the program as a person has it.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata", RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"port": freePort, "get": get, "call": call, "sql": execute, "until": answers, "device": device},
	})
}

// freePort puts a free port of loopback into a variable: port NAME.
func freePort(ts *testscript.TestScript, _ bool, args []string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	defer l.Close()
	ts.Setenv(args[0], fmt.Sprint(l.Addr().(*net.TCPAddr).Port))
}

// get asks for a URL until it answers, and prints status and body to stdout.
func get(ts *testscript.TestScript, _ bool, args []string) {
	ask(ts, func() (*http.Response, error) { return http.Get(args[0]) })
}

// call is get for a call of the page.
func call(ts *testscript.TestScript, _ bool, args []string) {
	ask(ts, func() (*http.Response, error) {
		return http.Post(args[0], "application/json", strings.NewReader("{}"))
	})
}

func ask(ts *testscript.TestScript, once func() (*http.Response, error)) {
	var err error
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); {
		var answer *http.Response
		if answer, err = once(); err == nil {
			body, err := io.ReadAll(answer.Body)
			answer.Body.Close()
			ts.Check(err)
			fmt.Fprintf(ts.Stdout(), "%d %s", answer.StatusCode, body)
			return
		}
		<-time.After(20 * time.Millisecond)
	}
	ts.Fatalf("nobody answers: %v", err)
}

// execute runs a statement on a SQLite file: sql FILE STATEMENT.
func execute(ts *testscript.TestScript, _ bool, args []string) {
	db, err := sql.Open("sqlite3", ts.MkAbs(args[0]))
	ts.Check(err)
	defer db.Close()
	_, err = db.Exec(args[1])
	ts.Check(err)
}

// answers asks a laptop until its answer has what is wanted: until URL PATTERN.
func answers(ts *testscript.TestScript, _ bool, args []string) {
	want := regexp.MustCompile(args[1])
	said := ""
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); <-time.After(20 * time.Millisecond) {
		answer, err := http.Post(args[0], "application/json", strings.NewReader("{}"))
		if err != nil {
			continue
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		ts.Check(err)
		if said = string(body); want.MatchString(said) {
			return
		}
	}
	ts.Fatalf("%s never answers %s, but %s", args[0], args[1], said)
}

// device puts the id of the first device of a list into a variable: device FILE NAME.
func device(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[1], strings.Fields(ts.ReadFile(args[0]))[0])
}
