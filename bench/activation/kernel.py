import time
import numpy as np

N, REPEATS = 65536, 60
source = ((np.arange(N) % 4096) * 0.001 - 2).astype(np.float32)
for name, function in (("tanh", np.tanh), ("exp", np.exp)):
    best = None
    for _ in range(7):
        start = time.perf_counter_ns()
        for _ in range(REPEATS):
            to = function(source)
        spent = time.perf_counter_ns() - start
        best = spent if best is None else min(best, spent)
    print(name, float(to.astype(np.float64).sum()), best)
