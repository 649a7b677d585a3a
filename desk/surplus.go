package desk

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
)

// surplus keeps the fields of a body that this program does not know: a newer
// one wrote them, and what an older one makes of the record must still hold them
// (SPEC R19). It is a text, so that records stay comparable and copies are free.
type surplus struct{ fields string } // "name":value,… as they came

func (s surplus) beyond() string        { return s.fields }
func (s *surplus) keep(fields string)   { s.fields = fields }
func keepOf[T any](v *T, fields string) { any(v).(interface{ keep(string) }).keep(fields) }

// with puts the fields back at the end of a body.
func (s surplus) with(body []byte) []byte {
	if s.fields == "" {
		return body
	}
	body = append(bytes.TrimSuffix(body, []byte("}")), ',')
	return append(append(body, s.fields...), '}')
}

// decodeAs reads a body. The quick way fails at the first unknown field; only
// then is the body gone through once more to keep what is unknown.
func decodeAs[T Entity](body json.RawMessage) (Entity, error) {
	var v T
	strict := json.NewDecoder(bytes.NewReader(body))
	strict.DisallowUnknownFields()
	if strict.Decode(&v) == nil {
		return v, nil
	}
	var again T
	if err := json.Unmarshal(body, &again); err != nil {
		return again, err
	}
	fields, err := unknownFields(body, reflect.TypeFor[T]())
	if fields != "" {
		keepOf(&again, fields)
	}
	return again, err
}

// unknownFields are the fields of a JSON object that a type has no place for, in
// the order of their names.
func unknownFields(body json.RawMessage, t reflect.Type) (string, error) {
	all := map[string]json.RawMessage{}
	if err := json.Unmarshal(body, &all); err != nil {
		return "", err
	}
	var kept []string
	for _, name := range sortedKeys(all) {
		if hasField(t, name) {
			continue
		}
		key, err := json.Marshal(name)
		if err != nil {
			return "", err
		}
		kept = append(kept, string(key)+":"+string(all[name]))
	}
	return strings.Join(kept, ","), nil
}

func hasField(t reflect.Type, name string) bool {
	for i := range t.NumField() {
		tag, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if tag != "" && strings.EqualFold(tag, name) { // as encoding/json does
			return true
		}
	}
	return false
}
