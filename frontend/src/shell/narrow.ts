import { useSyncExternalStore } from "react";

// Below this width of the window, list and ticket take turns.
const query = "(max-width: 759px)";

const watch = (changed: () => void) => {
  const media = matchMedia(query);
  media.addEventListener("change", changed);
  return () => media.removeEventListener("change", changed);
};

export const useNarrow = () => useSyncExternalStore(watch, () => matchMedia(query).matches);
