import { deletePath, getPath, setPath } from '../../../node-kit/index.ts';

/** Moves a value to another path; what is not there stays away. */
export function renameField(json: Record<string, unknown>, from: string, to: string): void {
  if (from === '' || to === '' || from === to) return;
  const value = getPath(json, from);
  if (value === undefined) return;
  deletePath(json, from);
  setPath(json, to, value);
}
