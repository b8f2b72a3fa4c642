"""One Mojo kernel over the partitions of a Dask collection, in worker processes.

    pip install "dask[distributed]" numpy
    kiln build --emit python-module options.mojo
    python dask_options.py options.so [PARTITIONS] [OPTIONS IN EACH]

Each worker process imports the extension module once and works on its partitions in place: what Mojo sees is NumPy's memory. On a cluster
of several machines the module is built for their processors (`--target-cpu`) and lies where all of them find it.
"""
import importlib.util
import math
import sys

import numpy as np

COLUMNS = ("spots", "strikes", "years")


def kernel(path):
    """The extension module, loaded once in each process."""
    module = sys.modules.get("options")
    if module is None:
        spec = importlib.util.spec_from_file_location("options", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        sys.modules["options"] = module
    return module


def make_partition(number, count):
    """Random options, the same in every run."""
    random = np.random.default_rng(number)
    ranges = {"spots": (80, 120), "strikes": (80, 120), "years": (0.1, 2)}
    return {name: random.uniform(*ranges[name], count) for name in COLUMNS}


def price_partition(part, path):
    """What a worker does with one partition: its prices' sum and extremes."""
    prices = np.empty(len(part["spots"]))
    kernel(path).price_calls(*(part[name] for name in COLUMNS), prices)
    return prices.sum(), prices.min(), prices.max(), prices[0]


def price_one(spot, strike, years, rate=0.02, volatility=0.3):
    """The same in Python, for one option."""
    normal = lambda x: 0.5 * (1 + math.erf(x / math.sqrt(2)))
    spread = volatility * math.sqrt(years)
    d1 = (math.log(spot / strike) + (rate + volatility**2 / 2) * years) / spread
    return spot * normal(d1) - strike * math.exp(-rate * years) * normal(d1 - spread)


def main():
    from dask.distributed import Client, LocalCluster

    path = sys.argv[1]
    partitions = int(sys.argv[2]) if len(sys.argv) > 2 else 8
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        with Client(cluster) as client:
            parts = client.map(make_partition, range(partitions), count=count)
            results = client.gather(client.map(price_partition, parts, path=path))
            workers = len(client.scheduler_info()["workers"])
    total = sum(result[0] for result in results)
    first = make_partition(0, count)
    expected = price_one(*(first[name][0] for name in COLUMNS))
    print(f"{partitions} partitions of {count} options in {workers} worker processes")
    print("mean price:", round(total / partitions / count, 2))
    print("as in Python:", abs(results[0][3] - expected) < 1e-9)


if __name__ == "__main__":
    main()
