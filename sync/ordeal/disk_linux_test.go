package ordeal

import (
	"context"
	"maps"
	"math/rand/v2"
	"sync"
	"syscall"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// disk is a file system in memory that promises no more than POSIX does. The
// bytes of a file outlive a power cut once fsync has returned for it, its name
// once fsync has returned for its folder. What was not brought home survives by
// lot: nothing of it, or some of it, torn at sectors. It may also be small, or
// fail some of its writes.
type disk struct {
	mu     sync.Mutex
	rand   *rand.Rand
	dark   bool  // the power is off
	room   int64 // bytes that fit; 0: any number
	used   int64
	every  int // every how manieth write fails; 0: none
	writes int
}

// sector is what a disk writes wholly or not at all.
const sector = 512

// fails answers for a disk that is off, full, or has its moment. grown is what
// the write would add.
func (d *disk) fails(grown int64) syscall.Errno {
	d.writes++
	switch {
	case d.dark, d.every > 0 && d.writes%d.every == 0:
		return syscall.EIO
	case d.room > 0 && grown > 0 && d.used+grown > d.room:
		return syscall.ENOSPC
	}
	d.used += grown
	return 0
}

func (d *disk) off() syscall.Errno {
	if d.dark {
		return syscall.EIO
	}
	return 0
}

// folder is a directory: the names it shows are those of its Inode, the names it
// keeps are those of the last fsync.
type folder struct {
	fs.Inode
	d    *disk
	kept map[string]fs.InodeEmbedder
}

var (
	_ fs.NodeOnAdder   = (*folder)(nil)
	_ fs.NodeCreater   = (*folder)(nil)
	_ fs.NodeMkdirer   = (*folder)(nil)
	_ fs.NodeUnlinker  = (*folder)(nil)
	_ fs.NodeRmdirer   = (*folder)(nil)
	_ fs.NodeRenamer   = (*folder)(nil)
	_ fs.NodeFsyncer   = (*folder)(nil)
	_ fs.NodeSetattrer = (*folder)(nil)
)

// survivor is the folder as it is found after a power cut.
func (f *folder) survivor(d *disk, torn bool) *folder {
	again := &folder{d: d, kept: map[string]fs.InodeEmbedder{}}
	for name, one := range f.kept {
		switch one := one.(type) {
		case *folder:
			again.kept[name] = one.survivor(d, torn)
		case *file:
			again.kept[name] = one.survivor(d, torn)
		}
	}
	return again
}

// OnAdd shows what survived the last power cut.
func (f *folder) OnAdd(ctx context.Context) {
	for name, one := range f.kept {
		mode := uint32(fuse.S_IFREG)
		if _, is := one.(*folder); is {
			mode = fuse.S_IFDIR
		}
		f.AddChild(name, f.NewPersistentInode(ctx, one, fs.StableAttr{Mode: mode}), true)
	}
}

// Create makes a file.
func (f *folder) Create(ctx context.Context, _ string, _ uint32, _ uint32, _ *fuse.EntryOut) (*fs.Inode, fs.FileHandle, uint32, syscall.Errno) {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if no := f.d.fails(0); no != 0 {
		return nil, nil, 0, no
	}
	return f.NewPersistentInode(ctx, &file{d: f.d}, fs.StableAttr{Mode: fuse.S_IFREG}), nil, 0, 0
}

// Mkdir makes a folder.
func (f *folder) Mkdir(ctx context.Context, _ string, _ uint32, _ *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if no := f.d.fails(0); no != 0 {
		return nil, no
	}
	made := &folder{d: f.d, kept: map[string]fs.InodeEmbedder{}}
	return f.NewPersistentInode(ctx, made, fs.StableAttr{Mode: fuse.S_IFDIR}), 0
}

// Unlink takes a name away; the library moves the names it shows.
func (f *folder) Unlink(_ context.Context, name string) syscall.Errno {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if f.d.dark {
		return syscall.EIO
	}
	if child := f.GetChild(name); child != nil {
		if gone, ok := child.Operations().(*file); ok {
			f.d.used -= int64(len(gone.live))
		}
	}
	return 0
}

// Rmdir takes a folder away.
func (f *folder) Rmdir(context.Context, string) syscall.Errno {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	return f.d.off()
}

// Rename moves a name; it lasts when both folders were brought home.
func (f *folder) Rename(context.Context, string, fs.InodeEmbedder, string, uint32) syscall.Errno {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	return f.d.off()
}

// Setattr changes nothing that matters here.
func (f *folder) Setattr(context.Context, fs.FileHandle, *fuse.SetAttrIn, *fuse.AttrOut) syscall.Errno {
	return 0
}

// Fsync brings the names home.
func (f *folder) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if f.d.dark {
		return syscall.EIO
	}
	clear(f.kept)
	for name, one := range maps.All(f.Children()) {
		f.kept[name] = one.Operations()
	}
	return 0
}
