import { useSession } from "../lib/query";
import { setPref, usePrefs } from "../lib/prefs";
import { summary } from "../lib/spans";
import { t } from "../lib/words";
import { ActionButton } from "../mark/ActionButton";
import { arrive } from "../ui/arrive";
import { Segments } from "../ui/Segments";
import { Tick } from "../ui/Tick";
import { MoveToServer } from "./MoveToServer";
import "./settings.css";

/** Settings is how the window looks and listens, and what it knows of itself. */
export function Settings() {
  const prefs = usePrefs();
  const folder = useSession().data?.folder;
  return (
    <section className="pane settings" aria-label={t("Settings")}>
      <div className="screen-head">
        <h1>{t("Settings")}</h1>
      </div>
      <div ref={arrive} tabIndex={-1} className="detail-body settings-column">
        <section>
          <h2>{t("Appearance")}</h2>
          <Segments
            label={t("Theme")}
            value={prefs.theme}
            onChange={(theme) => setPref({ theme })}
            choices={[
              { value: "light", label: t("Light") },
              { value: "dark", label: t("Dark") },
              { value: "system", label: t("As the system") },
            ]}
          />
          <Segments
            label={t("Density")}
            value={prefs.density}
            onChange={(density) => setPref({ density })}
            choices={[
              { value: "compact", label: t("Compact") },
              { value: "comfortable", label: t("Comfortable") },
            ]}
          />
        </section>
        <section>
          <h2>{t("Keyboard")}</h2>
          <Tick on={prefs.letters} onChange={(letters) => setPref({ letters })}>
            {t("Single letters are shortcuts outside text fields")}
          </Tick>
          <div>
            <ActionButton id="window.keys">{t("Show all keys")}</ActionButton>
          </div>
        </section>
        <Workspace />
        {folder && <MoveToServer folder={folder} />}
        <Speed />
      </div>
    </section>
  );
}

function Workspace() {
  const session = useSession().data;
  if (!session) return null;
  const facts: [string, string][] = [
    [t("Workspace"), session.workspace],
    [t("You"), session.user.name],
    [t("Server"), session.solo ? t("none, on this computer") : session.server],
    [t("Mailbox"), session.mailboxErr || session.mailboxAt],
    [t("Version"), session.version],
  ];
  return (
    <section>
      <h2>{t("This workspace")}</h2>
      <dl className="settings-facts">
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

function Speed() {
  const rows = summary();
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>{t("Speed on this device")}</h2>
      <table className="settings-speed">
        <caption>{t("From the key to the painted change, in milliseconds. Nothing of this leaves the device.")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("Act")}</th>
            <th scope="col">{t("Times")}</th>
            <th scope="col">{t("Half within")}</th>
            <th scope="col">{t("95 of 100 within")}</th>
          </tr>
        </thead>
        <tbody className="tabular">
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              <td>{row.count}</td>
              <td>{Math.round(row.p50)}</td>
              <td>{Math.round(row.p95)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
