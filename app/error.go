package app

import (
	"context"
	"errors"
	"net/http"

	"holdall/desk"
)

// Problem is an error as the page gets it: a code for the program and a sentence
// for the person.
type Problem struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Field   string `json:"field,omitempty"` // the field at fault, if one is
}

// internalSentence stands for every fault whose text no person can use.
const internalSentence = "Something went wrong inside the program; nothing you wrote is lost. Try again, and send the log if it stays."

// errClosed answers whoever asks before a workspace is open.
var errClosed = desk.Refuse(desk.CodeGone, "No workspace is open; sign in or start one on this computer.")

// Explain makes of an error what the page shows. Refusals keep their sentence;
// anything else is logged in full and shown as a fault of ours.
func (a *App) Explain(err error) Problem {
	var refusal *desk.Error
	if errors.As(err, &refusal) {
		return Problem{string(refusal.Code), refusal.Message, string(refusal.Field)}
	}
	if errors.Is(err, desk.ErrUnknown) {
		return Problem{Code: string(desk.CodeGone), Message: "It is not on this device (any more); another team may have it now."}
	}
	if _, closed := a.workspace(); closed != nil && errors.Is(err, context.Canceled) {
		return a.Explain(closed) // it was asked of a workspace that is being closed
	}
	a.log.Error("answer the page", "error", err)
	return Problem{Code: string(desk.CodeInternal), Message: internalSentence}
}

var httpStatus = map[desk.Code]int{
	desk.CodePerm: http.StatusForbidden, desk.CodeWorkflow: http.StatusConflict,
	desk.CodeValidation: http.StatusUnprocessableEntity, desk.CodeGone: http.StatusNotFound,
	desk.CodeQuota: http.StatusTooManyRequests, desk.CodeVersion: http.StatusConflict,
}

// status is the HTTP status of a problem (RFC 9110 §15).
func (p Problem) status() int {
	if s, ok := httpStatus[desk.Code(p.Code)]; ok {
		return s
	}
	return http.StatusInternalServerError
}
