// A mail server of both kinds with an empty mailbox, and a provider of grants,
// for scripts that connect one: enough of IMAP, SMTP and OAuth for that.
import { createServer as createWeb } from "node:http";
import { createServer } from "node:net";

const listen = (server) => new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));

/** lines serves a protocol of lines: answer says what is sent back to one, and may
 * keep in talk what was said before. */
function lines(greeting, answer) {
  return createServer((socket) => {
    let rest = "";
    const talk = {};
    socket.on("error", () => {});
    socket.write(`${greeting}\r\n`);
    socket.on("data", (data) => {
      const all = (rest + data).split("\r\n");
      rest = all.pop() ?? "";
      for (const line of all) socket.write(answer(line, talk));
    });
  });
}

const capabilities = "CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR";

/** openPost opens the servers; password may be changed while they run, and taken are
 * the mails that left. */
export async function openPost(password) {
  const post = { password, taken: [] };
  const imap = lines(`* OK [${capabilities}] ready`, (line) => {
    const [tag, command = "", first = ""] = line.split(" ");
    const holds = line.includes(`"${post.password}"`) || line.endsWith(` ${post.password}`);
    switch (command.toUpperCase()) {
      case "CAPABILITY":
        return `* ${capabilities}\r\n${tag} OK done\r\n`;
      case "LOGIN":
        return holds ? `${tag} OK in\r\n` : `${tag} NO [AUTHENTICATIONFAILED] Authentication failed.\r\n`;
      case "LIST":
        return `* LIST () "/" INBOX\r\n* LIST () "/" Sent\r\n${tag} OK done\r\n`;
      case "SELECT":
      case "EXAMINE":
        if (!/^"?(INBOX|Sent)"?$/i.test(first)) return `${tag} NO no such mailbox\r\n`;
        return `* 0 EXISTS\r\n* FLAGS ()\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 1] ok\r\n${tag} OK [READ-ONLY] done\r\n`;
      default:
        return `${tag} OK done\r\n`;
    }
  });
  const smtp = lines("220 mx.example", (line, talk) => {
    if (talk.mail) {
      if (line !== ".") return talk.mail.push(line) && "";
      post.taken.push(talk.mail.join("\n"));
      talk.mail = undefined;
      return "250 taken\r\n";
    }
    if (line === "DATA") {
      talk.mail = [];
      return "354 go on\r\n";
    }
    if (line.startsWith("EHLO")) return "250-mx.example\r\n250 AUTH PLAIN XOAUTH2\r\n";
    if (!line.startsWith("AUTH PLAIN")) return line === "QUIT" ? "221 bye\r\n" : line.startsWith("AUTH") ? "235 ok\r\n" : "250 ok\r\n";
    return Buffer.from(line.slice(11), "base64").toString().endsWith(`\0${post.password}`) ? "235 ok\r\n" : "535 5.7.8 Authentication failed\r\n";
  });
  const web = createWeb((request, response) => {
    const asked = new URL(request.url, "http://127.0.0.1").searchParams;
    if (request.method === "POST") {
      response.setHeader("Content-Type", "application/json").end(JSON.stringify({ access_token: "a", refresh_token: "r", token_type: "Bearer", expires_in: 3600 }));
      return;
    }
    const back = new URL(asked.get("redirect_uri"));
    back.searchParams.set("state", asked.get("state"));
    back.searchParams.set("code", "allowed");
    response.writeHead(302, { Location: String(back) }).end();
  });
  const [imapPort, smtpPort, webPort] = await Promise.all([imap, smtp, web].map(listen));
  return Object.assign(post, { imapPort, smtpPort, provider: `http://127.0.0.1:${webPort}`, close: () => [imap, smtp, web].forEach((server) => server.close()) });
}
