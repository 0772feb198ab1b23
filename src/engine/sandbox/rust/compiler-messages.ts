import { z } from 'zod';

/** What of a message of rustc (`--error-format json`) is read. */
const Message = z.object({
  level: z.string(),
  message: z.string(),
  spans: z.array(
    z.object({
      file_name: z.string(),
      line_start: z.number(),
      is_primary: z.boolean(),
      label: z.string().nullable(),
    }),
  ),
});

const MOST = 3;

/** The first errors in a few words each, and where the first one is; undefined when the compiler told none. */
export function describeErrors(lines: string): { at: string; reason: string; line?: number } | undefined {
  const errors = lines.split('\n').flatMap((line) => {
    const message = line.startsWith('{') ? Message.safeParse(JSON.parse(line)) : undefined;
    return message?.data?.level === 'error' && !/^aborting due to/.test(message.data.message)
      ? [message.data]
      : [];
  });
  if (errors.length === 0) return undefined;
  const told = errors.slice(0, MOST).map(({ message, spans }) => {
    const span = spans.find(({ is_primary, file_name }) => is_primary && file_name.endsWith('snippet.rs'));
    const label = spans.find(({ is_primary }) => is_primary)?.label;
    return { line: span?.line_start, text: label ? `${message} (${label})` : message };
  });
  const [first] = told;
  const others = told.slice(1).map(({ line, text }) => (line === undefined ? text : `line ${line}: ${text}`));
  return {
    at: first?.line === undefined ? '' : ` (line ${first.line})`,
    reason: [first?.text, ...others].join('; '),
    ...(first?.line !== undefined && { line: first.line }),
  };
}
