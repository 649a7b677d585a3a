import { useRef } from "react";
import type { Options } from "../lib/view";
import { t } from "../lib/words";
import { Priority, priorityName } from "./Priority";
import "./matrix.css";

interface MatrixProps {
  options: Options;
  impact: number;
  urgency: number;
  onChoose: (impact: number, urgency: number) => void;
}

const steps: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Matrix is the workspace's own impact × urgency table: choosing a cell chooses
 * both, and shows the priority that follows. */
export function Matrix({ options, impact, urgency, onChoose }: MatrixProps) {
  const grid = useRef<HTMLDivElement>(null);
  const { matrix, impacts, urgencies } = options;
  const move = (event: React.KeyboardEvent, row: number, column: number) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const across = getComputedStyle(event.currentTarget).direction === "rtl" ? -step[1] : step[1];
    grid.current?.querySelector<HTMLElement>(`[data-cell="${row + step[0]}-${column + across}"]`)?.focus();
  };
  return (
    <div ref={grid} role="grid" aria-label={t("Impact and urgency")} className="matrix" style={{ gridTemplateColumns: `auto repeat(${urgencies.length}, minmax(56px, 1fr))` }}>
      <div role="row" className="contents">
        <span role="columnheader" className="matrix-corner">
          {t("Impact × urgency")}
        </span>
        {urgencies.map((option) => (
          <span role="columnheader" key={option.id} className="matrix-head">
            {option.label}
          </span>
        ))}
      </div>
      {impacts.map((row, rowIndex) => (
        <div role="row" key={row.id} className="contents">
          <span role="rowheader" className="matrix-head">
            {row.label}
          </span>
          {urgencies.map((column, columnIndex) => {
            const level = matrix[rowIndex]?.[columnIndex] ?? 5;
            const chosen = impact === rowIndex + 1 && urgency === columnIndex + 1;
            return (
              <span role="gridcell" key={column.id} aria-selected={chosen}>
                <button
                  type="button"
                  className="matrix-cell"
                  data-cell={`${rowIndex}-${columnIndex}`}
                  data-chosen={chosen}
                  tabIndex={chosen ? 0 : -1}
                  autoFocus={chosen}
                  aria-label={t("Impact {{impact}}, urgency {{urgency}}: priority {{level}}, {{name}}", { impact: row.label, urgency: column.label, level, name: priorityName(level) })}
                  onClick={() => onChoose(rowIndex + 1, columnIndex + 1)}
                  onKeyDown={(event) => move(event, rowIndex, columnIndex)}
                >
                  <Priority level={level} silent />
                </button>
              </span>
            );
          })}
        </div>
      ))}
    </div>
  );
}
