package protocol

import (
	"net/http"
	"net/url"

	"github.com/mattn/go-ieproxy"
)

// Proxy finds the proxy that a request goes through: what the environment names,
// else what Windows or macOS is set to, PAC files included. The settings are read
// anew each time, for a laptop changes its network while the program runs.
func Proxy(r *http.Request) (*url.URL, error) {
	ieproxy.ReloadConf()
	proxy, err := ieproxy.GetProxyFunc()(r)
	if proxy != nil && proxy.Scheme == "" {
		proxy.Scheme = "http" // what a PAC file names is a host only
	}
	return proxy, err
}
