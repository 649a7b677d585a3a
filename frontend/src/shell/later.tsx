import { type ComponentType, createElement, lazy, Suspense, useState } from "react";

const fetches: (() => Promise<unknown>)[] = [];

/** later is a part whose code comes after the first screen. Once it has come, the
 * part is there in the frame that asks for it: no key waits for code twice. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let come: ComponentType<Props> | undefined;
  const fetch = async () => {
    come = await load().catch((problem: unknown) => {
      coming = asked(); // else the part stays broken, however often one tries again
      throw problem;
    });
    return { default: come };
  };
  fetches.push(fetch);
  const asked = () => lazy(fetch) as unknown as ComponentType<Props>;
  let coming = asked();
  return function Later(props: Props) {
    const [part] = useState(() => ({ is: come ?? coming }));
    return <Suspense>{createElement(part.is, props)}</Suspense>;
  };
}

/** fetchLater brings the code of every part, one after the other, in the order a
 * person is likely to ask for them. */
export async function fetchLater(): Promise<void> {
  for (const fetch of fetches) await fetch().catch(() => undefined);
}
