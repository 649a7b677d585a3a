import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { RequesterCard } from "../lib/view";
import { Requester } from "./Requester";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const card: RequesterCard = {
  person: { id: "annika", name: "Annika Petersen", email: "annika.petersen@nordlicht-werke.example", initials: "AP", tint: 1 },
  organization: "Buchhaltung", location: "Kiel", phone: "", vip: false, timeZone: "Asia/Tokyo", open: 1, lastYear: 2,
};

beforeEach(() => vi.useFakeTimers({ now: new Date("2026-03-02T09:30:00Z") }));
afterEach(() => vi.useRealTimers());

it("goes with the clock of the requester", async () => {
  const root = createRoot(document.body);
  await act(async () => root.render(<Requester card={card} />));
  expect(document.body.textContent).toContain("18:30 there");
  await act(async () => vi.advanceTimersByTime(120_000));
  expect(document.body.textContent).toContain("18:32 there");
  await act(async () => root.unmount());
});
