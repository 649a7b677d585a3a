// Where the properties stand: beside the thread while there is room, over it in a
// narrow window. What a person chose holds for every ticket.
import { create } from "zustand";
import { propertiesFrom, useIsBelow } from "../lib/width";

const usePlaces = create(() => ({ beside: true, over: false }));

export interface Placement {
  overlaid: boolean;
  shown: boolean;
  show: (shown: boolean) => void;
}

const showBeside = (beside: boolean) => usePlaces.setState({ beside });
const showOver = (over: boolean) => usePlaces.setState({ over });

export function usePlacement(): Placement {
  const overlaid = useIsBelow(propertiesFrom);
  const { beside, over } = usePlaces();
  return { overlaid, shown: overlaid ? over : beside, show: overlaid ? showOver : showBeside };
}
