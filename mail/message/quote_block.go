package message

import (
	"regexp"
	"strings"
)

// separator recognises the line that mail programs put above the mail they
// quote, and the line above which a help desk asks for the reply.
func separator(l string) bool {
	if len(l) > 200 {
		return false
	}
	return beginsWith(l, " \t\r\f>", "-_=*—–") && originalLine.MatchString(l) || containsAny(l, "above", "dieser", "dessus", "encima") && replyAbove.MatchString(l)
}

func containsAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

var (
	originalLine = regexp.MustCompile(`(?i)^[\s>*]*[-_=—–*]{2,}[\s*]*(?:original message|original mail|original appointment|ursprüngliche nachricht|urspruengliche nachricht|originalnachricht|original-?nachricht|original nachricht|urspr\. nachricht|message d['’]origine|message original|message initial|mensaje original|messaggio originale|messaggio inoltrato|mensagem original|oorspronkelijk bericht|origineel bericht|oprindelig besked|oprindelig meddelelse|original besked|ursprungligt meddelande|originalmeddelande|opprinnelig melding|alkuperäinen viesti|wiadomość oryginalna|oryginalna wiadomość|treść oryginalnej wiadomości|исходное сообщение|оригинальное сообщение|původní zpráva|pôvodná správa|eredeti üzenet|mesaj original|orijinal mesaj|özgün ileti|αρχικό μήνυμα|原始邮件|原始郵件|元のメッセージ|원본 메시지|reply message|antwort nachricht)[\s*:]*[-_=—–*]*[\s*]*$`)
	replyAbove   = regexp.MustCompile(`(?i)(?:(?:reply|respond|type your (?:reply|response)|write) above this line|bitte (?:antworten sie )?(?:oberhalb|über) dieser (?:linie|zeile)|répondre au-dessus de cette ligne|responda por encima de esta línea)`)
)

// label is the meaning of a field name in a quoted header.
type label int

const (
	labelNone label = iota
	labelFrom
	labelDate
	labelTo
	labelSubject
	labelCopy
)

// labels are the field names in the languages of wrote.
var labels = func() map[string]label {
	out := map[string]label{}
	add := func(l label, names string) {
		for _, n := range strings.Split(names, "|") {
			if _, taken := out[n]; !taken {
				out[n] = l
			}
		}
	}
	add(labelFrom, "from|von|absender|de|expéditeur|da|mittente|van|afzender|fra|från|lähettäjä|od|nadawca|от|от кого|від|odesílatel|odosielateľ|feladó|de la|expeditor|kimden|gönderen|από|发件人|寄件者|寄件人|差出人|보낸 사람|보낸사람|remitente|remetente|avsender|avsändare")
	add(labelDate, "date|sent|datum|gesendet|gesendet am|envoyé|envoyé le|date d'envoi|message du|fecha|enviado|enviado el|enviado em|enviada em|enviada|enviado a las|data|inviato|inviato il|inviata|verzonden|verzonden op|dato|sendt|skickat|lähetetty|päivämäärä|päiväys|wysłano|дата|отправлено|послано|надіслано|odesláno|odoslané|küldve|dátum|trimis|gönderildi|tarih|ημερομηνία|στάλθηκε|发送时间|发送日期|日期|寄件日期|送信日時|日付|日時|보낸 날짜|날짜")
	add(labelTo, "to|an|à|a|destinataire|para|aan|til|till|vastaanottaja|do|adresat|кому|komu|címzett|către|kime|alıcı|προς|收件人|收件者|宛先|받는 사람|받는사람|destinatario|empfänger|ontvanger|mottaker|mottagare")
	add(labelSubject, "subject|betreff|objet|sujet|asunto|oggetto|assunto|onderwerp|emne|ämne|aihe|temat|тема|předmět|predmet|tárgy|subiect|konu|θέμα|主题|主旨|件名|제목")
	add(labelCopy, "cc|kopie|kopie an|copie|copie à|copia|con copia|kopia|kopi|kopio|dw|копия|másolat|bilgi|抄送|副本|참조|importance|priority|attachments|reply-to|antwort an")
	return out
}()

// labelOf reads the field name at the start of a line.
func labelOf(l string) label {
	l = strings.TrimLeft(l, " \t*_")
	i := strings.IndexAny(l, ":：")
	if i <= 0 || i > 40 {
		return labelNone
	}
	return labels[strings.ToLower(strings.Trim(l[:i], " \t*_\u00a0"))]
}

// headerBlock recognises the header that Outlook and its like put above the
// mail they quote: a sender and two of date, addressee and subject, in that
// many lines. Long values may wrap.
func headerBlock(lines []string) bool {
	first := labelOf(lines[0])
	if first == labelNone || first == labelCopy {
		return false
	}
	seen := map[label]bool{}
	other := 0
	for i := 0; i < len(lines) && i < 12 && other <= 2; i++ {
		l := labelOf(lines[i])
		if l == labelNone {
			if other++; strings.TrimSpace(lines[i]) == "" && len(seen) >= 3 {
				break
			}
			continue
		}
		other = 0
		seen[l] = true
		if strings.Contains(lines[i], " Objet : ") {
			seen[labelSubject] = true
		}
	}
	parts := 0
	for _, l := range []label{labelDate, labelTo, labelSubject} {
		if seen[l] {
			parts++
		}
	}
	usual := first == labelFrom || first == labelDate
	return seen[labelFrom] && (parts == 3 || usual && parts == 2)
}
