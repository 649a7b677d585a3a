package app

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"holdall/desk"
	"holdall/store"
)

// Files tells where the files of a ticket are and fetches, keeps and saves them.
// It opens none: what a stranger sent is a person's to open, outside.
type Files struct{ app *App }

// showFile is a file as the page gets it.
func showFile(f desk.Attachment, url string) Attachment {
	return Attachment{
		ID: f.ID, Name: fileName(f.Name), Type: f.Type, Size: int(f.Size), Inline: f.Inline,
		Picture: raster[f.Type] && f.Size <= pictureMost, Program: isProgram(f.Name), URL: url,
	}
}

// pictureMost is how large a picture may be that the page shows unasked, in
// bytes.
const pictureMost = 8 << 20

// States tells where the files of a ticket's messages are.
func (f *Files) States(ticketID string) ([]FileState, error) {
	states := []FileState{}
	err := f.app.look(func(l *lens) error {
		messages, err := l.tx.Thread(desk.TicketID(ticketID))
		if err != nil {
			return err
		}
		own, err := l.ws.store.OutgoingFiles(l.ctx)
		if err != nil {
			return err
		}
		blobs, err := l.tx.Blobs()
		if err != nil {
			return err
		}
		kept := byKey(blobs, func(b store.LocalBlob) string { return b.SHA256 })
		for _, m := range messages {
			for _, a := range m.Attachments {
				s := l.ws.stateOf(m, a, own)
				s.Kept = kept[a.SHA256].Pinned
				states = append(states, s)
			}
		}
		return nil
	})
	return states, err
}

func (ws *workspace) stateOf(m desk.Message, a desk.Attachment, own []store.OwnFile) FileState {
	s := FileState{ID: a.ID, State: "away"}
	moving, on := ws.files.Progress(a.SHA256)
	for _, o := range own {
		if o.Message == m.ID && o.SHA256 == a.SHA256 {
			s.State, s.Problem = "waiting", o.Problem
		}
	}
	switch {
	case s.State == "waiting" && on && moving.Up:
		s.State, s.Have, s.Problem = "going", int(moving.Have), ""
	case s.State == "waiting":
	case ws.files.Here(a.SHA256):
		s.State = "here"
	case on && !moving.Up:
		s.State, s.Have = "coming", int(moving.Have)
	case a.Awaited:
		s.State = "awaited"
	}
	return s
}

// Keep fetches a file so that it is here without a network, and lets it stay, or
// go when room is needed.
func (f *Files) Keep(r FileRequest) error {
	ws, file, err := f.find(r)
	if err != nil {
		return err
	}
	if r.Keep {
		data, err := ws.file(ws.ctx, file)
		if err != nil {
			return err
		}
		data.Close()
	}
	if err := ws.files.Pin(ws.ctx, file.SHA256, r.Keep); err != nil {
		return err
	}
	f.app.signals.emit(TopicFile, "")
	return nil
}

// Save asks for a place and copies a file there; false if the person thought
// better of it. Only a window can ask.
func (f *Files) Save(r FileRequest) (bool, error) {
	ws, file, err := f.find(r)
	if err != nil {
		return false, err
	}
	ask := f.app.place()
	if ask == nil {
		return false, desk.Refuse(desk.CodeWorkflow, "Only the window can ask where to save; follow the link instead.")
	}
	data, err := ws.file(ws.ctx, file)
	if err != nil {
		return false, err
	}
	defer data.Close()
	to, err := ask(fileName(file.Name))
	if err != nil || to == "" {
		return false, err
	}
	return true, copyTo(ws.ctx, to, data)
}

// copyTo writes a file whole or not at all, not as a program, and marked as one
// from outside before it has its name.
func copyTo(ctx context.Context, to string, data io.Reader) error {
	return copyMarked(ctx, to, data, markForeign)
}

func copyMarked(ctx context.Context, to string, data io.Reader, mark func(path string) error) error {
	name := filepath.Base(to)
	part, err := os.CreateTemp(filepath.Dir(to), ".holdall-*")
	if err != nil {
		return desk.Refuse(desk.CodeValidation, "%s cannot be saved in that folder: %v; choose another one.", name, reason(err))
	}
	defer os.Remove(part.Name())
	_, err = io.Copy(part, data)
	if closed := part.Close(); err == nil {
		err = closed
	}
	// Some disks know no marks. That is no reason to keep a plan from a person, but
	// a program would run from there without a question.
	if err == nil && mark(part.Name()) != nil && isProgram(name) {
		return desk.Refuse(desk.CodeValidation, "%s could do something when it is opened, and that folder cannot mark it as coming from outside; choose another one.", name)
	}
	if err == nil {
		err = os.Rename(part.Name(), to)
	}
	if err != nil {
		return desk.Refuse(desk.CodeQuota, "%s could not be saved: %v.", name, reason(err))
	}
	return ctx.Err()
}

// reason is the system's word for a fault, without the path of our part.
func reason(err error) error {
	if p, ok := err.(*os.PathError); ok {
		return p.Err
	}
	if l, ok := err.(*os.LinkError); ok {
		return l.Err
	}
	return fmt.Errorf("the disk did not take it (%w)", err)
}

// Detach takes a file from a draft.
func (f *Files) Detach(r DetachRequest) error {
	ws, err := f.app.workspace()
	if err != nil {
		return err
	}
	kind, err := composed(r.Kind)
	if err != nil {
		return err
	}
	if err := ws.store.DetachDraft(ws.ctx, desk.TicketID(r.TicketID), kind, r.AttachmentID); err != nil {
		return err
	}
	f.app.signals.emit(TopicTicket, r.TicketID)
	f.app.signals.emit(TopicQueue, "")
	return nil
}

// Retry sends now what waits.
func (f *Files) Retry() error {
	ws, err := f.app.workspace()
	if err == nil {
		ws.files.Wake()
	}
	return err
}

func (f *Files) find(r FileRequest) (*workspace, desk.Attachment, error) {
	ws, err := f.app.workspace()
	if err != nil {
		return nil, desk.Attachment{}, err
	}
	file, err := ws.attachment(r.MessageID, r.AttachmentID)
	return ws, file, err
}
