/** The command line itself is wrong: exit code 2 and a pointer to the help, where other failures end with 1. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
