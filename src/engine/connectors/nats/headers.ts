import { headers, type MsgHdrs } from '@nats-io/transport-node';

/** Headers as a message carries them; a name may come several times. Throws for what would break out of its line. */
export function toHeaders(list: ReadonlyArray<{ name: string; value: string }>): MsgHdrs | undefined {
  if (list.length === 0) return undefined;
  const all = headers();
  for (const { name, value } of list) all.append(name, value);
  return all;
}

/** Headers of a message by their names: a text, or a list of those that come several times. */
export function fromHeaders(all: MsgHdrs | undefined): Record<string, string | string[]> {
  return Object.fromEntries(
    [...(all ?? [])].map(([name, values]) => [name, values.length === 1 ? values[0]! : values]),
  );
}
