"""Causal attention of one head in NumPy: THREADS ROUNDS LENGTH…, the lines of attention.mojo. Threads are those of its BLAS (OMP_NUM_THREADS)."""
import sys
import time

import numpy as np


def numbers(length):
    """The numbers of attention.mojo."""
    state = 11
    out = np.empty((length * 64, 3), dtype=np.float32)
    for i in range(length * 64):
        for j in range(3):
            state ^= state >> 12
            state = (state ^ (state << 25)) & 0xFFFFFFFFFFFFFFFF
            state ^= state >> 27
            out[i, j] = ((state * 0x2545F4914F6CDD1D & 0xFFFFFFFFFFFFFFFF) >> 40) / 16777216
    out = out * np.array([4, 4, 1], dtype=np.float32) - np.array([2, 2, 0.5], dtype=np.float32)
    return [np.ascontiguousarray(out[:, j]).reshape(length, 64) for j in range(3)]


def main():
    for length in map(int, sys.argv[3:]):
        query, key, value = numbers(length)
        hidden = np.triu(np.full((length, length), -np.inf, dtype=np.float32), 1)
        best = None
        for _ in range(int(sys.argv[2])):
            start = time.perf_counter_ns()
            scores = query @ key.T * np.float32(0.125) + hidden
            scores -= scores.max(axis=1, keepdims=True)
            np.exp(scores, out=scores)
            scores /= scores.sum(axis=1, keepdims=True)
            result = scores @ value
            spent = time.perf_counter_ns() - start
            best = spent if best is None else min(best, spent)
        print(f"attention-{length}", float(np.abs(result.astype(np.float64)).sum()), best)


if __name__ == "__main__":
    main()
