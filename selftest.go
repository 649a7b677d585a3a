package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// A self-test can look and do nothing else: whoever tests the window works it
// with real keys, and asks here what a person would see. Each line of the input
// is a CSS selector, or a selector, a tab and a text that must stand there; the
// answer is a line as soon as it is so: the selector, a tab and the text of the
// first such element as JSON. The end of the input closes the window.

// looking asks the page again and again, since what it waits for may be any
// change: of the text, of a value, of the focus. Two frames later what it found
// is on the screen too, for a picture.
const looking = `(() => {
  const [selector, wanted] = %s;
  const textOf = (e) => (e.matches("input, textarea") ? e.value : e.innerText);
  const look = () => {
    const found = [...document.querySelectorAll(selector)].find((e) => textOf(e).includes(wanted));
    if (!found) return setTimeout(look, 20);
    const tell = () => window.runtime.EventsEmit("seen", selector, textOf(found));
    requestAnimationFrame(() => requestAnimationFrame(tell));
  };
  look();
})()`

func answerQuestions(ctx context.Context, in io.Reader, out io.Writer) {
	seen := make(chan []any, 1)
	runtime.EventsOn(ctx, "seen", func(what ...any) { seen <- what })
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		runtime.WindowExecJS(ctx, question(lines.Text()))
		what := <-seen
		text, _ := json.Marshal(what[1]) // it came as JSON
		fmt.Fprintf(out, "%s\t%s\n", what[0], text)
	}
	runtime.Quit(ctx)
}

// question is the script that answers a line.
func question(line string) string {
	selector, wanted, _ := strings.Cut(line, "\t")
	quoted, _ := json.Marshal([]string{selector, wanted}) // strings always can
	return fmt.Sprintf(looking, quoted)
}
