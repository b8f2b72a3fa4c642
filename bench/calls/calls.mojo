"""Functions with almost no work of their own: what a call costs."""


def add(a: Int32, b: Int32) -> Int32:
    return a + b


def dot(a: Span[Float32, _], b: Span[Float32, _]) -> Float32:
    var sum = Float32(0)
    for i in range(min(len(a), len(b))):
        sum += a[i] * b[i]
    return sum


def greet(name: String) -> String:
    return "hello, " + name


def apply(f: Some[def(Float64) -> Float64], x: Float64) -> Float64:
    return f(x)
