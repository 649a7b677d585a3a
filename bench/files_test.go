package bench

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/replica"
)

const fileMiB = 20 // of one file

// filesBothWays attaches files on one laptop and fetches them on another: each
// part durable at the hub before the next, compared at both ends. Beside it
// stands a bare HTTP copy of the same bytes into files, with one fsync each.
func filesBothWays(tb testing.TB, v volume) []line {
	c := newCentral(tb, stocked(tb, bulkGroup))
	from, to := c.laptop(ana.ID), c.laptop(ben.ID)
	from.complete(tb)
	to.complete(tb)
	id := anyTicket(tb, from)
	own, other := from.files(tb), to.files(tb)
	data, attached := bytesToSend(v.files), []desk.Attachment{}
	for i, piece := range data {
		sum, size, err := own.Keep(context.Background(), "bench", bytes.NewReader(piece))
		must(tb, err)
		attached = append(attached, desk.Attachment{ID: fmt.Sprint(i), Name: "bench.bin", Size: size, SHA256: sum})
	}
	begun := time.Now()
	var messages []desk.MessageID
	for _, a := range attached {
		messages = append(messages, desk.MessageID("m"+a.ID))
		m, err := desk.NewMutation(desk.MessageAdd, id, desk.AddMessage{Message: desk.Message{ID: messages[len(messages)-1], Kind: desk.InternalNote, Attachments: []desk.Attachment{a}}}, time.Now())
		must(tb, err)
		_, err = from.client.Edit(context.Background(), m)
		must(tb, err)
	}
	to.until(tb, "the files are at the hub", func(tx *store.ReplicaTx) (bool, error) {
		own.Wake()
		for _, m := range messages {
			e, err := tx.Get(desk.Message{ID: m}.Key())
			if err != nil || !e.(desk.Message).Whole() {
				return false, nil
			}
		}
		return true, nil
	})
	up := time.Since(begun)
	begun = time.Now()
	for _, a := range attached {
		file, err := other.Get(context.Background(), a.SHA256, a.Size, replica.OnScreen)
		must(tb, err)
		file.Close()
	}
	down := time.Since(begun)
	bareUp, bareDown := bareCopy(tb, data)
	return []line{
		rate("files up, each MiB durable at the hub", v.files, up, bareUp, 0.25),
		rate("files down, compared with their sum", v.files, down, bareDown, 0.5),
	}
}

func rate(what string, mib int, took, bare time.Duration, goal float64) line {
	ratio := bare.Seconds() / took.Seconds()
	return line{
		what: what, figure: fmt.Sprintf("%.0f MiB/s", float64(mib)/took.Seconds()),
		limit: fmt.Sprintf("bare HTTP copy with fsync %.0f MiB/s", float64(mib)/bare.Seconds()),
		ratio: ratio, goal: fmt.Sprintf("≥ %.2f of it", goal), holds: ratio >= goal,
	}
}

func bytesToSend(mib int) (list [][]byte) {
	for ; mib > 0; mib -= fileMiB {
		piece := make([]byte, min(mib, fileMiB)<<20)
		rand.Read(piece)
		list = append(list, piece)
	}
	return list
}

// files opens the files of a laptop and sets them going.
func (l *laptop) files(tb testing.TB) *replica.Files {
	tb.Helper()
	who, err := l.store.Identity(context.Background())
	must(tb, err)
	address, err := url.Parse(who.Server)
	must(tb, err)
	client := &http.Client{Transport: &http.Transport{}}
	f, err := replica.OpenFiles(context.Background(), l.store, filepath.Join(tb.TempDir(), "files"),
		replica.HTTPHub{Address: address, Token: who.Token, Client: client}, replica.FilesMost, quiet, func(string) {})
	must(tb, err)
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { f.Run(ctx) })
	tb.Cleanup(func() {
		cancel()
		running.Wait()
		f.Close()
		client.CloseIdleConnections()
	})
	return f
}

// bareCopy moves the same bytes over HTTP into files, and back into others.
func bareCopy(tb testing.TB, data [][]byte) (up, down time.Duration) {
	dir := tb.TempDir()
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := filepath.Join(dir, filepath.Base(r.URL.Path))
		if r.Method == http.MethodGet {
			http.ServeFile(w, r, path)
			return
		}
		if err := synced(path, r.Body); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	}))
	defer web.Close()
	begun := time.Now()
	for i, piece := range data {
		answer, err := http.Post(fmt.Sprint(web.URL, "/", i), "application/octet-stream", bytes.NewReader(piece))
		must(tb, err)
		answer.Body.Close()
	}
	up = time.Since(begun)
	begun = time.Now()
	for i := range data {
		answer, err := http.Get(fmt.Sprint(web.URL, "/", i))
		must(tb, err)
		must(tb, synced(filepath.Join(dir, fmt.Sprint("back", i)), answer.Body))
		answer.Body.Close()
	}
	return up, time.Since(begun)
}

func synced(path string, from io.Reader) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	if _, err := io.Copy(file, from); err != nil {
		return err
	}
	return file.Sync()
}
