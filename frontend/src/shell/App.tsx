import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect } from "react";
import { useHashLocation } from "wouter/use-hash-location";
import { makeKeyHandler } from "../lib/actions";
import { toDeskError } from "../lib/backend";
import { usePrefs } from "../lib/prefs";
import { client, useSession } from "../lib/query";
import { measureKey } from "../lib/spans";
import type { SessionState } from "../lib/view";
import { t } from "../lib/words";
import { Problem } from "../ui/Problem";
import { Boundary } from "./Boundary";
import { Frame } from "./Frame";
import { later } from "./later";
import "./shell.css";

const Start = later(async () => (await import("../session")).Start);

/** App shows the start screen until a workspace is open, then the frame. */
export function App() {
  return (
    <QueryClientProvider client={client}>
      <Boundary at="">
        <Window />
      </Boundary>
    </QueryClientProvider>
  );
}

function enter(next: SessionState): void {
  client.setQueryData(["session"], next);
  void client.invalidateQueries();
}

function Window() {
  const session = useSession();
  const [path] = useHashLocation();
  useKeys();
  if (session.error && !session.data) {
    return (
      <main className="window-problem">
        <Problem message={toDeskError(session.error).message} retryLabel={t("Try again")} onRetry={() => void session.refetch()} copyLabel={t("Copy details")} />
      </main>
    );
  }
  if (!session.data) return null;
  return session.data.open ? <Frame path={path} /> : <Start session={session.data} onOpen={enter} />;
}

function useKeys(): void {
  useEffect(() => {
    const handle = makeKeyHandler(() => usePrefs.getState().letters);
    const hear = (event: KeyboardEvent) => {
      const name = handle(event);
      if (name !== undefined) measureKey(event, name);
    };
    addEventListener("keydown", hear);
    return () => removeEventListener("keydown", hear);
  }, []);
}
