import { generate } from 'selfsigned';

/** A certificate for a server on the loopback interface, and that of the authority that signed it, as PEM. */
export async function serverCertificate(): Promise<{ cert: string; key: string; authorities: string }> {
  const authority = await generate([{ name: 'commonName', value: 'Test authority' }], {
    extensions: [{ name: 'basicConstraints', cA: true }],
  });
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    ca: { key: authority.private, cert: authority.cert },
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  return { cert, key, authorities: authority.cert };
}
