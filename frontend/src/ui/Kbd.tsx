/** Kbd shows the caps of one chord; the reader hears them once, as text. */
export function Kbd({ caps, size }: { caps: string[]; size?: "big" }) {
  return (
    <span className="inline-flex gap-3">
      {caps.map((cap, index) => (
        <kbd className="kbd" data-size={size} key={`${index}${cap}`}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}
