import os
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np

N = 512
i = np.arange(N * N)
a = (i % 7 - 3).astype(np.float32).reshape(N, N)
b = ((i % 11 - 5) * 0.5).astype(np.float32).reshape(N, N)
best = None
for _ in range(8):
    start = time.perf_counter_ns()
    c = a @ b
    spent = time.perf_counter_ns() - start
    best = spent if best is None else min(best, spent)
print("tiled", float(np.abs(c.astype(np.float64)).sum()), best)
