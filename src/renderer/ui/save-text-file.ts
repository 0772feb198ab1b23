/** Hands a text to the browser as a download. */
export function saveTextFile(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The download has begun by the next turn; until then the address must stay good.
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}
