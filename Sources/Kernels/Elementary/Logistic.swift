/// 1 / (1 + e^-x) and its complement 1 / (1 + e^x), each accurate where it is small. Max error 2.5 ulp; NaN stays.
@inline(__always)
func logistic(_ x: Lanes) -> (value: Lanes, complement: Lanes) {
    let e = exponential(-magnitude(x))
    let isPositive = x .>= splat(0)
    let larger = 1 / (e + 1)
    let smaller = e / (e + 1)
    return (select(isPositive, larger, smaller), select(isPositive, smaller, larger))
}
