package store

import (
	"reflect"
	"testing"
)

// TestMidListsStayInOrder.
func TestMidListsStayInOrder(t *testing.T) {
	l := MidLists[string]{}
	for _, mid := range []int64{2, 5, 3, 5, 1} {
		l.Add("a", mid)
	}
	l.Add("b", 4)
	if want := (MidLists[string]{"a": {1, 2, 3, 5}, "b": {4}}); !reflect.DeepEqual(l, want) {
		t.Errorf("after adding: %v, want %v", l, want)
	}
	for _, mid := range []int64{1, 3, 9} {
		l.Remove("a", mid)
	}
	l.Remove("b", 4)
	l.Remove("c", 4)
	if want := (MidLists[string]{"a": {2, 5}}); !reflect.DeepEqual(l, want) {
		t.Errorf("after removing: %v, want %v", l, want)
	}
}
