import { z } from 'zod';
import { visibleFields, type CredentialSummary, type CredentialUse } from '../../contract/index.ts';
import { createId, EngineError, type Clock } from '../kernel/index.ts';
import type { CredentialDefinition } from '../node-kit/index.ts';
import type { Page, Storage, StoredCredential } from '../storage/index.ts';
import { findCredentialType } from './credential-types.ts';
import { seal, unseal } from './envelope.ts';
import { credentialUses } from './credential-uses.ts';
import type { KeyRing } from './key-ring.ts';

const Fields = z.record(z.string(), z.string());
type Fields = z.infer<typeof Fields>;

/** Stored credentials. Secrets go in; only `reveal`, which the engine calls for nodes, gives them out. */
export interface Vault {
  list(query: { limit: number; cursor?: string; type?: string }): Promise<Page<CredentialSummary>>;
  /** Throws CREDENTIAL_TYPE_UNKNOWN, CREDENTIAL_INVALID. */
  create(credential: { name: string; type: string; data: Fields }): Promise<CredentialSummary>;
  /**
   * Fields left out keep their values. Throws CREDENTIAL_NOT_FOUND, CREDENTIAL_INVALID, and CREDENTIAL_UNREADABLE
   * when a value has to be kept that the present key cannot decrypt.
   */
  update(credential: { id: string; name?: string; data?: Fields }): Promise<CredentialSummary>;
  /** Stores values of hidden fields, such as tokens. Throws CREDENTIAL_NOT_FOUND, CREDENTIAL_UNREADABLE. */
  keep(id: string, values: Fields): Promise<void>;
  /** Throws CREDENTIAL_NOT_FOUND, CREDENTIAL_IN_USE. */
  delete(id: string): Promise<void>;
  /**
   * The values a credential would hold with these; of a stored one, fields left out keep theirs. Stores nothing. Throws as
   * `update` does.
   */
  compose(credential: { id?: string; type: string; data: Fields }): Promise<Fields>;
  /** Which workflows use which credentials; those that none uses are left out. */
  uses(): Promise<CredentialUse[]>;
  /** Null when there is none. */
  summary(id: string): Promise<CredentialSummary | null>;
  /** Throws CREDENTIAL_NOT_FOUND, CREDENTIAL_UNREADABLE. */
  reveal(id: string): Promise<{ type: string; data: Fields }>;
}

export function createVault(options: {
  storage: Pick<Storage, 'credentials' | 'workflows'>;
  keys: KeyRing;
  clock: Clock;
}): Vault {
  const { storage, keys, clock } = options;

  async function find(id: string): Promise<StoredCredential> {
    const stored = await storage.credentials.get(id);
    if (!stored) throw new EngineError('CREDENTIAL_NOT_FOUND', { id });
    return stored;
  }

  function open(stored: StoredCredential): Fields {
    const text = unseal(stored.secret, stored.id, keys);
    if (text === null) throw new EngineError('CREDENTIAL_UNREADABLE', { id: stored.id, name: stored.name });
    return Fields.parse(JSON.parse(text));
  }

  /** The values to go on with. Whoever enters every secret again can mend a record whose key is lost. */
  function kept(stored: StoredCredential, description: CredentialDefinition, data: Fields): Fields {
    const isComplete = visibleFields(description, data).every(
      ({ kind, name }) => kind !== 'secret' || name in data,
    );
    return isComplete ? stored.fields : open(stored);
  }

  return {
    async list(query) {
      const page = await storage.credentials.list(query);
      return { ...page, items: page.items.map(toSummary) };
    },

    async create({ name, type, data }) {
      const description = describe(type);
      const checked = check(description, data);
      const now = clock.now();
      const id = createId(now);
      const stored: StoredCredential = {
        id,
        name,
        type,
        fields: openFields(description, checked),
        secret: seal(JSON.stringify(checked), id, keys.current),
        createdAt: now,
        updatedAt: now,
      };
      await storage.credentials.insert(stored);
      return toSummary(stored);
    },

    async update({ id, name, data }) {
      const stored = await find(id);
      const changed: StoredCredential = { ...stored, name: name ?? stored.name, updatedAt: clock.now() };
      if (data) {
        const description = describe(stored.type);
        const former = kept(stored, description, data);
        const checked = {
          ...check(description, { ...visible(description, former), ...data }),
          ...hidden(description, former, data),
        };
        changed.fields = openFields(description, checked);
        changed.secret = seal(JSON.stringify(checked), id, keys.current);
      }
      await storage.credentials.update(changed);
      return toSummary(changed);
    },

    async keep(id, values) {
      const stored = await find(id);
      const description = describe(stored.type);
      const data = { ...open(stored), ...values };
      await storage.credentials.update({
        ...stored,
        fields: openFields(description, data),
        secret: seal(JSON.stringify(data), id, keys.current),
      });
    },

    async delete(id) {
      const { name } = await find(id);
      const uses = (await credentialUses(storage.workflows)).get(id) ?? [];
      if (uses.length > 0) {
        const workflows = uses.map((workflow) => workflow.name);
        throw new EngineError('CREDENTIAL_IN_USE', { id, name, workflows });
      }
      await storage.credentials.delete(id);
    },

    async compose({ id, type, data }) {
      const description = describe(type);
      if (id === undefined) return check(description, data);
      const stored = await find(id);
      return check(description, { ...visible(description, kept(stored, description, data)), ...data });
    },

    async uses() {
      const uses = await credentialUses(storage.workflows);
      return [...uses].map(([credentialId, workflows]) => ({ credentialId, workflows }));
    },

    async summary(id) {
      const stored = await storage.credentials.get(id);
      return stored && toSummary(stored);
    },

    async reveal(id) {
      const stored = await find(id);
      return { type: stored.type, data: open(stored) };
    },
  };
}

