// A mailbox rule as it is edited: lists are lines of text until they are saved.
import type { MailboxRule, MailTest } from "../lib/view";
import { t } from "../lib/words";

export const freshRule = (): MailboxRule => ({
  name: "",
  mailbox: "",
  when: [{ in: "sender", header: "", like: [""], not: false }],
  ofVip: false,
  ignore: "",
  events: false,
  eventKey: "",
  eventWell: [],
  kind: "",
  teamId: "",
  serviceId: "",
  category: "",
  impact: 0,
  urgency: 0,
  labels: [],
  vip: false,
  last: false,
});

/** moved takes a rule one place up or down; at an end nothing moves. */
export function moved<Item>(list: Item[], at: number, by: number): Item[] {
  const to = at + by;
  if (to < 0 || to >= list.length) return list;
  const next = list.slice();
  next.splice(to, 0, ...next.splice(at, 1));
  return next;
}

/** words reads what stands between commas. */
export const words = (text: string): string[] =>
  text
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean);

const partNames: Record<string, () => string> = {
  sender: () => t("the sender"),
  recipient: () => t("a recipient"),
  subject: () => t("the subject"),
  header: () => t("a header"),
  body: () => t("the text"),
};

const partName = (part: string) => partNames[part]?.() ?? part;
export const partChoices = () => Object.keys(partNames).map((id) => ({ id, label: partName(id) }));

const tested = (test: MailTest) => t(test.not ? "{{part}} is not {{like}}" : "{{part}} is {{like}}", { part: test.header || partName(test.in), like: test.like.join(t(" or ")) });

/** summary says in a line what a rule looks for. */
export const summary = (rule: MailboxRule) => [...rule.when.map(tested), rule.ofVip && t("a VIP wrote it")].filter(Boolean).join(t(" and ")) || t("every mail");
