package message

import (
	"regexp"
	"strings"
)

// findBounce recognises a delivery status notification (RFC 3464) and the
// forms that older servers use instead, nil when the mail is none. Reports of
// success, read receipts and absence notices are no bounces. The rules ask for
// two witnesses, since people write about bounces too.
func findBounce(h header, m *Message, root *part) *Bounce {
	leaves := flatten(root, nil)
	status := deliveryStatus(leaves)
	if status.found && !status.failed && !status.unclear {
		return nil
	}
	if isReceipt(root) {
		return nil
	}
	if ses := notification(m.Text); ses != nil {
		return ses
	}
	if !suspect(h, m, root, status) {
		return nil
	}
	report := explanation(m, leaves)
	if !status.found && fromDaemon(m) {
		status = strayStatus(m, leaves)
	}
	if !isBounce(h, m, root, status, report) {
		return nil
	}
	b := &Bounce{Recipient: status.recipients, Status: status.code}
	if len(b.Recipient) == 0 {
		b.Recipient = failedRecipients(h, m, report, leaves)
	}
	b.Status = betterStatus(b.Status, status.diagnostic, m.Subject, report)
	b.Recipient = list(b.Recipient)
	return b
}

// suspect is the cheap question before the expensive ones.
func suspect(h header, m *Message, root *part, s statusReport) bool {
	return s.failed || h.has("x-failed-recipients") || root.kind == "multipart/report" || fromDaemon(m) ||
		strings.HasPrefix(m.ReturnPath, "<>") || m.ReturnPath == "<MAILER-DAEMON>" || tellsReturn(m.Subject)
}

// tellsReturn looks at the beginning of a subject: nobody reads further, and one
// mail of a hundred thousand letters would cost more than a hundred mails.
func tellsReturn(subject string) bool {
	const most = 1 << 10
	return returnedSubject.MatchString(subject[:min(len(subject), most)])
}

func isBounce(h header, m *Message, root *part, s statusReport, report string) bool {
	if s.failed || h.has("x-failed-recipients") {
		return true
	}
	subject := tellsReturn(m.Subject)
	text := returnedText.MatchString(report)
	if root.kind == "multipart/report" && (strings.EqualFold(root.params["report-type"], "delivery-status") || s.found) {
		return true
	}
	if machine, ok := autoSubmitted(h); ok && machine && absenceSubject(m.Subject) {
		return false
	}
	if fromDaemon(m) || m.ReturnPath == "<>" || m.ReturnPath == "<MAILER-DAEMON>" {
		return subject || text
	}
	return subject && text && !personal(h, m, report) && listsFailures(m, report)
}

// personal says that a mail under an ordinary sender reads like a person's: an
// answer, or a question about a bounce.
func personal(h header, m *Message, report string) bool {
	return answerPrefix.MatchString(m.Subject) || h.has("in-reply-to") || strings.Contains(m.Subject+report, "?") || personalWords.MatchString(report)
}

// personalWords are what people write around a bounce that they ask about.
var personalWords = newSieve(`(?im)`, `^\s*(?:hi|hello|dear|hallo|guten (?:tag|morgen)|moin|bonjour|hola|ciao|hej|olá|beste|cześć)\b[^.]{0,40}$|\b(?:please help|can you|could you|thanks|thank you|regards|cheers|grüße|gruß|danke|merci|gracias|grazie|obrigad[oa]|i (?:get|got|tried|cannot|can't|sent|keep|received)|when i|my (?:mail|email|message|customer)s?)\b`)

// listsFailures says that a text has a daemon's shape: an address on a line of
// its own, the returned mail below, or the talk of two servers.
func listsFailures(m *Message, report string) bool {
	return len(addressesAfter(report, leading, listTail, nil)) > 0 || returnedAt(m.Text) >= 0 || transcript.MatchString(report)
}

var transcript = regexp.MustCompile(`(?im)(?:<<<|>>>)[ \t]*(?:rcpt|data|[45]\d\d)`)

// isReceipt tells a disposition notification (RFC 8098) or a feedback report
// (RFC 5965) from a delivery status.
func isReceipt(root *part) bool {
	t := strings.ToLower(root.params["report-type"])
	return root.kind == "multipart/report" && (t == "disposition-notification" || t == "feedback-report") || root.kind == "message/disposition-notification"
}

