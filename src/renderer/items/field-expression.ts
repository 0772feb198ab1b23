import type { JsonPath } from './json-rows.ts';

/** The expression that reads a field of the present item, such as `{{ $json.order["ship-to"][0] }}`. */
export function fieldExpression(path: JsonPath): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    return /^[A-Za-z_$][\w$]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  });
  return `{{ $json${steps.join('')} }}`;
}

/** Lets a field be dropped into a parameter. */
export function dragField(event: DragEvent, path: JsonPath): void {
  event.dataTransfer?.setData('text/plain', fieldExpression(path));
  if (event.dataTransfer) event.dataTransfer.effectAllowed = 'copy';
}
