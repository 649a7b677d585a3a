package message

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestAddresses(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []Address
	}{
		{"a@example.com", []Address{{"", "a@example.com"}}},
		{"Mira Sommer <mira@example.com>", []Address{{"Mira Sommer", "mira@example.com"}}},
		{`"Sommer, Mira" <mira@example.com>, b@example.com`, []Address{{"Sommer, Mira", "mira@example.com"}, {"", "b@example.com"}}},
		{"a@example.com; b@example.com", []Address{{"", "a@example.com"}, {"", "b@example.com"}}},
		{"Desk: a@example.com, b@example.com;", []Address{{"", "a@example.com"}, {"", "b@example.com"}}},
		{"undisclosed-recipients:;", nil},
		{"a@example.com (Mira Sommer)", []Address{{"Mira Sommer", "a@example.com"}}},
		{"Mira (mira@example.com)", []Address{{"Mira", "mira@example.com"}}},
		{"=?utf-8?q?S=C3=B8ren?= <s@example.com>", []Address{{"Søren", "s@example.com"}}},
		{"=?iso-8859-1?Q?B=FCrling,=20Andreas?= <a@example.com>", []Address{{"Bürling, Andreas", "a@example.com"}}},
		{`"=?utf-8?b?w4Rubmk=?=" <a@example.com>`, []Address{{"Änni", "a@example.com"}}},
		{"<@relay.example:a@example.com>", []Address{{"", "a@example.com"}}},
		{"mailto:a@example.com", []Address{{"", "a@example.com"}}},
		{`"a b"@example.com`, []Address{{"", `"a b"@example.com`}}},
		{`"a@example.com"`, []Address{{"", "a@example.com"}}},
		{"Mira <mira@example.com", []Address{{"Mira", "mira@example.com"}}},
	} {
		if got := parseAddresses(c.in, ""); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.in, got, c.want)
		}
	}
}

