package picture

import "net/netip"

// reserved are the networks that the internet leads to nobody through (IANA's
// registries of special-purpose addresses), beside those netip knows itself.
var reserved = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),       // RFC 791
	netip.MustParsePrefix("100.64.0.0/10"),   // RFC 6598, carrier networks
	netip.MustParsePrefix("192.0.0.0/24"),    // RFC 6890
	netip.MustParsePrefix("192.0.2.0/24"),    // RFC 5737, documentation
	netip.MustParsePrefix("192.88.99.0/24"),  // RFC 7526, 6to4 relays
	netip.MustParsePrefix("198.18.0.0/15"),   // RFC 2544, benchmarks
	netip.MustParsePrefix("198.51.100.0/24"), // RFC 5737
	netip.MustParsePrefix("203.0.113.0/24"),  // RFC 5737
	netip.MustParsePrefix("240.0.0.0/4"),     // RFC 1112, and broadcast
	netip.MustParsePrefix("64:ff9b::/96"),    // RFC 6052, IPv4 in disguise
	netip.MustParsePrefix("64:ff9b:1::/48"),  // RFC 8215
	netip.MustParsePrefix("100::/64"),        // RFC 6666
	netip.MustParsePrefix("2001::/23"),       // RFC 2928, Teredo among them
	netip.MustParsePrefix("2001:db8::/32"),   // RFC 3849
	netip.MustParsePrefix("2002::/16"),       // RFC 3056, IPv4 in disguise
	netip.MustParsePrefix("3fff::/20"),       // RFC 9637
	netip.MustParsePrefix("fec0::/10"),       // RFC 3879
}

// Public reports whether an address is one of the public internet: not this
// machine, not a network of its own, and no disguise of one of these.
func Public(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() {
		return false
	}
	for _, p := range reserved {
		if p.Contains(a) {
			return false
		}
	}
	return true
}
