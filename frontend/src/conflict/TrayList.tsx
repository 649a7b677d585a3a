import type { TrayView as Tray } from "../lib/view";
import { t } from "../lib/words";
import { firstName } from "../mark/PersonFace";
import { Badge } from "../mark/Badges";
import { CircleAlert } from "../ui/icons";
import { ListItem } from "../ui/ListItem";
import type { TrayItem } from "./TrayScreen";

interface TrayListProps {
  tray: Tray;
  items: TrayItem[];
  index: number;
  onAt: (key: string) => void;
}

const titles = () => ({ clash: t("Two values"), held: t("Held replies"), refusal: t("Refused by the server") });

/** TrayList names what waits, grouped by what it asks for. */
export function TrayList({ tray, items, index, onAt }: TrayListProps) {
  const open = tray.clashes.reduce((sum, group) => sum + group.fields.filter((field) => !field.pending).length, 0);
  const merged = tray.clashes.reduce((sum, group) => sum + group.merged.length, 0);
  return (
    <section className="pane tray-list" aria-label={t("Needs your choice")}>
      <div className="pane-head">
        <div className="pane-where">
          <h1>{t("Needs your choice")}</h1>
          <span className="font-normal text-muted tabular">{open + tray.held.length + tray.refusals.length}</span>
        </div>
        <div className="text-caption text-muted">{merged > 0 ? t("Everything else merged by itself: {{count}} changes", { count: merged }) : t("Everything else merged by itself.")}</div>
      </div>
      <div className="grow pane-scroll">
        {(["clash", "held", "refusal"] as const).map((kind) => {
          const group = items.filter((item) => item.kind === kind);
          return group.length === 0 ? null : (
            <div key={kind} role="group" aria-label={titles()[kind]}>
              <div className="list-group">{titles()[kind]}</div>
              {group.map((item) => (
                <ListItem
                  key={item.key}
                  mark={kind === "refusal" ? <CircleAlert size={15} aria-hidden /> : <Badge kind={kind === "clash" ? "conflict" : "held"} />}
                  title={kind === "held" ? t("Your reply to {{name}}", { name: firstName(item.row.requester) }) : item.row.title}
                  sub={[item.row.number, subline(item, tray)].filter(Boolean).join(" · ")}
                  isCurrent={items[index]?.key === item.key}
                  onChoose={() => onAt(item.key)}
                />
              ))}
            </div>
          );
        })}
      </div>
      <p className="tray-note">
        <b>{t("Nothing is lost.")}</b> {t("Both values stay in the ticket’s history, whichever you choose. Replies, notes and files never conflict.")}
      </p>
    </section>
  );
}

function subline(item: TrayItem, tray: Tray): string {
  if (item.kind === "held") return t("ticket moved on");
  if (item.kind === "refusal") {
    const refusals = tray.refusals.find((group) => `refusal:${group.key}` === item.key)?.refusals ?? [];
    return refusals.length > 1 ? t("{{count}} refused changes", { count: refusals.length }) : (refusals[0]?.sentence ?? "");
  }
  return t("{{count}} fields", { count: tray.clashes.find((group) => group.row.id === item.row.id)?.fields.length ?? 0 });
}
