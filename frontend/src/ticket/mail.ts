// What a person should know of a mail before trusting it: where each link really
// leads, and who would have learnt of the reading by an image.
import { isLink, sanitise } from "./sanitise";

export interface MailLink {
  /** words are what the mail calls the link. */
  words: string;
  target: string;
  /** host is where it leads, in the letters the network uses (punycode). */
  host: string;
  /** misleads: the words name a host, and it is another. */
  misleads: boolean;
}

export interface Mail {
  /** body is sanitised, its links numbered as in links. */
  body: string;
  links: MailLink[];
  imageHosts: string[];
}

/** readMail takes the body Go sends. Sanitising comes last, so that nothing is
 * written into the mail after it. */
export function readMail(html: string): Mail {
  const mail = new DOMParser().parseFromString(html, "text/html");
  const links: MailLink[] = [];
  for (const anchor of mail.querySelectorAll("a[href]")) {
    const link = linkOf(anchor);
    if (!link) continue;
    links.push(link);
    const mark = mail.createElement("sup");
    mark.textContent = `[${links.length}]`;
    anchor.append(mark);
  }
  const images = [...mail.querySelectorAll("img[data-remote-src]")].map((image) => hostOf(image.getAttribute("data-remote-src") ?? ""));
  return { body: sanitise(mail.body.innerHTML), links, imageHosts: [...new Set(images.filter(Boolean))] };
}

function linkOf(anchor: Element): MailLink | undefined {
  const target = (anchor.getAttribute("href") ?? "").trim();
  const host = isLink(target) ? hostOf(target) : "";
  if (!host) return undefined;
  const words = plain(anchor.textContent ?? "");
  return { words, target, host, misleads: namesAnother(words, host) };
}

function hostOf(target: string): string {
  const url = URL.canParse(target) ? new URL(target) : undefined;
  if (!url) return "";
  return url.protocol === "mailto:" ? decode(url.pathname) : url.host;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// Direction marks could turn the order of letters round on the screen.
const directions = /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const plain = (text: string) => text.replaceAll(directions, "").replaceAll(/\s+/g, " ").trim();

// What may stand around a host in a sentence or an address.
const around = /[\s/@:?#()<>[\],;"'“”„«»]+/u;

/** hostIn is the first host that words name. A mail may be all one word, so it is
 * taken apart in a time that grows as it does. */
function hostIn(words: string): string | undefined {
  return words.split(around).map((piece) => piece.replace(/^\.*/, "").replace(/\.$/, "").toLowerCase()).find(isHost);
}

function isHost(piece: string): boolean {
  const labels = piece.split(".");
  return labels.length > 1 && labels.every((label) => /^[\p{L}\d-]+$/u.test(label)) && /^\p{L}{2,}$/u.test(labels.at(-1) ?? "");
}

function namesAnother(words: string, host: string): boolean {
  const name = hostIn(words);
  if (name === undefined || !URL.canParse(`https://${name}`)) return false;
  const said = new URL(`https://${name}`).host.replace(/^www\./, "");
  const real = host.toLowerCase().replace(/^.*@/, "").replace(/:\d+$/, "");
  return real !== said && !real.endsWith(`.${said}`);
}
