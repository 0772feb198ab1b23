import { describe, expect, it } from 'vitest';
import { readPdf, type PdfRules } from './read-pdf.task.ts';
import { testPdf } from './test-pdf.ts';

const read = (bytes: Uint8Array, rules: Partial<PdfRules> = {}) =>
  readPdf({ bytes, field: 'data', password: '', maxPages: 0, joinPages: true, ...rules });

describe('readPdf', () => {
  it('reads text and properties, line by line and page by page', async () => {
    const bytes = testPdf([[{ text: 'Hello' }, { text: 'World' }], [{ text: 'Page two' }]]);
    expect(await read(bytes)).toMatchObject({
      numpages: 2,
      numrender: 2,
      info: { Title: 'Test', PDFFormatVersion: '1.7' },
      text: 'Hello\nWorld\n\nPage two',
    });
    expect(await read(bytes, { joinPages: false, maxPages: 1 })).toMatchObject({
      numpages: 2,
      numrender: 1,
      text: ['Hello\nWorld'],
    });
  });

  it('reads Chinese texts in fonts that the file does not bring', async () => {
    expect(await read(testPdf([[{ text: '归墟流 PDF', chinese: true }]]))).toMatchObject({
      text: '归墟流 PDF',
    });
  });

  it('asks for the password and takes the right one', async () => {
    const bytes = Buffer.from(PROTECTED, 'base64');
    await expect(read(bytes)).rejects.toMatchObject({ code: 'FILE_PASSWORD', facts: { field: 'data' } });
    await expect(read(bytes, { password: 'wrong' })).rejects.toMatchObject({ code: 'FILE_PASSWORD' });
    expect(await read(bytes, { password: '密码' })).toMatchObject({ text: 'Secret' });
  });

  it('refuses what is no PDF', async () => {
    await expect(read(Buffer.from('text'))).rejects.toMatchObject({ code: 'FILE_INVALID' });
  });
});

