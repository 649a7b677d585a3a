package message

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// decodeText converts bytes to UTF-8. The declared charset is a hint: text
// that is valid UTF-8 is UTF-8, and text that its declared charset cannot
// explain is read by the charset that can. The result holds U+FFFD only where
// the source does.
func decodeText(b []byte, declared string) string {
	name := charsetName(declared)
	if s, ok := decodeMarked(b, name); ok {
		return s
	}
	if isASCII(b) && !sevenBit[name] && bytes.IndexByte(b, 0x1b) < 0 {
		return string(b)
	}
	if name == "utf-7" {
		return decodeUTF7(string(b))
	}
	if utf8.Valid(b) && !sevenBit[name] && bytes.IndexByte(b, 0x1b) < 0 {
		return string(b)
	}
	if enc := lookup(name); enc != nil {
		s, bad := decodeWith(enc, b)
		if bad == 0 {
			return s
		}
		if bad*50 < len(b) {
			return repair(s, b)
		}
	}
	for _, enc := range relatives[name] {
		if s, bad := decodeWith(enc, b); bad == 0 {
			return s
		}
	}
	return decodeDetected(b, name)
}

// relatives are what a text often is when its declared charset fails: the
// other encodings of the same script.
var relatives = map[string][]encoding.Encoding{
	"iso-2022-jp": {japanese.ShiftJIS, japanese.EUCJP},
	"shift_jis":   {japanese.EUCJP, japanese.ISO2022JP},
	"euc-jp":      {japanese.ShiftJIS, japanese.ISO2022JP},
	"gb18030":     {traditionalchinese.Big5},
	"big5":        {simplifiedchinese.GB18030},
	"iso-2022-kr": {korean.EUCKR},
}

// sevenBit charsets look like ASCII until they are decoded.
var sevenBit = map[string]bool{
	"utf-7": true, "iso-2022-jp": true, "iso-2022-kr": true, "hz-gb-2312": true,
	"utf-16": true, "utf-16le": true, "utf-16be": true, "utf-32": true, "utf-32le": true, "utf-32be": true,
}

// aliases are the names that senders use and the registries do not know.
var aliases = map[string]string{
	"ascii": "", "us-ascii": "", "default": "", "unknown": "", "x-unknown": "", "unknown-8bit": "", "8bit": "",
	"none": "", "binary": "", "_autodetect_all": "", "auto": "", "ansi": "windows-1252", "ansi_x3.4-1968": "",
	"utf8": "utf-8", "utf-8mb4": "utf-8", "utf8mb4": "utf-8", "unicode-1-1-utf-8": "utf-8", "utf_8": "utf-8",
	"unicode-1-1-utf-7": "utf-7", "utf7": "utf-7", "x-unicode-2-0-utf-7": "utf-7",
	"unicode": "utf-16", "ucs-2": "utf-16be", "utf16": "utf-16",
	"cp932": "shift_jis", "cp50220": "iso-2022-jp", "cp50221": "iso-2022-jp", "cp50222": "iso-2022-jp",
	"iso-2022-jp-1": "iso-2022-jp", "iso-2022-jp-2": "iso-2022-jp", "iso-2022-jp-ms": "iso-2022-jp",
	"x-sjis": "shift_jis", "sjis": "shift_jis", "ms932": "shift_jis", "eucjp": "euc-jp",
	"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030",
	"chinesebig5": "big5", "cp950": "big5", "x-x-big5": "big5", "big5-hkscs": "big5",
	"ks_c_5601": "euc-kr", "ks_c_5601-1987": "euc-kr", "cp949": "euc-kr", "uhc": "euc-kr", "ks_c_5861": "euc-kr",
	"hz-gb-2312": "hz-gb-2312", "hz": "hz-gb-2312",
	"iso-8859-8-i": "iso-8859-8", "iso-8859-8-e": "iso-8859-8", "iso-8859-1-windows-3.1-latin-1": "windows-1252",
	"latin-1": "windows-1252", "latin1": "windows-1252", "macintosh": "macintosh", "x-mac-roman": "macintosh",
	"x-mac-cyrillic": "x-mac-cyrillic", "koi8r": "koi8-r", "koi8u": "koi8-u", "tis620": "windows-874", "cp874": "windows-874",
}

// charsetName reduces a declared charset to the name lookup knows.
func charsetName(s string) string {
	s = strings.ToLower(strings.Trim(s, " \t\r\n\"'`<>;,="))
	if _, after, ok := strings.Cut(s, "charset="); ok {
		s = strings.Trim(after, "\"' ")
	}
	if i := strings.IndexAny(s, " ;,\"'\t"); i >= 0 {
		s = s[:i]
	}
	if a, ok := aliases[s]; ok {
		return a
	}
	for _, p := range []string{"windows", "cp-", "x-cp", "cp", "win-", "win"} {
		if n := strings.TrimLeft(strings.TrimPrefix(s, p), "-_"); strings.HasPrefix(s, p) && strings.HasPrefix(n, "125") {
			return "windows-" + n
		}
	}
	if n := strings.TrimLeft(strings.TrimPrefix(s, "iso"), "-_ "); strings.HasPrefix(s, "iso") && strings.HasPrefix(n, "8859") {
		return "iso-8859-" + strings.TrimLeft(n[4:], "-_ ")
	}
	return s
}

