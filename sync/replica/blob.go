package replica

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"holdall/desk"
	"holdall/store"
)

// Files are the bytes of attachments on this device, each under its SHA-256 in
// one folder. What a person attached is durable before it is called attached,
// and goes up when there is a hub to take it; what others attached is fetched
// when it is asked for, and makes room again when it was not used for long.
// Bytes travel over HTTP beside the conversation and never delay it (SPEC P40).
type Files struct {
	store   *store.Replica
	folder  string
	hub     HTTPHub
	log     *slog.Logger
	changed func(sum string)
	quota   int64
	stall   time.Duration // how long more of a file is waited for

	mu     sync.Mutex
	sound  map[string]time.Time // compared with their sums in this run, by change time
	used   map[string]time.Time // when it was last wanted in this run, by the monotonic clock
	noted  map[string]time.Time // when that was last noted
	coming map[string]*fetching
	going  map[string]Progress
	lines  lines
	wake   chan struct{}
	work   sync.WaitGroup
	life   context.Context
	end    context.CancelFunc
}

// FilesMost is what the files on a device may take, in bytes, before the longest
// unused make room.
const FilesMost = 2 << 30

const (
	partSuffix = ".part"    // of a file that is being fetched
	badSuffix  = ".damaged" // of one that is not what it is called
	newPrefix  = "new-"     // of a file that is being attached
	partKept   = 7 * 24 * time.Hour
	useNoted   = time.Minute  // a use is noted at most so often
	justUsed   = 2 * useNoted // what was used so lately makes no room
)

// Progress is how far a file has come on its way.
type Progress struct {
	Have, Size int64  // bytes
	Up         bool   // to the hub
	Problem    string // why it waits; a sentence
}

// OpenFiles opens the folder and brings what is known of it in line with what is
// there. changed is told of each file whose state or progress moved; it must not
// wait.
func OpenFiles(ctx context.Context, replica *store.Replica, folder string, hub HTTPHub, quota int64, log *slog.Logger, changed func(sum string)) (*Files, error) {
	if err := store.MakeFolder(folder); err != nil {
		return nil, fmt.Errorf("make the folder of files: %w", err)
	}
	f := &Files{
		store: replica, folder: folder, hub: hub, log: log, changed: changed, quota: quota, stall: stallWait,
		sound: map[string]time.Time{}, used: map[string]time.Time{}, noted: map[string]time.Time{}, coming: map[string]*fetching{}, going: map[string]Progress{},
		lines: lines{free: linesMost}, wake: make(chan struct{}, 1),
	}
	f.life, f.end = context.WithCancel(context.WithoutCancel(ctx))
	return f, f.adopt(ctx, time.Now())
}

// Close ends what is under way; it goes on from there another time.
func (f *Files) Close() {
	f.mu.Lock()
	f.end()
	f.mu.Unlock()
	f.work.Wait()
}

func (f *Files) path(sum string) string { return filepath.Join(f.folder, sum) }

// adopt makes the memory of the folder fit it: replica.db may be newer than the
// folder or, after damage, know nothing of it.
func (f *Files) adopt(ctx context.Context, now time.Time) error {
	entries, err := os.ReadDir(f.folder)
	if err != nil {
		return fmt.Errorf("read the folder of files: %w", err)
	}
	return f.store.Update(ctx, func(tx *store.ReplicaTx) error {
		known, err := tx.Blobs()
		if err != nil {
			return err
		}
		gone := map[string]bool{}
		for _, b := range known {
			gone[b.SHA256] = true
		}
		for _, e := range entries {
			info, err := e.Info()
			if err != nil {
				continue
			}
			name := e.Name()
			if stale(name, info.ModTime(), now) {
				os.Remove(f.path(name))
			}
			if !desk.IsSHA256(name) {
				continue
			}
			if !gone[name] {
				err = tx.UseBlob(name, info.Size(), info.ModTime())
			}
			if delete(gone, name); err != nil {
				return err
			}
		}
		for sum := range gone {
			if err := tx.ForgetBlob(sum); err != nil {
				return err
			}
		}
		return nil
	})
}

// stale reports whether a file in the folder is what a crash left behind.
func stale(name string, changed, now time.Time) bool {
	return strings.HasPrefix(name, newPrefix) ||
		(filepath.Ext(name) == partSuffix || filepath.Ext(name) == badSuffix) && now.Sub(changed) > partKept
}

