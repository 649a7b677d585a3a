package store

import "slices"

// MidLists holds for each key the mids of pending mutations, in order. A key
// without any is not in it.
type MidLists[K comparable] map[K][]int64

// Add takes in a mid that may be there already; nearly always it is the last.
func (l MidLists[K]) Add(key K, mid int64) {
	list := l[key]
	if at, has := slices.BinarySearch(list, mid); !has {
		l[key] = slices.Insert(list, at, mid)
	}
}

// Remove takes a mid out; nearly always it is the first.
func (l MidLists[K]) Remove(key K, mid int64) {
	list := l[key]
	at, has := slices.BinarySearch(list, mid)
	switch {
	case has && len(list) == 1:
		delete(l, key)
	case has && at == 0:
		l[key] = list[1:]
	case has:
		l[key] = slices.Delete(list, at, at+1)
	}
}
