import type { LucideIcon } from "lucide-react";
import * as icons from "../ui/icons";

const byName: Record<string, LucideIcon> = Object.fromEntries(Object.entries(icons));

/** exported turns "redo-2" into Redo2, the name an icon is exported by. */
const exported = (name: string) => name.replaceAll(/(?:^|-)(\w)/g, (_, first: string) => first.toUpperCase());

/** NamedIcon draws a Lucide icon by its name in kebab case; a name the window
 * does not carry becomes the queue's. */
export function NamedIcon({ name = "", size = 15 }: { name: string | undefined; size?: number }) {
  const Icon = byName[exported(name)] ?? icons.Layers;
  return <Icon size={size} strokeWidth={1.75} aria-hidden />;
}