// Keep takes in a file that a person attaches; it survives a power cut when Keep
// returns. One that is too large, or for which the disk has no room, leaves
// nothing behind.
func (f *Files) Keep(ctx context.Context, name string, data io.Reader) (sum string, size int64, err error) {
	file, err := os.CreateTemp(f.folder, newPrefix+"*")
	if err != nil {
		return "", 0, full(name, err)
	}
	defer os.Remove(file.Name())
	digest := sha256.New()
	size, err = io.Copy(io.MultiWriter(file, digest), io.LimitReader(data, desk.FileMost+1))
	if err == nil && size > desk.FileMost {
		err = desk.TooLarge(name, desk.FileMost)
	}
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return "", 0, full(name, err)
	}
	sum = hex.EncodeToString(digest.Sum(nil))
	if err := f.place(ctx, file.Name(), sum, size); err != nil {
		return "", 0, full(name, err)
	}
	return sum, size, nil
}

// full makes a sentence of a full disk.
func full(name string, err error) error {
	if !noSpace(err) {
		return fmt.Errorf("keep a file: %w", err)
	}
	return desk.Refuse(desk.CodeQuota, "The disk of this computer has no room for %s; make some, then attach it again.", name)
}

// place gives a finished file its name, and older ones make room.
func (f *Files) place(ctx context.Context, from, sum string, size int64) error {
	now := time.Now()
	f.want(sum, now)
	if err := os.Rename(from, f.path(sum)); err != nil {
		return err
	}
	if err := store.SyncFolder(f.folder); err != nil {
		return err
	}
	err := f.store.Update(ctx, func(tx *store.ReplicaTx) error { return tx.UseBlob(sum, size, now) })
	if err != nil {
		return err
	}
	f.mark(sum)
	return f.evict(ctx, now)
}

// mark notes that a file was compared with its sum.
func (f *Files) mark(sum string) {
	info, err := os.Stat(f.path(sum))
	if err != nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.sound[sum] = info.ModTime()
}

// Open opens a file that is on this device; desk.ErrUnknown if it is not. Bytes
// that are not what they are called are not here.
func (f *Files) Open(ctx context.Context, sum string) (*os.File, error) {
	if !desk.IsSHA256(sum) {
		return nil, desk.ErrUnknown
	}
	now := time.Now()
	f.want(sum, now)
	file, err := os.Open(f.path(sum))
	if errors.Is(err, os.ErrNotExist) {
		return nil, desk.ErrUnknown
	}
	if err != nil {
		return nil, fmt.Errorf("open a file: %w", err)
	}
	size, err := f.compare(file, sum)
	if err != nil {
		file.Close()
		if errors.Is(err, desk.ErrUnknown) {
			f.log.Warn("a file is damaged on this disk and was set aside", "file", sum)
			os.Rename(f.path(sum), f.path(sum)+badSuffix)
		}
		return nil, err
	}
	f.use(ctx, sum, size, now)
	return file, nil
}

// compare reads a file once in a run, and again when it was changed.
func (f *Files) compare(file *os.File, sum string) (int64, error) {
	info, err := file.Stat()
	if err != nil {
		return 0, err
	}
	f.mu.Lock()
	at, ok := f.sound[sum]
	f.mu.Unlock()
	if ok && at.Equal(info.ModTime()) {
		return info.Size(), nil
	}
	digest := sha256.New()
	if _, err := io.Copy(digest, file); err != nil {
		return 0, fmt.Errorf("read a file: %w", err)
	}
	if hex.EncodeToString(digest.Sum(nil)) != sum {
		return 0, desk.ErrUnknown
	}
	f.mark(sum)
	_, err = file.Seek(0, io.SeekStart)
	return info.Size(), err
}

// want says that a file is about to be used, before it is looked for: whoever makes
// room sees that, or has taken it away already.
func (f *Files) want(sum string, now time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.used[sum] = now
}

// use notes a use; that it fails keeps nobody from the file.
func (f *Files) use(ctx context.Context, sum string, size int64, now time.Time) {
	f.mu.Lock()
	noted := now.Sub(f.noted[sum]) < useNoted
	if !noted {
		f.noted[sum] = now
	}
	f.mu.Unlock()
	if noted {
		return
	}
	if err := f.store.Update(ctx, func(tx *store.ReplicaTx) error { return tx.UseBlob(sum, size, now) }); err != nil {
		f.log.Warn("note the use of a file", "error", err)
	}
}

// Here reports whether a file is on this device, without reading it.
func (f *Files) Here(sum string) bool {
	_, err := os.Stat(f.path(sum))
	return err == nil && desk.IsSHA256(sum)
}

// Progress is how far a file has come; false if it is not on its way.
func (f *Files) Progress(sum string) (Progress, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if c := f.coming[sum]; c != nil {
		return c.progress, true
	}
	p, ok := f.going[sum]
	return p, ok
}

// Pin keeps a file that is here until it is unpinned.
func (f *Files) Pin(ctx context.Context, sum string, pinned bool) error {
	return f.store.Update(ctx, func(tx *store.ReplicaTx) error { return tx.PinBlob(sum, pinned) })
}
