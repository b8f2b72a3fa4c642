/** The kernels in JavaScript: the same work and the same results as in `kernels.mojo`, on one thread, one number at a time. */

export function mandelbrot(
  pixels: Uint32Array,
  columns: number,
  palette: Uint32Array,
  left: number,
  top: number,
  step: number,
  limit: number,
): void {
  const rows = pixels.length / columns;
  for (let row = 0; row < rows; row++) {
    const cy = top + row * step;
    for (let column = 0; column < columns; column++) {
      const cx = left + column * step;
      let x = 0;
      let y = 0;
      let steps = 0;
      let radius = 0;
      while (steps < limit) {
        const xx = x * x;
        const yy = y * y;
        if (xx + yy > 256) break;
        radius = xx + yy;
        steps++;
        y = 2 * x * y + cy;
        x = xx - yy + cx;
      }
      const time = steps >= limit ? 0 : steps + 4 - Math.log2(Math.log2(Math.max(radius, 1.001)));
      pixels[row * columns + column] =
        time === 0 ? 0xff000000 : (palette[Math.trunc(time * 16) % palette.length] ?? 0);
    }
  }
}

let blurredDown = new Float32Array(0);
let padded = new Float32Array(0);

export function filter(
  source: Uint8ClampedArray,
  target: Uint8ClampedArray,
  columns: number,
  weights: Float32Array,
  amount: number,
): void {
  const length = 4 * columns;
  const rows = source.length / length;
  const taps = weights.length;
  const radius = taps >> 1;
  if (blurredDown.length !== source.length) blurredDown = new Float32Array(source.length);
  if (padded.length !== length + 8 * radius) padded = new Float32Array(length + 8 * radius);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < length; i++) {
      let sum = 0;
      for (let k = 0; k < taps; k++) {
        const from = Math.min(Math.max(row + k - radius, 0), rows - 1);
        sum += weights[k] * source[from * length + i];
      }
      blurredDown[row * length + i] = sum;
    }
  }
  for (let row = 0; row < rows; row++) {
    const from = row * length;
    for (let i = 0; i < 4 * radius; i++) {
      padded[i] = blurredDown[from + (i % 4)];
      padded[4 * radius + length + i] = blurredDown[from + length - 4 + (i % 4)];
    }
    padded.set(blurredDown.subarray(from, from + length), 4 * radius);
    for (let i = 0; i < length; i++) {
      let sum = 0;
      for (let k = 0; k < taps; k++) sum += weights[k] * padded[i + 4 * k];
      const original = source[from + i];
      target[from + i] = original + amount * (original - sum);
    }
  }
}
