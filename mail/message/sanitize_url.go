package message

import (
	"net/url"
	"regexp"
)

var dataImage = regexp.MustCompile(`^(?i)image/(png|gif|jpe?g|webp|bmp);base64,`)

// allowDataImage lets data: stand for raster images only; SVG can load.
func allowDataImage(u *url.URL) bool { return dataImage.MatchString(u.Opaque) }

// namesHost keeps out links such as http:0, which lead to a place that they do not
// name.
func namesHost(u *url.URL) bool { return u.Host != "" }
