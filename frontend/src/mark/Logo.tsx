/** Logo is the bag with its one stitched seam. */
export function Logo({ ground = "var(--c-surface)" }: { ground?: string }) {
  return (
    <svg viewBox="0 0 28 28" width="28" height="28" fill="none" aria-hidden style={{ color: "var(--c-accent)", flex: "none" }}>
      <path d="M9 10V8.5A3.5 3.5 0 0 1 12.5 5h3A3.5 3.5 0 0 1 19 8.5V10" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      <rect x="3" y="10" width="22" height="13" rx="4.5" fill="currentColor" />
      <path d="M6.5 16.5h15" stroke={ground} strokeWidth="1.6" strokeDasharray="2.6 1.75" />
    </svg>
  );
}
