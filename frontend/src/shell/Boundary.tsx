import { Component, type ReactNode } from "react";
import { t } from "../lib/words";
import { arrive } from "../ui/arrive";
import { Problem } from "../ui/Problem";

interface BoundaryProps {
  /** at is where one is: elsewhere everything is drawn anew. */
  at: string;
  children: ReactNode;
}

interface Broken {
  problem?: Error | undefined;
  at: string;
}

/** Boundary keeps a part that cannot be drawn from taking the window with it: it says
 * so in its place, and the ways to everything else stay. */
export class Boundary extends Component<BoundaryProps, Broken> {
  state: Broken = { at: this.props.at };

  static getDerivedStateFromError(problem: unknown): Partial<Broken> {
    return { problem: problem instanceof Error ? problem : new Error(String(problem)) };
  }

  static getDerivedStateFromProps({ at }: BoundaryProps, broken: Broken): Broken {
    return at === broken.at ? broken : { at, problem: undefined };
  }

  render(): ReactNode {
    const { problem } = this.state;
    if (!problem) return this.props.children;
    return (
      <section ref={arrive} tabIndex={-1} className="pane p-16" aria-label={t("A fault")}>
        <Problem
          message={t("This part of the window cannot be shown. Your text is safe, and everything else works.")}
          detail={problem.stack ?? problem.message}
          retryLabel={t("Try again")}
          onRetry={() => this.setState({ problem: undefined })}
          copyLabel={t("Copy details")}
        />
      </section>
    );
  }
}
