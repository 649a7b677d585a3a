package ordeal

import (
	"bytes"
	"context"
	"slices"
	"syscall"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// file is a file of a disk: as programs see it, as a power cut would leave it,
// and the writes that lie between the two.
type file struct {
	fs.Inode
	d     *disk
	live  []byte
	kept  []byte
	since []written
}

// written is a write, or where data is nil a cut to a length.
type written struct {
	at   int64
	data []byte
}

var (
	_ fs.NodeOpener    = (*file)(nil)
	_ fs.NodeReader    = (*file)(nil)
	_ fs.NodeWriter    = (*file)(nil)
	_ fs.NodeGetattrer = (*file)(nil)
	_ fs.NodeSetattrer = (*file)(nil)
	_ fs.NodeFlusher   = (*file)(nil)
	_ fs.NodeFsyncer   = (*file)(nil)
)

// on makes the write.
func (w written) on(bytes []byte) []byte {
	if w.data == nil {
		return resized(bytes, w.at)
	}
	bytes = resized(bytes, max(int64(len(bytes)), w.at+int64(len(w.data))))
	copy(bytes[w.at:], w.data)
	return bytes
}

func resized(bytes []byte, size int64) []byte {
	if more := size - int64(len(bytes)); more > 0 {
		return append(bytes, make([]byte, more)...)
	}
	return bytes[:size:size]
}

// survivor is the file as it is found after a power cut: of what was not brought
// home each write is there, or its first sectors, or nothing.
func (f *file) survivor(d *disk, torn bool) *file {
	left := slices.Clone(f.kept)
	for _, w := range f.since {
		if !torn || d.rand.IntN(2) == 0 {
			continue
		}
		if sectors := len(w.data) / sector; sectors > 1 && d.rand.IntN(2) == 0 {
			w.data = w.data[:sector*(1+d.rand.IntN(sectors))]
		}
		left = w.on(left)
	}
	d.used += int64(len(left))
	return &file{d: d, live: left, kept: slices.Clone(left)}
}

// Open lets the kernel keep its pages, so that the file can be mapped.
func (f *file) Open(context.Context, uint32) (fs.FileHandle, uint32, syscall.Errno) {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	return nil, 0, f.d.off()
}

// Read reads what programs see.
func (f *file) Read(_ context.Context, _ fs.FileHandle, dest []byte, at int64) (fuse.ReadResult, syscall.Errno) {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	n := copy(dest, f.live[min(at, int64(len(f.live))):])
	return fuse.ReadResultData(dest[:n]), f.d.off()
}

// Write writes without bringing home.
func (f *file) Write(_ context.Context, _ fs.FileHandle, data []byte, at int64) (uint32, syscall.Errno) {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if no := f.d.fails(max(0, at+int64(len(data))-int64(len(f.live)))); no != 0 {
		return 0, no
	}
	f.change(written{at, bytes.Clone(data)})
	return uint32(len(data)), 0
}

func (f *file) change(w written) {
	f.live = w.on(f.live)
	f.since = append(f.since, w)
}

// Getattr tells the size.
func (f *file) Getattr(_ context.Context, _ fs.FileHandle, out *fuse.AttrOut) syscall.Errno {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	out.Mode, out.Size, out.Nlink = 0o600, uint64(len(f.live)), 1
	return f.d.off()
}

// Setattr cuts or lengthens; of owners and times the disk knows nothing.
func (f *file) Setattr(_ context.Context, _ fs.FileHandle, in *fuse.SetAttrIn, out *fuse.AttrOut) syscall.Errno {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if size, ok := in.GetSize(); ok {
		if no := f.d.fails(int64(size) - int64(len(f.live))); no != 0 {
			return no
		}
		f.change(written{at: int64(size)})
	}
	out.Mode, out.Size, out.Nlink = 0o600, uint64(len(f.live)), 1
	return f.d.off()
}

// Flush is the end of a handle and brings nothing home.
func (f *file) Flush(context.Context, fs.FileHandle) syscall.Errno { return 0 }

// Fsync brings the bytes home.
func (f *file) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if f.d.dark {
		return syscall.EIO
	}
	for _, w := range f.since {
		f.kept = w.on(f.kept)
	}
	f.since = nil
	return 0
}