/** `testPdf([[{ text: 'Secret' }]])` with the password 密码 (AES-256). */
const PROTECTED =
  'JVBERi0xLjcKJb/3ov4KMSAwIG9iago8PCAvRXh0ZW5zaW9ucyA8PCAvQURCRSA8PCAvQmFzZVZlcnNpb24gLzEuNyAvRXh0ZW5zaW9uTGV2ZW' +
  'wgOCA+PiA+PiAvUGFnZXMgMiAwIFIgL1R5cGUgL0NhdGFsb2cgPj4KZW5kb2JqCjIgMCBvYmoKPDwgL0NvdW50IDEgL0tpZHMgWyAzIDAgUiBd' +
  'IC9NZWRpYUJveCBbIDAgMCAzMDAgMzAwIF0gL1Jlc291cmNlcyA8PCAvRm9udCA8PCAvRjEgNCAwIFIgL0YyIDUgMCBSID4+ID4+IC9UeXBlIC' +
  '9QYWdlcyA+PgplbmRvYmoKMyAwIG9iago8PCAvQ29udGVudHMgNiAwIFIgL1BhcmVudCAyIDAgUiAvVHlwZSAvUGFnZSA+PgplbmRvYmoKNCAw' +
  'IG9iago8PCAvQmFzZUZvbnQgL0hlbHZldGljYSAvU3VidHlwZSAvVHlwZTEgL1R5cGUgL0ZvbnQgPj4KZW5kb2JqCjUgMCBvYmoKPDwgL0Jhc2' +
  'VGb250IC9TVFNvbmctTGlnaHQgL0Rlc2NlbmRhbnRGb250cyBbIDw8IC9CYXNlRm9udCAvU1RTb25nLUxpZ2h0IC9DSURTeXN0ZW1JbmZvIDw8' +
  'IC9PcmRlcmluZyA8MWE5ZTU2YzJjMjFmYzM5OTNkYjI5MWZiNDU0YzlkOWM4MWIwM2U4ZjBkZDRiNmI5OGU2YmNkMDZiMWEyYTFlMT4gL1JlZ2' +
  'lzdHJ5IDxjMGY4NWEzYzEwMTBjNWM3NDBlYzkyZjk0OTE3ZGEwMGIwZmE1NzE3ZDcyMjFjY2Y3OTdkZDlkNDc5MWI3MTA1PiAvU3VwcGxlbWVu' +
  'dCA0ID4+IC9Gb250RGVzY3JpcHRvciA8PCAvRmxhZ3MgNiAvRm9udE5hbWUgL1NUU29uZy1MaWdodCAvVHlwZSAvRm9udERlc2NyaXB0b3IgPj' +
  '4gL1N1YnR5cGUgL0NJREZvbnRUeXBlMCAvVHlwZSAvRm9udCA+PiBdIC9FbmNvZGluZyAvVW5pR0ItVUNTMi1IIC9TdWJ0eXBlIC9UeXBlMCAv' +
  'VHlwZSAvRm9udCA+PgplbmRvYmoKNiAwIG9iago8PCAvTGVuZ3RoIDgwIC9GaWx0ZXIgL0ZsYXRlRGVjb2RlID4+CnN0cmVhbQr0KuaEGEo/9f' +
  'mSiKr8RX8w3M2fUVEmgGLsOXoeeu6QcDyK0LJRuOcHlf0tIpR+jmlupv3mDUzyyA2Ovq+LG9Yac0KUfaIJzsmj3dS99/6qd2VuZHN0cmVhbQpl' +
  'bmRvYmoKNyAwIG9iago8PCAvQ0YgPDwgL1N0ZENGIDw8IC9BdXRoRXZlbnQgL0RvY09wZW4gL0NGTSAvQUVTVjMgL0xlbmd0aCAzMiA+PiA+Pi' +
  'AvRmlsdGVyIC9TdGFuZGFyZCAvTGVuZ3RoIDI1NiAvTyA8M2QxYmY3ZjQ4OTZhMGMzYmQ4ZWY2ZGY2OGMxZTQxZDEwYmM1YzYwNWRiODU5MjEx' +
  'ZmEzYzFkMjVlZjBkYjhkODQ5MTVlYWE5MDczYmM2NmY1MGQ5OGVmYTFlZTBmODg1PiAvT0UgPDI2MGUzNjQ0MGUxZmUwNzEyYTg3NWU5ZTJiMj' +
  'llYTY3MjU0NGY2MzQwY2RiMWFiYzhlZTExNjc0OWI3NzJmZTc+IC9QIC00IC9QZXJtcyA8N2VhMmJlMmY5NmVhNTdlYjAwM2NhMjQ3ZTJmMWNl' +
  'OTg+IC9SIDYgL1N0bUYgL1N0ZENGIC9TdHJGIC9TdGRDRiAvVSA8ZWJjOWFiYTRjMjljZjkxOThmOTc3ZGI0M2I3Mzk4ZTQ4NDU1Njc5MDA2YW' +
  'U2NjVhMDNmYzQ4MzU3N2RhNTNlMDg5OWQzYjU5OTgwOWY0M2E3OGE2N2I2N2UyMzM2NjdmPiAvVUUgPDBkYTVkYTlhZmFlOWRjZWQyNzk3NDU2' +
  'MzYyZjY5YTBlYTMwOGY5NGY4N2QxY2JmN2MwODI2M2FhMzk1ZmMyOGQ+IC9WIDUgPj4KZW5kb2JqCnhyZWYKMCA4CjAwMDAwMDAwMDAgNjU1Mz' +
  'UgZiAKMDAwMDAwMDAxNSAwMDAwMCBuIAowMDAwMDAwMTMwIDAwMDAwIG4gCjAwMDAwMDAyNjQgMDAwMDAgbiAKMDAwMDAwMDMyNyAwMDAwMCBu' +
  'IAowMDAwMDAwMzk3IDAwMDAwIG4gCjAwMDAwMDA4NDYgMDAwMDAgbiAKMDAwMDAwMDk5NiAwMDAwMCBuIAp0cmFpbGVyIDw8IC9JbmZvIDw8IC' +
  '9UaXRsZSAoVGVzdCkgPj4gL1Jvb3QgMSAwIFIgL1NpemUgOCAvSUQgWzxlYjU4OTE4MDgyYWM5ZjFlMjQxMzJmY2RkOThkMWIzMj48ZWI1ODkx' +
  'ODA4MmFjOWYxZTI0MTMyZmNkZDk4ZDFiMzI+XSAvRW5jcnlwdCA3IDAgUiA+PgpzdGFydHhyZWYKMTU0MwolJUVPRgo=';
