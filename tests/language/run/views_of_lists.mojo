struct Matrix(Movable):
    var data: List[Float64]
    var rows: Int
    var cols: Int
    def __init__(out self, rows: Int, cols: Int, fill: Float64 = 0):
        self.rows = rows
        self.cols = cols
        self.data = List[Float64](length=rows * cols, fill=fill)
    def __getitem__(self, r: Int, c: Int) -> Float64:
        return self.data[r * self.cols + c]
    def __setitem__(mut self, r: Int, c: Int, v: Float64):
        self.data[r * self.cols + c] = v
    def row(ref self, r: Int) -> Span[Float64, origin_of(self.data)]:
        return Span(self.data)[r * self.cols : (r + 1) * self.cols]

def total(s: Span[Float64, _]) -> Float64:
    var t = 0.0
    for x in s:
        t += x
    return t

def scale[o: MutOrigin](s: Span[Float64, o], k: Float64):
    for i in range(len(s)):
        s[i] *= k

def multiply(a: Matrix, b: Matrix, out c: Matrix):
    c = Matrix(a.rows, b.cols)
    for i in range(a.rows):
        for j in range(b.cols):
            var t = 0.0
            for k in range(a.cols):
                t += a[i, k] * b[k, j]
            c[i, j] = t

def main():
    var m = Matrix(2, 3, 1)
    m[0, 1] = 5
    m[1, 2] += 2.5
    print(total(m.row(0)), total(m.row(1)))
    scale(m.row(0), 2)
    print(m[0, 0], m[0, 1])
    var n = Matrix(3, 2, 0.5)
    var p = multiply(m, n)
    print(p.rows, p.cols, p[0, 0], p[1, 1])
    var r = m.row(1)
    r[0] = -1
    print(r[0], m[1, 0])

# output:
#   7.0 5.5
#   2.0 10.0
#   2 2 7.0 2.75
#   -1.0 -1.0