function describe(type: string): CredentialDefinition {
  const description = findCredentialType(type);
  if (!description) throw new EngineError('CREDENTIAL_TYPE_UNKNOWN', { type });
  return description;
}

function namesOf({ fields }: CredentialDefinition, which: 'hidden' | 'visible'): Set<string> {
  return new Set(
    fields.filter((field) => Boolean(field.hidden) === (which === 'hidden')).map(({ name }) => name),
  );
}

function visible(description: CredentialDefinition, data: Fields): Fields {
  const names = namesOf(description, 'visible');
  return Object.fromEntries(Object.entries(data).filter(([name]) => names.has(name)));
}

/** What was kept besides the form. It belongs to what the form held, and is void once something of that is another. */
function hidden(description: CredentialDefinition, former: Fields, data: Fields): Fields {
  const hasChanged = Object.entries(data).some(([name, value]) => (former[name] ?? '') !== value);
  if (hasChanged) return {};
  const names = namesOf(description, 'hidden');
  return Object.fromEntries(Object.entries(former).filter(([name]) => names.has(name)));
}

/** Exactly the fields of the type's form. The reasons name fields, never values. */
function check(description: CredentialDefinition, data: Fields): Fields {
  const known = namesOf(description, 'visible');
  const unknown = Object.keys(data).filter((name) => !known.has(name));
  const missing = visibleFields(description, data)
    .filter(({ kind, name, required }) => required && kind !== 'select' && !data[name])
    .map(({ name }) => name);
  const unfit = description.fields
    .filter(({ name, options }) => data[name] && options && !options.includes(data[name]))
    .map(({ name, options }) => `${name} is none of ${options?.join(', ')}`);
  const multiline = new Set(description.fields.filter((field) => field.multiline).map(({ name }) => name));
  const broken = Object.keys(data).filter(
    (name) => !multiline.has(name) && /[\r\n\0]/.test(data[name] ?? ''),
  );
  const reasons = [
    ...(missing.length > 0 ? [`${missing.join(', ')} is empty`] : []),
    ...(unknown.length > 0 ? [`${unknown.join(', ')} is not a field of ${description.type}`] : []),
    ...unfit,
    // Most end up in a header, which a line break would split in two.
    ...(broken.length > 0 ? [`${broken.join(', ')} holds a line break`] : []),
  ];
  if (reasons.length > 0) throw new EngineError('CREDENTIAL_INVALID', { reason: reasons.join('; ') });
  return data;
}

/** The values that are not secret, for lists and forms. */
function openFields(description: CredentialDefinition, data: Fields): Fields {
  const names = description.fields.filter((field) => field.kind !== 'secret').map((field) => field.name);
  return Object.fromEntries(names.filter((name) => name in data).map((name) => [name, data[name] ?? '']));
}

function toSummary({ secret: _secret, ...summary }: StoredCredential): CredentialSummary {
  return summary;
}
