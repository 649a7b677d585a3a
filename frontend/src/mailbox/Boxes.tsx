import { useEffect, useState } from "react";
import { useAct } from "../lib/act";
import { useActions } from "../lib/actions";
import { desk } from "../lib/desk";
import { changing, isPausable, isRemovable, isRenewable, mending } from "../lib/mailboxes";
import { go, paths } from "../lib/route";
import type { MailboxCard, MailboxesView } from "../lib/view";
import { t } from "../lib/words";
import { ActionButton } from "../mark/ActionButton";
import { arrive } from "../ui/arrive";
import { Empty } from "../ui/Empty";
import { Problem } from "../ui/Problem";
import { Box } from "./Box";
import { ConnectSheet } from "./ConnectSheet";
import { RemoveSheet } from "./RemoveSheet";
import { RenewSheet } from "./RenewSheet";

interface BoxesProps {
  view: MailboxesView;
  /** part and item name what is open over the list: a new mailbox, another
   * password, a change, a removal; empty: nothing. */
  part: string;
  item: string;
}

const open = (part: string) => go(paths.mailboxes(part), true);
const close = () => open("");

/** Boxes are the mailboxes, those that need a person first, and the mail server
 * that answers leave by. */
export function Boxes({ view, part, item }: BoxesProps) {
  const [at, setAt] = useState(0);
  const act = useAct();
  const index = Math.max(0, Math.min(at, view.mailboxes.length - 1));
  const box = view.mailboxes[index];
  const acts = box ? actsOf(view, box) : [];
  const can = (id: string) => () => !act.busy && acts.some((one) => one.id === id);
  const pause = () => box && void act.run(() => desk.mailbox.pause({ id: box.id, paused: box.state !== "paused" }), [["mailbox"], ["sync"]]);
  useActions(() => {
    const area = t("Mailboxes");
    return [
      { id: "mailbox.next", name: t("Next mailbox"), area, keys: ["j", "ArrowDown"], hidden: true, do: () => setAt(Math.min(index + 1, view.mailboxes.length - 1)) },
      { id: "mailbox.previous", name: t("Previous mailbox"), area, keys: ["k", "ArrowUp"], hidden: true, do: () => setAt(Math.max(index - 1, 0)) },
      { id: "mailbox.new", name: t("Connect a mailbox"), label: t("connect"), area, keys: ["n"], hint: ["n"], icon: "plus", when: () => view.mayConfigure && !view.closed, do: () => open("new") },
      { id: "mailbox.renew", name: t("Connect the mailbox again"), label: t("connect again"), area, keys: ["r"], hint: ["r"], icon: "mail", when: can("mailbox.renew"), do: () => box && open(mending(view, box)) },
      { id: "mailbox.change", name: t("Change how the mailbox is reached"), area, keys: ["e"], icon: "pen-line", when: can("mailbox.change"), do: () => box && open(changing(view, box)) },
      { id: "mailbox.pause", name: box ? pausing(box) : t("Pause reading"), area, keys: ["p"], icon: "clock", when: can("mailbox.pause"), do: pause },
      { id: "mailbox.remove", name: t("Remove the mailbox"), area, keys: ["d"], icon: "x", when: can("mailbox.remove"), do: () => box && open(`remove/${box.id}`) },
    ];
  }, [index, view, act.busy]);
  useEffect(() => {
    document.querySelector(".mailbox[aria-current=true]")?.scrollIntoView({ block: "nearest" });
  }, [index]);
  const named = view.mailboxes.find((one) => one.id === item);
  return (
    <section ref={arrive} tabIndex={-1} className="pane mailbox-pane" aria-label={t("Mailboxes")}>
      {view.mayConfigure && (
        <div className="rule-bar">
          {view.closed ? <p className="text-muted">{view.closed}</p> : <ActionButton id="mailbox.new">{t("Connect a mailbox")}</ActionButton>}
        </div>
      )}
      {act.problem && <Problem message={act.problem.message} copyLabel={t("Copy details")} />}
      {view.mailboxes.length === 0 ? (
        <Empty said={t("No mailbox is read: tickets are made by hand until one is connected.")} caps={view.mayConfigure && !view.closed ? ["n"] : undefined} does={t("connects one.")} />
      ) : (
        <ul className="mailbox-list">
          {view.mailboxes.map((one, place) => (
            <Box key={one.id} box={one} isCurrent={place === index} mayConfigure={view.mayConfigure} acts={place === index ? acts : []} onCurrent={() => setAt(place)} />
          ))}
        </ul>
      )}
      {part === "connect" && named && <RenewSheet box={named} onClose={close} />}
      {part === "new" && view.mayConfigure && <ConnectSheet view={view} id="" onClose={close} />}
      {part === "change" && named && <ConnectSheet key={item} view={view} id={item} onClose={close} />}
      {part === "remove" && named && <RemoveSheet box={named} onClose={close} />}
    </section>
  );
}

/** pausing names what p does: reading and sending are two lines, and rest apart. */
function pausing(box: MailboxCard): string {
  if (box.sends) return box.state === "paused" ? t("Go on sending") : t("Pause sending");
  return box.state === "paused" ? t("Go on reading") : t("Pause reading");
}

/** actsOf are the actions that are about a mailbox now, in the order they are
 * offered. */
function actsOf(view: MailboxesView, box: MailboxCard) {
  const list: [string, string, boolean][] = [
    ["mailbox.renew", t("Connect again"), isRenewable(view, box) || (box.needsPerson && mending(view, box) !== "")],
    ["mailbox.change", t("Change"), changing(view, box) !== ""],
    ["mailbox.pause", pausing(box), isPausable(view, box)],
    ["mailbox.remove", t("Remove"), isRemovable(view, box)],
  ];
  return list.filter(([, , may]) => may).map(([id, name]) => ({ id, name }));
}
