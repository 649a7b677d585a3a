package message

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	rule = regexp.MustCompile(`^[\s*]*[-_=—–*~]{3,}[\s*]*$`)

	// deviceLine is the line that a mail program signs with. It must be short
	// and no sentence: "Sent from my desk, which is quieter." is the writer's.
	deviceLine = regexp.MustCompile(`(?i)^[\s*_>]*(?:(?:sent|sent securely|sent using|sendt) (?:from|with|via|by|using)|get outlook for|download outlook|gesendet (?:von|mit|über)|von meine[mr] .{2,40} gesendet|diese nachricht wurde von meinem|hol dir outlook für|outlook für (?:ios|android) (?:beziehen|herunterladen)|envoyé (?:de|depuis|à partir d[e'’]|avec|par)|télécharger outlook pour|obtenir outlook pour|obtenez outlook pour|enviado (?:desde|de|do|com|a partir)|obtener outlook para|obter o outlook para|inviato (?:da|dal|con|dall['’])|scarica outlook per|ottieni outlook per|verzonden (?:vanaf|met|via|vanuit|van)|verstuurd (?:vanaf|met|via|van)|outlook voor (?:ios|android) downloaden|download outlook voor|sendt fra|hent outlook|skickat från|skickades från|hämta outlook för|lähetetty|hanki outlook|wysłan[eo] z|pobierz outlook|отправлено (?:с|из)|odesláno z|trimis de pe|elküldve|iphone'umdan gönderildi|从我的.{1,20}发送|发自我的|我的.{1,20}から送信|iphoneから送信|나의 .{1,20}에서 보냄)(?:[^.,;?!]|\.\w|\.$){0,70}(?:<[^<>\s]+>|\[[^\]]+\]|https?://\S+)?[\s*_.]*$`)

	listFooter = regexp.MustCompile(`(?i)mailing list|to unsubscribe|unsubscribe from this|abmelden`)
)

func isRule(l string) bool { return beginsWith(l, " \t\r\f", "-_=*~—–") && rule.MatchString(l) }

// beginsWith reports whether the first letter of a line, after those that are
// skipped, is one of some: the cheap question before an expression's.
func beginsWith(l, skipped, some string) bool {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(l, skipped))
	return strings.ContainsRune(some, first)
}

// deviceStarts are the beginnings of deviceLine, for a cheap first question.
var deviceStarts = strings.Fields("sent sendt get download gesendet von diese hol outlook envoyé télécharger obten obtien enviado obter inviato scarica ottieni verzonden verstuurd hent skick hämta lähetetty hanki wysłan pobierz отправлено odesláno trimis elküldve iphone 从 发 我 나")

func device(l string) bool {
	if len(l) > 260 {
		return false
	}
	start := strings.TrimLeft(l, " \t*_>")
	start = strings.ToLower(start[:min(len(start), 32)]) // the longest beginning has 20 bytes
	for _, p := range deviceStarts {
		if strings.HasPrefix(start, p) {
			return deviceLine.MatchString(l)
		}
	}
	return false
}

// signatureMark is "-- " of RFC 3676 §4.3, also without its space.
func signatureMark(l string) bool {
	l = strings.TrimRight(l, "\r")
	return l == "-- " || l == "--" || l == "--\u00a0"
}

// dropSignature cuts at a signature mark, at a mail program's own line, and at
// the footer of a mailing list. What follows a program's line is a quotation
// without an introduction.
func dropSignature(lines []string) []string {
	const tallest = 15
	for i, l := range lines {
		after := lines[i+1:]
		switch {
		case signatureMark(l) && countWords(after) <= tallest && i > 0:
			return lines[:i]
		case device(l) && i > 0 && standsAlone(lines, i):
			return lines[:i]
		case isRule(l) || strings.TrimSpace(l) == "__":
			if len(after) > 0 && countWords(after) <= 6 && listFooter.MatchString(strings.Join(after, "\n")) {
				return lines[:i]
			}
		}
	}
	return lines
}

// countWords counts the lines that hold something, up to a few.
func countWords(lines []string) int {
	const enough = 20
	n := 0
	for _, l := range lines {
		if strings.TrimSpace(l) != "" {
			if n++; n > enough {
				break
			}
		}
	}
	return n
}

// standsAlone says whether a line is set off as a mail program sets off its own.
func standsAlone(lines []string, i int) bool {
	return strings.TrimSpace(lines[i-1]) == "" || i+1 >= len(lines) || strings.TrimSpace(lines[i+1]) == ""
}

// trimTail removes what a cut leaves at the end: blank lines, ruled lines, a
// mail program's own line.
func trimTail(lines []string) []string {
	end := len(lines)
	for end > 0 {
		l := lines[end-1]
		if strings.TrimSpace(l) != "" && !isRule(l) && !(device(l) && end > 1) {
			break
		}
		end--
	}
	return lines[:end]
}
