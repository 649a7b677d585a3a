package hub

import (
	"holdall/desk"
	"holdall/store"
)

// world is what the rules see of the hub's database within a transaction.
type world struct {
	*store.CentralTx
	actor desk.Principal
}

// TakeNumber checks a claimed number against the device's blocks, or gives the
// hub's own mutations the next one (SPEC P13).
func (w world) TakeNumber(kind desk.TicketKind, claimed desk.Number, by desk.Principal) (desk.Number, error) {
	if claimed == "" && by.System {
		return w.NextNumber(kind)
	}
	of, n, err := desk.ParseNumber(claimed)
	if err != nil {
		return "", err
	}
	taken, err := w.NumberTaken(claimed)
	if err != nil {
		return "", err
	}
	if of != kind || taken {
		return "", unusable(desk.CodeValidation, "The number %s is already borne by another ticket; open it again to get a new one.", claimed)
	}
	if by.System {
		return claimed, nil
	}
	leases, err := w.Leases(by.Device)
	if err != nil {
		return "", err
	}
	for _, l := range leases {
		if l.Kind == kind && l.First <= n && n <= l.Last {
			return claimed, nil
		}
	}
	return "", unusable(desk.CodePerm, "The number %s was not leased to this device; open the ticket again to get a new one.", claimed)
}

// unusable refuses a number, and thereby says that another one would do.
func unusable(code desk.Code, format string, n desk.Number) *desk.Error {
	e := desk.Refuse(code, format, n)
	e.Field = desk.FieldNumber
	return e
}
