"""The same in PyTorch, by its own kernel: THREADS ROUNDS LENGTH…, the lines of attention.mojo."""
import sys
import time

import torch

from attention import numbers


def main():
    torch.set_num_threads(int(sys.argv[1]))
    for length in map(int, sys.argv[3:]):
        query, key, value = (torch.from_numpy(values)[None, None] for values in numbers(length))
        best = None
        for _ in range(int(sys.argv[2])):
            start = time.perf_counter_ns()
            result = torch.nn.functional.scaled_dot_product_attention(query, key, value, is_causal=True)
            spent = time.perf_counter_ns() - start
            best = spent if best is None else min(best, spent)
        print(f"attention-{length}", float(result.double().abs().sum()), best)


if __name__ == "__main__":
    main()
