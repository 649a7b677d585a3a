// Package frontend carries the built page of the window inside the binary, so
// that one file is the whole program. It holds no logic, and before the first
// build of the page it is empty but compiles.
package frontend

import "embed"

// Dist is the output of Vite below the folder "dist"; index.html is the page.
//
//go:embed all:dist
var Dist embed.FS
