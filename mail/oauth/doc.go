// Package oauth signs in to mail providers that take no passwords any more, and
// promises that nobody's password passes through this program: a person allows
// it in the browser they trust, once, and may take it back at the provider.
//
//	Browser ──► code ──► Grant ──► Keeper           once, by a person
//	Source: Keeper ──► access token, renewed ahead  for every sign-in
//
// A renewed grant is kept before it is used, since providers may forget the old
// one. A grant that was taken back is told as ErrRevoked and asked for no more,
// until another one stands in its place. No token is ever written into an error.
//
// It follows RFC 8252 (the system's browser, a loopback address), RFC 7636
// (PKCE with S256) and, where there is no browser, RFC 8628 (device code).
package oauth