func TestAuthor(t *testing.T) {
	for _, c := range []struct {
		name string
		raw  []byte
		want string
	}{
		{"second of two fields", mailOf("From: [?????]", "From: <a@example.com>", "", ""), "a@example.com"},
		{"empty brackets", mailOf(`From: "A" <>, "B" <b@example.com>`, "", ""), "b@example.com"},
		{"reply-to stands in", mailOf(`From: "A" <>`, "Reply-To: c@example.com", "", ""), "c@example.com"},
		{"daemon without a domain", mailOf("From: MAILER-DAEMON (Mail Delivery System)", "", ""), "MAILER-DAEMON"},
	} {
		if got := mustParse(t, c.raw).From.Email; got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestHeaderText(t *testing.T) {
	for in, want := range map[string]string{
		"plain": "plain",
		"=?utf-8?q?Gr=C3=BC=C3=9Fe?= aus =?utf-8?b?S8O2bG4=?=": "Grüße aus Köln",
		"=?utf-8?b?w4Q=?= =?utf-8?b?w5Y=?=":                    "ÄÖ",
		"=?utf-8?b?4oI=?= =?utf-8?b?rA==?=":                    "€",
		"=?utf-8?Q?What?=20now?=":                              "What? now",
		"=?iso-2022-jp?B?GyRCJUYlOSVIGyhC?=":                   "テスト",
		"=?unknown?q?caf=E9?=":                                 "café",
		"caf\xe9":                                              "café",
		"=?utf-8?q?broken":                                     "=?utf-8?q?broken",
		"a\tb\x00c":                                            "a bc",
	} {
		if got := decodeHeader(in, ""); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct{ charset, in, want string }{
		{"utf-8", "Grüße", "Grüße"},
		{"iso-8859-1", "Gr\xfc\xdfe \x80", "Grüße €"},
		{"iso-8859-1", "Grüße", "Grüße"},
		{"utf-8", "Gr\xfc\xdfe", "Grüße"},
		{"utf-8", "Grüße und Gr\xfc\xdfe", "Grüße und Grüße"},
		{"", "\xff\xfeA\x00\xdf\x00", "Aß"},
		{"utf-7", "Gr+APw-+AN8-e", "Grüße"},
		{"gb2312", "\xc4\xe3\xba\xc3", "你好"},
		{"iso-2022-jp", "\x1b$B%F%9%H\x1b(B", "テスト"},
		{"iso-2022-jp", "\x83c\x81[\x83\x8b", "ツール"},
		{"x-nowhere", "ok", "ok"},
		{"utf-8", "said \ufffd", "said \ufffd"},
		{"windows-1251", "\xcf\xf0\xe8\xe2\xe5\xf2", "Привет"},
		{"koi8-r", "\xf0\xd2\xc9\xd7\xc5\xd4", "Привет"},
	} {
		if got := decodeText([]byte(c.in), c.charset); got != c.want {
			t.Errorf("%s %q: got %q, want %q", c.charset, c.in, got, c.want)
		}
	}
}

func TestTransfer(t *testing.T) {
	for _, c := range []struct{ encoding, in, want string }{
		{"base64", "SGVs\r\nbG8=", "Hello"},
		{"BASE64", "SGVsbG8", "Hello"},
		{"base64", "SGVsbG8=\n\n____\nA list footer.", "Hello"},
		{"base64", "SGVsbG8=SGVsbG8=", "HelloHello"},
		{"quoted-printable", "Gr=C3=BC=\r\n=C3=9Fe", "Grüße"},
		{"quoted-printable", "100=% =zz=", "100=% =zz"},
		{"quoted-printable", "end  \r\nnext", "end\r\nnext"},
		{"8bit", "a=20", "a=20"},
		{"x-strange", "a", "a"},
		{"x-uuencode", "begin 644 a.txt\n%2&5L;&\\\n`\nend\n", "Hello"},
	} {
		if got := string(decodeTransfer(c.encoding, []byte(c.in))); got != c.want {
			t.Errorf("%s %q: got %q, want %q", c.encoding, c.in, got, c.want)
		}
	}
}

func TestParameters(t *testing.T) {
	for in, want := range map[string]string{
		`attachment; filename="a b.pdf"`:                                  "a b.pdf",
		`attachment; filename=a b.pdf`:                                    "a b.pdf",
		`attachment; filename*=UTF-8''Erkl%C3%A4rung.txt`:                 "Erklärung.txt",
		`attachment; filename*0="Erkl"; filename*1="ärung.txt"`:           "Erklärung.txt",
		`attachment; filename*1*=rung.txt; filename*0*=UTF-8''Erkl%C3%A4`: "Erklärung.txt",
		`attachment; filename="=?utf-8?q?Erkl=C3=A4rung=2Etxt?="`:         "Erklärung.txt",
		`attachment; filename="a;b.txt"`:                                  "a;b.txt",
		`attachment; filename="open`:                                      "open",
		`attachment; size=1; filename=x.txt`:                              "x.txt",
	} {
		_, params := parseMediaType(in)
		if got := fileName(params["filename"], ""); got != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}

func TestDate(t *testing.T) {
	want := time.Date(2024, 3, 5, 9, 0, 0, 0, time.UTC)
	for _, in := range []string{
		"Tue, 05 Mar 2024 10:00:00 +0100", "Tue, 5 Mar 2024 10:00:00 +0100 (CET)", "5 Mar 2024 09:00:00 GMT", "5 Mar 2024 10:00:00 CET",
		"Tue Mar  5 09:00:00 2024", "2024-03-05T10:00:00+01:00", "Die, 5 Mar 2024 10:00:00 +0100", "Tue, 5 Mar 2024 10:00:00 +01:00", "Tue, 5 Mar 2024 10.00.00 +0100",
	} {
		if got := parseDate(in); !got.Equal(want) {
			t.Errorf("%s: got %v", in, got)
		}
	}
	for _, in := range []string{"", "yesterday", "99 Foo 2024"} {
		if got := parseDate(in); !got.IsZero() {
			t.Errorf("%s: got %v", in, got)
		}
	}
}

func TestMessageIDs(t *testing.T) {
	for in, want := range map[string][]string{
		"<a@b> <c@d>":        {"a@b", "c@d"},
		"<a@b>,\t<c@d>":      {"a@b", "c@d"},
		"Your mail <a@b> of": {"a@b"},
		"a@b":                {"a@b"},
		"<a @b>":             {"a@b"},
		"":                   nil,
		"<" + strings.Repeat("a", 1000) + "@b> <c@d>": {"c@d"}, // longer than a line can be
	} {
		if got := messageIDs(in); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestSafeName(t *testing.T) {
	for in, want := range map[string]string{"a.pdf": "a.pdf", "../../etc/passwd": "passwd", `C:\tmp\b.doc`: "b.doc", "..": "attachment", "": "attachment"} {
		if got := (Attachment{Name: in}).SafeName(); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	if got := fileName("invoice\u202efdp.exe", ""); got != "invoicefdp.exe" {
		t.Errorf("direction mark kept: %q", got)
	}
}
