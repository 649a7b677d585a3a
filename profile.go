package main

import (
	"flag"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
)

// asked is what the command line asks for.
type asked struct {
	profile  string // folder
	demo     bool
	selfTest bool
}

func readFlags() asked {
	var a asked
	flag.StringVar(&a.profile, "profile", defaultProfile(), "`folder` of the replica, the outbox and the settings")
	flag.BoolVar(&a.demo, "demo", false, "fill a first solo workspace with an invented company")
	flag.BoolVar(&a.selfTest, "selftest", false, "answer on the output what the window shows; asked on the input, whose end closes it")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "Usage of holdall: opens the window of the service desk.")
		flag.PrintDefaults()
		fmt.Fprintf(flag.CommandLine.Output(), "The log is %s in that folder, now %s; it holds no passwords and no mails.\n", logName, filepath.Join(a.profile, logName))
	}
	flag.Parse()
	return a
}

// defaultProfile is the same folder at every start, wherever the program is started
// from and also where the environment names no home; "": there is none.
func defaultProfile() string {
	if config, err := os.UserConfigDir(); err == nil {
		return filepath.Join(config, "holdall")
	}
	if me, err := user.Current(); err == nil && filepath.IsAbs(me.HomeDir) {
		return filepath.Join(me.HomeDir, ".config", "holdall")
	}
	return ""
}
