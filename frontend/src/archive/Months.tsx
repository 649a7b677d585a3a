import { useAct } from "../lib/act";
import { desk } from "../lib/desk";
import { client } from "../lib/query";
import type { ArchiveMonth } from "../lib/view";
import { t } from "../lib/words";
import { Problem } from "../ui/Problem";
import { Tick } from "../ui/Tick";

/** Months are what there is, with what of it is on this device. */
export function Months({ months }: { months: ArchiveMonth[] }) {
  const act = useAct();
  const want = (month: ArchiveMonth, wanted: boolean) =>
    void act.run(() => desk.archive.want({ bucket: month.bucket, wanted })).then(() => client.invalidateQueries({ queryKey: ["archive"] }));
  return (
    <>
      {act.problem && <Problem message={act.problem.message} />}
      <table className="archive-months">
        <thead>
          <tr>
            <th scope="col">{t("Month")}</th>
            <th scope="col">{t("Queue")}</th>
            <th scope="col" className="archive-figure">
              {t("Tickets")}
            </th>
            <th scope="col" colSpan={2}>
              {t("On this device")}
            </th>
          </tr>
        </thead>
        <tbody>
          {months.map((month, at) => (
            <tr key={month.bucket}>
              {months[at - 1]?.month !== month.month && (
                <th scope="rowgroup" rowSpan={months.filter((one) => one.month === month.month).length}>
                  {monthName(month.month)}
                </th>
              )}
              <th scope="row" dir="auto">
                {month.queue}
              </th>
              <td className="archive-figure tabular">{month.tickets < 0 ? "–" : month.tickets}</td>
              <td>
                <Tick on={month.wanted} onChange={(wanted) => want(month, wanted)}>
                  {t("Keep it here")}
                </Tick>
              </td>
              <td className="text-muted">{stateOf(month)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function stateOf(month: ArchiveMonth): string {
  if (!month.wanted) return "";
  return month.here ? t("complete") : t("on its way");
}

const monthName = (month: string) => new Intl.DateTimeFormat(undefined, { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${month}-01T00:00:00Z`));
