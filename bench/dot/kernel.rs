use std::hint::black_box;
use std::time::Instant;
const N: usize = 20000;
const REPEATS: usize = 1500;

trait Number: Copy {
    fn times(self, other: Self) -> Self;
    fn plus(self, other: Self) -> Self;
    fn nothing() -> Self;
    fn number(self) -> f64;
}
#[derive(Clone, Copy)]
struct Single(f32);
#[derive(Clone, Copy)]
struct Small(i8);
impl Number for Single {
    fn times(self, other: Self) -> Self { Single(self.0 * other.0) }
    fn plus(self, other: Self) -> Self { Single(self.0 + other.0) }
    fn nothing() -> Self { Single(0.0) }
    fn number(self) -> f64 { self.0 as f64 }
}
impl Number for Small {
    fn times(self, other: Self) -> Self { Small(self.0.wrapping_mul(other.0)) }
    fn plus(self, other: Self) -> Self { Small(self.0.wrapping_add(other.0)) }
    fn nothing() -> Self { Small(0) }
    fn number(self) -> f64 { self.0 as f64 }
}

#[inline(never)]
fn dot<T: Number>(a: &Vec<T>, b: &Vec<T>) -> T {
    let mut sum = T::nothing();
    for i in 0..a.len() {
        sum = sum.plus(a[i].times(b[i]));
    }
    sum
}

fn measure<T: Number>(name: &str, a: &Vec<T>) {
    let mut best = u128::MAX;
    let mut result = 0.0;
    for _ in 0..5 {
        let start = Instant::now();
        for _ in 0..REPEATS {
            result = black_box(dot(black_box(a), black_box(a))).number();
        }
        best = best.min(start.elapsed().as_nanos());
    }
    println!("{} {} {}", name, result, best);
}

fn main() {
    measure("float32", &(0..N).map(|i| Single((i % 17) as f32 * 0.25)).collect());
    measure("int8", &(0..N).map(|i| Small((i % 23) as i8 - 11)).collect());
}
