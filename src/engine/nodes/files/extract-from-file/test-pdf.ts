/** A PDF with one page for each list of lines; lines are shown in the fonts /F1 (Helvetica) and /F2 (Adobe-GB1). */
export function testPdf(pages: ReadonlyArray<ReadonlyArray<{ text: string; chinese?: boolean }>>): Buffer {
  const kids = pages.map((_, index) => `${5 + 2 * index} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} /MediaBox [0 0 300 300]
       /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts
       [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light
           /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>
           /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 >> >>] >>`,
    ...pages.flatMap((lines, index) => {
      const content = lines.map(lineOf).join('\n');
      return [
        `<< /Type /Page /Parent 2 0 R /Contents ${6 + 2 * index} 0 R >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ];
    }),
  ];
  let text = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return String(offset).padStart(10, '0');
  });
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((at) => `${at} 00000 n \n`).join('')}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info << /Title (Test) >> >>\n`;
  return Buffer.from(`${text}startxref\n${start}\n%%EOF\n`, 'latin1');
}

function lineOf({ text, chinese }: { text: string; chinese?: boolean }, index: number): string {
  const shown = chinese
    ? `/F2 12 Tf <${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`
    : `/F1 12 Tf (${text})`;
  return `BT 1 0 0 1 20 ${250 - 20 * index} Tm ${shown} Tj ET`;
}
