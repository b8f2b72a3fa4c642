use std::hint::black_box;
use std::time::Instant;
const N: usize = 8192;
const REPEATS: usize = 20000;

#[inline(never)]
fn scale(y: &mut Vec<f32>, x: &Vec<f32>, a: f32) {
    for i in 0..y.len() {
        y[i] = a * x[i] + y[i];
    }
}

fn main() {
    let mut best = u128::MAX;
    let mut total = 0.0;
    for _ in 0..5 {
        let x: Vec<f32> = (0..N).map(|i| (i % 32) as f32 * 0.03125).collect();
        let mut y: Vec<f32> = (0..N).map(|i| (i % 8) as f32).collect();
        let start = Instant::now();
        for _ in 0..REPEATS {
            scale(&mut y, &x, 0.0001220703125);
            black_box(&mut y);
        }
        best = best.min(start.elapsed().as_nanos());
        total = y.iter().map(|&v| v as f64).sum();
    }
    println!("lists {} {}", total, best);
}
