import type { ReactNode } from "react";
import { Checkbox } from "react-aria-components";
import { Check } from "./icons";

/** Tick is a box with its words. */
export function Tick({ on, isDisabled, onChange, children }: { on: boolean; isDisabled?: boolean; onChange: (on: boolean) => void; children: ReactNode }) {
  return (
    <Checkbox className="tick" isSelected={on} isDisabled={isDisabled} onChange={onChange}>
      <span className="tick-box">
        <Check size={11} strokeWidth={3.2} aria-hidden />
      </span>
      <span>{children}</span>
    </Checkbox>
  );
}
