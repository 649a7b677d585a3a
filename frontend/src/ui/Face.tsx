/** Face is a person as initials on one of five tints. The name always stands
 * beside it or in `name`; the initials alone say nothing to a reader. */
export function Face(props: { initials: string; tint: number; size?: "small" | "big"; name?: string }) {
  const { initials, tint, size, name } = props;
  const named = name ? { role: "img", "aria-label": name } : { "aria-hidden": true };
  return (
    <span className="face" data-tint={tint % 5} data-size={size} {...named}>
      {initials}
    </span>
  );
}
