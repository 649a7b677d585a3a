// How long a key press takes to show: from the event's time stamp to the second
// animation frame after it, when its effect has been painted. The last 200 are
// kept for Settings; nothing leaves the device.
const kept = 200;
const spans: { name: string; ms: number }[] = [];

export function measureKey(event: KeyboardEvent, name: string): void {
  const begun = event.timeStamp;
  requestAnimationFrame(() =>
    requestAnimationFrame((painted) => {
      spans.push({ name, ms: Math.max(0, painted - begun) });
      if (spans.length > kept) spans.shift();
    }),
  );
}

export interface SpanSummary {
  name: string;
  count: number;
  p50: number;
  p95: number;
}

const at = (sorted: number[], share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

export function summary(list = spans): SpanSummary[] {
  const byName = Map.groupBy(list, (span) => span.name);
  return [...byName].map(([name, group]) => {
    const sorted = group.map((span) => span.ms).toSorted((a, b) => a - b);
    return { name, count: sorted.length, p50: at(sorted, 0.5), p95: at(sorted, 0.95) };
  });
}
