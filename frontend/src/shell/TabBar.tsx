import { useSidebar, useTicket } from "../lib/query";
import { placeOf } from "../lib/route";
import { t } from "../lib/words";
import { keyCaps } from "../lib/keys";
import { RowBadges } from "../mark/Badges";
import { Priority } from "../mark/Priority";
import { ActionButton, useCaps } from "../mark/ActionButton";
import { run } from "../lib/actions";
import { IconButton } from "../ui/Button";
import { Plus, Search, Settings2, X } from "../ui/icons";
import { Kbd } from "../ui/Kbd";
import { closeTabById, openInTab, showOver, useDesktop } from "./desktop";
import { NamedIcon } from "./NamedIcon";
import type { Tab } from "./tabs";

/** TabBar holds the open places, the search and the way to a new ticket. */
export function TabBar() {
  const { tabs, active } = useDesktop((desktop) => desktop.strip);
  const here = tabs.find((tab) => tab.id === active);
  return (
    <header className="tab-bar">
      <div className="tab-list" role="tablist" aria-label={t("Open places")}>
        {tabs.map((tab) => (
          <TabHandle key={tab.id} tab={tab} isActive={tab.id === active} mayClose={tabs.length > 1} />
        ))}
      </div>
      <IconButton label={t("New tab")} onPress={() => here && openInTab(here.path, true)}>
        <Plus size={15} />
      </IconButton>
      <span className="grow" />
      <button type="button" className="find" onClick={() => showOver("palette")}>
        <Search size={13} aria-hidden />
        <span className="grow text-start">{t("Search or command")}</span>
        <Kbd caps={useCaps("window.palette") ?? []} />
      </button>
      <ActionButton id="window.new" kind="primary">
        <Plus size={15} aria-hidden />
        {t("New")}
      </ActionButton>
    </header>
  );
}

function stepByArrow(event: React.KeyboardEvent): void {
  if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
  event.preventDefault();
  run(event.key === "ArrowRight" ? "tabs.next" : "tabs.previous");
}

function TabHandle({ tab, isActive, mayClose }: { tab: Tab; isActive: boolean; mayClose: boolean }) {
  const title = useTabTitle(tab);
  return (
    <div className="tab" data-active={isActive}>
      <button type="button" role="tab" aria-selected={isActive} tabIndex={isActive ? 0 : -1} title={title.text} onClick={() => openInTab(tab.path)} onAuxClick={(event) => event.button === 1 && closeTabById(tab.id)} onKeyDown={stepByArrow}>
        {title.mark}
        <span className="cut" dir="auto">
          {title.text}
        </span>
        {title.badge}
      </button>
      {mayClose && (
        <IconButton label={t("Close {{title}}", { title: title.text })} caps={isActive ? keyCaps("Shift+w") : undefined} size="small" excludeFromTabOrder={!isActive} onPress={() => closeTabById(tab.id)}>
          <X size={13} />
        </IconButton>
      )}
    </div>
  );
}

interface TabTitle {
  text: string;
  mark: React.ReactNode;
  badge?: React.ReactNode;
}

function useTabTitle(tab: Tab): TabTitle {
  const place = placeOf(tab.path);
  const item = useSidebar().data?.flatMap((section) => section.items).find((one) => one.id === place.view);
  const row = useTicket(place.name === "ticket" ? place.ticket : "").data?.row;
  if (place.name === "ticket") {
    return row ? { text: `${row.number} ${row.title}`, mark: <Priority level={row.priority} />, badge: <RowBadges row={row} /> } : { text: t("Ticket"), mark: null };
  }
  if (place.name === "archive") return { text: t("Archive"), mark: <NamedIcon name="archive" size={13} /> };
  if (place.name === "templates") return { text: t("Templates"), mark: <NamedIcon name="file-text" size={13} /> };
  if (place.name === "settings") return { text: t("Settings"), mark: <Settings2 size={13} aria-hidden /> };
  return { text: item?.label ?? t("Tickets"), mark: <NamedIcon name={item?.icon} size={13} /> };
}
