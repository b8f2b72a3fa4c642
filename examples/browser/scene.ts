/** A moving picture for the filter, drawn here so that the demo needs no network. */

export function drawScene(context: OffscreenCanvasRenderingContext2D, time: number): void {
  const { width, height } = context.canvas;
  const sky = context.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, '#1b1f4b');
  sky.addColorStop(0.55, '#b4436c');
  sky.addColorStop(0.75, '#f78154');
  sky.addColorStop(1, '#f2c14e');
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#fff3c4';
  context.beginPath();
  context.arc(width * 0.68, height * 0.56 + Math.sin(time / 90) * 14, 54, 0, 7);
  context.fill();
  for (let i = 0; i < 140; i++) {
    // Stars at places that only look random.
    const x = (i * 7919) % width;
    const y = ((i * 104729) % (height * 100)) / 170;
    context.fillStyle = `rgba(255,255,255,${0.35 + 0.45 * Math.sin(time / 20 + i)})`;
    context.fillRect(x, y, 1.6, 1.6);
  }
  for (const [layer, colour] of ['#5b2a63', '#3a1d4f', '#1a1033'].entries()) {
    context.fillStyle = colour;
    context.beginPath();
    context.moveTo(0, height);
    for (let x = 0; x <= width; x += 4) {
      const at = (x + time * (layer + 1) * 0.8) / (150 - 30 * layer);
      const peak = Math.sin(at) * 26 + Math.sin(at * 2.3 + layer) * 15 + Math.abs(Math.sin(at * 5.1)) * 11;
      context.lineTo(x, height * (0.66 + 0.11 * layer) - peak);
    }
    context.lineTo(width, height);
    context.fill();
  }
  context.font = '700 60px system-ui, sans-serif';
  context.textAlign = 'center';
  context.fillStyle = '#ffffff';
  context.fillText('Kiln', width / 2, height * 0.3);
  context.font = '16px system-ui, sans-serif';
  context.fillText('blur me, sharpen me', width / 2, height * 0.3 + 30);
}
