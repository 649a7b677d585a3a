package store

import (
	"strings"
	"testing"
	"time"

	"holdall/desk"

	"github.com/google/go-cmp/cmp"
)

func fileOf(id, sum string) desk.Attachment {
	return desk.Attachment{ID: id, Name: id + ".txt", Type: "text/plain", Size: 5, SHA256: sum}
}

// announcing is a message that brings files.
func announcing(t testing.TB, message desk.MessageID, files ...desk.Attachment) desk.Mutation {
	t.Helper()
	m, err := desk.NewMutation(desk.MessageAdd, "t1", desk.AddMessage{Message: desk.Message{ID: message, Kind: desk.InternalNote, Attachments: files}}, noon)
	must(t, err)
	return m
}

func TestADraftHasItsFilesInTheirOrder(t *testing.T) {
	r := openReplica(t, t.TempDir())
	attach := func(kind desk.MessageKind, f desk.Attachment) {
		t.Helper()
		must(t, r.AttachDraft(ctx, "t1", kind, f, noon))
	}
	attach(desk.PublicReply, fileOf("b", "bb"))
	attach(desk.InternalNote, fileOf("n", "nn"))
	attach(desk.PublicReply, fileOf("a", "aa"))
	files, err := r.DraftFiles(ctx, "t1", desk.PublicReply)
	must(t, err)
	if diff := cmp.Diff([]desk.Attachment{fileOf("b", "bb"), fileOf("a", "aa")}, files); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	// Words come and go; a draft stays while it has either.
	must(t, r.SaveDraft(ctx, Draft{Ticket: "t1", Kind: desk.PublicReply, Text: "words", SavedAt: noon}))
	must(t, r.SaveDraft(ctx, Draft{Ticket: "t1", Kind: desk.PublicReply, SavedAt: noon}))
	must(t, r.DetachDraft(ctx, "t1", desk.PublicReply, "b"))
	if d, found, err := r.Draft(ctx, "t1", desk.PublicReply); !found || d.Text != "" || err != nil {
		t.Errorf("with a file it is found %v: %+v, %v", found, d, err)
	}
	must(t, r.DetachDraft(ctx, "t1", desk.InternalNote, "a")) // not the note's
	must(t, r.DetachDraft(ctx, "t1", desk.PublicReply, "a"))
	if drafts, err := r.Drafts(ctx); len(drafts) != 1 || drafts[0].Kind != desk.InternalNote || err != nil {
		t.Errorf("drafts %+v, %v", drafts, err)
	}
	must(t, r.DropDraft(ctx, "t1", desk.InternalNote))
	files, err = r.DraftFiles(ctx, "t1", desk.InternalNote)
	if drafts, _ := r.Drafts(ctx); len(drafts)+len(files) != 0 || err != nil {
		t.Errorf("left: %v %v, %v", drafts, files, err)
	}
}

func TestFilesOfAMessageWaitUntilTheHubHasThem(t *testing.T) {
	r := openReplica(t, t.TempDir())
	_, err := r.Append(ctx, []desk.Mutation{announcing(t, "m1", fileOf("a", "aa"), fileOf("b", "bb")), patch(t, "t1", "x"), announcing(t, "m2", fileOf("c", "aa"))})
	must(t, err)
	out := func() (names []string) {
		t.Helper()
		list, err := r.OutgoingFiles(ctx)
		must(t, err)
		for _, f := range list {
			names = append(names, string(f.Message)+" "+f.SHA256+" "+f.Problem)
		}
		return names
	}
	must(t, r.FileStuck(ctx, OwnFile{Message: "m1", SHA256: "bb"}, "no room"))
	if diff := cmp.Diff([]string{"m1 aa ", "m1 bb no room", "m2 aa "}, out()); diff != "" {
		t.Errorf("outgoing (-want +got):\n%s", diff)
	}
	r.Heard(noon, noon)
	must(t, r.TellFiles(ctx, "first", noon))
	must(t, r.FileSent(ctx, OwnFile{Message: "m1", SHA256: "aa"}, noon))
	must(t, r.FileSent(ctx, OwnFile{Message: "m1", SHA256: "bb"}, noon.AddDate(0, 0, -31)))
	must(t, r.TellFiles(ctx, "first", noon))
	if left := out(); len(left) != 1 || left[0] != "m2 aa " {
		t.Errorf("outgoing %v", left)
	}
	must(t, r.AttachDraft(ctx, "t1", desk.InternalNote, fileOf("d", "dd"), noon))
	needed, err := r.NeededFiles(ctx, noon)
	if diff := cmp.Diff(map[string]bool{"aa": true, "dd": true}, needed); diff != "" || err != nil {
		t.Errorf("needed (-want +got), %v:\n%s", err, diff)
	}
	must(t, r.TellFiles(ctx, "restored", noon))
	if diff := cmp.Diff([]string{"m1 aa ", "m2 aa "}, out()); diff != "" {
		t.Errorf("for another hub (-want +got):\n%s", diff)
	}
}

