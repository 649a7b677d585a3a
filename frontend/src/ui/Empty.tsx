import { Kbd } from "./Kbd";

/** Empty is a place where nothing is: one sentence, and one key with what it does. */
export function Empty({ said, caps, does }: { said: string; caps?: string[]; does?: string }) {
  return (
    <div className="empty">
      <p>
        {said} {caps && <Kbd caps={caps} />} {caps && does}
      </p>
    </div>
  );
}
