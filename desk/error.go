package desk

import (
	"errors"
	"fmt"
)

// Code tells a machine what kind of refusal an Error is. Codes travel on the
// wire; they are only ever added.
type Code string

const (
	CodePerm       Code = "perm"       // the actor may not do this
	CodeWorkflow   Code = "workflow"   // the state machine has no such move
	CodeValidation Code = "validation" // a value is missing or malformed
	CodeGone       Code = "gone"       // the thing does not exist (any more)
	CodeQuota      Code = "quota"      // a limit is reached
	CodeVersion    Code = "version"    // written by a newer program
	CodeInternal   Code = "internal"   // a fault of ours: retried, never shown raw
)

// Error is a refusal a person can read: one sentence that names the thing and
// the way out.
type Error struct {
	Code    Code   `json:"code"`
	Message string `json:"message"`
	Field   Field  `json:"field,omitempty"` // the field at fault, if one is

	Into TicketID `json:"into,omitempty"` // the ticket in which the one it speaks of goes on
}

func (e *Error) Error() string { return e.Message }

// Refuse makes an Error of a code and a sentence.
func Refuse(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

func invalid(field Field, format string, args ...any) *Error {
	return &Error{Code: CodeValidation, Message: fmt.Sprintf(format, args...), Field: field}
}

// CodeOf is the code of an error: that of the Error it wraps, or CodeInternal.
func CodeOf(err error) Code {
	var refusal *Error
	if errors.As(err, &refusal) {
		return refusal.Code
	}
	return CodeInternal
}
