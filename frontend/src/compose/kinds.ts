// What a draft is called and marked with: where it is written, and where it is left.
import { t } from "../lib/words";
import { Forward, Lock, MessagesSquare, Reply } from "../ui/icons";
import { isAside } from "./asides";

const names: Record<string, () => string> = { reply: () => t("Reply"), note: () => t("Internal note"), forward: () => t("Forward") };
const icons: Record<string, typeof Reply> = { reply: Reply, note: Lock, forward: Forward };
const directed = new Set(["reply", "forward"]); // mirrored where one reads from the right

/** kindName is what a draft is called; one of a side conversation by its subject. */
export const kindName = (kind: string, subject = ""): string => (isAside(kind) ? subject || t("New side conversation") : (names[kind]?.() ?? kind));

export const kindIcon = (kind: string) => ({ Icon: icons[kind] ?? MessagesSquare, className: directed.has(kind) ? "mirrored" : undefined });
