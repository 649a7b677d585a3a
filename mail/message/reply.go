package message

// replyText will return the text without its quotation.
func replyText(t string) string { return t }