var (
	answerPrefix = regexp.MustCompile(`(?i)^\s*(re|aw|antw|sv|vs|fwd?|wg|tr|rv|odp|res|rif|r)\s*(\[\d+\])?\s*:`)

	daemonName = regexp.MustCompile(`(?i)^(mail delivery|mailer[- ]daemon|mail delivery (sub)?system|delivery (sub)?system|system administrator|mail administrator|mail (router|transport)|postmaster|internet mail|mdaemon)`)
	daemonUser = regexp.MustCompile(`(?i)^"?(mailer[-_.]?daemon|mail[-_.]?daemon|mdaemon|postmaster|po+stmaster|post[-_.]master|mail[-_.]?delivery[-_.a-z]*|mailsystem|mail-?er|mmdf|microsoftexchange[0-9a-f]+|nobody|delivery)"?(@|$)`)

	returnedSubject = newSieve(`(?i)`, `undeliver(ed|able)|returned (mail|message|to sender)|returning message|delivery (status|failure|failed|error|problem|report|notification|delay|unsuccess|has been delayed|has failed|attempt)|mail(er)? (delivery|failure|error|system error)|failure (notice|notification|delivery)|failed (mail|delivery)|(message|mail|delivery|email) (failed|failure|undeliver|could not be|not delivered|status|delayed)|non[- ]?deliver|could ?n[o']t be delivered|cannot be delivered|not deliver(ed|able)|unzustellbar|nicht zugestellt|zustellung|unzustellbarkeit|rücksendung|non remis|non délivr|échec|retour de message|no se (ha )?(pudo|puede) entregar|no entregad|devuelto|mancata consegna|impossibile recapitare|não (foi )?entreg|falha na entrega|onbestelbaar|niet (worden )?(be|af)ge?leverd|kunde inte levereras|ikke leveret|kunne ikke leveres|недостав|не доставлен|配信|送信できません|ошибка доставки|warning:|user unknown|unknown user|host unknown|mailbox (is )?full|quota|nondeliver|delivery$|delivery\b.*\bfail|bounce|permanent(ly)? (error|fail)|processing error|退信|投递失败|系统退信|mail status|message status|could not send`)

	returnedText = newSieve(`(?i)`, `could ?n[o']t be (delivered|sent)|can ?not be delivered|could not (deliver|be mailed)|unable to deliver|(was|were|been) (not|unable) (be )?(able )?(to )?(be )?deliver|not able to deliver|undeliver(ed|able)|delivery (to the following|failed|has failed|failure|status notification|attempts?)|failed to deliver|failed address|permanent (fatal )?error|transient (fatal )?error|did not reach|not (yet )?(been )?delivered|(is|are|was|were) (bounced|rejected|returned)|bounced (by|message)|returned (mail|message|to (you|sender))|user unknown|unknown (user|recipient|local)|no such (user|recipient|mailbox|local|account|person)|mailbox (is )?(full|unavailable|not found|disabled|quota)|over quota|quota exceeded|exceed(s|ed|ing)? (their|the|storage|mailbox)? ?(quota|limit)|address(es)? (failed|rejected|not found|had|could)|recipient(s|\(s\))? (failed|rejected|address rejected|unknown|not found|could)|unroutable|relaying denied|relay (access )?denied|does(n't| not) exist|do(n't| not) have an? .{1,40}account|host (unknown|not found)|delivery (to|of) .{1,120}(failed|delayed)|has been delayed|non[- ]delivery|message expired|queue too long|still (being|in the queue)|will (keep trying|be retried|continue)|invalid (final|recipient|address|user|mailbox)|error (occurred|encountered|in processing|delivering)|address(es)? below|smtp error|remote (host|server) (said|returned|respond)|said: [45]\d\d|\b[45]\d\d[ -][45]\.\d{1,3}\.\d{1,3}\b|<<< [45]\d\d|not accepted|(user|account|mailbox|address) (is )?(disabled|suspended|inactive|invalid|unknown|not available)|mail system|konnte nicht zugestellt|nicht zugestellt werden|unzustellbar|n'a pas pu|no (se )?(ha )?pud?[oi]|non (è stato|ha potuto)|recapitare|não pôde|не (может быть|было|удалось) достав|no existe|送信|配信|届け|存在しません|无法(投递|发送|送达|递送|传送)|退信|被退回|投递失败|發送失敗|無法(投遞|傳送|送達)|returned because|not delivered to`)
)

// fromDaemon says whether a mail system signed as the sender.
func fromDaemon(m *Message) bool {
	return daemonUser.MatchString(m.From.Email) || daemonUser.MatchString(m.Sender.Email) || daemonName.MatchString(m.From.Name)
}

// flatten lists the leaves of a tree. It does not enter attached messages: a
// bounce that somebody forwards is a forward.
func flatten(p *part, out []*part) []*part {
	if !p.multipart() {
		return append(out, p)
	}
	for _, c := range p.children {
		out = flatten(c, out)
	}
	return out
}
