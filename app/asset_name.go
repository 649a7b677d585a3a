package app

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// nameMost is how long a file's name may be, in bytes: what every system takes,
// with room for a number.
const nameMost = 200

// devices are names that mean no file to Windows, whatever follows their first
// dot.
var devices = []string{"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}

// fileName is the last element of a name, whichever system's slashes it has, and
// without what could disguise it or mean something else to a file system.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, "_"), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		// Cf turns the direction of the text (RLO) or cannot be seen at all.
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp) || strings.ContainsRune(`<>:"|?*`, r) {
			return '_'
		}
		return r
	}, name)
	name = shortened(strings.Trim(name, " ."))
	if name == "" || name == "/" {
		return "attachment"
	}
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	stem = strings.TrimRight(stem, " ")
	numbered := utf8.RuneCountInString(stem) == 4 && (strings.HasPrefix(stem, "com") || strings.HasPrefix(stem, "lpt"))
	if numbered || slices.Contains(devices, stem) {
		name = "_" + name
	}
	return name
}

// shortened keeps the end of a name: what a file is must stay to be seen.
func shortened(name string) string {
	if len(name) <= nameMost {
		return name
	}
	end := path.Ext(name)
	if len(end) > 20 {
		end = ""
	}
	cut := nameMost - len(end)
	for !utf8.RuneStart(name[cut]) {
		cut--
	}
	return strings.TrimRight(name[:cut], " .") + end
}

// programs are the endings of what a system would run, or which make it run
// something else.
var programs = map[string]bool{}

func init() {
	const (
		windows = "appcontent-ms application appref-ms appx bat chm cmd com cpl diagcab dll exe gadget hlp hta inf iqy jnlp js jse library-ms lnk mht mof msc msh msi msix msp mst pif ps1 psm1 rdp reg scf scr searchconnector-ms settingcontent-ms shb slk sys theme themepack url vb vbe vbs website ws wsc wsf wsh xbap xll"
		office  = "accde ade adp docm dotm mdb mde potm ppam ppsm pptm sldm xlam xlsm xltm"
		apple   = "action app applescript command dmg fileloc inetloc osx pkg scpt scptd terminal tool webloc workflow"
		linux   = "appimage bin deb desktop flatpakref out rpm run sh snap"
		others  = "apk class htm html jar pl py pyw pyz rb shtml svg svgz xht xhtml img iso vhd vhdx wim"
	)
	for end := range strings.FieldsSeq(windows + " " + office + " " + apple + " " + linux + " " + others) {
		programs["."+end] = true
	}
}

// isProgram reports whether a file could do something when it is opened.
func isProgram(name string) bool {
	return programs[strings.ToLower(path.Ext(fileName(name)))]
}
