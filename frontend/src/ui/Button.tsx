import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps, Tooltip as AriaTooltip, TooltipTrigger } from "react-aria-components";
import { Kbd } from "./Kbd";

type Shared = Omit<ButtonProps, "children" | "className"> & { caps?: string[] };

/** Button carries words; one filled (primary) button a pane. While what it did is
 * under way it is pending and not disabled, which would take the keyboard from it. */
export function Button(props: Shared & { kind?: "primary" | "secondary" | "quiet"; size?: "small"; children: ReactNode }) {
  const { kind = "secondary", size, caps, children, ...rest } = props;
  return (
    <AriaButton {...rest} className="button" data-kind={kind} data-size={size}>
      {children}
      {caps && <Kbd caps={caps} />}
    </AriaButton>
  );
}

/** IconButton has no words of its own: name and key stand in its tooltip. */
export function IconButton(props: Shared & { label: string; size?: "small"; pressed?: boolean; children: ReactNode }) {
  const { label, size, caps, pressed, children, ...rest } = props;
  return (
    <Hinted label={label} caps={caps}>
      <AriaButton {...rest} aria-label={label} aria-pressed={pressed} className="icon-button" data-size={size}>
        {children}
      </AriaButton>
    </Hinted>
  );
}

/** Hinted gives any pressable or focusable part a tooltip. */
export function Hinted({ label, caps, isDisabled, children }: { label: string; caps?: string[]; isDisabled?: boolean; children: ReactNode }) {
  return (
    <TooltipTrigger delay={500} closeDelay={80} isDisabled={isDisabled}>
      {children}
      <AriaTooltip className="tooltip" offset={6}>
        {label}
        {caps && <Kbd caps={caps} />}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
