// A hub and laptops of its own for a script: real processes of the server in a
// folder that goes when the script ends. HOLDALLD names the server's program.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const program = process.env.HOLDALLD ?? fileURLToPath(new URL("../../build/bin/holdalld", import.meta.url));
export const password = "four plain words here";

/** withTeam runs work beside a hub where people work and mails have arrived; nobody
 * of them is in the other teams. */
export async function withTeam({ people, mails = [], smtp, serving = [], role = "agent,lead", others = [] }, work) {
  const dir = mkdtempSync(join(tmpdir(), "holdall-"));
  const ending = [];
  const data = join(dir, "hub");
  const secret = join(dir, "password");
  writeFileSync(secret, `${password}\n`, { mode: 0o600 });
  try {
    for (const team of ["First line", ...others]) once("team", "add", "--data", data, team);
    for (const [name, email] of Object.entries(people)) once("user", "add", "--data", data, "--name", name, "--team", "First line", "--role", role, "--password-file", secret, email);
    if (mails.length > 0) {
      mkdirSync(join(dir, "mails"));
      mails.forEach((mail, index) => writeFileSync(join(dir, "mails", `${index}.eml`), mail));
      once("mail", "import", "--data", data, join(dir, "mails"));
    }
    const answers = smtp ? ["--smtp", smtp, "--from", "Service <service@nordlicht-werke.example>"] : [];
    const hub = await start(ending, "serve", "--data", data, "--listen", "127.0.0.1:0", ...answers, ...serving);
    const laptop = (name, ...more) => start(ending, "replica", "--dir", join(dir, name), "--listen", "127.0.0.1:0", ...more);
    const enrolled = (name, email, server = hub) => laptop(name, "--server", server, "--email", email, "--password-file", secret);
    const devices = (email) => once("device", "list", "--data", data, email).trim().split("\n").map((line) => line.split(/\s{2,}|\t/)).map(([device, , state]) => ({ device, revoked: state === "revoked" }));
    const revoke = (device) => once("device", "revoke", "--data", data, device);
    return await work({ hub, laptop, enrolled, devices, revoke, cable: () => cable(ending, hub) });
  } finally {
    for (const end of ending.toReversed()) await end();
    rmSync(dir, { recursive: true, force: true });
  }
}

function once(...args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`holdalld ${args.slice(0, 2).join(" ")}: ${error?.message ?? stderr}`);
  return stdout;
}

/** start runs the program until the script ends and gives its address. */
function start(ending, ...args) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  const gone = new Promise((resolve) => child.once("close", resolve));
  ending.push(() => {
    child.kill("SIGINT");
    return gone;
  });
  let said = "";
  child.stderr.on("data", (text) => (said += text));
  return new Promise((resolve, reject) => {
    createInterface(child.stdout).on("line", (line) => {
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
      if (url) resolve(url);
    });
    void gone.then((status) => reject(new Error(`holdalld ${args[0]} ended with ${status}: ${said}`)));
    child.once("error", reject);
  });
}

/** cable is the line between a laptop and the hub, to be pulled and put back. */
async function cable(ending, hub) {
  const lines = new Set();
  const line = createServer((near) => {
    const far = connect(Number(new URL(hub).port), "127.0.0.1");
    for (const [one, other] of [[near, far], [far, near]]) {
      lines.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => lines.delete(one) && other.destroy());
    }
  });
  const listen = (port) => new Promise((resolve) => line.listen(port, "127.0.0.1", resolve));
  const pull = () => {
    const closed = new Promise((resolve) => line.close(resolve));
    lines.forEach((one) => one.destroy());
    return closed;
  };
  await listen(0);
  const { port } = line.address();
  ending.push(() => (line.listening ? pull() : undefined));
  return { url: `http://127.0.0.1:${port}`, pull, plug: () => listen(port) };
}

/** ask calls a facade of a laptop as its page does. */
export async function ask(laptop, door, argument = null) {
  const answer = await fetch(`${laptop}/api/call/${door}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(argument) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${door}: ${text}`);
  return text === "" ? null : JSON.parse(text);
}
