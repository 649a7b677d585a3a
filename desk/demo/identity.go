package demo

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
)

// id is the UUID-shaped name (RFC 9562 §5.8: version 8, free form) of the n-th
// thing of a space.
func (w *World) id(space string, n int) string {
	source := rand.NewPCG(w.seed^hash(space), uint64(n)^hash("id"))
	high, low := source.Uint64(), source.Uint64()
	high = high&^0xf000 | 0x8000
	low = low&^(0b11<<62) | 0b10<<62
	return fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", high>>32, high>>16&0xffff, high&0xffff, low>>48, low&0xffffffffffff)
}

func hash(text string) uint64 {
	sum := fnv.New64a()
	sum.Write([]byte(text))
	return sum.Sum64()
}
