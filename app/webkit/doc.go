//go:build !linux || !(production || dev)

// Package webkit is empty where no window of WebKitGTK is built.
package webkit
