import type { BinaryReference } from '../../contract/index.ts';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

function sizeText(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  return `${Number((bytes / 1000 ** step).toPrecision(3))} ${UNITS[step]}`;
}

/** References as expressions and code see them: with the extension and the readable size that templates ask for. */
export function describeBinary(binary: Readonly<Record<string, BinaryReference>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(binary).map(([name, reference]) => [
      name,
      {
        ...reference,
        fileExtension: /\.([^./\\]+)$/.exec(reference.fileName ?? '')?.[1],
        fileSize: sizeText(reference.size),
      },
    ]),
  );
}
