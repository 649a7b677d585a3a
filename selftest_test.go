package main

import (
	"strings"
	"testing"
)

// TestAQuestionIsOnlyAQuestion wants whatever is asked to stay a text in the
// script, so that nobody can act in the window by asking.
func TestAQuestionIsOnlyAQuestion(t *testing.T) {
	script := question("a[title=\"x\"]\t\"]; window.go.app.Session.SignOut(); [\"</script>")
	if !strings.Contains(script, `const [selector, wanted] = ["a[title=\"x\"]","\"]; window.go.app.Session.SignOut(); [\"\u003c/script\u003e"];`) {
		t.Errorf("the question became %s", script)
	}
	if !strings.Contains(question("h1"), `["h1",""]`) {
		t.Errorf("a selector alone became %s", question("h1"))
	}
}
