package app

import (
	"fmt"
	"os"
)

// markForeign tells Windows that a file comes from the internet, so that it asks
// before it opens one: the stream every browser writes ([MS-FSCC] §5.6.1).
func markForeign(path string) error {
	if err := os.WriteFile(path+":Zone.Identifier", []byte("[ZoneTransfer]\r\nZoneId=3\r\n"), 0o600); err != nil {
		return fmt.Errorf("mark a file as foreign: %w", err)
	}
	return nil
}
