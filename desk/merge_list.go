package desk

import "slices"

// mergeList lays two changes of a list over each other: each element is changed,
// added or taken away on its own, and so is the order. key names an element;
// false where both changed the same one, or both the order, or where a list has
// two of one name.
func mergeList[T any](base, cur, want []T, key func(T) string, same func(a, b T) bool) ([]T, bool) {
	b, ok1 := byKey(base, key)
	c, ok2 := byKey(cur, key)
	w, ok3 := byKey(want, key)
	if !ok1 || !ok2 || !ok3 {
		return nil, false
	}
	kept, ok := mergeNamed(b, c, w, same)
	if !ok {
		return nil, false
	}
	first, second := keysOf(cur, key), keysOf(want, key)
	if shared := common(keysOf(base, key), c, w); !slices.Equal(common(second, b, c), shared) {
		if !slices.Equal(common(first, b, w), shared) && !slices.Equal(common(first, b, w), common(second, b, c)) {
			return nil, false
		}
		first, second = second, first
	}
	var merged []T
	for _, k := range weave(first, second) {
		if v, stays := kept[k]; stays {
			merged = append(merged, v)
		}
	}
	return merged, true
}

// mergeNamed merges the elements, whatever their order.
func mergeNamed[T any](base, cur, want map[string]T, same func(a, b T) bool) (map[string]T, bool) {
	kept := map[string]T{}
	for k, c := range cur {
		kept[k] = c
	}
	equal := func(a T, hasA bool, b T, hasB bool) bool { return hasA == hasB && (!hasA || same(a, b)) }
	for _, k := range slices.Concat(sortedKeys(base), sortedKeys(want)) {
		b, wasThere := base[k]
		c, isThere := cur[k]
		w, wished := want[k]
		switch {
		case equal(b, wasThere, w, wished) || equal(c, isThere, w, wished):
		case !equal(b, wasThere, c, isThere):
			return nil, false
		case wished:
			kept[k] = w
		default:
			delete(kept, k)
		}
	}
	return kept, true
}

// weave is the first list with what only the second has, each behind the one it
// stands behind there.
func weave(first, second []string) []string {
	list, at := slices.Clone(first), 0
	for _, k := range second {
		if i := slices.Index(list, k); i >= 0 {
			at = i + 1
			continue
		}
		list = slices.Insert(list, at, k)
		at++
	}
	return list
}

func byKey[T any](list []T, key func(T) string) (map[string]T, bool) {
	m := map[string]T{}
	for _, v := range list {
		m[key(v)] = v
	}
	return m, len(m) == len(list)
}

func keysOf[T any](list []T, key func(T) string) []string {
	keys := make([]string, len(list))
	for i, v := range list {
		keys[i] = key(v)
	}
	return keys
}

// common are the keys that two other lists have too.
func common[T any](keys []string, one, other map[string]T) []string {
	return slices.DeleteFunc(slices.Clone(keys), func(k string) bool {
		_, inOne := one[k]
		_, inOther := other[k]
		return !inOne || !inOther
	})
}
