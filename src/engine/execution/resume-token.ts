import { hash, randomBytes } from 'node:crypto';

/**
 * What the next waits of an execution are resumed with. Made when an expression or a wait first asks, and made anew
 * once what waited for it went on.
 */
export class ResumeToken {
  #text: string | null = null;

  get text(): string {
    return (this.#text ??= randomBytes(24).toString('base64url'));
  }

  get hash(): string {
    return hashToken(this.text);
  }

  renew(): void {
    this.#text = null;
  }
}

export function hashToken(token: string): string {
  return hash('sha256', token, 'base64url');
}

/** Where a wait is ended, below the addresses of its kind. */
export function pathOf(token: string, suffix = ''): string {
  return suffix === '' ? token : `${token}/${suffix}`;
}