// codePages are charsets that the WHATWG index leaves out.
var codePages = map[string]encoding.Encoding{
	"cp437": charmap.CodePage437, "ibm437": charmap.CodePage437, "437": charmap.CodePage437,
	"cp850": charmap.CodePage850, "ibm850": charmap.CodePage850, "850": charmap.CodePage850,
	"cp852": charmap.CodePage852, "ibm852": charmap.CodePage852,
	"cp855": charmap.CodePage855, "cp858": charmap.CodePage858, "cp860": charmap.CodePage860,
	"cp862": charmap.CodePage862, "cp863": charmap.CodePage863, "cp865": charmap.CodePage865,
	"cp866": charmap.CodePage866, "cp037": charmap.CodePage037,
	"hz-gb-2312": simplifiedchinese.HZGB2312,
	"utf-32":     utf32.UTF32(utf32.BigEndian, utf32.UseBOM),
	"utf-32le":   utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM),
	"utf-32be":   utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM),
	"utf-16":     unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
	"utf-16le":   unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	"utf-16be":   unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
}

// lookup returns the decoder of a charset, nil for UTF-8 and unknown names.
func lookup(name string) encoding.Encoding {
	if name == "" || name == "utf-8" {
		return nil
	}
	if e, ok := codePages[name]; ok {
		return e
	}
	if e, err := htmlindex.Get(name); err == nil && e != encoding.Replacement {
		return e
	}
	if e, err := ianaindex.MIME.Encoding(name); err == nil && e != nil {
		return e
	}
	return nil
}

// decodeWith converts and counts the characters it could not explain.
func decodeWith(enc encoding.Encoding, b []byte) (string, int) {
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return "", len(b)
	}
	s := string(out)
	return s, strings.Count(s, "\ufffd")
}

// decodeMarked honours a byte order mark.
func decodeMarked(b []byte, name string) (string, bool) {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")) && utf8.Valid(b):
		return string(b[3:]), true
	case bytes.HasPrefix(b, []byte("\xff\xfe")) && (strings.HasPrefix(name, "utf-16") || name == "" || name == "utf-8"):
		s, bad := decodeWith(unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), b)
		return s, bad == 0
	case bytes.HasPrefix(b, []byte("\xfe\xff")) && (strings.HasPrefix(name, "utf-16") || name == "" || name == "utf-8"):
		s, bad := decodeWith(unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM), b)
		return s, bad == 0
	}
	return "", false
}

// decodeDetected reads text whose charset is unknown or wrong.
func decodeDetected(b []byte, declared string) string {
	if declared == "utf-8" || declared == "" {
		if good, bad := utf8Score(b); good > 0 && good >= bad {
			return mixed(b)
		}
	}
	if bytes.IndexByte(b, 0x1b) >= 0 {
		if s, bad := decodeWith(japanese.ISO2022JP, b); bad == 0 {
			return s
		}
	}
	if enc := detect(b); enc != nil {
		if s, bad := decodeWith(enc, b); bad == 0 {
			return s
		}
	}
	return mixed(b)
}

// repair replaces what a multi-byte charset could not explain. The source
// holds no character there, so a question mark says as much as can be known.
func repair(s string, source []byte) string {
	if bytes.Contains(source, []byte("\xef\xbf\xbd")) {
		return s
	}
	return strings.ReplaceAll(s, "\ufffd", "?")
}

// utf8Score counts the valid multi-byte sequences and the stray bytes.
func utf8Score(b []byte) (good, bad int) {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		b = b[n:]
	}
	return good, bad
}

// mixed keeps valid UTF-8 and reads every other byte as Windows-1252, which
// gives each byte a character.
func mixed(b []byte) string {
	var out strings.Builder
	out.Grow(len(b) + len(b)/4)
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			r = charmap.Windows1252.DecodeByte(b[0])
		}
		if r == utf8.RuneError && n == 1 {
			r = rune(b[0])
		}
		out.WriteRune(r)
		b = b[n:]
	}
	return out.String()
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// multiByte are the charsets worth trying when nothing is declared.
var multiByte = map[string]encoding.Encoding{
	"Shift_JIS": japanese.ShiftJIS, "EUC-JP": japanese.EUCJP, "ISO-2022-JP": japanese.ISO2022JP,
	"EUC-KR": korean.EUCKR, "GB-18030": simplifiedchinese.GB18030,
}
