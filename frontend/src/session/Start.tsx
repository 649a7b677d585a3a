import { useState } from "react";
import type { SessionState } from "../lib/view";
import { t } from "../lib/words";
import { Logo } from "../mark/Logo";
import { Segments } from "../ui/Segments";
import "./session.css";
import { SignIn } from "./SignIn";
import { Solo } from "./Solo";

/** Start is the first screen: sign in to a server, or work on this computer alone. */
export function Start({ session, onOpen }: { session: SessionState; onOpen: (next: SessionState) => void }) {
  const [way, setWay] = useState<"server" | "solo">("server");
  return (
    <main className="start">
      <div className="start-card">
        <header className="start-head">
          <Logo />
          <div>
            <h1>Holdall</h1>
            <p className="text-muted">{t("The service desk you carry with you.")}</p>
          </div>
        </header>
        <Segments label={t("How to start")} labelHidden value={way} onChange={setWay} choices={[{ value: "server", label: t("Sign in to a server") }, { value: "solo", label: t("Start on this computer") }]} />
        {way === "server" ? <SignIn server={session.server} onOpen={onOpen} /> : <Solo onOpen={onOpen} />}
      </div>
      {session.version && <p className="start-version">{t("Version {{version}}", { version: session.version })}</p>}
    </main>
  );
}
