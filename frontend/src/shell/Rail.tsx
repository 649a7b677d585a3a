import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components";
import { findAction, run, useAllActions } from "../lib/actions";
import { useSession, useSidebar } from "../lib/query";
import { t } from "../lib/words";
import { Logo } from "../mark/Logo";
import { PersonFace } from "../mark/PersonFace";
import { useCaps } from "../mark/ActionButton";
import { Hinted } from "../ui/Button";
import { Inbox, Keyboard, Layers, Settings2 } from "../ui/icons";

export type Area = "inbox" | "queues" | "settings" | "";

/** Rail leads to the areas of the window. An area appears when it exists. */
export function Rail({ area }: { area: Area }) {
  const user = useSession().data?.user;
  const waits = useSidebar().data?.flatMap((section) => section.items).some((item) => item.id === "reply" && item.count > 0) ?? false;
  return (
    <nav className="rail" aria-label={t("Areas")}>
      <span className="rail-logo">
        <Logo ground="var(--c-chrome)" />
      </span>
      <RailLink action="go.inbox" isHere={area === "inbox"} mark={waits}>
        <Inbox size={18} strokeWidth={1.75} aria-hidden />
      </RailLink>
      <RailLink action="go.queues" isHere={area === "queues"}>
        <Layers size={18} strokeWidth={1.75} aria-hidden />
      </RailLink>
      <span className="grow" />
      <RailLink action="window.keys">
        <Keyboard size={18} strokeWidth={1.75} aria-hidden />
      </RailLink>
      <RailLink action="go.settings" isHere={area === "settings"}>
        <Settings2 size={18} strokeWidth={1.75} aria-hidden />
      </RailLink>
      {user && (
        <span className="rail-face" title={user.name}>
          <PersonFace person={user} named />
        </span>
      )}
    </nav>
  );
}

function RailLink({ action, isHere, mark, children }: { action: string; isHere?: boolean; mark?: boolean; children: ReactNode }) {
  useAllActions();
  const caps = useCaps(action);
  const name = findAction(action)?.name ?? action;
  return (
    <Hinted label={name} caps={caps}>
      <AriaButton className="rail-item" aria-label={mark ? t("{{name}}, something waits", { name }) : name} data-here={isHere} onPress={() => run(action)}>
        {children}
        {mark && <span className="rail-mark" aria-hidden />}
      </AriaButton>
    </Hinted>
  );
}
