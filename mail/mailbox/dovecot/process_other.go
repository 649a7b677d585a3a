//go:build !unix

package dovecot

import "os/exec"

// Dovecot runs on Unix alone; elsewhere Start ends with ErrMissing.
func ownGroup(*exec.Cmd) {}

func askToEnd(cmd *exec.Cmd) { _ = cmd.Process.Kill() }

func killGroup(cmd *exec.Cmd) { _ = cmd.Process.Kill() }
