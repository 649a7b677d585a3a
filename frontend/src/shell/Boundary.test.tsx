import { act } from "react";
import { createRoot } from "react-dom/client";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Boundary } from "./Boundary";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

let broken = true;
function Part() {
  if (broken) throw new Error("no such state");
  return <p>The ticket</p>;
}

const show = async (at: string, root = createRoot(document.body.appendChild(document.createElement("div")))) => {
  await act(async () =>
    root.render(
      <>
        <nav>Queues</nav>
        <Boundary at={at}>
          <Part />
        </Boundary>
      </>,
    ),
  );
  return root;
};

describe("a part that cannot be drawn", () => {
  beforeEach(() => {
    broken = true;
    document.body.innerHTML = "";
    vi.spyOn(console, "error").mockReturnValue();
  });

  it("says so in its place and leaves the rest of the window", async () => {
    await show("/q/all");
    expect(document.body.textContent).toContain("Queues");
    expect(document.querySelector("[role=alert]")?.textContent).toContain("cannot be shown");
    expect(document.activeElement?.getAttribute("aria-label")).toBe("A fault");
  });

  it("is drawn anew when asked to, and elsewhere", async () => {
    const root = await show("/q/all");
    broken = false;
    await act(async () => document.querySelector<HTMLElement>("[role=alert] button")!.click());
    expect(document.body.textContent).toContain("The ticket");
    broken = true;
    await show("/q/all", root);
    broken = false;
    await show("/settings", root);
    expect(document.body.textContent).toContain("The ticket");
  });
});
