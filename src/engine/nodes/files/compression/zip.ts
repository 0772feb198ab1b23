import { Readable } from 'node:stream';

export interface NamedContent {
  name: string;
  content: AsyncIterable<Uint8Array>;
}

/** A ZIP archive of the files, made while it is read. Of several files with one name the later ones get a number. */
export async function* zip(files: readonly NamedContent[], modifiedAt: number): AsyncGenerator<Uint8Array> {
  const { ZipFile } = await import('yazl');
  const archive = new ZipFile();
  const output = archive.outputStream as Readable;
  archive.on('error', (error: Error) => output.destroy(error));
  const taken = new Set<string>();
  let source: Readable | undefined;
  for (const { name, content } of files) {
    archive.addReadStreamLazy(unused(name, taken), { mtime: new Date(modifiedAt) }, (done) => {
      source = Readable.from(content);
      done(null, source);
    });
  }
  archive.end();
  try {
    yield* output as AsyncIterable<Uint8Array>;
  } finally {
    source?.destroy();
    output.destroy();
  }
}

function unused(name: string, taken: Set<string>): string {
  const [, stem = name, ending = ''] = /^(.+?)(\.[^.]*)?$/.exec(name) ?? [];
  let given = name;
  for (let count = 2; taken.has(given); count++) given = `${stem} (${count})${ending}`;
  taken.add(given);
  return given;
}
