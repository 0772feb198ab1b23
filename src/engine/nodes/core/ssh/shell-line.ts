import { NodeError } from '../../../node-kit/index.ts';

export interface ShellSettings {
  command: string;
  /** Empty for the home folder. */
  folder: string;
  env: ReadonlyArray<{ name: string; value: string }>;
}

/**
 * The command with its folder and variables, as a POSIX shell reads it. Servers ignore variables that come by the protocol
 * unless each is allowed there, so they are set by the shell. A folder that is not there ends it before the command.
 * Throws PARAMETER_INVALID.
 */
export function shellLine({ command, folder, env }: ShellSettings): string {
  const lines = env.map(({ name, value }) => {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      throw invalid('env', `"${name}" is not the name of a variable: letters, digits and _ make one`);
    return `export ${name}=${quoted(value, 'env')}`;
  });
  // Quoted, the sign for the home folder, in which a command begins, would stand for itself.
  const path = folder.replace(/^~(?:\/+|$)/, '');
  if (path !== '') lines.unshift(`cd -- ${quoted(path, 'folder')} || exit`);
  return [...lines, command].join('\n');
}

function quoted(text: string, field: string): string {
  if (text.includes('\0')) throw invalid(field, 'a shell takes no text with a NUL in it');
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function invalid(field: string, reason: string): NodeError {
  return new NodeError('PARAMETER_INVALID', { field, parameter: field, reason });
}
