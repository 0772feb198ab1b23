import { createHash } from 'node:crypto';

/** Servers of MQTT 5 keep a session so long while nobody is connected. */
const SESSION_SECONDS = 7 * 24 * 3600;

interface Session {
  clean: boolean;
  clientId?: string;
  properties?: { sessionExpiryInterval: number };
}

/**
 * The session to ask for. A persistent one has the same name after a restart. A test has one of its own, since a server
 * ends the connection of whoever has the same name.
 */
export function sessionFor(
  { session, clientId }: { session: 'persistent' | 'clean'; clientId: string },
  { workflowId, node, isTest }: { workflowId: string; node: { id: string }; isTest: boolean },
): Session {
  if (session === 'clean' || isTest) return { clean: true };
  return {
    clean: false,
    clientId: clientId || defaultName(`${workflowId}/${node.id}`),
    // Left out on the wire by MQTT 3.1.1, whose sessions have no end.
    properties: { sessionExpiryInterval: SESSION_SECONDS },
  };
}

/** Every server takes names of up to 23 letters and digits, and no others for sure (MQTT 3.1.1, section 3.1.3.1). */
function defaultName(seed: string): string {
  return `guixuflow${createHash('sha256').update(seed).digest('hex').slice(0, 14)}`;
}
