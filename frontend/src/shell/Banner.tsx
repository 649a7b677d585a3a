import type { ReactNode } from "react";
import { Button } from "../ui/Button";
import { ClockAlert, TriangleAlert } from "../ui/icons";
import "./banner.css";

interface BannerProps {
  /** rests: nothing is wrong, but people should know. */
  tone?: "ill" | "rests";
  /** headline is what is the matter; what follows from it comes after it. */
  headline: string;
  children?: ReactNode;
  /** does is the way out in a word. */
  does: string;
  onAct: () => void;
}

/** Banner stands over the work while something waits for a person. */
export function Banner({ tone = "ill", headline, children, does, onAct }: BannerProps) {
  const Glyph = tone === "ill" ? TriangleAlert : ClockAlert;
  return (
    <div className="banner" data-tone={tone} role="status">
      <Glyph size={15} aria-hidden />
      <span className="grow">
        <b>{headline}</b> {children}
      </span>
      <Button size="small" onPress={onAct}>
        {does}
      </Button>
    </div>
  );
}
