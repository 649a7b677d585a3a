import type { ReactNode } from "react";
import { run, useAllActions } from "../lib/actions";
import { keyCaps } from "../lib/keys";
import { Button, IconButton } from "../ui/Button";

/** useCaps gives the key caps of a registered action's first chord. */
export function useCaps(id: string): string[] | undefined {
  const chord = useAllActions().find((action) => action.id === id)?.keys?.[0];
  return chord === undefined ? undefined : keyCaps(chord);
}

/** ActionButton runs a registered action and shows its key. */
export function ActionButton(props: { id: string; kind?: "primary" | "secondary" | "quiet"; describedBy?: string; children: ReactNode }) {
  const caps = useCaps(props.id);
  return (
    <Button kind={props.kind} caps={caps} aria-describedby={props.describedBy} onPress={() => run(props.id)}>
      {props.children}
    </Button>
  );
}

/** ActionIcon is the same without words: the action's name is its tooltip. */
export function ActionIcon(props: { id: string; size?: "small"; pressed?: boolean; children: ReactNode }) {
  const action = useAllActions().find((known) => known.id === props.id);
  const caps = useCaps(props.id);
  return (
    <IconButton label={action?.name ?? props.id} caps={caps} size={props.size} pressed={props.pressed} onPress={() => run(props.id)}>
      {props.children}
    </IconButton>
  );
}
