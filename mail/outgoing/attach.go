package outgoing

import (
	"bytes"
	"mime"
	"path"
	"strings"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"
)

// unnamed is the type of a file that says none, or none that can be written.
const unnamed = "application/octet-stream"

// nameMost bounds a file's name, in bytes: written out it stays on one line (RFC
// 5322 §2.1.1), and no file system takes more.
const nameMost = 255

// attach adds the files. Their names are parameters of RFC 2231, which every
// reader of the last twenty years turns back into the same letters; the encoded
// words that the library would write are forbidden there (RFC 2047 §5).
func attach(msg *gomail.Msg, files []Attachment) error {
	for _, f := range files {
		name := fileName(f.Name)
		err := msg.AttachReader(name, bytes.NewReader(f.Data), func(file *gomail.File) {
			file.Header.Set(string(gomail.HeaderContentType), mediaType(f.Type, name))
			file.Header.Set(string(gomail.HeaderContentDisposition), mime.FormatMediaType("attachment", map[string]string{"filename": name}))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// mediaType is a file's type with its name, for readers that look only here.
func mediaType(declared, name string) string {
	kind, params, err := mime.ParseMediaType(declared)
	// RFC 2046 §5 lets neither be written in base64, as files are.
	if err != nil || !strings.Contains(kind, "/") || strings.HasPrefix(kind, "multipart/") || strings.HasPrefix(kind, "message/") {
		kind = unnamed
	}
	if params == nil {
		params = map[string]string{}
	}
	params["name"] = name
	if text := mime.FormatMediaType(kind, params); text != "" {
		return text
	}
	return mime.FormatMediaType(unnamed, map[string]string{"name": name})
}

// fileName is a name that leads to no folder and fits into its header; what is
// cut off is never its ending, by which programs know what it is.
func fileName(name string) string {
	name = strings.NewReplacer(`\`, "_", "/", "_").Replace(line(strings.ToValidUTF8(name, "_")))
	if name == "" {
		return "file"
	}
	if len(name) <= nameMost {
		return name
	}
	ending := path.Ext(name)
	if len(ending) > 20 {
		ending = ""
	}
	keep := nameMost - len(ending)
	for keep > 0 && !utf8.RuneStart(name[keep]) {
		keep--
	}
	return name[:keep] + ending
}
