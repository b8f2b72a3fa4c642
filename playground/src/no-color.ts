/** Stands for `node:util` in the browser: text without colours. */

export function styleText(_format: string, text: string): string {
  return text;
}
