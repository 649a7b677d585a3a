import { type ReactNode, useEffect, useRef } from "react";

interface ListItemProps {
  title: string;
  /** mark stands before the title, so that every line says what it is alike. */
  mark?: ReactNode;
  sub: ReactNode;
  isCurrent: boolean;
  isFaint?: boolean;
  onChoose: () => void;
}

/** ListItem is a line of the list beside which a pane shows what it names. The
 * current one keeps itself in sight. */
export function ListItem({ title, mark, sub, isCurrent, isFaint, onChoose }: ListItemProps) {
  const line = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isCurrent) line.current?.scrollIntoView({ block: "nearest" });
  }, [isCurrent]);
  return (
    <button type="button" ref={line} className="list-line list-entry" aria-current={isCurrent} data-faint={isFaint} onClick={onChoose}>
      {mark && <span className="list-mark">{mark}</span>}
      <span className="list-title cut" dir="auto">
        {title}
      </span>
      <span className="list-sub cut" dir="auto">
        {sub}
      </span>
    </button>
  );
}
