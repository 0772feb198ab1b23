/** The part of autocannon that the load generator uses; the package brings no types. */
declare module 'autocannon' {
  export default function autocannon(options: {
    url: string;
    connections: number;
    duration: number;
    method: string;
    headers: Record<string, string>;
    body: string;
  }): Promise<{
    requests: { average: number };
    latency: { p50: number };
    non2xx: number;
    errors: number;
    timeouts: number;
  }>;
}
