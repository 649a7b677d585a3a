// Package bench promises figures that mean something on a busy machine: each
// stands beside the limit or the peer it is measured against in the same run,
// with the ratio and the goal. It judges nobody: a figure that misses its goal
// is printed as such, only one that cannot be measured is a failure.
//
// It is a room of its own because its figures cross all the others.
package bench

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
)

// volume is how much a figure is measured on.
type volume struct {
	rows, docs, tickets, edits, mails, mailboxes, clients, commits, stock, files, pending, waiting int
}

var full volume

func init() {
	flag.IntVar(&full.rows, "rows", 100_000, "records of the cold synchronisation")
	flag.IntVar(&full.docs, "docs", 20_000, "documents that a peer replicates too")
	flag.IntVar(&full.tickets, "tickets", 100_000, "tickets of the replica that is read")
	flag.IntVar(&full.edits, "edits", 300, "edits that are followed from one screen to another")
	flag.IntVar(&full.mails, "mails", 6_000, "mails from the mailbox to tickets")
	flag.IntVar(&full.mailboxes, "mailboxes", 50, "mailboxes that are read at once")
	flag.IntVar(&full.commits, "commits", 50_000, "mutations that many devices write at once")
	flag.IntVar(&full.stock, "stock", 100_000, "tickets of the larger hub they are written to, and of the desk as it grows; a million takes minutes to make")
	flag.IntVar(&full.pending, "pending", 16_000, "mutations of a laptop that was away for long")
	flag.IntVar(&full.waiting, "waiting", 20_000, "mails that wait in a mailbox when it is connected")
	flag.IntVar(&full.files, "files", 100, "MiB of files that are attached and fetched")
	flag.IntVar(&full.clients, "clients", 2_000, "devices that are connected at once")
}

// small is enough to see that a figure can be measured.
var small = volume{rows: 500, tickets: 200, edits: 5, mails: 20, mailboxes: 4, clients: 20, commits: 1000, stock: 2000, files: 3, pending: 320, waiting: 50}

// line is a figure beside what it is measured against.
type line struct {
	what   string
	figure string
	limit  string  // in words, with its own figure
	ratio  float64 // as goal means it; 0: there is none
	goal   string
	holds  bool
}

// figures are measured in this order.
var figures = []struct {
	name    string
	measure func(tb testing.TB, v volume) []line
	built   bool // wants the finished programs, or the peers
}{
	{name: "cold", measure: coldSync},
	{name: "peer", measure: besidePouch, built: true},
	{name: "back", measure: backAgain},
	{name: "drain", measure: drains},
	{name: "visible", measure: editVisible},
	{name: "reads", measure: reads},
	{name: "mail", measure: mailsToTickets},
	{name: "growth", measure: grows},
	{name: "waiting", measure: waits},
	{name: "commit", measure: commits},
	{name: "files", measure: filesBothWays},
	{name: "crowd", measure: crowd},
	{name: "window", measure: windowStart, built: true},
}

var table struct {
	sync.Mutex
	lines []line
}

func TestMain(m *testing.M) {
	if code, is := swarming(); is {
		os.Exit(code)
	}
	flag.Parse()
	code := m.Run()
	if len(table.lines) > 0 {
		if err := write(os.Stdout, table.lines); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

// Benchmark measures every figure once; -bench Benchmark/cold one of them.
func Benchmark(b *testing.B) {
	for _, f := range figures {
		b.Run(f.name, func(b *testing.B) {
			for range b.N {
				lines := f.measure(b, full)
				table.Lock()
				table.lines = append(table.lines, lines...)
				table.Unlock()
			}
		})
	}
}

// TestFiguresCanBeMeasured measures each on next to nothing, but those of
// programs that are not built when tests run.
func TestFiguresCanBeMeasured(t *testing.T) {
	for _, f := range figures {
		if f.built {
			continue
		}
		t.Run(f.name, func(t *testing.T) {
			for _, l := range f.measure(t, small) {
				if l.what == "" || l.figure == "" || l.goal == "" {
					t.Errorf("an empty column: %+v", l)
				}
			}
		})
	}
}

func write(w io.Writer, lines []line) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "\nwhat\tmeasured\tbeside, in the same run\tratio\tgoal\t")
	for _, l := range lines {
		ratio, verdict := "", "holds"
		if l.ratio > 0 {
			ratio = fmt.Sprintf("%.2f", l.ratio)
		}
		if !l.holds {
			verdict = "MISSED"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", l.what, l.figure, l.limit, ratio, l.goal, verdict)
	}
	return t.Flush()
}

func TestTheTableSaysWhatMisses(t *testing.T) {
	var out strings.Builder
	err := write(&out, []line{
		{what: "cold", figure: "50,000 rows/s", limit: "bare insert 100,000 rows/s", ratio: 0.5, goal: "0.5", holds: true},
		{what: "slow", figure: "9 s", goal: "5 s"},
	})
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(rows) != 3 || !strings.Contains(rows[1], "0.50") || !strings.HasSuffix(rows[1], "holds") || !strings.HasSuffix(rows[2], "MISSED") {
		t.Errorf("the table:\n%s", out.String())
	}
}
