/// tanh x. Max error 2 ulp; odd to the bit; NaN stays.
///
/// Numerics: with t = e^(2|x|) - 1, tanh |x| is t / (t + 2) below 1/2 and 1 - 2 / (t + 2) above.
@inline(__always)
func hyperbolicTangent(_ x: Lanes) -> Lanes {
    let t = exponentialMinusOne(clamp(magnitude(x) * 2, 0, 60))
    let isSmall = t .< splat(1.7182818)
    let quotient = select(isSmall, t, splat(2)) / (t + 2)
    return copySign(select(isSmall, quotient, 1 - quotient), x)
}
