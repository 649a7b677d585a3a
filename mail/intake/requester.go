package intake

import (
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"

	"holdall/desk"
)

// author is the requester who wrote; someone new becomes one by opening a
// ticket, and only by that: mail adds nobody to a ticket.
func (b *builder) author(s sender, opens bool, r desk.MailRuling) desk.RequesterID {
	who := s.requester
	switch {
	case !opens || !s.known() || s.ours:
		return who.ID
	case who.ID == "":
		who = desk.Requester{
			ID: requesterID(s.address.Email), Name: s.address.Name, Email: s.address.Email,
			Organization: organization(s.address.Email), VIP: r.VIP,
		}
	case r.VIP && !who.VIP:
		who.VIP = true
	default:
		return who.ID
	}
	b.mutate(desk.RequesterPut, "", who)
	return who.ID
}

// organization is the domain that somebody registered and the address belongs
// to; empty where anybody can have an address.
func organization(email string) string {
	_, domain, _ := strings.Cut(fold(email), "@")
	domain, err := publicsuffix.EffectiveTLDPlusOne(strings.TrimSuffix(domain, "."))
	if err != nil || slices.Contains(publicProviders, domain) || slices.ContainsFunc(providerFamilies, func(family string) bool { return strings.HasPrefix(domain, family) }) {
		return ""
	}
	return domain
}

// providerFamilies have a domain in nearly every country.
var providerFamilies = []string{"yahoo.", "hotmail.", "outlook.", "live.", "gmx.", "yandex.", "msn."}

// publicProviders give addresses to anybody.
var publicProviders = []string{
	"gmail.com", "googlemail.com", "icloud.com", "me.com", "mac.com", "aol.com", "aim.com", "ymail.com", "rocketmail.com",
	"web.de", "t-online.de", "freenet.de", "posteo.de", "mailbox.org", "arcor.de", "online.de", "magenta.de", "vodafone.de", "1und1.de",
	"proton.me", "protonmail.com", "protonmail.ch", "pm.me", "tutanota.com", "tutanota.de", "tuta.io", "tuta.com", "fastmail.com", "fastmail.fm",
	"zoho.com", "mail.com", "email.com", "inbox.com", "hushmail.com", "duck.com", "hey.com", "startmail.com", "runbox.com", "disroot.org", "riseup.net",
	"orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr", "neuf.fr", "libero.it", "virgilio.it", "alice.it", "tiscali.it",
	"bluewin.ch", "sunrise.ch", "aon.at", "chello.at", "telenet.be", "skynet.be", "ziggo.nl", "kpnmail.nl", "xs4all.nl", "planet.nl",
	"telia.com", "wp.pl", "o2.pl", "onet.pl", "interia.pl", "seznam.cz", "centrum.cz", "azet.sk", "freemail.hu", "citromail.hu",
	"mail.ru", "bk.ru", "inbox.ru", "list.ru", "rambler.ru", "ukr.net", "abv.bg",
	"comcast.net", "verizon.net", "att.net", "sbcglobal.net", "bellsouth.net", "cox.net", "charter.net", "earthlink.net", "juno.com",
	"btinternet.com", "virginmedia.com", "sky.com", "talktalk.net", "shaw.ca", "rogers.com", "sympatico.ca", "bigpond.com", "optusnet.com.au", "xtra.co.nz",
	"qq.com", "163.com", "126.com", "sina.com", "foxmail.com", "naver.com", "daum.net", "hanmail.net", "rediffmail.com", "uol.com.br", "bol.com.br", "terra.com.br",
}
