import { freshness } from "../lib/fresh";
import { useSidebar, useSyncStatus } from "../lib/query";
import { viewPath } from "../lib/route";
import type { SidebarItem } from "../lib/view";
import { t } from "../lib/words";
import { leaveSidebar } from "./desktop";
import { NamedIcon } from "./NamedIcon";
import { WorkspaceMenu } from "./WorkspaceMenu";

const most = 999;

/** Sidebar lists the views with their live counts. */
export function Sidebar({ view }: { view: string }) {
  const sections = useSidebar().data ?? [];
  const status = useSyncStatus().data;
  return (
    <nav className="side" aria-label={t("Views")}>
      <WorkspaceMenu />
      <div className="side-scroll">
        {sections.map((section) => (
          <section key={section.id} aria-label={section.title}>
            <h2 className="side-title">{section.title}</h2>
            <ul>
              {section.items.map((item) => (
                <li key={item.id}>
                  <a className="side-item" href={`#${viewPath(item.id)}`} aria-current={item.id === view ? "page" : undefined} title={freshness(status, item.id)} onClick={leaveSidebar}>
                    <NamedIcon name={item.icon} />
                    <span className="cut" dir="auto">
                      {item.label}
                    </span>
                    <Count item={item} />
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </nav>
  );
}

function Count({ item }: { item: SidebarItem }) {
  if (item.count === 0) return null;
  const figure = item.count > most ? `${most}+` : String(item.count);
  return (
    <span className="side-count tabular" data-tone={item.tone}>
      <span className="sr-only">, </span>
      {figure}
    </span>
  );
}
