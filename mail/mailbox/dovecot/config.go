package dovecot

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"strings"
)

// owner is whom the mail belongs to and who runs the server's helpers.
type owner struct {
	name, group string
	uid, gid    int
	root        bool
}

func mailOwner() (owner, error) {
	me, err := user.Current()
	if err != nil {
		return owner{}, fmt.Errorf("find out who runs dovecot: %w", err)
	}
	root := me.Uid == "0"
	if root {
		// Dovecot refuses mail that belongs to root.
		if me, err = user.Lookup("nobody"); err != nil {
			return owner{}, fmt.Errorf("find a user for the mail: %w", err)
		}
	}
	group, err := user.LookupGroupId(me.Gid)
	if err != nil {
		return owner{}, fmt.Errorf("find the group of %s: %w", me.Username, err)
	}
	uid, errUID := strconv.Atoi(me.Uid)
	gid, errGID := strconv.Atoi(me.Gid)
	if errUID != nil || errGID != nil {
		return owner{}, fmt.Errorf("user %s has no numeric id", me.Username)
	}
	return owner{me.Username, group.Name, uid, gid, root}, nil
}

// config is the whole configuration. From 2.4 Dovecot names its settings
// differently and refuses a file that does not say which version it is for.
func (s *Server) config() (string, error) {
	out, err := exec.Command(s.binary, "--version").Output()
	if err != nil {
		return "", fmt.Errorf("ask dovecot for its version: %w", err)
	}
	version := strings.Fields(string(out) + " ?")[0]
	_, port, err := net.SplitHostPort(s.Addr)
	if err != nil {
		return "", err
	}
	text := before24
	if !strings.HasPrefix(version, "2.0") && !strings.HasPrefix(version, "2.2") && !strings.HasPrefix(version, "2.3") {
		text = from24
	}
	run := "default_internal_user = " + s.owner.name + "\ndefault_login_user = " + s.owner.name +
		"\ndefault_internal_group = " + s.owner.group + "\n"
	if s.owner.root {
		run = "" // Debian's package has made the users for it
	}
	mechanisms, tokens := "plain login", ""
	if s.introspect != "" {
		mechanisms, tokens = "plain login xoauth2 oauthbearer", tokensBefore24
		if text == from24 {
			tokens = tokensFrom24
		}
		if err := os.WriteFile(s.path("oauth2.conf"), []byte(introspection(s.introspect)), 0o644); err != nil {
			return "", err
		}
	}
	values := map[string]string{"DIR": s.Dir, "PORT": port, "RUN": run, "MECHANISMS": mechanisms, "INTROSPECT": s.introspect}
	fill := func(name string) string { return values[name] }
	values["TOKENS"] = os.Expand(tokens, fill)
	return os.Expand(text, fill), nil
}

// introspection is how a token is asked about (RFC 7662).
func introspection(url string) string {
	return "introspection_mode = post\nintrospection_url = " + url +
		"\nusername_attribute = username\nactive_attribute = active\nactive_value = true\n"
}

const tokensBefore24 = `passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${DIR}/oauth2.conf
}
`

const tokensFrom24 = `oauth2 {
  introspection_mode = post
  introspection_url = ${INTROSPECT}
  username_attribute = username
  active_attribute = active
  active_value = true
}
passdb oauth2 {
  mechanisms_filter = xoauth2 oauthbearer
}
`

// The penalty is what makes a sign-in wait after a wrong password from the same
// address, which in a test is every other test.
const before24 = `
base_dir = ${DIR}/run
state_dir = ${DIR}/state
log_path = ${DIR}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = ${MECHANISMS}
mail_location = maildir:~/Maildir
mail_fsync = never
first_valid_uid = 1
auth_failure_delay = 0
${RUN}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${PORT}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
${TOKENS}passdb {
  driver = passwd-file
  args = username_format=%u ${DIR}/users/%u
}
userdb {
  driver = passwd-file
  args = username_format=%u ${DIR}/users/%u
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    auto = create
    special_use = \Sent
  }
  mailbox Done {
    auto = create
  }
}
`

const from24 = `
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
base_dir = ${DIR}/run
state_dir = ${DIR}/state
log_path = ${DIR}/dovecot.log
protocols {
  imap = yes
}
listen = 127.0.0.1
ssl = no
auth_allow_cleartext = yes
auth_mechanisms = ${MECHANISMS}
mail_driver = maildir
mail_path = ~/Maildir
mail_fsync = never
first_valid_uid = 1
auth_failure_delay = 0
${RUN}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${PORT}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
${TOKENS}passdb passwd-file {
  passwd_file_path = ${DIR}/users/%{user}
}
userdb passwd-file {
  passwd_file_path = ${DIR}/users/%{user}
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    auto = create
    special_use = \Sent
  }
  mailbox Done {
    auto = create
  }
}
`
