/** Values of literals. In: the source text of one valid token.  Out: its value; text that the lexer has already
 *  reported (a bad escape) yields the best guess, never an exception. */

/** Value of an integer literal: decimal, `0x`, `0o`, `0b`, with underscores. */
export function parseIntegerLiteral(text: string): bigint {
  const digits = text.includes('_') ? text.replaceAll('_', '') : text;
  const prefix = digits.charCodeAt(1) | 32;
  if (digits.charCodeAt(0) === 48 && digits.length > 1 && (prefix === 120 || prefix === 111 || prefix === 98)) {
    return digits.length === 2 ? 0n : BigInt(digits.toLowerCase());
  }
  return BigInt(digits);
}

/** `mantissa * 10 ** exponent`; an exponent beyond ±2**31 is clamped there. */
export function parseFloatLiteral(text: string): { readonly mantissa: bigint; readonly exponent: number } {
  const digits = text.includes('_') ? text.replaceAll('_', '') : text;
  let split = digits.length;
  for (let i = 0; i < digits.length; i++) {
    if ((digits.charCodeAt(i) | 32) === 101) {
      split = i;
      break;
    }
  }
  const significand = digits.slice(0, split);
  const exponentText = digits.slice(split + 1);
  const dot = significand.indexOf('.');
  const fraction = dot < 0 ? '' : significand.slice(dot + 1);
  const whole = dot < 0 ? significand : significand.slice(0, dot);
  const power = exponentText === '' ? 0 : Number(exponentText);
  const exponent = Number.isNaN(power) ? 0 : Math.max(-(2 ** 31), Math.min(2 ** 31, power));
  return { mantissa: BigInt(`${whole}${fraction}` || '0'), exponent: exponent - fraction.length };
}

/** The parts of a plain string token: where its contents begin and end, and whether escapes are off. */
export function stringContents(token: string): { readonly from: number; readonly to: number; readonly raw: boolean } {
  let from = 0;
  let raw = false;
  for (;;) {
    const c = token.charCodeAt(from) | 32;
    if (c !== 114 && c !== 116) break;
    if (c === 114) raw = true;
    from++;
  }
  const quote = token.charCodeAt(from);
  const triple =
    token.length >= from + 6 && token.charCodeAt(from + 1) === quote && token.charCodeAt(from + 2) === quote;
  const width = triple ? 3 : 1;
  const closed = token.length >= from + 2 * width;
  return { from: from + width, to: closed ? token.length - width : token.length, raw };
}

/** Decoded text of a plain string token, prefix and quotes included. */
export function parseStringLiteral(token: string): string {
  const { from, to, raw } = stringContents(token);
  const body = token.slice(from, to);
  return raw ? normalizeLineEnds(body) : decodeEscapes(body);
}

/** Decoded text between the braces of a t-string: escapes, and doubled braces. */
export function parseTStringText(body: string, raw: boolean): string {
  const text = body.includes('{{') || body.includes('}}') ? body.replaceAll('{{', '{').replaceAll('}}', '}') : body;
  return raw ? normalizeLineEnds(text) : decodeEscapes(text);
}

function normalizeLineEnds(text: string): string {
  return text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
}

function decodeEscapes(source: string): string {
  const body = normalizeLineEnds(source);
  let slash = body.indexOf('\\');
  if (slash < 0) return body;
  const chunks: string[] = [];
  let from = 0;
  while (slash >= 0) {
    chunks.push(body.slice(from, slash));
    const c = body.charCodeAt(slash + 1);
    let next = slash + 2;
    switch (c) {
      case 10:
        break;
      case 97:
        chunks.push('\x07');
        break;
      case 98:
        chunks.push('\b');
        break;
      case 102:
        chunks.push('\f');
        break;
      case 110:
        chunks.push('\n');
        break;
      case 114:
        chunks.push('\r');
        break;
      case 116:
        chunks.push('\t');
        break;
      case 118:
        chunks.push('\v');
        break;
      case 120:
      case 117:
      case 85: {
        const width = c === 120 ? 2 : c === 117 ? 4 : 8;
        const point = Number.parseInt(body.slice(next, next + width), 16);
        if (point >= 0 && point <= 0x10ffff) chunks.push(String.fromCodePoint(point));
        next += width;
        break;
      }
      default:
        if (c >= 48 && c <= 55) {
          let value = 0;
          next = slash + 1;
          while (next < slash + 4) {
            const digit = body.charCodeAt(next);
            if (!(digit >= 48 && digit <= 55)) break;
            value = value * 8 + digit - 48;
            next++;
          }
          chunks.push(String.fromCodePoint(value));
        } else {
          chunks.push(body.slice(slash + 1, slash + 2));
        }
    }
    from = next;
    slash = body.indexOf('\\', from);
  }
  chunks.push(body.slice(from));
  return chunks.join('');
}
