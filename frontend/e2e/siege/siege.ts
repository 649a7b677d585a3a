// The page of a siege: it shows hostile mails, in frames made by the functions
// the window makes its own with, and takes away from around them what the plan
// says. Then it reports, and goes to the next plan. See build/siege.
import { watchHeight } from "../../src/ticket/measure";
import { readMail } from "../../src/ticket/mail";
import { frameOf } from "../../src/ticket/sanitise";

interface Mail {
  name: string;
  raw: string;
  clean: string;
}

interface Plan {
  policy: boolean;
  program: boolean;
  page: boolean;
  sandbox: string | null;
  next: string;
  mails?: Mail[];
}

/** bodyOf is the mail after the sanitisers that stand. */
function bodyOf(mail: Mail, plan: Plan): string {
  const html = plan.program ? mail.clean : mail.raw;
  return plan.page ? readMail(html).body : html;
}

const isWalled = (plan: Plan) => plan.policy || plan.program || plan.page;

/** documentOf is the whole document of the frame. */
function documentOf(body: string, plan: Plan): string {
  if (!isWalled(plan)) return body;
  const whole = frameOf(body, false);
  return plan.policy ? whole : whole.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
}

/** show lays a mail where it is seen, since what is out of sight may be left
 * undrawn, and waits until it has loaded. */
function show(mail: Mail, index: number, plan: Plan): Promise<unknown> {
  const columns = 16;
  const frame = document.createElement("iframe");
  if (plan.sandbox !== null) frame.setAttribute("sandbox", plan.sandbox);
  frame.referrerPolicy = "no-referrer";
  frame.title = mail.name;
  frame.style.cssText = `position:fixed;border:0;inline-size:84px;block-size:64px;left:${(index % columns) * 86}px;top:${Math.floor(index / columns) * 66}px`;
  const body = bodyOf(mail, plan);
  frame.srcdoc = documentOf(body, plan);
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  document.body.append(frame);
  // The unseen model of the mail, out of which its height is read, is a door too.
  if (isWalled(plan)) watchHeight(frame, body, () => undefined);
  return loaded;
}

/** doors counts what would lead away from a mail when it is clicked. */
function doors(): number {
  const documents = [...document.querySelectorAll("iframe")].map((frame) => new DOMParser().parseFromString(frame.srcdoc, "text/html"));
  return documents.reduce((sum, mail) => sum + mail.querySelectorAll("[href],[*|href],form,[formaction],[target],[usemap],[popovertarget]").length, 0);
}

const drawn = () => new Promise((resolve) => requestAnimationFrame(resolve));

async function besiege(wall: string): Promise<void> {
  let ran = 0;
  addEventListener("message", (event) => event.data === "ran" && ran++);
  const plan = (await (await fetch(`/mails/${wall}`)).json()) as Plan;
  if (plan.mails) {
    await Promise.all(plan.mails.map((mail, index) => show(mail, index, plan)));
    // What a drawn frame asks for goes the way of our own questions, and before them.
    for (let turn = 0; turn < 30; turn++) {
      await drawn();
      await fetch(`/mails/${wall}`);
    }
    const told = { ran, doors: doors(), href: location.href };
    await fetch(`/report/${wall}?told=${encodeURIComponent(JSON.stringify(told))}`);
  }
  if (plan.next) location.replace(plan.next);
}

// A mail without walls may load this page into its own frame.
if (window === top) void besiege(document.documentElement.dataset.wall ?? "");
