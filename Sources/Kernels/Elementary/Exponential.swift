/// e^x. Max error 1.1 ulp; overflows to infinity, underflows through the subnormals to 0; NaN stays.
///
/// Numerics: x = k ln 2 + r by Cody and Waite's two-part ln 2, e^r = 1 + r + r^2 q(r), then 2^k in two factors.
@inline(__always)
func exponential(_ x: Lanes) -> Lanes {
    #if FLOAT64
    let clamped = clamp(x, -750, 710)
    #else
    let clamped = clamp(x, -110, 90)
    #endif
    let (k, r) = reduceByLn2(clamped)
    let half = k &>> 1
    return (exponentialMinusOneNearZero(r) + 1) * powerOfTwo(half) * powerOfTwo(k &- half)
}

/// e^x - 1, accurate near 0. Max error 1.6 ulp; overflows to infinity; NaN stays.
@inline(__always)
func exponentialMinusOne(_ x: Lanes) -> Lanes {
    #if FLOAT64
    let clamped = clamp(x, -50, 709.9)
    #else
    let clamped = clamp(x, -30, 88.8)
    #endif
    let (k, r) = reduceByLn2(clamped)
    // 2^k e^r - 1 = 2 (s (e^r - 1) + (s - 1/2)) with s = 2^(k-1), which does not overflow.
    let s = powerOfTwo(k &- 1)
    return (s - 0.5).addingProduct(s, exponentialMinusOneNearZero(r)) * 2
}

/// x = k ln 2 + r with |r| <= ln 2 / 2, for |x| below 2^15.
@inline(__always)
private func reduceByLn2(_ x: Lanes) -> (k: BitLanes, r: Lanes) {
    #if FLOAT64
    let magic: Scalar = 0x1.8p52
    let (high, low): (Scalar, Scalar) = (0x1.62e42fefa38p-1, 0x1.ef35793c7673p-45)
    #else
    let magic: Scalar = 0x1.8p23
    let (high, low): (Scalar, Scalar) = (0x1.62e4p-1, 0x1.7f7d1cp-20)
    #endif
    // Adding 1.5 * 2^(significand bits) rounds to the nearest integer and leaves it in the low bits.
    let shifted = splat(magic).addingProduct(x, splat(1.4426950408889634))
    let k = shifted - magic
    let r = x.addingProduct(k, splat(-high)).addingProduct(k, splat(-low))
    return (unsafeBitCast(shifted, to: BitLanes.self) &- BitLanes(repeating: Bits(bitPattern: magic.bitPattern)), r)
}

/// e^r - 1 = r + r^2 q(r) for |r| <= ln 2 / 2; q a Chebyshev fit, error below 1e-18 (Double), 2e-9 (Float).
@inline(__always)
private func exponentialMinusOneNearZero(_ r: Lanes) -> Lanes {
    #if FLOAT64
    var q = splat(2.091483135138041e-09)
    horner(&q, r, 2.5105419192016337e-08)
    horner(&q, r, 2.7557273295539724e-07)
    horner(&q, r, 2.75572549134867e-06)
    horner(&q, r, 2.4801587325822283e-05)
    horner(&q, r, 0.00019841269875205077)
    horner(&q, r, 0.001388888888888367)
    horner(&q, r, 0.008333333333326025)
    horner(&q, r, 0.04166666666666667)
    horner(&q, r, 0.1666666666666667)
    horner(&q, r, 0.5)
    #else
    var q = splat(0.00019891180272679776)
    horner(&q, r, 0.0013933820882812142)
    horner(&q, r, 0.00833331048488617)
    horner(&q, r, 0.041666463017463684)
    horner(&q, r, 0.1666666716337204)
    horner(&q, r, 0.5)
    #endif
    return r.addingProduct(r * r, q)
}

/// 2^k for normal results.
@inline(__always)
func powerOfTwo(_ k: BitLanes) -> Lanes {
    #if FLOAT64
    return unsafeBitCast((k &+ 1023) &<< 52, to: Lanes.self)
    #else
    return unsafeBitCast((k &+ 127) &<< 23, to: Lanes.self)
    #endif
}

/// min(max(x, low), high); NaN stays.
@inline(__always)
func clamp(_ x: Lanes, _ low: Scalar, _ high: Scalar) -> Lanes {
    let above = select(x .< splat(low), splat(low), x)
    return select(above .> splat(high), splat(high), above)
}
