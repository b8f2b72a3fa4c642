import time
import numpy as np

N, REPEATS = 8192, 20000
best, total = None, 0.0
for _ in range(5):
    i = np.arange(N)
    x = ((i % 32) * 0.03125).astype(np.float32)
    y = (i % 8).astype(np.float32)
    a = np.float32(0.0001220703125)
    start = time.perf_counter_ns()
    for _ in range(REPEATS):
        y += a * x
    spent = time.perf_counter_ns() - start
    best = spent if best is None else min(best, spent)
    total = float(y.astype(np.float64).sum())
print("lists", total, best)
