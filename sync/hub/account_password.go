package hub

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"holdall/desk"
)

// cost is what a guess costs (RFC 9106 §3.1).
type cost struct {
	memory uint32 // KiB
	passes uint32
	lanes  uint8
}

// present is above OWASP's floor of 19 MiB and 2 passes. A hash of another cost
// is replaced when its owner signs in.
var present = cost{memory: 64 << 10, passes: 2, lanes: 1}

// A stored hash is trusted no further than this.
var most = cost{memory: 1 << 20, passes: 16, lanes: 16}

const (
	saltBytes    = 16
	keyBytes     = 32
	passwordMin  = 10   // characters
	passwordMost = 1024 // bytes
)

// hashing bounds the memory that sign-ins take together.
var hashing = make(chan struct{}, 2)

func derive(ctx context.Context, password string, salt []byte, c cost, length uint32) ([]byte, error) {
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(password), salt, c.passes, c.memory, c.lanes, length), nil
}

// hashPassword writes a password as a PHC string with a salt of its own.
func hashPassword(ctx context.Context, password string) (string, error) {
	if utf8.RuneCountInString(password) < passwordMin || len(password) > passwordMost {
		return "", desk.Refuse(desk.CodeValidation, "A password needs %d characters or more; choose a longer one, such as four words.", passwordMin)
	}
	salt := make([]byte, saltBytes)
	rand.Read(salt)
	key, err := derive(ctx, password, salt, present, keyBytes)
	if err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		present.memory, present.passes, present.lanes, b64.EncodeToString(salt), b64.EncodeToString(key)), nil
}

// checkPassword compares a password with a hash. Where there is no hash to
// compare with it takes as long and says no. stale: the hash is of another cost.
func checkPassword(ctx context.Context, encoded, password string) (ok, stale bool, err error) {
	c, salt, want, known := readHash(encoded)
	if !known || len(password) > passwordMost {
		c, salt, want, password = present, make([]byte, saltBytes), make([]byte, keyBytes), ""
	}
	got, err := derive(ctx, password, salt, c, uint32(len(want)))
	if err != nil {
		return false, false, err
	}
	same := subtle.ConstantTimeCompare(got, want) == 1
	return same && known, c != present, nil
}

func readHash(encoded string) (c cost, salt, key []byte, ok bool) {
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.lanes); err != nil {
		return c, nil, nil, false
	}
	salt, errSalt := base64.RawStdEncoding.DecodeString(parts[4])
	key, errKey := base64.RawStdEncoding.DecodeString(parts[5])
	sound := errSalt == nil && errKey == nil && len(salt) >= 8 && len(key) >= 16 && len(key) <= 64 &&
		c.memory >= 8 && c.passes >= 1 && c.lanes >= 1 &&
		c.memory <= most.memory && c.passes <= most.passes && c.lanes <= most.lanes
	return c, salt, key, sound
}
