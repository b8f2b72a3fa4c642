"""The price of European call options (Black and Scholes), for arrays of NumPy: machine vectors, all processors."""
from std.algorithm import parallelize
from std.math import erf, exp, log, sqrt

comptime WIDTH = 8
comptime Reals = SIMD[DType.float64, WIDTH]
comptime ROOT_OF_HALF = 0.7071067811865476


@always_inline
def _normal(x: Reals) -> Reals:
    """The normal distribution function."""
    return 0.5 * (1 + erf(x * ROOT_OF_HALF))


@always_inline
def _price(spot: Reals, strike: Reals, years: Reals, rate: Float64, volatility: Float64) -> Reals:
    var spread = volatility * sqrt(years)
    var d1 = (log(spot / strike) + (rate + 0.5 * volatility * volatility) * years) / spread
    return spot * _normal(d1) - strike * exp(-rate * years) * _normal(d1 - spread)


def price_calls(
    spots: Span[Float64, _],
    strikes: Span[Float64, _],
    years: Span[Float64, _],
    prices: Span[mut=True, Float64, _],
    rate: Float64 = 0.02,
    volatility: Float64 = 0.3,
) raises:
    """Prices one option for each element and writes the prices into `prices`."""
    var count = len(prices)
    if len(spots) != count or len(strikes) != count or len(years) != count:
        raise Error("price_calls: the arrays have different lengths")
    var s = spots.unsafe_ptr()
    var k = strikes.unsafe_ptr()
    var t = years.unsafe_ptr()
    var p = prices.unsafe_ptr()

    def block(index: Int) {imm}:
        var first = index * 4096
        var end = min(first + 4096, count)
        var at = first
        while at + WIDTH <= end:
            var price = _price(
                s.unsafe_offset(at).unsafe_load[width=WIDTH](),
                k.unsafe_offset(at).unsafe_load[width=WIDTH](),
                t.unsafe_offset(at).unsafe_load[width=WIDTH](),
                rate,
                volatility,
            )
            p.unsafe_offset(at).unsafe_store(price)
            at += WIDTH
        for i in range(at, end):
            p[unsafe_offset=i] = _price(s[unsafe_offset=i], k[unsafe_offset=i], t[unsafe_offset=i], rate, volatility)[0]

    parallelize(block, (count + 4095) // 4096)
