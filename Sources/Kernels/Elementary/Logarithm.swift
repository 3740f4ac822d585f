/// The natural logarithm. Max error 1 ulp (Double), 1.1 ulp (Float); log 0 = -infinity, of a negative NaN; subnormals are right.
///
/// Source: the reduction and coefficients of fdlibm's e_log.c and e_logf.c (Sun Microsystems, 1993), in lanes.
@inline(__always)
func naturalLogarithm(_ x: Lanes) -> Lanes {
    #if FLOAT64
    let (tiny, scale, scaleBits): (Scalar, Scalar, Bits) = (0x1p-1022, 0x1p54, 54)
    let (exponentShift, halfRoot, one): (Bits, Bits, Bits) = (52, 0x3FE6_A09E_0000_0000, 0x3FF0_0000_0000_0000)
    let fraction: Bits = 0x000F_FFFF_FFFF_FFFF
    let (high, low): (Scalar, Scalar) = (6.93147180369123816490e-01, 1.90821492927058770002e-10)
    #else
    let (tiny, scale, scaleBits): (Scalar, Scalar, Bits) = (0x1p-126, 0x1p25, 25)
    let (exponentShift, halfRoot, one): (Bits, Bits, Bits) = (23, 0x3F33_04F3, 0x3F80_0000)
    let fraction: Bits = 0x007F_FFFF
    let (high, low): (Scalar, Scalar) = (6.9313812256e-01, 9.0580006145e-06)
    #endif
    let isTiny = x .< splat(tiny)
    let scaled = select(isTiny, x * scale, x)
    // Bring the significand into [sqrt(1/2), sqrt(2)).
    let bits = unsafeBitCast(scaled, to: BitLanes.self) &+ (one &- halfRoot)
    let exponent = (bits &>> BitLanes(repeating: exponentShift)) &- BitLanes(repeating: one >> exponentShift)
    let m = unsafeBitCast((bits & BitLanes(repeating: fraction)) &+ halfRoot, to: Lanes.self)
    let k = wholeNumber(exponent) - select(isTiny, splat(Scalar(scaleBits)), splat(0))
    let f = m - 1
    let s = f / (f + 2)
    let halfSquare = f * f * 0.5
    let r = logarithmSeries(s * s)
    let correction = (halfSquare - (k * low).addingProduct(s, halfSquare + r)) - f
    return specialLogarithm(x, (-correction).addingProduct(k, splat(high)))
}

/// Small whole numbers as scalars. By the magic number, since the library's conversion is a function of its own that must not be compiled here.
@inline(__always)
private func wholeNumber(_ k: BitLanes) -> Lanes {
    #if FLOAT64
    let magic: Scalar = 0x1.8p52
    #else
    let magic: Scalar = 0x1.8p23
    #endif
    return unsafeBitCast(k &+ BitLanes(repeating: Bits(bitPattern: magic.bitPattern)), to: Lanes.self) - magic
}

@inline(__always)
private func logarithmSeries(_ z: Lanes) -> Lanes {
    #if FLOAT64
    var p = splat(1.479819860511658591e-01)
    horner(&p, z, 1.531383769920937332e-01)
    horner(&p, z, 1.818357216161805012e-01)
    horner(&p, z, 2.222219843214978396e-01)
    horner(&p, z, 2.857142874366239149e-01)
    horner(&p, z, 3.999999999940941908e-01)
    horner(&p, z, 6.666666666666735130e-01)
    #else
    var p = splat(0.24279078841)
    horner(&p, z, 0.28498786688)
    horner(&p, z, 0.40000972152)
    horner(&p, z, 0.66666662693)
    #endif
    return p * z
}

@inline(__always)
private func specialLogarithm(_ x: Lanes, _ ordinary: Lanes) -> Lanes {
    var y = select(x .== splat(.infinity), x, ordinary)
    y = select(x .== splat(0), splat(-.infinity), y)
    y = select(x .< splat(0), splat(.nan), y)
    return select(x .!= x, x, y)
}

/// log(1 + x) for x in [0, 1], accurate near 0. Max error 1.6 ulp.
///
/// Numerics: with u = 1 + x rounded, log(1 + x) = log u + (x - (u - 1)) / u.
@inline(__always)
func logarithmOnePlus(_ x: Lanes) -> Lanes {
    let u = x + 1
    return naturalLogarithm(u) + (x - (u - 1)) / u
}

/// y = ln x.
func logarithm(_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(y, x, from, to) { naturalLogarithm($0) }
}
