"""What `kiln bench` runs: each benchmark gets a line that the tool reads."""
from std.time import perf_counter_ns

comptime _SAMPLES = 31
comptime _SAMPLE_NANOSECONDS = 4_000_000


def _measure[F: def() -> None, //](name: StaticString, function: F, flops: Int, bytes: Int):
    """Calls a function until the processor is warm and it is known how many calls make a sample; then takes the samples and prints
    `name samples calls median minimum maximum flops bytes`, times in picoseconds of one call."""
    var calls = 1
    var warm = perf_counter_ns()
    while True:
        var start = perf_counter_ns()
        for _ in range(calls):
            function()
        var spent = Int(perf_counter_ns() - start)
        if spent >= _SAMPLE_NANOSECONDS or calls >= 1 << 40:
            if Int(perf_counter_ns() - warm) >= 50_000_000:
                break
        else:
            calls *= 2
    var samples = List[Int](capacity=_SAMPLES)
    for _ in range(_SAMPLES):
        var start = perf_counter_ns()
        for _ in range(calls):
            function()
        samples.append(Int(perf_counter_ns() - start) * 1000 // calls)
    sort(samples)
    print(name, _SAMPLES, calls, samples[_SAMPLES // 2], samples[0], samples[_SAMPLES - 1], flops, bytes)
