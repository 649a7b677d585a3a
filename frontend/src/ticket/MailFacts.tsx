import { Button as AriaButton } from "react-aria-components";
import { openOutside } from "../lib/desk";
import { t } from "../lib/words";
import { TriangleAlert } from "../ui/icons";
import type { Mail, MailLink } from "./mail";

interface MailFactsProps {
  mail: Mail;
  remoteImages: number;
  /** pictures: left out, asked for, or shown as far as they could be had. */
  pictures: "out" | "asked" | "shown";
  onPictures: () => void;
  note: string;
}

/** MailFacts stands under a mail as it was sent: where its links really lead,
 * and what was left out of it and why. */
export function MailFacts({ mail, remoteImages, pictures, onPictures, note }: MailFactsProps) {
  const { links, imageHosts } = mail;
  return (
    <div className="message-more">
      {links.length > 0 && (
        <details>
          <summary>{t("{{count}} mail links", { count: links.length })}</summary>
          <ol className="mail-links">
            {links.map((link, index) => (
              <LinkLine key={`${index}${link.target}`} link={link} />
            ))}
          </ol>
        </details>
      )}
      {remoteImages > 0 && (
        <details>
          <summary>{t("{{count}} remote images left out", { count: remoteImages })}</summary>
          <p>
            {pictures === "shown"
              ? t("They could not be had, are too large, or are no pictures.")
              : t("Loading them would tell {{hosts}} that somebody read the mail, and when. The hub would fetch them, so not who or from where.", { hosts: imageHosts.join(", ") || t("the sender") })}
          </p>
          {pictures !== "shown" && (
            <AriaButton className="mail-open" isDisabled={pictures === "asked"} onPress={onPictures}>
              {pictures === "asked" ? t("Fetching the images") : t("Show the images")}
            </AriaButton>
          )}
        </details>
      )}
      {note && (
        <details>
          <summary>{t("Shortened for safety")}</summary>
          <p>{note}</p>
        </details>
      )}
    </div>
  );
}

function LinkLine({ link }: { link: MailLink }) {
  return (
    <li>
      <span className="mail-link">
        <AriaButton className="mail-open" onPress={() => openOutside(link.target)}>
          {t("Open {{host}}", { host: link.host })}
        </AriaButton>
        <span className="cut text-muted" dir="auto" title={link.target}>
          {link.words || link.target}
        </span>
        {link.misleads && (
          <span className="mail-misleads">
            <TriangleAlert size={13} aria-hidden />
            {t("The words name another place")}
          </span>
        )}
      </span>
    </li>
  );
}