// TestADamagedFileRowIsNamed: what was attached is guarded like words.
func TestADamagedFileRowIsNamed(t *testing.T) {
	dir := worn(t)
	r := openReplica(t, dir)
	_, err := r.Append(ctx, []desk.Mutation{announcing(t, "m1", fileOf("a", "aa"), fileOf("b", "bb"))})
	must(t, err)
	for _, id := range []string{"x", "y"} {
		must(t, r.AttachDraft(ctx, "t1", desk.InternalNote, fileOf(id, id+id), noon))
	}
	must(t, r.change(ctx, "UPDATE attached SET size = 6 WHERE sha256 = 'aa'"))
	must(t, r.change(ctx, "UPDATE draft_file SET name = 'other' WHERE id = 'x'"))
	must(t, r.Close())
	r = openReplica(t, dir)
	if s := r.Repaired(); !strings.Contains(s, "a file of a message") || !strings.Contains(s, "a file of a draft") {
		t.Errorf("repaired: %q", s)
	}
	list, err := r.OutgoingFiles(ctx)
	must(t, err)
	files, err := r.DraftFiles(ctx, "t1", desk.InternalNote)
	must(t, err)
	if len(list) != 1 || list[0].SHA256 != "bb" || len(files) != 1 || files[0] != fileOf("y", "yy") {
		t.Errorf("kept %+v and %+v", list, files)
	}
}

func TestFilesOnThisDevice(t *testing.T) {
	r := openReplica(t, t.TempDir())
	must(t, r.Update(ctx, func(tx *ReplicaTx) error {
		for i, sum := range []string{"cc", "aa", "bb"} {
			must(t, tx.UseBlob(sum, 10, noon.Add(time.Duration(i)*time.Minute)))
		}
		must(t, tx.UseBlob("cc", 11, noon.Add(time.Hour)))
		must(t, tx.UseBlob("cc", 11, noon)) // an earlier use does not make it older
		must(t, tx.PinBlob("bb", true))
		return tx.ForgetBlob("aa")
	}))
	r.mustView(t, func(tx *ReplicaTx) error {
		list, err := tx.Blobs()
		must(t, err)
		want := []LocalBlob{{"bb", 10, true, noon.Add(2 * time.Minute)}, {"cc", 11, false, noon.Add(time.Hour)}}
		if diff := cmp.Diff(want, list); diff != "" {
			t.Errorf("files (-want +got):\n%s", diff)
		}
		total, err := tx.BlobBytes()
		if total != 21 {
			t.Errorf("%d bytes", total)
		}
		return err
	})
}

// TestARefusedMessageIsAnnouncedAgain on another ticket, with its files: what was
// not wanted on the first is sent to the second.
func TestARefusedMessageIsAnnouncedAgain(t *testing.T) {
	r := openReplica(t, t.TempDir())
	_, err := r.Append(ctx, []desk.Mutation{announcing(t, "m1", fileOf("a", "aa"))})
	must(t, err)
	must(t, r.FileSent(ctx, OwnFile{Message: "m1", SHA256: "aa"}, noon))
	again := announcing(t, "m1", fileOf("a", "aa"))
	again.Ticket = "t2"
	_, err = r.Append(ctx, []desk.Mutation{again})
	must(t, err)
	want := []OwnFile{{Message: "m1", Ticket: "t2", SHA256: "aa", Size: 5}}
	list, err := r.OutgoingFiles(ctx)
	must(t, err)
	if diff := cmp.Diff(want, list); diff != "" {
		t.Errorf("on their way (-want +got):\n%s", diff)
	}
}
