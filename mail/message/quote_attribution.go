package message

import (
	"regexp"
	"strings"
)

// attribution recognises the line that introduces a quotation, "On … wrote:",
// in the languages below. It may be broken over four lines. strong means that
// it names a date and an address or a full name, so that what follows is a
// quotation even without quote marks.
func attribution(lines []string) (height int, strong bool) {
	const tallest, longest = 4, 400
	if !endsSoon(lines[:min(len(lines), tallest)]) {
		return 0, false
	}
	joined := ""
	for n := 0; n < tallest && n < len(lines); n++ {
		l := strings.TrimSpace(lines[n])
		if l == "" || isQuoted(l) && n > 0 {
			break
		}
		if n > 0 && !attributionStart.MatchString(joined) {
			break
		}
		if joined = strings.TrimSpace(joined + " " + l); len(joined) > longest {
			break
		}
		if isAttribution(joined) {
			return n + 1, isStrong(joined)
		}
	}
	return 0, false
}

// endsSoon is the cheap question before the expensive ones: does one of these
// lines end as an attribution ends.
func endsSoon(lines []string) bool {
	for _, l := range lines {
		l = strings.TrimRight(l, "-*_., \t\r\u00a0")
		if l == "" {
			return false
		}
		if endsInColon(l) {
			return true
		}
		if endsInVerb(l) {
			return true
		}
	}
	return false
}

// endsInVerb asks only the verbs that end in the line's last two bytes.
func endsInVerb(l string) bool {
	if len(l) < 2 {
		return false
	}
	for _, v := range verbEnds[l[len(l)-2:]] {
		if strings.HasSuffix(l, v) {
			return true
		}
	}
	return false
}

func endsInColon(s string) bool { return strings.HasSuffix(s, ":") || strings.HasSuffix(s, "：") }

var verbs = strings.Split(strings.ReplaceAll(wrote, `\`, ""), "|")

var verbEnds = func() map[string][]string {
	ends := map[string][]string{}
	for _, v := range verbs {
		last := v[len(v)-2:]
		ends[last] = append(ends[last], v)
	}
	return ends
}()

func isAttribution(s string) bool {
	s = strings.Trim(s, "-*_ \t")
	if strings.ContainsAny(s, "?!") {
		return false
	}
	if wroteEnd.MatchString(s) {
		return hasTime.MatchString(s) || hasDate.MatchString(s) || anyAddress.MatchString(s)
	}
	return strings.Contains(s, "@") && endsInColon(s) && addressEnd.MatchString(s) && hasTime.MatchString(s) && hasDate.MatchString(s)
}

func isStrong(s string) bool {
	return hasDate.MatchString(s) && (anyAddress.MatchString(s) || hasTime.MatchString(s) && attributionStart.MatchString(s))
}

// wrote holds the verb of each language: English, German, French, Spanish,
// Italian, Portuguese, Dutch, Danish and Norwegian, Swedish, Finnish, Polish,
// Russian and Ukrainian, Czech and Slovak, Hungarian, Romanian, Turkish,
// Greek, Chinese, Japanese, Korean.
const wrote = `wrote|writes|schrieb|schreibt|geschrieben|a écrit|a ecrit|écrit|escribió|escribio|ha escrit|ha scritto|scrive|escreveu|schreef|heeft geschreven|het volgende geschreven|skrev|skreiv|kirjoitti|napisał\(a\)|napisała|napisał|napisal|pisze|написал\(а\)|написала|написал|пишет|писал|написав|написала|napsal\(a\)|napsala|napsal|napísal\(a\)|napísal|írta|ezt írta|a scris|yazdı|şunu yazdı|έγραψε|写道|寫道|のメール|さんは書きました|書きました|님이 작성|작성`

var (
	wroteEnd = newSieve(`(?i)`, `(?:^|[\s,>)"'])(?:`+wrote+`)(?:[\s,:.*-]*$|(?:[^.<]|<[^<>]*>){0,160}[:：]\s*$)|(?:写道|寫道|のメール|書きました|作成|작성)\s*[:：]?$|\bezt írta.{0,80}:$`)
	// addressEnd is the form without a verb: date, name, address, colon.
	addressEnd = regexp.MustCompile(`(?:<\s*` + addressPattern + `\s*>|\(` + addressPattern + `\)|` + addressPattern + `)\s*[:：]$`)

	attributionStart = regexp.MustCompile(`(?i)^[-*_>\s]*(?:(?:on|at|le|el|am|il|in data|em|op|w dniu|dnia|den|på|kl|dne|dňa|pe|la|в|on)\b|\d|["'“]|(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim|mo|di|mi|do|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|man|tir|tis|ons|tor|fre|lør|lör|søn|sön|ma|ti|ke|to|pe|la|su|pon|wt|śr|czw|pt|sob|niedz|пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|sex|seg|ter|qua|qui|dom|sáb|mié|jue|vie|vrijdag|maandag|dinsdag|woensdag|donderdag|zaterdag|zondag|po|út|st|čt|pá)[a-zа-яäöüøåéáíçñłśźż]*[.,]?\s|[^<>]{1,60}<\s*` + addressPattern + `)`)

	hasTime = regexp.MustCompile(`\d{1,2}\s*[:.h]\s*\d{2}`)
	hasDate = regexp.MustCompile(`(?i)(?:\b(?:19|20)\d{2}\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{1,2}\.?\s+(?:de\s+)?[a-zà-ÿа-яěščřžýáíéłśźż]{3,12}\b|\b[a-zà-ÿа-я]{3,12}\.?\s+\d{1,2}\b|\d{1,4}\s?[年月])`)
)
