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

/** What expressions see as `$execution`. Its addresses are made when they are first asked for. */
export class ExecutionFacts {
  readonly id: string;
  readonly mode: 'test' | 'production';
  readonly #token: ResumeToken;
  readonly #urlOf: (kind: 'webhook' | 'form', token: string) => string;

  constructor(
    about: { id: string; mode: 'test' | 'production' },
    token: ResumeToken,
    urlOf: (kind: 'webhook' | 'form', token: string) => string,
  ) {
    this.id = about.id;
    this.mode = about.mode;
    this.#token = token;
    this.#urlOf = urlOf;
  }

  get resumeUrl(): string {
    return this.#urlOf('webhook', this.#token.text);
  }

  get resumeFormUrl(): string {
    return this.#urlOf('form', this.#token.text);
  }
}

export function hashToken(token: string): string {
  return hash('sha256', token, 'base64url');
}

/** Where a wait is ended, below the addresses of its kind. */
export function pathOf(token: string, suffix = ''): string {
  return suffix === '' ? token : `${token}/${suffix}`;
}
