"""`parallelize` with the closure in the brackets, as it was everywhere until 2025."""
import std.algorithm


def parallelize[func: def(Int) capturing -> None](num_work_items: Int):
    """Calls `func(i)` for each item, on several threads."""
    std.algorithm.parallelize(func, num_work_items)


def parallelize[func: def(Int) capturing -> None](num_work_items: Int, num_workers: Int):
    """Calls `func(i)` for each item, on at most `num_workers` threads."""
    std.algorithm.parallelize(func, num_work_items, num_workers)


def sync_parallelize[func: def(Int) capturing -> None](num_work_items: Int):
    """Calls `func(i)` for each item, each as a task of its own."""
    std.algorithm.sync_parallelize(func, num_work_items)
